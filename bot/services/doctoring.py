"""What an admin needs to know when something seems wrong: every schedule, its rights, its last posts, its troubles."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.occurrences import Occurrence
from bot.domain.schedules import Schedule, Slot
from bot.domain.troubles import Trouble
from bot.services.ports import GuildSettings, Messenger, Store
from bot.services.scheduling import Scheduling

SHOWN = 5
"""Former posts of a schedule that a check-up shows."""


@dataclass(frozen=True, slots=True)
class CheckUp:
    """One schedule: the rights that are missing, its next post, and its last ones, newest first."""

    schedule: Schedule
    missing_rights: Sequence[str]
    following: Slot | None
    history: Sequence[Occurrence]


@dataclass(frozen=True, slots=True)
class Report:
    """A guild's health. `log_channel_lacks` are the rights that keep notices out of the log channel."""

    settings: GuildSettings
    log_channel_lacks: Sequence[str]
    check_ups: Sequence[CheckUp]
    troubles: Sequence[Trouble]


class Doctoring:
    """Looks at a guild without changing anything."""

    def __init__(self, store: Store, messenger: Messenger, scheduling: Scheduling) -> None:
        self._store = store
        self._messenger = messenger
        self._scheduling = scheduling

    async def examine(self, guild_id: int) -> Report:
        """Everything there is to say about a guild."""
        settings = await self._store.guild(guild_id)
        log_channel = settings.log_channel_id
        return Report(
            settings,
            self._messenger.missing_rights(guild_id, log_channel) if log_channel else (),
            [await self._check_up(s) for s in await self._store.schedules_of(guild_id)],
            await self._store.troubles(guild_id),
        )

    async def _check_up(self, schedule: Schedule) -> CheckUp:
        return CheckUp(
            schedule,
            self._messenger.missing_rights(schedule.guild_id, schedule.channel_id),
            next(iter(await self._scheduling.upcoming(schedule, 1)), None),
            await self._store.history(schedule.id, SHOWN),
        )
