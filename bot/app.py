"""Joins everything: the one place where store, use cases and Discord meet. `bot.serving` keeps it running."""

import asyncio
import logging
import secrets
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from bot.domain.bank import Bank
from bot.domain.grading.grader import OfflineGrader
from bot.domain.judging.judge import Judge
from bot.services.alerts import Alerts
from bot.services.answering import Answering
from bot.services.appealing import Appealing
from bot.services.browsing import Browsing
from bot.services.claiming import Claiming
from bot.services.conducting import Conducting
from bot.services.doctoring import Doctoring
from bot.services.drilling import Drilling
from bot.services.emphasis import Emphases
from bot.services.errors import NotSaved
from bot.services.feedback import Feedbacks
from bot.services.pages import Pages
from bot.services.ports import Clock, Messenger, Store
from bot.services.posting import Posting
from bot.services.practice import Practice
from bot.services.queueing import Queueing
from bot.services.rapidfire import Rapidfire
from bot.services.rapidfire_ports import Rounds
from bot.services.round_scheduling import RoundScheduling
from bot.services.scheduling import Scheduling
from bot.services.streaks import Streaks
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_rounds import SqliteRounds
from bot.ui.client import CoachClient
from bot.ui.coach import Arena, Coach
from bot.ui.messenger import DiscordMessenger
from bot.ui.pacer import Pacer

log = logging.getLogger(__name__)

PATIENCE = 8.0
"""Seconds that posts under way get to finish when the bot stops."""


def wall_clock() -> datetime:
    return datetime.now(UTC)


class App:
    """The bot but for its connection: store, use cases and the tick that drives what is timed.

    `clock` and `rng` are what it knows of time and chance. `shard_count` is for a simulated Discord, which does
    not tell how many it wants.
    """

    def __init__(
        self,
        bank: Bank,
        database: Path,
        *,
        clock: Clock = wall_clock,
        rng: Random | None = None,
        shard_count: int | None = None,
    ) -> None:
        self.store = SqliteStore(database)
        self.clock = clock
        self._shard_count = shard_count
        self._run = secrets.token_hex(8)
        self._ticking = asyncio.Lock()
        self._pacer = Pacer(clock)
        self._messenger = DiscordMessenger(bank)
        self._alerts = Alerts(self.store, bank)
        chance = rng or Random()  # noqa: S311 - which question to practise is no secret
        scheduling = Scheduling(self.store, self._messenger, clock, new_id=_new_id)
        emphases = Emphases(self.store, bank)
        grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
        feedbacks = Feedbacks(self.store, grader, emphases)
        answering = Answering(self.store, bank, emphases, feedbacks)
        rounds = SqliteRounds(self.store)
        judge = Judge(bank.prompt_files, bank.evidence, bank.glossary)
        pages = Pages(rounds, bank, judge)
        posting = Posting(
            self.store,
            self._messenger,
            bank,
            scheduling=scheduling,
            alerts=self._alerts,
            emphases=emphases,
            pages=pages,
            clock=clock,
            steady=time.monotonic,
        )
        self.coach = Coach(
            bank=bank,
            clock=clock,
            scheduling=scheduling,
            posting=posting,
            queueing=Queueing(self.store, bank, scheduling, emphases, clock),
            answering=answering,
            emphases=emphases,
            claiming=Claiming(self.store, answering, feedbacks),
            practice=Practice(self.store, bank, chance),
            browsing=Browsing(self.store, bank, feedbacks),
            streaks=Streaks(self.store),
            doctoring=Doctoring(self.store, self._messenger, scheduling),
            arena=_arena(self.store, rounds, self._messenger, bank, judge, pages, posting, clock, chance),
        )

    async def start(self) -> None:
        """Opens the store; raises `StoreError` with a sentence if that can't be."""
        await self.store.open()
        await self.coach.scheduling.refresh()

    async def hold(self) -> None:
        """Begins no further post, until there is a new client, and waits for those under way."""
        self.coach.posting.stop()
        with suppress(TimeoutError):  # whatever is still out there, the next start finds it
            async with asyncio.timeout(PATIENCE), self._ticking:
                pass

    async def stop(self) -> None:
        """Holds, and closes the store."""
        await self.hold()
        await self.store.close()

    def new_client(self, *, message_content: bool = False) -> CoachClient:
        """A client that is not started yet; from now on the bot speaks through this one.

        `message_content`: the application holds that privileged intent, so plain thread messages can count.
        """
        client = CoachClient(
            self.coach,
            self.store,
            message_content=message_content,
            http_trace=self._pacer.trace(),
            shard_count=self._shard_count,
        )
        self._messenger.attach(client)
        self.coach.posting.go_on()
        return client

    async def note_reading(self, *, reads: bool) -> None:
        """Notes whether the bot may read messages, and tells admins once if it no longer may."""
        await self._alerts.tell_of_reading(self.clock(), reads=reads)

    async def beat(self, now: datetime) -> None:
        """Notes that the bot is up."""
        await self.store.beat(self._run, now)

    async def conduct(self, now: datetime) -> datetime | None:
        """Looks after the rapid-fire rounds; when it wants to be called again, None if not before a ring."""
        try:
            return await self.coach.arena.conducting.conduct(now)
        except NotSaved as error:
            log.error("rounds are looked after again: %s", error)  # noqa: TRY400 - the sentence says it all
            return now + timedelta(seconds=1)

    async def tick(self, now: datetime) -> None:
        """Posts what is due, tells of what could not be, closes what is over; one at a time."""
        async with self._ticking:
            await self.beat(now)
            await self.coach.scheduling.plan(now)
            await self.coach.arena.scheduling.plan(now)
            await self.coach.posting.deliver_due(now)
            if await self._alerts.tell_of_troubles(now):
                await self.coach.posting.deliver_due(now)
            await self.coach.posting.close_past(now)
            await self.conduct(now)


def _new_id() -> str:
    return secrets.token_hex(6)


def _arena(  # noqa: PLR0917 - everything it joins
    store: Store,
    rounds: Rounds,
    messenger: Messenger,
    bank: Bank,
    judge: Judge,
    pages: Pages,
    posting: Posting,
    clock: Clock,
    chance: Random,
) -> Arena:
    """The use cases of rapid-fire rounds."""
    rapidfire = Rapidfire(rounds, messenger, bank, judge, pages, clock=clock, chance=chance, new_id=_new_id)
    conducting = Conducting(store, rounds, messenger, posting=posting, pages=pages, rapidfire=rapidfire, clock=clock)
    return Arena(
        rapidfire,
        conducting,
        Appealing(store, rounds, pages, conducting, clock),
        Drilling(rounds, rapidfire, bank, judge, chance),
        RoundScheduling(store, rounds, messenger, bank, clock=clock, new_id=_new_id),
    )
