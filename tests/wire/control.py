"""The tests' view of the stand-in: what is true there, what goes wrong there, and who acts there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, Self

import aiohttp

from tests.wire.people import Place, Posted, Server, Shown

PATIENCE = 60.0
"""Seconds after which a condition that did not come to hold fails the test; no measure of speed."""

BOT_RIGHTS = (
    "VIEW_CHANNEL",
    "SEND_MESSAGES",
    "EMBED_LINKS",
    "ATTACH_FILES",
    "READ_MESSAGE_HISTORY",
    "ADD_REACTIONS",
    "CREATE_PUBLIC_THREADS",
    "SEND_MESSAGES_IN_THREADS",
)


class NotOffered(Exception):
    """A real client would not have let the member do this."""


class TimeIsUp(AssertionError):
    """Something that was waited for did not happen; the message says how things stood."""


@dataclass(frozen=True)
class Truth:
    """What the stand-in saw. `requests`: route -> status -> how often; 0 is a connection that was cut."""

    violations: list[str]
    requests: dict[str, dict[str, int]]
    most_in_flight: int
    invalid_requests: int
    identifies: list[dict[str, Any]]
    resumes: list[dict[str, Any]]
    closes: list[int]
    heartbeats: int
    commands: list[str]

    def count(self, route: str, status: int | None = None) -> int:
        """How many requests to a route were answered, with that status or any."""
        found = self.requests.get(route, {})
        return sum(found.values()) if status is None else found.get(str(status), 0)


class Discord:
    """A client of the stand-in's control; an async context manager. One world at a time: `reset` begins it."""

    def __init__(self, port: int) -> None:
        self.api = f"http://127.0.0.1:{port}/api/v10"
        self.gateway = f"ws://127.0.0.1:{port}/gateway"
        self._control = f"http://127.0.0.1:{port}/control/"
        self.token = ""
        self.bot_id = 0
        self.checks_the_spec = False

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def do(self, verb: str, **arguments: Any) -> Any:
        """Any verb of the control. Raises `NotOffered` and `TimeIsUp`."""
        timeout = aiohttp.ClientTimeout(total=arguments.get("timeout", PATIENCE) + PATIENCE)
        async with self._session.post(self._control + verb, json=arguments, timeout=timeout) as answer:
            said = await answer.json()
            if answer.status == 409:
                raise NotOffered(said)
            if answer.status == 408:
                raise TimeIsUp(said)
            answer.raise_for_status()
            return said

    async def reset(self, **settings: Any) -> None:
        """Begins a new world with settings as in `standin.config.Config`."""
        about = await self.do("reset", **settings)
        self.token, self.bot_id = about["token"], int(about["bot"])
        self.checks_the_spec = about["checks_the_spec"]

    async def configure(self, **settings: Any) -> None:
        """Changes settings of the running world."""
        await self.do("configure", **settings)

    # -- waiting

    async def wait(self, condition: str, *, seconds: float = PATIENCE, **arguments: Any) -> Any:
        """Until a condition of `standin.waiting.Conditions` holds; what it tells."""
        return await self.do("wait", name=condition, timeout=seconds, arguments=arguments)

    async def connected(self, sessions: int = 1) -> None:
        await self.wait("connected", sessions=sessions)

    async def shown(self, interaction: str) -> Shown:
        """What a member was shown in the end."""
        await self.wait("responded", interaction=interaction)
        return Shown(self, await self.do("interaction", interaction=interaction))

    async def posted(self, place: Place | int, times: int = 1, marker: str | None = None) -> Sequence[Posted]:
        """The bot's own posts in a channel or thread, as soon as there are that many."""
        channel = str(place.id if isinstance(place, Place) else place)
        found = await self.wait("posted", channel=channel, times=times, marker=marker)
        return [Posted(self, data) for data in found]

    # -- the world

    async def create_servers(
        self,
        number: int,
        *,
        channels: Sequence[str] = ("daily-question",),
        members: Sequence[str] = ("ada", "mia", "noah"),
        bot_rights: Sequence[str] = BOT_RIGHTS,
    ) -> list[Server]:
        """Servers that the bot is in. The first member is the owner."""
        made = await self.do(
            "create_guilds",
            names=[f"Server {n + 1}" for n in range(number)],
            channels=list(channels),
            members=list(members),
            bot_rights=list(bot_rights),
        )
        return [Server(self, data, tuple(channels), tuple(members)) for data in made]

    async def create_server(self, **settings: Any) -> Server:
        (server,) = await self.create_servers(1, **settings)
        return server

    async def messages(self, place: Place | None = None) -> list[Posted]:
        """Everything that is public, by whomever, oldest first."""
        found = await self.do("messages", channel=str(place.id) if place else None)
        return [Posted(self, data) for data in found]

    async def at_once(self, acts: Sequence[tuple[str, dict[str, Any]]]) -> list[Any]:
        """Several verbs in one moment, such as a thousand clicks."""
        found: list[Any] = await self.do("all", acts=list(acts))
        return found

    async def all_shown(self, interactions: Sequence[str]) -> list[Shown]:
        """What each of several interactions led to."""
        await self.wait("all_responded", interactions=list(interactions))
        found = await self.do("interactions", wanted=list(interactions))
        return [Shown(self, data) for data in found]

    # -- trouble

    async def fault(self, route: str, when: Literal["before", "after"] = "before", **settings: Any) -> int:
        """As in `standin.faults.Fault`: `status`, `abort`, `hold`, `delay`, `times`, `probability`, ..."""
        number: int = await self.do("add_fault", route=route, when=when, **settings)
        return number

    async def lift(self, fault: int | None = None) -> None:
        """Ends a fault, or all, and lets go what they hold."""
        await self.do("lift_faults", fault=fault)

    async def held(self, fault: int) -> None:
        """Until a fault holds a request."""
        await self.wait("held", fault=fault)

    # -- truth

    async def truth(self) -> Truth:
        return Truth(**await self.do("truth"))

    async def requests(self, route: str | None = None) -> list[dict[str, Any]]:
        """Every request, or those to one route such as `POST /channels/{channel}/messages`, with its body."""
        found: list[dict[str, Any]] = await self.do("requests", route=route)
        return found

    async def check_bodies_later(self, every: int = 1) -> None:
        """Checks each body, or every so manieth, that came while `check_bodies` was off; for tests of load."""
        await self.do("check_unchecked", every=every)

    async def take_violations(self) -> list[str]:
        """Those so far, which are then forgiven: for tests that mean to break a rule."""
        found: list[str] = await self.do("take_violations")
        return found
