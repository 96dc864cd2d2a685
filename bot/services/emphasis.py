"""Company emphasis: what servers and members chose, and which one is in force for a card or for one member."""

from dataclasses import dataclass, replace

from bot.domain import emphasis
from bot.domain.bank import Bank
from bot.domain.occurrences import Occurrence
from bot.domain.questions import Company
from bot.domain.schedules import Schedule
from bot.services.ports import Store


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a member and their server chose, as in `bot.domain.emphasis`, and what that comes to in private practice."""

    own: str | None
    server: str | None
    in_practice: Company | None


class Emphases:
    """Which company's way of interviewing is followed, where, and for whom."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store = store
        self._bank = bank
        self._known = frozenset(company.slug for company in bank.companies)

    async def of_card(self, guild_id: int, schedule: Schedule | None) -> Company | None:
        """The emphasis under which a schedule's next card is posted."""
        settings = await self._store.guild(guild_id)
        chosen = schedule.company if schedule else None
        return self._bank.company(emphasis.of_card(self._known, schedule=chosen, guild=settings.company))

    def of_thread(self, occurrence: Occurrence) -> Company | None:
        """The emphasis under which a card was posted, by which its thread asks."""
        return self._bank.company(occurrence.company)

    async def of_member(
        self, guild_id: int, user_id: int, occurrence: Occurrence | None, wanted: str | None = None
    ) -> Company | None:
        """The emphasis of what a member is told in private; `wanted` is the choice made in one command."""
        own = await self._store.member_company(guild_id, user_id)
        here = occurrence.company if occurrence else (await self._store.guild(guild_id)).company
        return self._bank.company(emphasis.of_member(self._known, command=wanted, own=own, here=here))

    async def chosen(self, guild_id: int, user_id: int) -> Chosen:
        """What is chosen now."""
        own = await self._store.member_company(guild_id, user_id)
        settings = await self._store.guild(guild_id)
        return Chosen(own, settings.company, await self.of_member(guild_id, user_id, None))

    async def choose_own(self, guild_id: int, user_id: int, company: str | None) -> Chosen:
        """A member's choice for themselves; None follows the server again."""
        await self._store.save_member_company(guild_id, user_id, company)
        return await self.chosen(guild_id, user_id)

    async def choose_for_server(self, guild_id: int, user_id: int, company: str | None) -> Chosen:
        """An admin's choice for every schedule that has none of its own."""
        settings = await self._store.guild(guild_id)
        await self._store.save_guild(replace(settings, company=company))
        return await self.chosen(guild_id, user_id)
