"""What a test may set of the stand-in before it starts a world: who the bot is, and how strict Discord is."""

from dataclasses import dataclass, field, fields
from typing import Any

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GStand.in-in-in-in-in-in-in-in-in-in-in-in-in"

BUCKETS: dict[str, tuple[int, float]] = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me": (1, 0.25),
    "POST /channels/{channel}/messages/{message}/threads": (50, 300.0),
}
"""Requests per seconds and major parameter. Discord publishes none of them; these are what clients report."""


@dataclass
class Config:
    """One world's rules. Durations are in seconds."""

    token: str = TOKEN
    reads_messages_flag: bool = False
    """The application's flags say that the portal lets it read messages."""
    grants_messages: bool | None = None
    """Whether the gateway does let it; None: as the flags say."""
    shards: int = 1
    nonce_window: float = 180.0
    token_life: float = 900.0
    ack_within: float | None = None
    """A later first response is refused as Discord refuses it (3 s there); None: it is only measured."""
    global_limit: int = 50
    """Requests of the bot in any one second, interactions excepted."""
    buckets: dict[str, tuple[int, float]] = field(default_factory=lambda: dict(BUCKETS))
    invalid_limit: int = 10_000
    """Invalid requests in ten minutes after which the address is banned."""
    heartbeat: float = 41.25
    identify_every: float = 0.0
    """An IDENTIFY sooner after the last one gets an invalid session; 5 s at Discord, off by default."""
    session_starts: int = 1000
    thread_cap: int = 1000
    """Active threads that a guild may have."""
    latency: float = 0.0
    """What every request takes before it has its effect."""
    check_bodies: bool = True
    """At once. A check takes some 10 ms, too long under load: `check_unchecked` makes up for it afterwards."""

    @property
    def message_content(self) -> bool:
        return self.reads_messages_flag if self.grants_messages is None else self.grants_messages

    @classmethod
    def of(cls, settings: dict[str, Any]) -> "Config":
        """Raises `ValueError` for a name that is no setting."""
        known = {f.name for f in fields(cls)}
        if unknown := settings.keys() - known:
            raise ValueError(f"no such setting: {sorted(unknown)}")
        config = cls(**{name: value for name, value in settings.items() if name != "buckets"})
        config.buckets.update({k: (int(n), float(s)) for k, (n, s) in settings.get("buckets", {}).items()})
        return config
