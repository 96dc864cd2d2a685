"""The admin's view of what comes next: the next questions, and moving, leaving out or choosing among them."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain import rotation
from bot.domain.bank import Bank
from bot.domain.questions import Question
from bot.domain.schedules import Schedule, Slot
from bot.services.emphasis import Emphases
from bot.services.ports import Clock, Store
from bot.services.scheduling import Scheduling

SHOWN = 7
"""How many questions an admin can look ahead."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A question to come, and when. `is_queued` tells that an admin put it there."""

    slot: Slot
    question: Question
    is_queued: bool


class Queueing:
    """The queue of each schedule."""

    def __init__(self, store: Store, bank: Bank, scheduling: Scheduling, emphases: Emphases, clock: Clock) -> None:
        self._store = store
        self._emphases = emphases
        self._bank = bank
        self._scheduling = scheduling
        self._clock = clock

    async def preview(self, schedule: Schedule, count: int = SHOWN) -> Sequence[Upcoming]:
        """The schedule's next questions, as they will be asked if nothing is changed."""
        schedules = await self._store.schedules_of(schedule.guild_id)
        companies = {s.id: await self._emphases.of_card(s.guild_id, s) for s in schedules}
        pools = {s.id: rotation.pool(self._bank.questions, s.selection, companies[s.id]) for s in schedules}
        queues = {s.id: self._known(await self._store.queue(s.id)) for s in schedules}
        asked = await self._store.asked(schedule.guild_id)
        own = await self._scheduling.upcoming(schedule, count)
        merged = self._until(own[-1], [await self._slots(s, count) for s in schedules]) if own else []
        found = rotation.forecast(merged, pools=pools, queues=queues, asked=asked, guild_id=schedule.guild_id)
        return [
            Upcoming(f.slot, self._bank.question(f.question_id), f.is_queued)
            for f in found
            if f.schedule_id == schedule.id
        ]

    async def move(self, schedule: Schedule, question: Question, position: int) -> Sequence[Upcoming]:
        """Makes a question the `position`-th to come (from 1); the queue as it is then."""
        ahead = [u.question.id for u in await self.preview(schedule, max(SHOWN, position))]
        queued = self._known(await self._store.queue(schedule.id))
        await self._store.set_queue(schedule.id, rotation.moved(ahead, queued, question.id, position))
        return await self.preview(schedule)

    async def leave_out(self, schedule: Schedule, question: Question) -> Sequence[Upcoming]:
        """Passes a question over until every other has been asked; the queue as it is then."""
        await self._store.pass_over(schedule.guild_id, question.id, self._clock())
        return await self.preview(schedule)

    async def reset(self, schedule: Schedule) -> Sequence[Upcoming]:
        """Forgets the order that admins gave; the queue as it is then."""
        await self._store.set_queue(schedule.id, ())
        return await self.preview(schedule)

    async def left(self, schedule: Schedule) -> int:
        """How many questions come before the first that repeats."""
        asked = await self._store.asked(schedule.guild_id)
        return rotation.left(rotation.pool(self._bank.questions, schedule.selection), asked)

    async def _slots(self, schedule: Schedule, count: int) -> Sequence[tuple[Slot, str]]:
        return [(slot, schedule.id) for slot in await self._scheduling.upcoming(schedule, count)]

    @staticmethod
    def _until(last: Slot, schedules: Sequence[Sequence[tuple[Slot, str]]]) -> Iterator[tuple[Slot, str]]:
        in_time = heapq.merge(*schedules, key=lambda pair: (pair[0].due, pair[1]))
        return (pair for pair in in_time if pair[0].due <= last.due)

    def _known(self, question_ids: Sequence[str]) -> Sequence[str]:
        return [q for q in question_ids if self._bank.find(q)]
