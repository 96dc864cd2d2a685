"""The use cases on a real store, with a Discord that does as it is told."""

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count

import pytest

from bot.domain.answers import Path as AnswerPath
from bot.domain.bank import Bank
from bot.domain.grading.grader import OfflineGrader
from bot.domain.judging.judge import Judge
from bot.services.alerts import Alerts
from bot.services.answering import Answering, Offer
from bot.services.browsing import Browsing
from bot.services.doctoring import Doctoring
from bot.services.emphasis import Emphases
from bot.services.feedback import Feedbacks
from bot.services.pages import Pages
from bot.services.posting import Posting
from bot.services.queueing import Queueing
from bot.services.scheduling import Scheduling
from bot.services.streaks import Streaks
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_rounds import SqliteRounds
from tests.fakes import FakeClock, FakeMessenger
from tests.support.content import self_check_bank

GUILD, CHANNEL, ADMIN = 10, 20, 30


@dataclass
class Desk:
    """All use cases side by side."""

    store: SqliteStore
    bank: Bank
    clock: FakeClock
    messenger: FakeMessenger
    alerts: Alerts
    scheduling: Scheduling
    posting: Posting
    queueing: Queueing
    answering: Answering
    browsing: Browsing
    emphases: Emphases
    streaks: Streaks
    doctoring: Doctoring
    sources: count = field(default_factory=count)

    async def set_up(self, guild=GUILD, channel=CHANNEL, *, beside=False, **changes):
        """A daily question at nine, unless told otherwise; in place of the guild's first, or beside it."""
        former = next(iter(await self.scheduling.schedules_of(guild)), None)
        base = self.scheduling.draft(guild, channel, ADMIN) if beside or former is None else former
        wanted = replace(base, channel_id=channel, **changes)
        return (await self.scheduling.set_up(wanted)).schedule

    async def tick(self, **duration):
        """Time passes with the bot down, and then the alarm rings."""
        now = self.clock.pass_time(**duration)
        await self.store.beat("run", now)
        await self.scheduling.plan(now)
        await self.posting.deliver_due(now)
        if await self.alerts.tell_of_troubles(now):
            await self.posting.deliver_due(now)
        await self.posting.close_past(now)

    async def next_nine(self):
        """The next nine o'clock, with the bot down until then."""
        nine = self.clock.now.replace(hour=9, minute=0)
        await self.tick(seconds=((nine - self.clock.now).total_seconds() - 1) % 86_400 + 1)

    async def stay_up(self, **duration):
        """Time passes with the bot up, and then the alarm rings."""
        end = self.clock.now + timedelta(**duration)
        while (end - self.clock.now).total_seconds() > 240:
            await self.store.beat("run", self.clock.pass_time(minutes=4))
        await self.tick(seconds=(end - self.clock.now).total_seconds())

    async def today(self, schedule):
        """The occurrence of the schedule's local date."""
        return await self.store.occurrence_on(schedule.id, self.clock.now.date())

    async def answer(self, occurrence, user, text="It leaves the length out of it.", rung=0):
        """A member answers now."""
        source = f"i:{next(self.sources)}"
        offer = Offer(source, occurrence.guild_id, user, text, AnswerPath.MODAL, self.clock.now)
        return await self.answering.submit(offer, occurrence.key, rung)


BANK = self_check_bank()


def larger_bank(size):
    """A bank of that many questions: the first one, under other names."""
    first = BANK.questions[0]
    copies = [first.model_copy(update={"id": f"Q{n}", "slug": f"question-{n}"}) for n in range(1, size + 1)]
    return Bank(BANK.packs, BANK.companies, copies)


@asynccontextmanager
async def opened(folder, bank):
    """The use cases on an empty store, at eight in the morning of 1 January 2026."""
    clock = FakeClock()
    store = SqliteStore(folder / "coach.db")
    await store.open()
    messenger = FakeMessenger(clock)
    numbers = count(1)
    emphases = Emphases(store, bank)
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    alerts = Alerts(store, bank)
    scheduling = Scheduling(store, messenger, clock, new_id=lambda: f"schedule{next(numbers)}")
    feedbacks = Feedbacks(store, grader, emphases)
    await store.beat("run", clock())
    yield Desk(
        store=store,
        bank=bank,
        clock=clock,
        messenger=messenger,
        alerts=alerts,
        scheduling=scheduling,
        posting=Posting(
            store,
            messenger,
            bank,
            scheduling=scheduling,
            alerts=alerts,
            emphases=emphases,
            pages=Pages(SqliteRounds(store), bank, Judge(bank.prompt_files, bank.evidence, bank.glossary)),
            clock=clock,
            steady=clock.steady,
        ),
        emphases=emphases,
        queueing=Queueing(store, bank, scheduling, emphases, clock),
        answering=Answering(store, bank, emphases, feedbacks),
        browsing=Browsing(store, bank, feedbacks),
        streaks=Streaks(store),
        doctoring=Doctoring(store, messenger, scheduling),
    )
    await store.close()


@pytest.fixture
async def desk(tmp_path):
    """The use cases with the shipped questions."""
    async with opened(tmp_path, BANK) as made:
        yield made


@pytest.fixture
async def large_desk(tmp_path):
    """The use cases with twenty questions."""
    async with opened(tmp_path, larger_bank(20)) as made:
        yield made
