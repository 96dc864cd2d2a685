"""The clock of rapid-fire rounds: moves each on when its time has come, posts its messages and keeps them current.

Everything is in the store: this may be killed at any moment, and goes on from there.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.posts import Delivered, Failed, Post, PostKind, PostState, Refused, Vanished
from bot.domain.rapidfire import (
    POSTING_PATIENCE,
    Event,
    Halted,
    Lost,
    Phase,
    Resumed,
    Round,
    Shown,
    TimePassed,
    ends,
    is_cut_short,
)
from bot.services.errors import NotSaved
from bot.services.notices import notice
from bot.services.pages import Pages
from bot.services.ports import Clock, Messenger, Store
from bot.services.posting import Posting
from bot.services.rapidfire import Rapidfire
from bot.services.rapidfire_ports import Rounds

log = logging.getLogger(__name__)

EDIT_EVERY = timedelta(seconds=2)
"""A message is edited at most this often; what members wait for comes first."""

SEEN_EVERY = timedelta(seconds=2)
BEAT = timedelta(seconds=1)
"""How often rounds under way are looked at when nothing else is due."""

AWAY = timedelta(seconds=10)
"""A silence of this length means that the process stood still; after a start any silence does."""

BRIEF = timedelta(seconds=1)

_ROUND_TRIP = 5.0
"""Seconds after which the others no longer wait for a round whose messages Discord is slow to take."""


@dataclass(frozen=True, slots=True)
class LobbyOver:
    """The prompts are to be drawn."""


class Conducting:
    """Looks after all rounds. One at a time for each round, and no round waits for another's messages."""

    def __init__(
        self,
        store: Store,
        rounds: Rounds,
        messenger: Messenger,
        *,
        posting: Posting,
        pages: Pages,
        rapidfire: Rapidfire,
        clock: Clock,
    ) -> None:
        self._store = store
        self._rounds = rounds
        self._messenger = messenger
        self._posting = posting
        self._pages = pages
        self._rapidfire = rapidfire
        self._clock = clock
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._known: set[str] = set()
        self._edited: dict[str, datetime] = {}
        self._put_off: dict[str, datetime] = {}
        self._seen: datetime | None = None
        self.ring: Callable[[], None] = lambda: None
        rapidfire.wake = self.wake

    def wake(self, round_id: str) -> None:
        """Something about a round has changed, just now and in this process."""
        self._known.add(round_id)
        self.ring()

    async def conduct(self, now: datetime) -> datetime | None:
        """Does all that is due, and tells when it wants to be called again; None if not before `ring`.

        Raises what a round failed of, once the others are done.
        """
        active = await self._rounds.active_rounds()
        due = {post.subject for post in await self._rounds.due_messages(now)}
        outdated = {post.subject for post, _ in await self._rounds.outdated()}
        # A round whose players we can't hear stands still, as if we were away: nothing that they do would reach us.
        deaf = {one.id for one in active if not self._messenger.hears(one.guild_id)}
        heard = {one.id for one in active} - deaf
        self._known -= deaf
        for round_id in sorted((due | outdated | heard) - deaf):
            if round_id not in self._busy:
                self._busy[round_id] = asyncio.create_task(self._look_after(round_id, now))
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=_ROUND_TRIP)
        if heard and (self._seen is None or abs(now - self._seen) >= SEEN_EVERY):
            self._seen = now
            await self._rounds.see_rounds(heard, now)  # each has given back by now what it lost
        self._reap()
        active = await self._rounds.active_rounds()
        self._forget({one.id for one in active} | due | outdated)
        return self._next(active, now) if active or due or outdated or self._busy else None

    async def removed(self, message_ids: Sequence[int]) -> None:
        """Somebody removed messages; the rounds whose messages they were are told."""
        for message_id in message_ids:
            post = await self._rounds.message_with(message_id)
            if post is not None and post.state is PostState.SENT:
                await self._store.advance_post(post, Vanished("somebody removed it"), self._clock())
                self.wake(post.subject)

    async def halt_in(self, channel_id: int, reason: str) -> None:
        """The channel is gone, and its round with it."""
        found = await self._rounds.round_in(channel_id)
        if found is not None:
            await self._advance(found, Halted(reason))
            self.wake(found.id)

    async def halt_all(self, guild_id: int, reason: str) -> None:
        """The bot is no longer in the guild."""
        for found in await self._rounds.active_rounds():
            if found.guild_id == guild_id:
                await self._advance(found, Halted(reason))
                self.wake(found.id)

    async def finish(self) -> None:
        """Waits for what is under way."""
        if self._busy:
            await asyncio.wait(self._busy.values())
        self._reap()

    def _reap(self) -> None:
        done = {round_id: task for round_id, task in self._busy.items() if task.done()}
        for round_id in done:
            del self._busy[round_id]
        for task in done.values():
            try:
                task.result()
            except NotSaved as error:  # the next look finds everything as it was
                log.error("a round is looked after again: %s", error)  # noqa: TRY400 - the sentence says it all

    def _forget(self, current: set[str]) -> None:
        if not current:
            self._known.clear()
            self._edited.clear()
            self._put_off.clear()

    @staticmethod
    def _next(active: Sequence[Round], now: datetime) -> datetime:
        return min([now + BEAT, *(end for one in active if (end := ends(one)) > now)])

    async def _look_after(self, round_id: str, now: datetime) -> None:
        found = await self._rounds.round(round_id)
        if found is not None and not found.phase.is_over:
            found = await self._catch_up(found, now)
            await self._go_on(found)
        for post in await self._rounds.due_messages(self._clock(), round_id):
            await self._posting.deliver(post.key)
        for post, mark in await self._rounds.outdated(round_id):
            await self._edit(post, mark)

    async def _catch_up(self, found: Round, now: datetime) -> Round:
        """Gives back the time in which nobody looked after the round, and follows a clock that was set back."""
        least = AWAY if found.id in self._known else BRIEF
        self._known.add(found.id)
        if -AWAY < now - found.seen < least:
            return found
        return await self._advance(found, Resumed())

    async def _go_on(self, found: Round) -> None:
        """Makes every move whose time has come. Each one may make the next one due."""
        while True:
            event = await self._due_event(found)
            if event is None:
                return
            if isinstance(event, LobbyOver):
                begun = await self._rounds.begin_round(found, self._rapidfire.drawing(found.rules), self._clock())
                after = begun or await self._reread(found)
            else:
                after = await self._advance(found, event)
            if after.phase.is_over or after.version == found.version:
                return
            found = after

    async def _due_event(self, found: Round) -> Event | LobbyOver | None:
        now = self._clock()
        kind = PostKind.PROMPT if found.number else PostKind.LOBBY
        post = await self._rounds.message(found.id, kind, found.number)
        state = post.state if post else PostState.SKIPPED
        if found.phase in {Phase.LOBBY, Phase.ASKING}:
            if obstacle := self._obstacle(found, post, now):
                return obstacle
            if post is None or post.sent_at is None or state is not PostState.SENT:
                return None
            # A message that was sent in the future was sent before the clock was set back.
            if found.phase is Phase.ASKING and post.sent_at <= now and is_cut_short(found, post.sent_at):
                return Shown(post.sent_at)
        if found.phase is Phase.LOBBY:
            return LobbyOver() if now >= found.until else None
        return TimePassed() if now >= ends(found) else None

    def _obstacle(self, found: Round, post: Post | None, now: datetime) -> Event | None:
        match post.state if post else PostState.SKIPPED:
            case PostState.SKIPPED:
                return Halted((post.reason if post else None) or "its message could not be posted")
            case PostState.REMOVED | PostState.UNCERTAIN if found.phase is Phase.LOBBY:
                return Halted("its lobby was removed")
            case PostState.REMOVED | PostState.UNCERTAIN:
                return Lost()
            case PostState.DUE | PostState.SENDING if now - found.since > POSTING_PATIENCE:
                return Halted("Discord did not take its message")
            case _:
                return None

    async def _advance(self, found: Round, event: Event) -> Round:
        now = self._clock()
        after = await self._rounds.advance_round(found, event, now)
        if after is None:
            return await self._reread(found)
        if isinstance(event, Halted):
            await self._tell(after, now)
        return after

    async def _reread(self, found: Round) -> Round:
        return await self._rounds.round(found.id) or found

    async def _tell(self, over: Round, now: datetime) -> None:
        """Tells an admin, or the host, why a round could not go on, since its channel may be out of reach."""
        says = (
            f"The rapid-fire round in <#{over.channel_id}> has ended: {over.reason}. "
            "`/rapidfire status` shows the board."
        )
        place, cause = (over.guild_id, over.id), f"round:{over.id}"
        await self._store.add_post(await notice(self._store, place, cause, says, recipient=over.host_id, now=now))

    async def _edit(self, post: Post, mark: int) -> None:
        now = self._clock()
        last = self._edited.get(post.key)
        if (last is not None and timedelta(0) <= now - last < EDIT_EVERY) or now < self._put_off.get(post.key, now):
            return
        page = await self._pages.of(post)
        if page is None:
            await self._rounds.mark_shown(post.key, mark)
            return
        self._edited[post.key] = now
        match await self._messenger.edit(post, page):
            case Delivered() | Refused():  # without the right to, nothing more can be shown there
                await self._rounds.mark_shown(post.key, mark)
            case Vanished() as gone:
                await self._rounds.mark_shown(post.key, mark)
                await self._store.advance_post(post, gone, now)
            case Failed(_, after):
                self._put_off[post.key] = now + max(after, EDIT_EVERY)
            case other:
                raise TypeError(f"an edit does not end as {other}")
