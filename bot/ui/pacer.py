"""Keeping to Discord's pace: a slot for every request of the bot's, and a last look at the claim before it leaves.

Works through aiohttp's tracing, which discord.py passes on: the hook is awaited before each attempt, repeated
ones included. Numbers are from a measurement: 0 rate limits in 1,000 unpaced sends at 35 a second, 13 at 45.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import TypeVar

import aiohttp

T = TypeVar("T")

SCHEDULED_RATE = 35.0
"""Scheduled posts a second; the rest of Discord's 50 is for what members are waiting for."""

BUSY_RATE = 28.0
"""The same while members are busy."""

REACTIVE_RATE = 15.0
SLOWEST_RATE = 5.0
_CUT, _RECOVERY = 0.8, 1.02
_FREE_OF_CHARGE = ("/interactions/", "/webhooks/")
_TOO_MANY = 429
_ROUNDING = 1.0  # the header tells whole seconds


class StaleClaim(ConnectionError):
    """A request was held up for so long that somebody else may have taken over what it was to send."""


class Limited(ConnectionError):
    """Discord wants silence for `seconds`. `is_short`: the one who asked has the time to wait that long."""

    def __init__(self, seconds: float, *, is_short: bool) -> None:
        super().__init__(f"Discord lets nothing through for {seconds:.0f} s")
        self.seconds = seconds
        self.is_short = is_short


@dataclass(frozen=True, slots=True)
class Claim:
    """Until when a post is ours to send: by the wall, and by a clock that nobody can set (seconds)."""

    wall: datetime
    steady: float


_claim: ContextVar[Claim | None] = ContextVar("claim", default=None)
_gives_up: ContextVar[float | None] = ContextVar("gives_up", default=None)


@contextmanager
def claimed_until(wall: datetime, seconds: float) -> Iterator[None]:
    """Requests inside are scheduled traffic, and leave only while the claim holds, for at most `seconds`."""
    token = _claim.set(Claim(wall, time.monotonic() + seconds))
    try:
        yield
    finally:
        _claim.reset(token)


@asynccontextmanager
async def patience(seconds: float) -> AsyncIterator[None]:
    """A time limit that raises `TimeoutError`; a limit of Discord's raises `Limited` inside.

    discord.py would sit out a global limit by itself. A wait of its that is cancelled half-way, by this time limit
    or since the whole process stood still, never ends for anybody; so it must not begin.
    """
    token = _gives_up.set(time.monotonic() + seconds)
    try:
        async with asyncio.timeout(seconds):
            yield
    finally:
        _gives_up.reset(token)


async def waiting_out(work: Callable[[], Awaitable[T]]) -> T:
    """Does it again after each limit that is short enough; the pacer makes the next try wait."""
    while True:
        try:
            return await work()
        except Limited as limit:
            if not limit.is_short:
                raise


class Pacer:
    """Hands out slots, in order within each kind of traffic. What members wait for does not queue behind posts.

    `now` tells the wall time. After a global 429 nothing leaves for as long as Discord says, and scheduled
    traffic comes back slower, then recovers.
    """

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._steady = steady
        self._rate = SCHEDULED_RATE
        self._next_scheduled = 0.0
        self._next_reactive = 0.0
        self._closed_until = 0.0

    def trace(self) -> aiohttp.TraceConfig:
        """The hooks for `discord.Client(http_trace=...)`."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        return config

    def reserve(self, *, scheduled: bool) -> float:
        """Takes the next slot; the instant (steady clock, seconds) at which it begins."""
        now = self._steady()
        if scheduled:
            rate = min(self._rate, BUSY_RATE) if self._next_reactive > now else self._rate
            slot = max(now, self._next_scheduled, self._closed_until)
            self._next_scheduled = slot + 1 / rate
            self._rate = min(SCHEDULED_RATE, self._rate * _RECOVERY)
        else:
            slot = max(now, self._next_reactive, self._closed_until)
            self._next_reactive = slot + 1 / REACTIVE_RATE
        return slot

    def close(self, seconds: float) -> None:
        """Lets nothing out for this long, and makes scheduled traffic slower afterwards."""
        self._closed_until = max(self._closed_until, self._steady() + seconds)
        self._rate = max(SLOWEST_RATE, self._rate * _CUT)

    async def _before(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestStartParams
    ) -> None:
        if any(part in params.url.path for part in _FREE_OF_CHARGE):
            return  # Discord does not count these, and a member has three seconds
        claim = _claim.get()
        await self._sleep_until(self.reserve(scheduled=claim is not None))
        await self._sleep_until(self._closed_until)  # it may have been closed in the meantime
        if claim is not None and (self._now() >= claim.wall or self._steady() >= claim.steady):
            raise StaleClaim("the claim ran out while the request was waiting")

    async def _sleep_until(self, instant: float) -> None:
        if (wait := instant - self._steady()) > 0:
            await asyncio.sleep(wait)

    async def _after(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        if params.response.status != _TOO_MANY:
            return
        headers = params.response.headers
        wait = float(headers.get("Retry-After", "1"))
        is_global = headers.get("X-RateLimit-Global") == "true" or headers.get("X-RateLimit-Scope") == "global"
        if is_global:
            self.close(wait)
        gives_up = _gives_up.get()
        if gives_up is None:
            return
        is_short = self._steady() + wait + _ROUNDING < gives_up
        if is_global or not is_short:
            params.response.close()
            raise Limited(wait, is_short=is_short)
