"""What the sandbox needs from the app that it drives, and the clock and error that the two share.

Nothing here may import simcord: the command line reads this module before it knows if the extra is there.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

import discord

SIMULATION_START = datetime(2026, 1, 1, tzinfo=UTC)
"""The instant at which a simulated Discord begins; the app must not start later than its own world."""


class SandboxError(Exception):
    """The sandbox cannot start or go on; the message is one sentence for the person at the terminal."""


class SandboxClock:
    """The app's clock: stands at the start of the simulation until it is given a world to follow."""

    def __init__(self) -> None:
        self._read: Callable[[], datetime] = lambda: SIMULATION_START

    def __call__(self) -> datetime:
        return self._read()

    def follow(self, read: Callable[[], datetime]) -> None:
        """Tell the time that `read` tells from now on; `read` returns an aware instant in UTC."""
        self._read = read


class SandboxApp(Protocol):
    """The real app, minus its alarm clock: the sandbox decides when time passes."""

    def new_client(self) -> discord.Client:
        """A fresh, unstarted client with a `shard_count` and a command `tree`, synced in its `setup_hook`."""

    async def start(self) -> None:
        """Open the store and start its tasks; called once, before any client exists."""

    async def stop(self) -> None: ...

    async def set_up_sandbox(self, guild_id: int, channel_id: int, admin_id: int) -> None:
        """Save a daily schedule at 09:00 UTC for the channel, as the admin would with `/setup`."""

    async def tick(self, now: datetime) -> None:
        """Post what is due at `now`, close old cards, and record that the bot is up."""

    async def beat(self, now: datetime) -> None:
        """Record that the bot is up at `now`, and nothing else."""

    async def next_due(self, guild_id: int) -> datetime | None:
        """The next instant at which `tick` would post, or None where nothing is scheduled."""

    async def post_now(self, guild_id: int) -> str:
        """Post the question of the day at once; a sentence that says what happened."""
