"""What a Discord consists of, as plain records. Who may do what, and who hears of it, is decided elsewhere."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

EPOCH = 1_420_070_400_000
"""Discord's first millisecond."""

TEXT, DIRECT, PUBLIC_THREAD = 0, 1, 11
EPHEMERAL, HAS_THREAD, LOADING, COMPONENTS_V2 = 1 << 6, 1 << 5, 1 << 7, 1 << 15


class Snowflakes:
    """Ids that tell their own time and never come twice."""

    def __init__(self) -> None:
        self._last = 0
        self._past = count(1)
        self._start = int(time.time() * 1000) - EPOCH - 86_400_000

    def __call__(self) -> int:
        now = (int(time.time() * 1000) - EPOCH) << 22
        self._last = max(now, self._last + 1)
        return self._last

    def in_the_past(self) -> int:
        """An id of before yesterday, each from another second: guilds made at once still spread over shards."""
        return (self._start - next(self._past) * 1009) << 22


def milliseconds(snowflake: int) -> int:
    """The Unix time of an id."""
    return (snowflake >> 22) + EPOCH


@dataclass
class User:
    id: int
    name: str
    bot: bool = False


@dataclass
class Role:
    id: int
    name: str
    permissions: int


@dataclass
class Member:
    user: User
    roles: list[int] = field(default_factory=list)


@dataclass
class Channel:
    """A text channel, a thread, or the private one of a user (in no guild: 0). `overwrites`: role or member id -> (allow, deny, 0 for a role or 1)."""

    id: int
    guild_id: int
    name: str
    kind: int = TEXT
    parent_id: int | None = None
    owner_id: int | None = None
    overwrites: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    messages: list[int] = field(default_factory=list)
    archived: bool = False
    recipient: User | None = None

    @property
    def is_thread(self) -> bool:
        return self.kind == PUBLIC_THREAD


@dataclass
class Message:
    """`seen_by`: the only member who sees it, where it is private; `interaction`: what it responds to."""

    id: int
    channel_id: int
    author: User
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    kind: int = 0
    nonce: str | int | None = None
    edited_ms: int | None = None
    mentions: list[User] = field(default_factory=list)
    reference: int | None = None
    pinged: bool = False
    reactions: dict[str, set[int]] = field(default_factory=dict)
    interaction: int | None = None
    seen_by: int | None = None


@dataclass
class Guild:
    id: int
    name: str
    owner: User
    bot_role: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    """Text channels and threads."""
    has_bot: bool = True


@dataclass
class Interaction:
    """One thing that a member did with the bot, and all that came back. Times are of the monotonic clock."""

    id: int
    token: str
    kind: int
    user: User
    guild: Guild
    channel: Channel
    payload: dict[str, Any]
    emitted: float
    deliveries: int = 0
    source: Message | None = None
    callback: int | None = None
    acked: float | None = None
    original: Message | None = None
    follow_ups: list[Message] = field(default_factory=list)
    edits: int = 0
    modal: dict[str, Any] | None = None
    choices: list[dict[str, Any]] | None = None
    second_responses: int = 0

    @property
    def is_deferred(self) -> bool:
        """Acknowledged, and the member still waits."""
        return self.callback == 5 and self.original is not None and bool(self.original.flags & LOADING)

    @property
    def is_responded(self) -> bool:
        return self.callback is not None and not self.is_deferred
