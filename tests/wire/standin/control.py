"""The tests' way in: each verb changes the world, lets a member act, makes trouble, or tells the truth."""

import time
from collections.abc import Callable
from typing import Any

from tests.wire.standin import acting, permissions
from tests.wire.standin.acting import view
from tests.wire.standin.config import Config
from tests.wire.standin.gateway import INVALID_SESSION, RECONNECT, Gateway
from tests.wire.standin.model import Interaction, Message
from tests.wire.standin.rest import Rest
from tests.wire.standin.waiting import Conditions
from tests.wire.standin.world import World


class Control:
    """The verbs of the tests on one world. A verb is any method without an underscore.

    Ids go over the wire as text, since not every JSON reader keeps 64 bits.
    """

    def __init__(self, world: World, gateway: Gateway, rest: Rest) -> None:
        self._world = world
        self._gateway = gateway
        self._rest = rest
        self._conditions = Conditions(world, gateway, rest)

    # -- the world

    def about(self) -> dict[str, Any]:
        return {
            "bot": str(self._world.bot.id),
            "token": self._world.config.token,
            "checks_the_spec": self._rest.knows_the_spec,
        }

    def configure(self, **settings: Any) -> None:
        """Changes settings of the running world, such as what the portal grants."""
        wanted = Config.of(settings)
        for name in settings:
            setattr(self._world.config, name, getattr(wanted, name))

    def create_guilds(
        self, names: list[str], channels: list[str], members: list[str], bot_rights: list[str]
    ) -> list[dict[str, Any]]:
        found = []
        for name in names:
            guild = self._world.new_guild(name, channels, members, bot_rights)
            found.append(
                {
                    "id": str(guild.id),
                    "channels": {c.name: str(c.id) for c in guild.channels.values()},
                    "members": {m.user.name: str(m.user.id) for m in guild.members.values()},
                }
            )
        return found

    def create_channel(self, guild: str, name: str) -> str:
        return str(self._world.new_channel(self._world.guilds[int(guild)], name).id)

    def delete_channel(self, channel: str) -> None:
        self._world.remove_channel(self._world.channels[int(channel)])

    def delete_message(self, message: str) -> None:
        self._world.remove(self._world.messages[int(message)])

    def permit(
        self, channel: str, allow: list[str], deny: list[str], who: str | None = None, *, silently: bool = False
    ) -> None:
        """Changes what the bot (or `who`, a role or member) may do in a channel."""
        place = self._world.channels[int(channel)]
        target = int(who) if who else self._world.guilds[place.guild_id].bot_role
        self._world.overwrite(place, target, permissions.bits(allow), permissions.bits(deny), silently=silently)

    def remove_bot(self, guild: str) -> None:
        """The bot is kicked."""
        self._world.guilds[int(guild)].has_bot = False
        self._world.tell(int(guild), "GUILD_DELETE", {"id": guild})

    def add_bot(self, guild: str) -> None:
        """It is invited again."""
        self._world.guilds[int(guild)].has_bot = True
        self._world.announce(self._world.guilds[int(guild)])

    def set_guild_unavailable(self, guild: str, *, unavailable: bool) -> None:
        """An outage of one guild begins or ends."""
        if unavailable:
            self._world.tell(int(guild), "GUILD_DELETE", {"id": guild, "unavailable": True})
        else:
            self._world.announce(self._world.guilds[int(guild)])

    # -- members

    def slash(self, user: str, channel: str, line: str, options: dict[str, Any], *, unseen: bool = False) -> str:
        place = self._world.channels[int(channel)]
        who = self._world.users[int(user)]
        return str(acting.slash(self._world, who, place, line, options, unseen=unseen).id)

    def autocomplete(self, user: str, channel: str, line: str, options: dict[str, Any], focused: str) -> str:
        place = self._world.channels[int(channel)]
        who = self._world.users[int(user)]
        return str(acting.autocomplete(self._world, who, place, line, options, focused=focused).id)

    def click(
        self,
        user: str,
        message: str,
        label: str | None = None,
        custom_id: str | None = None,
        values: list[str] | None = None,
    ) -> str:
        pressed = acting.click(
            self._world,
            self._world.users[int(user)],
            self._world.messages[int(message)],
            label=label,
            custom_id=custom_id,
            values=values,
        )
        return str(pressed.id)

    def submit(self, interaction: str, fields: dict[str, Any]) -> str:
        return str(acting.submit(self._world, self._world.interactions[int(interaction)], fields).id)

    def use_menu(self, user: str, message: str, name: str) -> str:
        found = self._world.messages[int(message)]
        return str(acting.use_menu(self._world, self._world.users[int(user)], found, name).id)

    def say(
        self, user: str, channel: str, text: str, reply_to: str | None = None, *, ping: bool = True
    ) -> dict[str, Any]:
        replied = self._world.messages[int(reply_to)] if reply_to else None
        place = self._world.channels[int(channel)]
        said = acting.say(self._world, self._world.users[int(user)], place, text, replied, ping=ping)
        return view(self._world, said)

    def rewrite(self, message: str, text: str) -> None:
        acting.rewrite(self._world, self._world.messages[int(message)], text)

    def redeliver(self, interaction: str) -> None:
        """Tells the bot of an interaction once more, as two sessions or a replay may."""
        self._world.deliver(self._world.interactions[int(interaction)])

    # -- trouble

    def add_fault(self, **settings: Any) -> int:
        return self._rest.faults.add(settings).id

    def lift_faults(self, fault: int | None = None) -> None:
        self._rest.faults.lift(fault)

    def refuse_everything(self, seconds: float) -> None:
        """The global limit is exhausted for that long."""
        self._rest.rates.globally_until = time.monotonic() + seconds

    def cut_sockets(self, shard: int | None = None) -> int:
        """1006. How many sockets it hit; so with the other verbs on sockets."""
        return self._each(shard, lambda socket: socket.cut())

    def close_sockets(self, code: int, shard: int | None = None, *, forget: bool = False) -> int:
        """`forget`: the sessions can't be resumed."""
        hit = self._each(shard, lambda socket: socket.close(code))
        if forget:
            self._gateway.forget_sessions(shard)
        return hit

    def ask_to_reconnect(self, shard: int | None = None) -> int:
        return self._each(shard, lambda socket: socket.op(RECONNECT))

    def invalidate(self, shard: int | None = None, *, resumable: bool = False) -> int:
        """Op 9."""
        hit = self._each(shard, lambda socket: socket.op(INVALID_SESSION, data=resumable))
        if not resumable:
            self._gateway.forget_sessions(shard)
        return hit

    def withhold(self, events: list[str]) -> None:
        """Events of these names are lost from now on, such as the echo of a message."""
        self._gateway.withheld = set(events)

    def forget_nonces(self) -> None:
        """As after some minutes: what was sent before now is not known by its nonce any more."""
        self._world.nonces.clear()

    def close_direct_messages(self, user: str) -> None:
        """The user takes no private messages any more."""
        self._world.closed_to_bot.add(int(user))

    def silence(self, shard: int | None = None) -> int:
        """The connections stay open and say nothing any more, not even that they heard a heartbeat."""
        return self._each(shard, lambda socket: setattr(socket, "is_silent", True))

    def _each(self, shard: int | None, act: Callable[[Any], None]) -> int:
        chosen = self._gateway.chosen(shard)
        for socket in chosen:
            act(socket)
        return len(chosen)

    # -- truth

    async def wait(self, name: str, timeout: float, arguments: dict[str, Any]) -> Any:
        return await self._conditions.wait(name, timeout, arguments)

    def interaction(self, interaction: str) -> dict[str, Any]:
        return self._interaction(self._world.interactions[int(interaction)])

    def interactions(self, wanted: list[str] | None = None) -> list[dict[str, Any]]:
        known = self._world.interactions
        ids = list(known) if wanted is None else map(int, wanted)
        return [self._interaction(known[each]) for each in ids]

    def _interaction(self, of: Interaction) -> dict[str, Any]:
        return {
            "id": str(of.id),
            "kind": of.kind,
            "token": of.token,
            "user": str(of.user.id),
            "custom_id": of.payload["data"].get("custom_id"),
            "callback": of.callback,
            "responded": of.is_responded,
            "ack_seconds": of.acked - of.emitted if of.acked is not None else None,
            "deliveries": of.deliveries,
            "second_responses": of.second_responses,
            "edits": of.edits,
            "message": view(self._world, of.original) if of.original else None,
            "follow_ups": [view(self._world, m) for m in of.follow_ups],
            "modal": of.modal,
            "choices": of.choices,
        }

    def messages(self, channel: str | None = None) -> list[dict[str, Any]]:
        """Everything that is public, oldest first, in one channel or in all servers."""

        def listed(message: Message) -> bool:
            here = channel in (None, str(message.channel_id))
            return message.seen_by is None and here and bool(self._world.channels[message.channel_id].guild_id)

        return [view(self._world, m) for m in self._world.messages.values() if listed(m)]

    def direct_messages(self, user: str) -> list[dict[str, Any]]:
        """What the bot wrote to somebody in private."""
        channel = self._world.direct.get(int(user))
        return [view(self._world, self._world.messages[m]) for m in channel.messages] if channel else []

    def threads(self, channel: str) -> list[dict[str, str]]:
        everything = self._world.channels.values()
        return [{"id": str(c.id), "name": c.name} for c in everything if str(c.parent_id) == channel]

    def requests(self, route: str | None = None) -> list[dict[str, Any]]:
        return self._world.record.listed(route)

    def check_unchecked(self, every: int) -> None:
        """Checks what came while bodies were not checked; takes some 10 ms for each."""
        for call, flags in self._world.record.unchecked[::every]:
            self._world.record.violations += call.problems(flags=flags)
        self._world.record.unchecked.clear()

    def take_violations(self) -> list[str]:
        """Those so far, which are then forgotten: for tests that mean to break a rule."""
        taken = self._world.record.violations
        self._world.record.violations = []
        return taken

    def truth(self) -> dict[str, Any]:
        """Counts and lists that most tests end with."""
        record = self._world.record
        return {
            "violations": record.violations,
            "requests": record.tally(),
            "most_in_flight": record.most_in_flight,
            "invalid_requests": len(record.invalid),
            "identifies": record.identifies,
            "resumes": record.resumes,
            "closes": record.closes,
            "heartbeats": record.heartbeats,
            "commands": [command["name"] for command in self._world.commands],
        }
