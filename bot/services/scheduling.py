"""Setting up, pausing and skipping a guild's daily question, and turning its slots into occurrences."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.domain.occurrences import Occurrence, plan
from bot.domain.posts import Dropped, Post, PostKind, PostState, occurrence_key, step
from bot.domain.schedules import EVERY_DAY, Schedule, Slot, local_date, next_slot, slots_after
from bot.domain.troubles import SKIPPED_BY_ADMIN
from bot.services.ports import Clock, Messenger, Store

DEFAULT_TIME = time(9)
DEFAULT_ZONE = "UTC"
MOST_SCHEDULES = 10


@dataclass(frozen=True, slots=True)
class SetUp:
    """The schedule is saved; `upcoming` are its next five posts."""

    schedule: Schedule
    upcoming: Sequence[Slot]


@dataclass(frozen=True, slots=True)
class TooMany:
    """Nothing was saved: a guild has at most this many schedules."""

    most: int


@dataclass(frozen=True, slots=True)
class RightsMissing:
    """Nothing was saved, since the bot could not post there."""

    channel_id: int
    rights: Sequence[str]


@dataclass(frozen=True, slots=True)
class Skipped:
    """`slot` will not be posted; `following` is the next one that will, if there is one."""

    slot: Slot
    following: Slot | None


def new_occurrence(schedule: Schedule, slot: Slot, due: datetime) -> Occurrence:
    """An occurrence whose card is due at `due`; its question and emphasis are fixed when the card is claimed."""
    key = occurrence_key(schedule.guild_id, schedule.id, slot.day)
    card = Post(
        key=key,
        kind=PostKind.CARD,
        subject=key,
        guild_id=schedule.guild_id,
        channel_id=schedule.channel_id,
        rung=0,
        state=PostState.DUE,
        due=due,
    )
    return Occurrence(
        key=key,
        schedule_id=schedule.id,
        guild_id=schedule.guild_id,
        day=slot.day,
        question_id=None,
        company=None,
        scheduled=slot.due,
        promised_until=None,
        closed_at=None,
        post=card,
    )


def skipped_occurrence(schedule: Schedule, slot: Slot, reason: str) -> Occurrence:
    """An occurrence that will not be posted, and why."""
    occurrence = new_occurrence(schedule, slot, slot.due)
    return replace(occurrence, post=step(occurrence.post, Dropped(reason), slot.due))


class Scheduling:
    """The timetables of the daily question."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, new_id: Callable[[], str]) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._new_id = new_id

    async def schedules_of(self, guild_id: int) -> Sequence[Schedule]:
        """The guild's schedules, oldest first."""
        return await self._store.schedules_of(guild_id)

    def draft(self, guild_id: int, channel_id: int, by: int) -> Schedule:
        """A new schedule with the defaults, not saved yet: every day at nine, UTC."""
        return Schedule(
            id=self._new_id(),
            guild_id=guild_id,
            channel_id=channel_id,
            zone=DEFAULT_ZONE,
            at=DEFAULT_TIME,
            weekdays=EVERY_DAY,
            created_by=by,
        )

    async def set_up(self, wanted: Schedule) -> SetUp | RightsMissing | TooMany:
        """Saves a schedule, new or changed, and ends its pause."""
        if rights := self._messenger.missing_rights(wanted.guild_id, wanted.channel_id):
            return RightsMissing(wanted.channel_id, rights)
        others = [s for s in await self.schedules_of(wanted.guild_id) if s.id != wanted.id]
        if len(others) >= MOST_SCHEDULES:
            return TooMany(MOST_SCHEDULES)
        schedule = await self._save(replace(wanted, paused_until=None))
        return SetUp(schedule, await self.upcoming(schedule, 5))

    def rights_missing(self, guild_id: int, channel_id: int) -> Sequence[str]:
        """What stands in the way of posting there, as Discord names it."""
        return self._messenger.missing_rights(guild_id, channel_id)

    async def tell_in(self, guild_id: int, channel_id: int) -> None:
        """Sends notices to this channel from now on."""
        settings = await self._store.guild(guild_id)
        await self._store.save_guild(replace(settings, log_channel_id=channel_id))

    async def pause(self, schedule: Schedule, until: date | None) -> Schedule:
        """Posts nothing before the local date `until`; None means until somebody resumes."""
        return await self._save(replace(schedule, paused_until=until or date.max))

    async def resume(self, schedule: Schedule) -> Schedule:
        return await self._save(replace(schedule, paused_until=None))

    async def skip(self, schedule: Schedule) -> Skipped | None:
        """Gives up the next post; None if there is none."""
        for slot in await self.upcoming(schedule, 1):
            await self._store.add_occurrence(skipped_occurrence(schedule, slot, SKIPPED_BY_ADMIN))
            return Skipped(slot, next(iter(await self.upcoming(schedule, 1)), None))
        return None

    async def upcoming(self, schedule: Schedule, count: int, *, after: datetime | None = None) -> Sequence[Slot]:
        """The next slots that will be posted: those after `after` (now, by default) whose date is still free."""
        after = after or self._clock()
        since = local_date(schedule, after) - timedelta(days=1)
        taken = await self._store.days_taken(schedule.id, since)
        return list(islice((s for s in slots_after(schedule, after) if s.day not in taken), count))

    async def plan(self, now: datetime) -> None:
        """Turns every slot that fell due into an occurrence, to be posted or skipped with its reason."""
        async with asyncio.TaskGroup() as group:  # together, so that they share the disk's commits
            for schedule in await self._store.due_schedules(now):
                group.create_task(self._plan_one(schedule, now))

    async def _plan_one(self, schedule: Schedule, now: datetime) -> None:
        planned = plan(schedule, now)
        occurrences = [new_occurrence(schedule, slot, slot.due) for slot in planned.due]
        occurrences += [skipped_occurrence(schedule, slot, why) for slot, why in planned.missed]
        await self._store.apply_plan(schedule, occurrences, planned.next_due)

    async def refresh(self) -> None:
        """Works out every future instant anew, since zone data may have changed; for start-up.

        An instant that has passed is left to `plan`, which decides about catching up.
        """
        now = self._clock()
        async with asyncio.TaskGroup() as group:  # hardly any has changed, and those share the disk's commits
            for schedule in await self._store.all_schedules():
                if schedule.next_due is not None and schedule.next_due <= now:
                    continue
                renewed = self._with_next_due(schedule)
                if renewed != schedule:
                    group.create_task(self._store.save_schedule(renewed))

    async def _save(self, schedule: Schedule) -> Schedule:
        saved = self._with_next_due(schedule)
        await self._store.save_schedule(saved)
        return saved

    def _with_next_due(self, schedule: Schedule) -> Schedule:
        following = next_slot(schedule, self._clock())
        return replace(schedule, next_due=following.due if following else None)
