"""Where a visitor can go: the server's channels, their threads, and the bot's private conversations.

The simulator has no list of threads or private conversations to ask for, so this reads its records.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from simcord import ChannelHandle, Env, MemberActor, UserHandle
from simcord.backend.access import can_access_channel
from simcord.enums import ChannelType

from bot.sandbox.world import World

_READABLE = frozenset({ChannelType.TEXT, ChannelType.NEWS})


@dataclass(frozen=True, slots=True)
class Place:
    """One conversation; `parent_id` is set for a thread, `latest_id` is its newest message or 0."""

    handle: ChannelHandle
    label: str
    parent_id: int | None
    viewers: tuple[MemberActor | UserHandle, ...]
    latest_id: int

    @property
    def id(self) -> int:
        return self.handle.id


def places(env: Env, world: World) -> dict[int, Place]:
    """Every conversation that someone in `world` can read: channels by age, threads newest first."""
    found = [*_channels(env, world), *_threads(env, world), *_private(env, world)]
    return {place.id: place for place in found if place.viewers}


def _channels(env: Env, world: World) -> Iterator[Place]:
    for handle in world.guild.channels.values():
        if env.backend.channels[handle.id].type in _READABLE:
            yield _place(env, world, handle, f"#{handle.name}", None)


def _threads(env: Env, world: World) -> Iterator[Place]:
    for record in sorted(env.backend.channels.values(), key=lambda channel: channel.id, reverse=True):
        if record.is_thread and record.guild_id == world.guild.id:
            archived = record.thread_metadata is not None and record.thread_metadata.archived
            label = f"{record.name} (archived)" if archived else f"{record.name}"
            yield _place(env, world, ChannelHandle(env, world.guild, record), label, record.parent_id)


def _private(env: Env, world: World) -> Iterator[Place]:
    for person in world.people:
        channel_id = env.backend.dm_channels.get(person.id)
        if channel_id is not None:
            handle = ChannelHandle(env, None, env.backend.channels[channel_id])
            label = f"Messages to {person.user.global_name}"
            yield Place(handle, label, None, (person.user,), _latest(env, channel_id))


def _place(env: Env, world: World, handle: ChannelHandle, label: str, parent_id: int | None) -> Place:
    readers = tuple(one for one in world.people if can_access_channel(env, handle.id, one, history=True))
    return Place(handle, label, parent_id, readers, _latest(env, handle.id))


def _latest(env: Env, channel_id: int) -> int:
    return max(env.backend.messages.get(channel_id, {}), default=0)
