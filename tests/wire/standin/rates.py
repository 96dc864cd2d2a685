"""Rate limits: a bucket for each route and major parameter, a global one for the bot, and the ban beyond them."""

import time
from collections import deque
from hashlib import md5
from typing import Any

from tests.wire.standin.config import Config
from tests.wire.standin.errors import Refusal
from tests.wire.standin.faults import too_many
from tests.wire.standin.record import Record

_ORDINARY = (100, 1.0)
"""For routes whose limit nobody has reported."""
_TEN_MINUTES = 600.0
_INVALID = {401, 403, 429}


class Window:
    """A bucket as Discord has them: a number of requests, all back at one instant."""

    def __init__(self, limit: int, seconds: float) -> None:
        self.limit = limit
        self.seconds = seconds
        self.used = 0
        self.resets = 0.0

    def take(self, now: float) -> bool:
        """Whether there was room."""
        if now >= self.resets:
            self.used, self.resets = 0, now + self.seconds
        if self.used >= self.limit:
            return False
        self.used += 1
        return True


class Rates:
    """All limits of one world. Times are of the monotonic clock."""

    def __init__(self, config: Config, record: Record) -> None:
        self._config = config
        self._record = record
        self._windows: dict[str, Window] = {}
        self._recent: deque[float] = deque()
        self.globally_until = 0.0

    def take(self, route: str, major: str) -> dict[str, str]:
        """The headers for a request that is let through; raises `Refusal` 429 for one that is not."""
        now = time.monotonic()
        self._check_global(now)
        limit, seconds = self._config.buckets.get(route, _ORDINARY)
        window = self._windows.setdefault(f"{route}|{major}", Window(limit, seconds))
        let_through = window.take(now)
        headers = self._headers(route, window, now)
        if not let_through:
            refused = too_many(round(window.resets - now, 3), scope="user")
            refused.headers = {**headers, **refused.headers}
            raise refused
        return headers

    def check_ban(self) -> None:
        """Raises the answer of a proxy that has had enough of this address: no JSON, no `Via`."""
        since = time.monotonic() - _TEN_MINUTES
        if sum(at > since for at in self._record.invalid) >= self._config.invalid_limit:
            raise Banned

    def note(self, status: int, scope: str | None) -> None:
        """Counts an answer that Discord counts as invalid."""
        if status in _INVALID and scope != "shared":
            self._record.invalid.append(time.monotonic())

    def _check_global(self, now: float) -> None:
        if now < self.globally_until:
            raise too_many(round(self.globally_until - now, 3), scope="global")
        while self._recent and now - self._recent[0] >= 1.0:
            self._recent.popleft()
        if len(self._recent) >= self._config.global_limit:
            raise too_many(round(max(0.001, 1.0 - (now - self._recent[0])), 3), scope="global")
        self._recent.append(now)

    @staticmethod
    def _headers(route: str, window: Window, now: float) -> dict[str, str]:
        left = max(0.0, window.resets - now)
        values: dict[str, Any] = {
            "Limit": window.limit,
            "Remaining": window.limit - window.used,
            "Reset": f"{time.time() + left:.3f}",
            "Reset-After": f"{left:.3f}",
            "Bucket": md5(route.encode(), usedforsecurity=False).hexdigest(),
        }
        return {f"X-RateLimit-{name}": str(value) for name, value in values.items()} | {"Via": "1.1 google"}


class Banned(Exception):
    """Too many invalid requests."""


def scope_of(refusal: Refusal) -> str | None:
    return refusal.headers.get("X-RateLimit-Scope")
