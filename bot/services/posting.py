"""Getting each due message to Discord exactly once, or saying why not, and closing the cards of former days."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import rotation
from bot.domain.occurrences import CATCH_UP, Occurrence
from bot.domain.posts import (
    Claimed,
    Delivered,
    Dropped,
    Event,
    Failed,
    Post,
    PostKind,
    PostState,
    Refused,
    Reopened,
    Unknown,
    rung_key,
)
from bot.domain.questions import Bank
from bot.domain.schedules import Schedule, Slot, local_date, slot
from bot.domain.streaks import was_out
from bot.services.ports import Absent, Clock, Found, Messenger, Store, Unreadable
from bot.services.scheduling import Scheduling, new_occurrence

NONCE_WINDOW = timedelta(seconds=60)
"""How long Discord surely remembers a nonce; after that only the channel's history tells what was posted."""

IN_FLIGHT = 16
"""Posts under way at once."""

OUTAGE = "the bot was away before it closed"


@dataclass(frozen=True, slots=True)
class Posted:
    """Today's question is in the channel. `following` is the next slot that will be posted."""

    occurrence: Occurrence
    following: Slot | None


@dataclass(frozen=True, slots=True)
class AlreadyPosted:
    """Today's question was there before."""

    occurrence: Occurrence
    following: Slot | None


@dataclass(frozen=True, slots=True)
class NotPosted:
    """It could not be posted; `reason` is a clause. `retried` tells whether the bot goes on trying."""

    reason: str
    retried: bool


class Posting:
    """The poster: claims a post, sends it, records it."""

    def __init__(self, store: Store, messenger: Messenger, bank: Bank, scheduling: Scheduling, clock: Clock) -> None:
        self._store = store
        self._messenger = messenger
        self._bank = bank
        self._scheduling = scheduling
        self._clock = clock
        self._places = asyncio.Semaphore(IN_FLIGHT)

    async def deliver_due(self, now: datetime) -> None:
        """Sends everything that is due, and comes back to what an earlier run left half done."""
        await self._reconsider_blocked(now)
        due = await self._store.due_posts(now, limit=10 * IN_FLIGHT)
        async with asyncio.TaskGroup() as group:
            for post in due:
                group.create_task(self._deliver_in_turn(post))

    async def deliver(self, key: str) -> Post | None:
        """Tries one post now, if it is due; the post as it stands afterwards, None if there is none."""
        post = await self._store.post(key)
        if post is None or post.state is not PostState.DUE:
            return post
        return await self._deliver(post)

    async def deliver_rung(self, occurrence: str, rung: int) -> None:
        """Posts a follow-up in an occurrence's thread, if it was unlocked and nobody has posted it."""
        await self.deliver(rung_key(occurrence, rung))

    async def post_now(self, schedule: Schedule) -> Posted | AlreadyPosted | NotPosted:
        """Posts the question of the schedule's local date ahead of its time, even if it was skipped."""
        now = self._clock()
        today = local_date(schedule, now)
        occurrence = await self._store.occurrence_on(schedule.id, today)
        if occurrence is None:
            occurrence = new_occurrence(schedule, slot(schedule, today) or Slot(now, today), now)
            await self._store.add_occurrence(occurrence)
        elif occurrence.post.state in {PostState.BLOCKED, PostState.SKIPPED}:
            await self._store.advance_post(occurrence.post, Reopened(), now)
        elif occurrence.post.state is not PostState.DUE:
            return await self._already(schedule, occurrence)
        post = await self.deliver(occurrence.key)
        if post is None or post.state is not PostState.SENT:
            blocked = post is not None and post.state is PostState.BLOCKED
            reason = (post.reason if post else None) or "Discord did not take it"
            return NotPosted(reason, retried=not blocked)
        posted = await self._store.occurrence(occurrence.key)
        return Posted(posted or occurrence, await self._following(schedule))

    async def blocked_reason(self, schedule: Schedule) -> str | None:
        """What keeps the schedule's card from its channel, as a clause; None if nothing does."""
        blocked = [p for p in await self._store.blocked_cards() if p.guild_id == schedule.guild_id]
        if blocked:
            return blocked[-1].reason
        rights = self._messenger.missing_rights(schedule.guild_id, schedule.channel_id)
        return "the bot lacks " + ", ".join(rights) if rights else None

    async def close_past(self, now: datetime) -> None:
        """Closes every occurrence whose time is over, settles its day, and lets its card say so."""
        for occurrence in await self._store.closable(now):
            opened = occurrence.post.sent_at or occurrence.scheduled
            spans = await self._store.uptime(opened, now)
            outage = OUTAGE if was_out(spans, opened, now) else None
            await self._store.close_occurrence(occurrence.key, now, outage)
        for occurrence in await self._store.cards_to_close():
            members = await self._store.members_answered(occurrence.key)
            if await self._messenger.show_closed(occurrence, members):
                await self._store.card_closed(occurrence.key)

    async def _already(self, schedule: Schedule, occurrence: Occurrence) -> AlreadyPosted | NotPosted:
        match occurrence.post.state:
            case PostState.SENDING:
                return NotPosted("it is being posted right now", retried=True)
            case PostState.UNCERTAIN:
                return NotPosted(occurrence.post.reason or "it may be there already", retried=False)
            case _:
                return AlreadyPosted(occurrence, await self._following(schedule))

    async def _following(self, schedule: Schedule) -> Slot | None:
        return next(iter(await self._scheduling.upcoming(schedule, 1)), None)

    async def _reconsider_blocked(self, now: datetime) -> None:
        for post in await self._store.blocked_cards():
            if now - post.due > CATCH_UP:
                await self._store.advance_post(post, Dropped(post.reason or "it could not be posted"), now)
            elif not self._messenger.missing_rights(post.guild_id, post.channel_id):
                await self._store.advance_post(post, Reopened(), now)

    async def _deliver_in_turn(self, post: Post) -> None:
        async with self._places:
            await self._deliver(post)

    async def _deliver(self, post: Post) -> Post | None:
        now = self._clock()
        occurrence = await self._store.occurrence(post.occurrence)
        if occurrence is None:
            return None
        if post.kind is PostKind.CARD:
            occurrence = await self._claim_card(post, occurrence, now)
            claimed = occurrence.post if occurrence else None
        else:
            claimed = await self._store.advance_post(post, Claimed(), now)
        if occurrence is None or claimed is None:
            return await self._store.post(post.key)  # somebody else has it
        event = await self._attempt(post, claimed, occurrence, now)
        return await self._store.advance_post(claimed, event, self._clock())

    async def _claim_card(self, post: Post, occurrence: Occurrence, now: datetime) -> Occurrence | None:
        schedule = await self._store.schedule(occurrence.schedule_id)
        upcoming: Sequence[Slot] = ()
        if schedule is not None:
            after = max(now, occurrence.scheduled)
            upcoming = await self._scheduling.upcoming(schedule, 1, after=after)
        promised_until = upcoming[0].due if upcoming else None
        return await self._store.claim_card(post.key, now, self._choose(post.guild_id), promised_until)

    def _choose(self, guild_id: int) -> "_Choice":
        return _Choice([q.id for q in self._bank.questions], guild_id)

    async def _attempt(self, before: Post, claimed: Post, occurrence: Occurrence, now: datetime) -> Event:
        """Sends a claimed post, unless it is at Discord already; `before` is the post as it was found."""
        question_id = occurrence.question_id
        if question_id is None or self._bank.find(question_id) is None:
            return Refused(f"its question {question_id} is no longer in the bank")
        if before.first_attempt is not None and now - before.first_attempt >= NONCE_WINDOW:
            match await self._messenger.find(before):
                case Found(message_id):
                    return Delivered(message_id)
                case Unreadable(reason):
                    return Unknown(reason)
                case Failed() as failed:
                    return failed
                case Absent():
                    pass
        if claimed.kind is PostKind.CARD and (
            rights := self._messenger.missing_rights(claimed.guild_id, claimed.channel_id)
        ):
            return Refused("the bot lacks " + ", ".join(rights))
        return await self._messenger.send(claimed, occurrence)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Picks a guild's next question from those it was asked."""

    question_ids: Sequence[str]
    guild_id: int

    def __call__(self, asked: Sequence[str]) -> str:
        return rotation.upcoming(self.question_ids, asked, self.guild_id, 1)[0]
