"""A player's word against the judge's: putting an answer before the moderators, and what they make of it."""

from datetime import datetime

from bot.domain.posts import Post, PostKind, PostState, round_key
from bot.domain.rapidfire import revealed
from bot.services.conducting import Conducting
from bot.services.pages import AppealPage, Pages
from bot.services.ports import Clock, Store
from bot.services.rapidfire_ports import Appealed, AppealState, AttemptId, Decided, Rounds


class Appealing:
    """Appeals of players whose answer was not accepted, once each prompt, and three a day."""

    def __init__(self, store: Store, rounds: Rounds, pages: Pages, conducting: Conducting, clock: Clock) -> None:
        self._store = store
        self._rounds = rounds
        self._pages = pages
        self._conducting = conducting
        self._clock = clock

    async def put(self, of: AttemptId) -> tuple[Appealed, bool]:
        """Puts an answer before the moderators; whether a card tells them, or they have to look for it themselves."""
        found = await self._rounds.round(of.round_id)
        if found is None or of.number > revealed(found):
            return Appealed.NO_ANSWER, False
        settings = await self._store.guild(found.guild_id)
        now = self._clock()
        card = self._card(of, found.guild_id, settings.log_channel_id, now) if settings.log_channel_id else None
        outcome = await self._rounds.put_appeal(of, card, now)
        if outcome is Appealed.PUT:
            self._conducting.wake(of.round_id)
        return outcome, card is not None

    async def decide(self, of: AttemptId, by: int, *, upheld: bool) -> Decided:
        """Decides an appeal; the caller has checked that `by` may."""
        state = AppealState.UPHELD if upheld else AppealState.DECLINED
        decided = await self._rounds.decide_appeal(of, by, state, self._clock())
        if decided is Decided.NOW:
            self._conducting.wake(of.round_id)
        return decided

    async def waiting(self, guild_id: int) -> list[AppealPage]:
        """The guild's open appeals, oldest first."""
        pages = [self._pages.appeal(appeal) for appeal in await self._rounds.open_appeals(guild_id)]
        return [page for page in pages if page is not None]

    @staticmethod
    def _card(of: AttemptId, guild_id: int, channel_id: int, now: datetime) -> Post:
        return Post(
            key=round_key(of.round_id, PostKind.APPEAL, of.number, of.user_id),
            kind=PostKind.APPEAL,
            subject=of.round_id,
            guild_id=guild_id,
            channel_id=channel_id,
            rung=of.number,
            state=PostState.DUE,
            due=now,
            recipient=of.user_id,
        )
