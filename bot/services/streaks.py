"""What a member's streak is, day by day, and until when today can still be answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.occurrences import Occurrence
from bot.domain.streaks import Day, Streak, fold
from bot.services.ports import Store


@dataclass(frozen=True, slots=True)
class StreakView:
    """A streak with its reasons.

    `days` are the newest question days, newest first; `waiting` are the open occurrences without an answer.
    """

    streak: Streak
    days: Sequence[Day]
    answered: frozenset[date]
    waiting: Sequence[Occurrence]


class Streaks:
    """Streaks of members."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def view(self, guild_id: int, user_id: int, *, days: int = 7) -> StreakView:
        """The streak as the facts make it, with its last `days` question days."""
        facts = await self._store.streak_facts(guild_id, user_id)
        opened = await self._store.open_occurrences(guild_id)
        waiting = [o for o in opened if o.day not in facts.answered]
        newest = tuple(reversed(facts.days))[:days]
        return StreakView(fold(facts.days, facts.answered), newest, facts.answered, waiting)
