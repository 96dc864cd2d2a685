"""Which handler a request belongs to, and what a handler gets to see of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.wire.standin.checks import Bodies
from tests.wire.standin.errors import invalid_form
from tests.wire.standin.gateway import Gateway
from tests.wire.standin.world import World

Reply = tuple[int, Any]
"""A status and a body, None for none."""


@dataclass
class Call:
    """One request on its way through a handler."""

    world: World
    gateway: Gateway
    bodies: Bodies
    method: str
    path: str
    ids: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    files: list[dict[str, Any]] = field(default_factory=list)

    def id(self, name: str) -> int:
        """A path's parameter; 0 if it is no number, which is nobody's id."""
        return int(self.ids[name]) if self.ids[name].isdecimal() else 0

    def check_body(self, *, flags: int = 0) -> Any:
        """The body, if Discord would take it; otherwise a violation, and `Refusal` 50035.

        `flags` are those of a message that is edited.
        """
        if not self.world.config.check_bodies:
            self.world.record.unchecked.append((self, flags))
        elif problems := self.problems(flags=flags):
            self.world.record.violation("; ".join(problems))
            raise invalid_form(problems)
        return self.body

    def problems(self, *, flags: int = 0) -> list[str]:
        """What Discord would not take in the body."""
        found = self.bodies.problems(self.method, self.path, self.body, flags=flags)
        return [f"{self.method} {self.path}: {problem}" for problem in found]


Handler = Callable[[Call], Reply]


@dataclass(frozen=True)
class Route:
    """`needs_token`: only the bot may; interactions carry a token of their own and no limits of the bot's."""

    name: str
    pattern: re.Pattern[str]
    handler: Handler
    needs_token: bool = True


class Routes:
    """Every route that this Discord knows."""

    def __init__(self, groups: Iterable["Routes"] = ()) -> None:
        self._routes: list[tuple[str, Route]] = [pair for group in groups for pair in group._routes]

    def add(self, name: str, *, needs_token: bool = True) -> Callable[[Handler], Handler]:
        """`name` is like `GET /channels/{channel}`."""
        method, path = name.split(" ")
        escaped = re.escape(path).replace(r"\{", "{").replace(r"\}", "}")
        pattern = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", escaped))

        def register(handler: Handler) -> Handler:
            self._routes.append((method, Route(name, pattern, handler, needs_token=needs_token)))
            return handler

        return register

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The first route that fits, with its parameters."""
        for known, route in self._routes:
            if known == method and (match := route.pattern.fullmatch(path)):
                return route, match.groupdict()
        return None
