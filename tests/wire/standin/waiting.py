"""Conditions that a test may wait for. Each is asked again after every change, so nobody sleeps or polls."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.support.limits import walk
from tests.wire.standin.acting import view
from tests.wire.standin.gateway import Gateway
from tests.wire.standin.model import Message
from tests.wire.standin.rest import Rest
from tests.wire.standin.world import World

Outcome = Any
"""None where the condition does not hold yet; anything else is handed to the test."""


class TimeIsUp(Exception):
    """A condition did not come to hold; the message says how things stood."""


class Conditions:
    """The conditions by name: every method below that has no underscore."""

    def __init__(self, world: World, gateway: Gateway, rest: Rest) -> None:
        self._world = world
        self._gateway = gateway
        self._rest = rest

    async def wait(self, name: str, timeout: float, arguments: dict[str, Any]) -> Outcome:
        """The condition's outcome, as soon as there is one. Raises `TimeIsUp`."""
        condition: Callable[..., Outcome] = getattr(self, name)
        try:
            async with asyncio.timeout(timeout):
                while (outcome := condition(**arguments)) is None:
                    await self._world.record.change()
        except TimeoutError as error:
            record = self._world.record
            raise TimeIsUp(
                f"{name} {arguments} did not come true in {timeout} s; requests {record.tally()}, "
                f"violations {record.violations}, sessions {len(self._gateway.connected())}"
            ) from error
        return outcome

    def responded(self, interaction: str) -> Outcome:
        """The member has an answer, or the dots have turned into one."""
        return True if self._world.interactions[int(interaction)].is_responded else None

    def all_responded(self, interactions: list[str]) -> Outcome:
        """Each of them, in one wait for a thousand."""
        known = self._world.interactions
        return True if all(known[int(each)].is_responded for each in interactions) else None

    def acked(self, interaction: str) -> Outcome:
        return True if self._world.interactions[int(interaction)].callback is not None else None

    def connected(self, sessions: int) -> Outcome:
        """That many sessions are identified or resumed, and have a socket."""
        return True if len(self._gateway.connected()) >= sessions else None

    def disconnected(self) -> Outcome:
        return True if not self._gateway.sockets else None

    def identified(self, times: int) -> Outcome:
        return True if len(self._world.record.identifies) >= times else None

    def resumed(self, times: int) -> Outcome:
        return True if sum(r["accepted"] for r in self._world.record.resumes) >= times else None

    def requested(self, route: str, times: int, status: int | None = None) -> Outcome:
        """That many requests to a route were answered, with that status or any; 0 is a cut connection."""
        return True if self._world.record.count(route, status) >= times else None

    def held(self, fault: int) -> Outcome:
        """A request is being held by a fault."""
        return True if self._rest.faults.get(fault).held else None

    def struck(self, fault: int, times: int) -> Outcome:
        return True if self._rest.faults.get(fault).hits >= times else None

    def quiet(self) -> Outcome:
        """No request is under way at this moment; the bot may be about to make the next."""
        return True if self._world.record.in_flight == 0 else None

    def posted(self, channel: str, times: int = 1, marker: str | None = None) -> Outcome:
        """The bot has posted that many messages there, with a button whose `custom_id` starts with `marker`."""
        found = self._world.channels.get(int(channel))
        if found is None:
            return None
        mine = [m for m in map(self._world.messages.__getitem__, found.messages) if self._is_ours(m, marker)]
        return [view(self._world, message) for message in mine] if len(mine) >= times else None

    def reacted(self, message: str, emoji: str | None = None) -> Outcome:
        reactions = self._world.messages[int(message)].reactions
        return list(reactions) if (emoji in reactions if emoji else reactions) else None

    def _is_ours(self, message: Message, marker: str | None) -> bool:
        if message.author is not self._world.bot or message.interaction is not None or message.kind == 21:
            return False
        names = (str(c.get("custom_id", "")) for c in walk(message.components))
        return marker is None or any(name.startswith(marker) for name in names)
