"""What happened: every request with its outcome, what broke a rule, and a bell for those who wait for a change."""

import asyncio
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.wire.standin.routing import Call


@dataclass
class Exchange:
    """One request. `status` 0: the connection was cut instead of an answer; None: not answered yet."""

    number: int
    at: float
    method: str
    path: str
    route: str
    body: Any = None
    status: int | None = None
    code: int | None = None
    seconds: float | None = None


@dataclass
class Record:
    """The stand-in's memory of one world."""

    exchanges: list[Exchange] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    in_flight: int = 0
    most_in_flight: int = 0
    invalid: list[float] = field(default_factory=list)
    identifies: list[dict[str, Any]] = field(default_factory=list)
    resumes: list[dict[str, Any]] = field(default_factory=list)
    closes: list[int] = field(default_factory=list)
    heartbeats: int = 0
    unchecked: list[tuple["Call", int]] = field(default_factory=list)
    """Requests with a body that nobody has judged, with the flags of the message that they edit."""
    _waiters: set[asyncio.Future[None]] = field(default_factory=set)

    def violation(self, sentence: str) -> None:
        """Something that no bot may do, or that this Discord does not know."""
        self.violations.append(sentence)
        self.changed()

    def begin(self, exchange: Exchange) -> None:
        self.exchanges.append(exchange)
        self.in_flight += 1
        self.most_in_flight = max(self.most_in_flight, self.in_flight)
        self.changed()

    def end(self, exchange: Exchange, status: int, code: int | None, seconds: float) -> None:
        exchange.status, exchange.code, exchange.seconds = status, code, seconds
        self.in_flight -= 1
        self.counts[exchange.route, status] += 1
        self.changed()

    def changed(self) -> None:
        """Wakes everybody who waits."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def change(self) -> None:
        """Returns after the next change."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        try:
            await waiter
        finally:
            self._waiters.discard(waiter)

    def count(self, route: str, status: int | None = None) -> int:
        """How many requests to a route were answered, with that status or any."""
        return sum(n for (r, s), n in self.counts.items() if r == route and status in (None, s))

    def tally(self) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for (route, status), number in sorted(self.counts.items()):
            found.setdefault(route, {})[str(status)] = number
        return found

    def listed(self, route: str | None = None) -> list[dict[str, Any]]:
        return [asdict(e) for e in self.exchanges if route in (None, e.route)]
