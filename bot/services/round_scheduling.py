"""Rapid-fire rounds at fixed times: standing orders for them, on the timetable of the daily question."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice

from bot.domain.bank import Bank
from bot.domain.occurrences import plan
from bot.domain.rapidfire import Phase, Rules, Step, opened
from bot.domain.schedules import EVERY_DAY, Schedule, Slot, slots_after
from bot.services.notices import notice
from bot.services.ports import Clock, Messenger, Store
from bot.services.rapidfire import NoPrompts, RightsMissing, candidates
from bot.services.rapidfire_ports import LeftOut, Opening, Rounds
from bot.services.scheduling import DEFAULT_ZONE, TooMany

MOST = 10
"""Standing orders of one guild."""

CATCH_UP = timedelta(minutes=15)
"""How late a round may still be opened: people came for that hour."""

_TAKEN = "another round was under way in its channel"


@dataclass(frozen=True, slots=True)
class Planned:
    """The order is saved; `upcoming` are its next rounds."""

    schedule: Schedule
    upcoming: Sequence[Slot]


class RoundScheduling:
    """Standing orders for rounds."""

    def __init__(
        self,
        store: Store,
        rounds: Rounds,
        messenger: Messenger,
        bank: Bank,
        *,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._rounds = rounds
        self._messenger = messenger
        self._bank = bank
        self._clock = clock
        self._new_id = new_id

    def draft(self, place: tuple[int, int], by: int, rules: Rules) -> Schedule:
        """A new order, not saved yet, for a channel (`place` is guild and channel): every day at seven, UTC."""
        guild_id, channel_id = place
        return Schedule(
            id=self._new_id(),
            guild_id=guild_id,
            channel_id=channel_id,
            zone=DEFAULT_ZONE,
            at=time(19),
            weekdays=EVERY_DAY,
            created_by=by,
            catch_up=CATCH_UP,
            rules=rules,
        )

    async def of(self, guild_id: int) -> Sequence[Schedule]:
        """The guild's orders in force, oldest first."""
        return await self._rounds.round_schedules(guild_id)

    async def zone_of(self, guild_id: int) -> str | None:
        """The time zone that the guild uses already, if it does."""
        known = [*await self._store.schedules_of(guild_id), *await self.of(guild_id)]
        return known[0].zone if known else None

    async def set_up(self, wanted: Schedule) -> Planned | RightsMissing | NoPrompts | TooMany:
        """Saves an order for rounds."""
        if rights := self._messenger.missing_rights(wanted.guild_id, wanted.channel_id, threads=False):
            return RightsMissing(rights)
        if wanted.rules is None or not candidates(self._bank, wanted.rules):
            return NoPrompts()
        if len(await self.of(wanted.guild_id)) >= MOST:
            return TooMany(MOST)
        now = self._clock()
        upcoming = list(islice(slots_after(wanted, now), 3))
        saved = replace(wanted, next_due=upcoming[0].due if upcoming else None)
        await self._store.save_schedule(saved)
        return Planned(saved, upcoming)

    async def end(self, schedule: Schedule) -> None:
        """Opens no further round by this order. A round under way goes on."""
        await self._store.save_schedule(replace(schedule, paused_until=date.max, next_due=None))

    async def plan(self, now: datetime) -> None:
        """Opens every round that fell due, or leaves it out with its reason."""
        for schedule in await self._rounds.due_round_schedules(now):
            planned = plan(schedule, now)
            rounds: list[Opening | LeftOut] = [await self._opening(schedule, slot, now) for slot in planned.due]
            rounds += [await self._left_out(schedule, slot, why, now) for slot, why in planned.missed]
            await self._rounds.open_scheduled(schedule, rounds, planned.next_due, now)

    async def _opening(self, schedule: Schedule, slot: Slot, now: datetime) -> Opening:
        made, effects = self._opened(schedule, slot, now)
        return Opening(made, effects, await self._left_out(schedule, slot, _TAKEN, now))

    def _opened(self, schedule: Schedule, slot: Slot, now: datetime) -> Step:
        if schedule.rules is None:
            raise TypeError(f"schedule {schedule.id} opens no rounds")
        place = (schedule.guild_id, schedule.channel_id)
        made, effects = opened(self._new_id(), place, schedule.created_by, schedule.rules, now)
        return replace(made, schedule_id=schedule.id, day=slot.day), effects

    async def _left_out(self, schedule: Schedule, slot: Slot, reason: str, now: datetime) -> LeftOut:
        made, _ = self._opened(schedule, slot, now)
        stopped = replace(made, phase=Phase.STOPPED, reason=reason)
        day = f"{slot.day:%A} {slot.day.day} {slot.day:%B}"
        says = f"I left out the rapid-fire round of {day} in <#{schedule.channel_id}>: {reason}."
        about, cause = (schedule.guild_id, stopped.id), f"round:{schedule.id}:{slot.day.isoformat()}"
        word = await notice(self._store, about, cause, says, recipient=schedule.created_by, now=now)
        return LeftOut(stopped, word)
