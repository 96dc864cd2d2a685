"""Things that go wrong on purpose: for requests that match a pattern, before or after they had their effect."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from random import Random
from typing import Any, Literal

from tests.wire.standin.errors import Refusal
from tests.wire.standin.record import Record


class ConnectionCut(Exception):
    """The client gets no answer."""


@dataclass
class Fault:
    """What happens to requests that match `route`, a pattern over `METHOD /path` (`*` matches slashes, too).

    In this order, where given: wait `delay` seconds; `hold` the request until it is released; `abort` the
    connection; answer with `status`. `times` None: as often as a request matches; `probability` draws from `seed`.
    """

    id: int
    route: str
    when: Literal["before", "after"] = "before"
    times: int | None = 1
    probability: float = 1.0
    seed: int = 0
    delay: float = 0.0
    hold: bool = False
    abort: bool = False
    status: int | None = None
    code: int = 0
    message: str = "injected"
    retry_after: float | None = None
    is_global: bool = False
    scope: Literal["user", "shared", "global"] = "user"
    hits: int = 0
    held: int = 0
    released: asyncio.Event = field(default_factory=asyncio.Event)
    _rng: Random = field(init=False)

    def __post_init__(self) -> None:
        self._rng = Random(self.seed)

    def strikes(self, request: str, when: str) -> bool:
        """Whether this request is hit; counts it if so."""
        if when != self.when or (self.times is not None and self.hits >= self.times):
            return False
        if not fnmatchcase(request, self.route) or self._rng.random() >= self.probability:
            return False
        self.hits += 1
        return True


class Faults:
    """Those of one world, in the order in which they were asked for."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._faults: dict[int, Fault] = {}

    def add(self, settings: dict[str, Any]) -> Fault:
        fault = Fault(id=len(self._faults) + 1, **settings)
        self._faults[fault.id] = fault
        return fault

    def get(self, fault_id: int) -> Fault:
        return self._faults[fault_id]

    def all(self) -> Sequence[Fault]:
        return list(self._faults.values())

    def lift(self, fault_id: int | None = None) -> None:
        """Ends a fault, or all of them, and lets go what they hold."""
        for fault in self.all():
            if fault_id in (None, fault.id):
                fault.times = fault.hits
                fault.released.set()

    async def strike(self, request: str, when: Literal["before", "after"]) -> None:
        """Lets every matching fault happen. Raises `ConnectionCut`, or `Refusal` with what is to be answered."""
        for fault in self.all():
            if fault.strikes(request, when):
                await self._happen(fault)

    async def _happen(self, fault: Fault) -> None:
        self._record.changed()
        if fault.delay:
            await asyncio.sleep(fault.delay)
        if fault.hold:
            fault.held += 1
            self._record.changed()
            await fault.released.wait()
            fault.held -= 1
        if fault.abort:
            raise ConnectionCut
        if fault.status is not None:
            raise _refusal(fault, fault.status)


def _refusal(fault: Fault, status: int) -> Refusal:
    if fault.retry_after is None:
        return Refusal(status, fault.code, fault.message)
    return too_many(fault.retry_after, scope="global" if fault.is_global else fault.scope)


def too_many(retry_after: float, *, scope: str) -> Refusal:
    """429 as Discord says it; without `Via` a client would take it for a ban by Cloudflare."""
    headers = {
        "Retry-After": str(max(1, round(retry_after))),
        "X-RateLimit-Scope": scope,
        "Via": "1.1 google",
    }
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    body = {"retry_after": retry_after, "global": scope == "global"}
    return Refusal(429, 0, "You are being rate limited.", extra=body, headers=headers)
