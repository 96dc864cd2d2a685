"""What every store promises about streaks: whatever happened, the stored one is the fold of the facts."""

import asyncio
from contextlib import AsyncExitStack
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.answers import Answer
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Delivered, Vanished
from bot.domain.streaks import Day, DayState, Streak, fold
from bot.services.ports import Recorded
from tests.store.backends import BACKENDS
from tests.store.scene import ANN, BEN, CAT, DAY, GUILD, HOUR, NINE, claimed, daily, on, posted, says

ELSEWHERE = 99
HOURS = {"daily": 9, "evening": 18, "elsewhere": 9}
SCHEDULES = {s.id: s for s in (daily(), daily("evening"), daily("elsewhere", guild_id=ELSEWHERE))}
MEMBERS = (ANN, BEN, CAT)

ahead = st.integers(0, 60).map(lambda hours: hours * HOUR)
names = st.sampled_from(sorted(SCHEDULES))
weekdays = st.integers(0, 7)
which = st.integers(0, 1_000)


class Season(RuleBasedStateMachine):
    """Two guilds, one of them with two schedules, through anything that can happen to their days and answers.

    Kept beside the store: how each day stands by the plain rule, and which dates each member earned.
    """

    backend = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.stack = AsyncExitStack()
        opened = BACKENDS[self.backend](Path(self.folder.name))
        self.store = self.run(self.stack.enter_async_context(opened))
        self.now = NINE
        self.sending: list[Occurrence] = []
        self.sent: list[Occurrence] = []
        self.open: list[Occurrence] = []
        self.answers: list[tuple[Answer, Recorded]] = []
        self.days: dict[tuple[int, date], Day] = {}
        self.earned: dict[tuple[int, int], set[date]] = {}
        for schedule in SCHEDULES.values():
            self.run(self.store.save_schedule(schedule))

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()

    def run(self, coroutine):
        return self.runner.run(coroutine)

    def later(self, wait: timedelta = timedelta(0)) -> datetime:
        self.now += wait + timedelta(seconds=1)
        return self.now

    def delivered(self, occurrence: Occurrence) -> None:
        self.sent.append(occurrence)
        self.open.append(occurrence)
        day = Day(occurrence.day, DayState.OPEN)
        self.days[occurrence.guild_id, occurrence.day] = day

    def in_time(self, occurrence: Occurrence, at: datetime) -> bool:
        later = [
            o.post.sent_at
            for o in self.sent
            if o.schedule_id == occurrence.schedule_id and o.scheduled > occurrence.scheduled
        ]
        return not later or at < min(later) or at < (occurrence.promised_until or min(later))

    @rule(name=names, day=weekdays, wait=ahead, promise=st.none() | ahead)
    def post(self, name: str, day: int, wait: timedelta, promise: timedelta | None) -> None:
        """A card goes out, for any date, before or after other dates."""
        occurrence = on(day, SCHEDULES[name], HOURS[name])
        now = self.later(wait)
        if self.run(self.store.occurrence(occurrence.key)) is None:
            until = None if promise is None else now + promise
            self.delivered(self.run(posted(self.store, occurrence, now, until)))

    @rule(name=names, day=weekdays, wait=ahead)
    def begin_to_post(self, name: str, day: int, wait: timedelta) -> None:
        """A card is claimed, and not heard of yet."""
        occurrence = on(day, SCHEDULES[name], HOURS[name])
        now = self.later(wait)
        if self.run(self.store.occurrence(occurrence.key)) is None:
            self.sending.append(self.run(claimed(self.store, occurrence, now, now + DAY)))

    @precondition(lambda self: self.sending)
    @rule(index=which, wait=ahead, gone=st.booleans())
    def hear_of_it(self, index: int, wait: timedelta, gone: bool) -> None:  # noqa: FBT001
        """A claimed card turns out to be there, or to have been removed."""
        occurrence = self.sending.pop(index % len(self.sending))
        event = Vanished("removed") if gone else Delivered(90_000 + len(self.sent))
        moved = self.run(self.store.advance_post(occurrence.post, event, self.later(wait)))
        assert moved is not None
        if not gone:
            self.delivered(self.run(self.store.occurrence(occurrence.key)))

    @precondition(lambda self: self.sent or self.sending)
    @rule(index=which, user=st.sampled_from(MEMBERS), rung=st.integers(0, 2), ago=ahead)
    def answer(self, index: int, user: int, rung: int, ago: timedelta) -> None:
        """A member answers some rung of some card, now or on the way since a while."""
        cards = [*self.sent, *self.sending]
        card = cards[index % len(cards)]
        answer = says(user, card, self.later() - ago, rung=rung)
        before = self.run(self.store.streak(card.guild_id, user))
        recorded = self.run(self.store.record_answer(answer, None))
        counts = card in self.sent and self.in_time(card, answer.at)
        assert (recorded.is_replay, recorded.counts) == (False, counts)
        if counts:
            self.earned.setdefault((card.guild_id, user), set()).add(card.day)
        assert (recorded.before, recorded.streak) == (before, self.expected(card.guild_id, user))
        self.answers.append((answer, recorded))

    @precondition(lambda self: self.answers)
    @rule(index=which)
    def answer_again(self, index: int) -> None:
        """An event that was handled comes a second time."""
        answer, first = self.answers[index % len(self.answers)]
        again = self.run(self.store.record_answer(answer, None))
        assert again.is_replay
        assert (again.version, again.counts) == (first.version, first.counts)
        assert again.streak == self.expected(answer.guild_id, answer.user_id)

    @precondition(lambda self: self.open)
    @rule(index=which, wait=ahead, outage=st.sampled_from([None, None, "the bot was away"]))
    def close(self, index: int, wait: timedelta, outage: str | None) -> None:
        """An open question is closed, whether or not the rules would have it closed yet."""
        card = self.open.pop(index % len(self.open))
        self.run(self.store.close_occurrence(card.key, self.later(wait), outage))
        if all((o.guild_id, o.day) != (card.guild_id, card.day) for o in self.open):
            state = DayState.COUNTED if outage is None else DayState.NEUTRAL
            self.days[card.guild_id, card.day] = Day(card.day, state, outage)

    @rule(wait=ahead)
    def look_for_what_is_over(self, wait: timedelta) -> None:
        """What the store calls over is what no answer counts for now."""
        now = self.later(wait)
        over = self.run(self.store.closable(now))
        assert {o.key for o in over} == {o.key for o in self.open if not self.in_time(o, now)}

    @invariant()
    def stored_streaks_are_the_fold_of_the_facts(self) -> None:
        for guild_id in (GUILD, ELSEWHERE):
            for user in MEMBERS:
                facts = self.run(self.store.streak_facts(guild_id, user))
                stored = self.run(self.store.streak(guild_id, user))
                assert facts.days == self.expected_days(guild_id)
                assert facts.answered == self.earned.get((guild_id, user), set())
                assert stored == fold(facts.days, facts.answered)

    def expected_days(self, guild_id: int) -> tuple[Day, ...]:
        days = [day for (guild, _), day in self.days.items() if guild == guild_id]
        return tuple(sorted(days, key=lambda day: day.date))

    def expected(self, guild_id: int, user: int) -> Streak:
        return fold(self.expected_days(guild_id), self.earned.get((guild_id, user), set()))


def _tried_on(backend: str) -> type:
    case = type(f"Test{backend.title()}", (Season,), {"backend": backend}).TestCase
    case.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)
    return case


TestSqlite = _tried_on("sqlite")
