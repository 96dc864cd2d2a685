"""What a visitor can ask of the sandbox, from the page or with a command, and the line where it waits."""

import asyncio
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassTime:
    """Let the simulated clock run on by a second; asked for by the sandbox itself."""


@dataclass(frozen=True, slots=True)
class PostNow:
    """Post the question of the day without waiting for its hour."""


@dataclass(frozen=True, slots=True)
class NextDay:
    """Move the clock to just past the next scheduled post."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Stop the bot and start a new one on the same store."""


@dataclass(frozen=True, slots=True)
class Show:
    """Turn the page to another conversation."""

    place_id: int


Request = PassTime | PostNow | NextDay | Restart | Show
Asked = tuple[Request, "asyncio.Future[None]"]


class RequestLine:
    """Requests in the order in which they came. The bot's own work may join it: asking does nothing yet."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Asked] = asyncio.Queue()

    def ask(self, request: Request) -> "asyncio.Future[None]":
        """Join the line; the future is done when the request has been carried out, cancelled if never."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((request, done))
        return done

    async def next(self) -> Asked:
        """The first in the line, who leaves it."""
        return await self._waiting.get()

    def empty(self) -> bool:
        return self._waiting.empty()

    def send_home(self) -> None:
        """Cancel everything that still waits."""
        while not self._waiting.empty():
            self._waiting.get_nowait()[1].cancel()
