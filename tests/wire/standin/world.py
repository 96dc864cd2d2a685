"""All that is true in the simulated Discord, and the changes to it that its gateway tells of."""

import re
import secrets
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any, Protocol

from tests.wire.standin import payloads, permissions
from tests.wire.standin.config import Config
from tests.wire.standin.errors import refusal
from tests.wire.standin.model import (
    DIRECT,
    HAS_THREAD,
    PUBLIC_THREAD,
    Channel,
    Guild,
    Interaction,
    Member,
    Message,
    Role,
    Snowflakes,
    User,
)
from tests.wire.standin.record import Record

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES, MESSAGE_CONTENT = 1 << 0, 1 << 9, 1 << 12, 1 << 15
THREAD_STARTER = 21
_MENTION = re.compile(r"<@!?(\d+)>")


class Teller(Protocol):
    """Tells the sessions of a guild's shard what happened."""

    def __call__(
        self,
        guild_id: int,
        event: str,
        payload: dict[str, Any],
        intent: int = GUILDS,
        bare: dict[str, Any] | None = None,
    ) -> int: ...


@dataclass(frozen=True)
class Sent:
    """What a nonce stands for."""

    message_id: int
    at: float


class World:
    """One Discord. `tell` is the gateway's; it is silent until there is one."""

    def __init__(self, config: Config, record: Record) -> None:
        self.config = config
        self.record = record
        self.ids = Snowflakes()
        self.bot = User(self.ids.in_the_past(), "coach", bot=True)
        self.application_id = self.bot.id
        self.commands: list[dict[str, Any]] = []
        self.guilds: dict[int, Guild] = {}
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.channels: dict[int, Channel] = {}
        self.direct: dict[int, Channel] = {}
        """Private channels by their user."""
        self.closed_to_bot: set[int] = set()
        """Users who take no private messages."""
        self.messages: dict[int, Message] = {}
        self.deleted: dict[int, Message] = {}
        self.nonces: dict[tuple[int, str], Sent] = {}
        self.interactions: dict[int, Interaction] = {}
        self.tokens: dict[str, Interaction] = {}
        self.tell: Teller = lambda *_, **__: 0

    # -- places and people

    def new_user(self, name: str) -> User:
        user = User(self.ids(), name)
        self.users[user.id] = user
        return user

    def new_guild(self, name: str, channels: list[str], members: list[str], bot_rights: list[str]) -> Guild:
        """A guild with its owner, whose name is the first of `members`, and the bot in a role of its own."""
        owner, *others = [self.new_user(each) for each in members]
        id_ = self.ids.in_the_past()
        bot_role = Role(self.ids(), "Interview Coach", permissions.bits(bot_rights))
        guild = Guild(id_, name, owner, bot_role.id)
        guild.roles = {id_: Role(id_, "@everyone", permissions.EVERYONE), bot_role.id: bot_role}
        guild.members = {user.id: Member(user) for user in (owner, *others)}
        guild.members[self.bot.id] = Member(self.bot, [bot_role.id])
        self.guilds[id_] = guild
        for each in channels:
            self._add_channel(Channel(self.ids(), id_, each))
        self.announce(guild)
        return guild

    def announce(self, guild: Guild) -> None:
        """Tells of a guild as if it had just been joined."""
        self.tell(guild.id, "GUILD_CREATE", payloads.guild(guild, self.bot))

    def new_channel(self, guild: Guild, name: str) -> Channel:
        channel = self._add_channel(Channel(self.ids(), guild.id, name))
        self.tell(guild.id, "CHANNEL_CREATE", payloads.channel(channel))
        return channel

    def _add_channel(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        self.guilds[channel.guild_id].channels[channel.id] = channel
        return channel

    def direct_channel(self, user: User) -> Channel:
        """The user's private channel with the bot, made where there is none."""
        if user.id not in self.direct:
            made = Channel(self.ids(), 0, user.name, DIRECT, recipient=user)
            self.direct[user.id] = self.channels[made.id] = made
        return self.direct[user.id]

    def remove_channel(self, channel: Channel) -> None:
        """Deletes it with its threads and messages."""
        guild = self.guilds[channel.guild_id]
        for thread in [c for c in guild.channels.values() if c.parent_id == channel.id]:
            self._forget_channel(thread)
        self._forget_channel(channel)
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        self.tell(guild.id, event, payloads.channel(channel))

    def _forget_channel(self, channel: Channel) -> None:
        del self.channels[channel.id]
        del self.guilds[channel.guild_id].channels[channel.id]
        for message_id in channel.messages:
            self.deleted[message_id] = self.messages.pop(message_id)

    # -- messages

    def post(self, message: Message, *, replied: Message | None = None) -> Message:
        """Puts a message into its channel and tells of it."""
        if replied is not None:
            message.reference, message.kind = replied.id, 19
            if message.pinged:
                message.mentions.append(replied.author)
        mentioned = [self.users.get(int(found)) for found in _MENTION.findall(message.content)]
        message.mentions += [user for user in mentioned if user and user not in message.mentions]
        self.messages[message.id] = message
        if message.seen_by is None:
            self.channels[message.channel_id].messages.append(message.id)
            self._tell_of(message, "MESSAGE_CREATE")
        self.record.changed()
        return message

    def edited(self, message: Message, *, by_author: bool = True) -> None:
        """Tells that a message is no longer as it was; its author did it, or Discord."""
        if by_author:
            message.edited_ms = int(time.time() * 1000)
        if message.seen_by is None:
            self._tell_of(message, "MESSAGE_UPDATE")
        self.record.changed()

    def _tell_of(self, message: Message, event: str) -> None:
        guild = self.guilds.get(self.channels[message.channel_id].guild_id)
        more: dict[str, Any] = {"guild_id": str(guild.id)} if guild else {}
        if guild and (member := guild.members.get(message.author.id)):
            more["member"] = payloads.member(member, with_user=False)
        if message.author is self.bot and message.nonce is not None and event == "MESSAGE_CREATE":
            more["nonce"] = message.nonce
        whole = {**self.payload(message), **more}
        bare = None
        if not self.is_open_to_bot(message):
            bare = {**self.payload(message, bare=True), **more}
        intent = GUILD_MESSAGES if guild else DIRECT_MESSAGES
        self.tell(guild.id if guild else 0, event, whole, intent, bare)

    def is_open_to_bot(self, message: Message) -> bool:
        """Whether the bot may read it without the message content intent: its own, or addressed to it."""
        if message.author is self.bot or self.channels[message.channel_id].kind == DIRECT:
            return True
        named = f"<@{self.bot.id}>" in message.content or f"<@!{self.bot.id}>" in message.content
        replied = self.messages.get(message.reference or 0)
        to_ordinary = replied is not None and replied.author is self.bot and replied.interaction is None
        return named or (message.pinged and to_ordinary)

    def payload(self, message: Message, *, bare: bool = False) -> dict[str, Any]:
        channel = self.channels[message.channel_id]
        return payloads.message(
            message,
            channel.guild_id,
            bare=bare,
            me=self.bot.id,
            reply_to=self.messages.get(message.reference or 0),
            thread=self.channels.get(message.id),
        )

    def remove(self, message: Message) -> None:
        """Deletes a message; its thread stays, as at Discord."""
        self.deleted[message.id] = self.messages.pop(message.id)
        channel = self.channels[message.channel_id]
        if message.seen_by is None:
            channel.messages.remove(message.id)
            gone = {"id": str(message.id), "channel_id": str(channel.id), "guild_id": str(channel.guild_id)}
            intent = DIRECT_MESSAGES if channel.kind == DIRECT else GUILD_MESSAGES
            self.tell(channel.guild_id, "MESSAGE_DELETE", gone, intent)
        self.record.changed()

    def start_thread(self, message: Message, name: str, by: User) -> Channel:
        """The thread of a message. Raises `Refusal` 160004 for a second one, 160006 past the cap."""
        if message.id in self.channels:
            raise refusal(160004)
        parent = self.channels[message.channel_id]
        guild = self.guilds[parent.guild_id]
        active = sum(c.is_thread and not c.archived for c in guild.channels.values())
        if active >= self.config.thread_cap:
            raise refusal(160006)
        thread = Channel(message.id, guild.id, name, PUBLIC_THREAD, parent_id=parent.id, owner_id=by.id)
        self._add_channel(thread)
        message.flags |= HAS_THREAD
        self.tell(guild.id, "THREAD_CREATE", {**payloads.channel(thread), "newly_created": True})
        self.edited(message, by_author=False)
        self.post(Message(self.ids(), thread.id, by, kind=THREAD_STARTER, reference=message.id))
        return thread

    # -- rights

    def rights(self, channel: Channel, user: User) -> int:
        if channel.kind == DIRECT:
            return permissions.EVERYONE
        return permissions.held(self.guilds[channel.guild_id], channel, user.id)

    def overwrite(self, channel: Channel, who: int, allow: int, deny: int, *, silently: bool) -> None:
        """Changes what a role or member may do there; `silently` leaves the bot's cache behind the truth."""
        kind = 0 if who in self.guilds[channel.guild_id].roles else 1
        old_allow, old_deny, _ = channel.overwrites.get(who, (0, 0, kind))
        channel.overwrites[who] = (old_allow & ~deny | allow, old_deny & ~allow | deny, kind)
        if not silently:
            self.tell(channel.guild_id, "CHANNEL_UPDATE", payloads.channel(channel))

    # -- interactions

    def new_interaction(
        self,
        kind: int,
        user: User,
        channel: Channel,
        data: dict[str, Any],
        source: Message | None = None,
    ) -> Interaction:
        """Sends one to the bot. Its clock starts here."""
        id_ = self.ids()
        secret = f"interaction:{id_}:{secrets.token_urlsafe(32)}"
        token = urlsafe_b64encode(secret.encode()).decode().rstrip("=")
        guild = self.guilds[channel.guild_id]
        payload = {
            "id": str(id_),
            "application_id": str(self.application_id),
            "type": kind,
            "token": token,
            "version": 1,
            "data": data,
            "guild_id": str(guild.id),
            "guild": {"id": str(guild.id), "locale": "en-US", "features": []},
            "guild_locale": "en-US",
            "locale": "en-US",
            "channel_id": str(channel.id),
            "channel": {
                **payloads.channel(channel),
                "permissions": payloads.permissions_of(guild, channel, user.id),
            },
            "member": {
                **payloads.member(guild.members[user.id]),
                "permissions": payloads.permissions_of(guild, channel, user.id),
            },
            "app_permissions": payloads.permissions_of(guild, channel, self.bot.id),
            "entitlements": [],
            "authorizing_integration_owners": {"0": str(guild.id)},
            "context": 0,
            "attachment_size_limit": 10_485_760,
        }
        if source is not None:
            payload["message"] = self.payload(source)
        found = Interaction(id_, token, kind, user, guild, channel, payload, time.monotonic(), source=source)
        self.interactions[id_] = self.tokens[token] = found
        self.deliver(found)
        return found

    def deliver(self, interaction: Interaction) -> None:
        """Tells of an interaction, perhaps once more."""
        interaction.deliveries += self.tell(interaction.guild.id, "INTERACTION_CREATE", interaction.payload, 0)
        self.record.changed()
