"""Setting up, pausing and skipping a guild's daily question, and turning its slots into occurrences."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.domain.occurrences import Occurrence, plan
from bot.domain.posts import Dropped, Post, PostKind, PostState, occurrence_key, step
from bot.domain.schedules import Schedule, Slot, local_date, next_slot, slots_after
from bot.services.ports import Clock, Messenger, Store

SKIPPED_BY_ADMIN = "an admin skipped it"


@dataclass(frozen=True, slots=True)
class SetUp:
    """The schedule is saved; `replaced` is the one it took the place of."""

    schedule: Schedule
    upcoming: Sequence[Slot]
    replaced: Schedule | None


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
    """An occurrence whose card is due at `due`; its question is chosen when the card is claimed."""
    key = occurrence_key(schedule.guild_id, schedule.id, slot.day)
    card = Post(
        key=key,
        kind=PostKind.CARD,
        occurrence=key,
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
        company=schedule.company,
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
    """The daily question's timetable, one schedule for each guild."""

    def __init__(self, store: Store, messenger: Messenger, clock: Clock, new_id: Callable[[], str]) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._new_id = new_id

    async def schedule_of(self, guild_id: int) -> Schedule | None:
        """The guild's schedule, if somebody has set one up."""
        return next(iter(await self._store.schedules_of(guild_id)), None)

    async def set_up(
        self,
        *,
        guild_id: int,
        channel_id: int,
        at: time,
        zone: str,
        weekdays: frozenset[int],
        by: int,
    ) -> SetUp | RightsMissing:
        """Saves the guild's schedule, in place of the one it has. Ends a pause."""
        if rights := self._messenger.missing_rights(guild_id, channel_id):
            return RightsMissing(channel_id, rights)
        former = await self.schedule_of(guild_id)
        schedule = Schedule(
            id=former.id if former else self._new_id(),
            guild_id=guild_id,
            channel_id=channel_id,
            zone=zone,
            at=at,
            weekdays=weekdays,
            created_by=by,
            company=former.company if former else None,
        )
        await self._save(schedule)
        return SetUp(schedule, await self.upcoming(schedule, 5), former)

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
        for schedule in await self._store.due_schedules(now):
            planned = plan(schedule, now)
            occurrences = [new_occurrence(schedule, slot, slot.due) for slot in planned.due]
            occurrences += [skipped_occurrence(schedule, slot, why) for slot, why in planned.missed]
            await self._store.apply_plan(schedule, occurrences, planned.next_due)

    async def refresh(self) -> None:
        """Works out every future instant anew, since zone data may have changed; for start-up.

        An instant that has passed is left to `plan`, which decides about catching up.
        """
        now = self._clock()
        for schedule in await self._store.all_schedules():
            if schedule.next_due is None or schedule.next_due > now:
                await self._save(schedule)

    async def _save(self, schedule: Schedule) -> Schedule:
        following = next_slot(schedule, self._clock())
        saved = replace(schedule, next_due=following.due if following else None)
        await self._store.save_schedule(saved)
        return saved
