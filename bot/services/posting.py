"""Getting each due message to Discord exactly once, or saying why not, and closing the cards of former days."""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain import ladder, rotation
from bot.domain.bank import Bank
from bot.domain.occurrences import Occurrence, is_too_late
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
    Requested,
    Unknown,
    is_free,
    rung_key,
)
from bot.domain.schedules import Schedule, Slot, local_date, slot
from bot.domain.streaks import was_out
from bot.services.alerts import Alerts
from bot.services.emphasis import Emphases
from bot.services.pages import Pages
from bot.services.ports import Absent, Clock, Found, Messenger, Store, Subject, Unreadable
from bot.services.scheduling import Scheduling, new_occurrence

NONCE_WINDOW = timedelta(seconds=60)
"""How long Discord surely remembers a nonce; after that only the channel's history tells what was posted."""

IN_FLIGHT = 16
"""Posts under way at once."""

BATCH = 256

OUTAGE = "the bot was away before it closed"


class Then(StrEnum):
    """What becomes of a question that could not be posted.

    The bot keeps trying, waits until an admin has mended something, or leaves it.
    """

    RETRIED = "retried"
    MENDED = "mended"
    LEFT = "left"


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
    """It could not be posted; `reason` is a clause, `then` what becomes of it."""

    reason: str
    then: Then


class Posting:
    """The poster: claims a post, sends it, records it. `steady` is a clock in seconds that nobody can set."""

    def __init__(
        self,
        store: Store,
        messenger: Messenger,
        bank: Bank,
        *,
        scheduling: Scheduling,
        alerts: Alerts,
        emphases: Emphases,
        pages: Pages,
        clock: Clock,
        steady: Callable[[], float],
    ) -> None:
        self._store = store
        self._steady = steady
        self._alerts = alerts
        self._emphases = emphases
        self._pages = pages
        self._messenger = messenger
        self._bank = bank
        self._scheduling = scheduling
        self._clock = clock
        self._places = asyncio.Semaphore(IN_FLIGHT)
        self._unexplained = set[str]()
        self._begun = dict[str, float]()
        self._stopping = False

    def stop(self) -> None:
        """From now on no post is begun; those under way go on."""
        self._stopping = True

    def go_on(self) -> None:
        """Posts are begun again."""
        self._stopping = False

    async def deliver_due(self, now: datetime) -> None:
        """Sends everything that is due, and comes back to what an earlier run left half done.

        In the order of due times; among posts due together by their keys, which change with the date, so that
        the same server is not the last one every day.
        """
        await self._reconsider_blocked(now)
        tried: set[str] = set()
        while due := [p for p in await self._store.due_posts(now, BATCH + len(tried)) if p.key not in tried]:
            tried.update(post.key for post in due)
            by_guild = defaultdict[int, list[Post]](list)
            for post in due:
                by_guild[post.guild_id].append(post)
            async with asyncio.TaskGroup() as group:
                for posts in by_guild.values():
                    group.create_task(self._deliver_in_turn(posts))

    async def deliver(self, key: str) -> Post | None:
        """Tries one post now, if it is due; the post as it stands afterwards, None if there is none."""
        post = await self._store.post(key)
        now = self._clock()
        if post is None or not is_free(post, now) or post.due > now:
            return post  # one that Discord has put off is not asked for again by each further answer
        return await self._deliver(post)

    async def deliver_rung(self, occurrence: str, rung: int) -> None:
        """Posts a follow-up in an occurrence's thread, if it was unlocked and nobody has posted it."""
        await self.deliver(rung_key(occurrence, rung))

    async def echoed(self, key: str, message_id: int) -> None:
        """Discord's event for a message of ours came in: a second receipt, if the first one is still out."""
        post = await self._store.post(key)
        if post is not None and post.state is PostState.SENDING:
            await self._store.advance_post(post, Delivered(message_id), self._clock())

    async def post_now(self, schedule: Schedule) -> Posted | AlreadyPosted | NotPosted:
        """Posts the question of the schedule's local date ahead of its time, even if it was skipped."""
        now = self._clock()
        today = local_date(schedule, now)
        occurrence = await self._store.occurrence_on(schedule.id, today)
        if occurrence is None:
            usual = slot(schedule, today)
            # A slot that has passed is given up for one at this moment, so that the card is not late for it.
            occurrence = new_occurrence(schedule, Slot(max(now, usual.due) if usual else now, today), now)
            await self._store.add_occurrence(occurrence)
        elif occurrence.post.state in {PostState.DUE, PostState.BLOCKED, PostState.SKIPPED}:
            await self._store.advance_post(occurrence.post, Requested(), now)
        else:
            return await self._already(schedule, occurrence)
        post = await self.deliver(occurrence.key)
        if post is None or post.state is not PostState.SENT:
            blocked = post is not None and post.state is PostState.BLOCKED
            reason = (post.reason if post else None) or "Discord did not take it"
            return NotPosted(reason, Then.MENDED if blocked else Then.RETRIED)
        posted = await self._store.occurrence(occurrence.key)
        return Posted(posted or occurrence, await self._following(schedule))

    async def blocked_reason(self, schedule: Schedule) -> str | None:
        """What keeps the schedule's card from its channel, as a clause; None if nothing does."""
        blocked = [p for p in await self._store.blocked_posts() if p.guild_id == schedule.guild_id]
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
                return NotPosted("it is being posted right now", Then.RETRIED)
            case PostState.REMOVED:
                return NotPosted("it was posted already, and somebody removed it", Then.LEFT)
            case PostState.UNCERTAIN:
                return NotPosted(f"it may be there already: {occurrence.post.reason}", Then.LEFT)
            case _:
                return AlreadyPosted(occurrence, await self._following(schedule))

    async def _following(self, schedule: Schedule) -> Slot | None:
        return next(iter(await self._scheduling.upcoming(schedule, 1)), None)

    async def _reconsider_blocked(self, now: datetime) -> None:
        for post in await self._store.blocked_posts():
            occurrence = await self._store.occurrence(post.subject)
            if occurrence is None:
                continue
            schedule = await self._store.schedule(occurrence.schedule_id)
            if post.kind is PostKind.CARD and schedule and is_too_late(occurrence, schedule, now):
                await self._store.advance_post(post, Dropped(post.reason or "it could not be posted"), now)
            elif post.kind is not PostKind.CARD and occurrence.closed_at is not None:
                await self._store.advance_post(post, Dropped(post.reason or "its question has closed"), now)
            elif post.key in self._unexplained and now < post.due:
                continue  # we see nothing in the way, yet Discord refused: asking each minute would be rude
            elif not self._messenger.missing_rights(post.guild_id, occurrence.post.channel_id):
                await self._store.advance_post(post, Reopened(), now)

    async def _deliver_in_turn(self, posts: Sequence[Post]) -> None:
        """One guild's posts, one after another; the first refusal leaves the rest for later."""
        for post in posts:
            async with self._places:
                if self._stopping:
                    return
                after = await self._deliver(post)
            if after is not None and after.state is PostState.BLOCKED:
                return

    async def _deliver(self, post: Post) -> Post | None:
        now = self._clock()
        occurrence = await self._store.occurrence(post.subject)
        if occurrence is None:
            return await self._deliver_of_round(post)
        if post.kind is PostKind.CARD:
            occurrence = await self._claim_card(post, occurrence, now)
            claimed = occurrence.post if occurrence else None
        else:
            claimed = await self._store.advance_post(post, Claimed(), now)
        if occurrence is None or claimed is None:
            return await self._store.post(post.key)  # somebody else has it
        schedule = await self._store.schedule(occurrence.schedule_id)
        event = await self._attempt(post, claimed, occurrence, schedule)
        return await self._settle(claimed, event, occurrence, schedule)

    async def _deliver_of_round(self, post: Post) -> Post | None:
        """A message of a round. It is posted now or not at all: the round does not wait until rights are mended."""
        claimed = await self._store.advance_post(post, Claimed(), self._clock())
        if claimed is None:
            return await self._store.post(post.key)
        page = await self._pages.of(claimed)
        event: Event = Dropped("what it shows is gone")
        if page is not None:
            event = await self._attempt(post, claimed, page, None)
        if isinstance(event, Refused):
            event = Dropped(event.reason)
        return await self._moved(claimed, event)

    async def _moved(self, claimed: Post, event: Event) -> Post | None:
        settled = await self._store.advance_post(claimed, event, self._clock())
        if settled is None or settled.state is not PostState.DUE:
            self._begun.pop(claimed.key, None)
        return settled or await self._store.post(claimed.key)  # Discord's echo was faster than its reply

    async def _settle(
        self, claimed: Post, event: Event, occurrence: Occurrence, schedule: Schedule | None
    ) -> Post | None:
        now = self._clock()
        settled = await self._moved(claimed, event)
        self._unexplained.discard(claimed.key)
        if settled is None:
            return None
        if settled.state is PostState.BLOCKED:
            if not self._messenger.missing_rights(settled.guild_id, occurrence.post.channel_id):
                self._unexplained.add(settled.key)
        elif settled.state is PostState.SENT and settled.kind is PostKind.CARD and schedule is not None:
            await self._alerts.tell_of_low_stock(occurrence, schedule, now)
        return settled

    async def _claim_card(self, post: Post, occurrence: Occurrence, now: datetime) -> Occurrence | None:
        schedule = await self._store.schedule(occurrence.schedule_id)
        upcoming: Sequence[Slot] = ()
        if schedule is not None:
            after = max(now, occurrence.scheduled)
            upcoming = await self._scheduling.upcoming(schedule, 1, after=after)
        company = await self._emphases.of_card(post.guild_id, schedule)
        drawn_from = rotation.pool(self._bank.questions, schedule.selection, company) if schedule else {}
        return await self._store.claim_card(
            post.key,
            now,
            _Choice(self._bank, drawn_from, post.guild_id),
            upcoming[0].due if upcoming else None,
            company.slug if company else None,
        )

    async def _attempt(self, before: Post, claimed: Post, subject: Subject, schedule: Schedule | None) -> Event:
        """Sends a claimed post, unless it is at Discord already; `before` is the post as it was found."""
        now = self._clock()
        if before.first_attempt is not None and not self._is_surely_remembered(before, now):
            match await self._messenger.find(before, subject):
                case Found(message_id):
                    return Delivered(message_id)
                case Absent():
                    pass
                case _ if timedelta(0) <= now - before.first_attempt < NONCE_WINDOW:
                    pass  # all we have is the wall clock's word for it that the nonce still holds
                case Unreadable(reason):
                    return Unknown(reason)
                case Failed() as failed:
                    return failed
        self._begun.setdefault(claimed.key, self._steady())
        if claimed.kind is not PostKind.NOTICE and (obstacle := self._obstacle(claimed, subject)):
            return obstacle
        if isinstance(subject, Occurrence) and _is_late_card(claimed, subject, schedule, now):
            return Dropped(before.reason or "it could not be posted in time")
        return await self._messenger.send(claimed, subject)

    def _is_surely_remembered(self, post: Post, now: datetime) -> bool:
        """Whether Discord knows the post's nonce, should it have come: by a clock that nobody sets, and by the wall.

        The first stands still while the machine sleeps; the second may have been set back.
        """
        begun = self._begun.get(post.key)
        if begun is None or post.first_attempt is None:
            return False
        return self._steady() - begun < NONCE_WINDOW.total_seconds() and now - post.first_attempt < NONCE_WINDOW

    def _obstacle(self, post: Post, subject: Subject) -> Refused | None:
        """What would keep a message from being sent, as far as we can see from here."""
        if not isinstance(subject, Occurrence):
            rights = self._messenger.missing_rights(post.guild_id, post.channel_id, threads=False)
            return Refused("the bot lacks " + ", ".join(rights)) if rights else None
        question_id = subject.question_id
        question = self._bank.find(question_id or "")
        if question is None:
            return Refused(f"its question {question_id} is no longer in the bank")
        if post.kind is PostKind.RUNG and post.rung not in ladder.public(question, self._emphases.of_thread(subject)):
            return Refused(f"its follow-up is no longer asked with {question_id}")
        if rights := self._messenger.missing_rights(subject.guild_id, subject.post.channel_id):
            return Refused("the bot lacks " + ", ".join(rights))
        return None


def _is_late_card(post: Post, occurrence: Occurrence, schedule: Schedule | None, now: datetime) -> bool:
    return post.kind is PostKind.CARD and schedule is not None and is_too_late(occurrence, schedule, now)


@dataclass(frozen=True, slots=True)
class _Choice:
    """Picks a schedule's next question. Where its selection matches nothing, it draws from the whole bank."""

    bank: Bank
    pool: rotation.Pool
    guild_id: int

    def __call__(self, asked: Sequence[str], queued: Sequence[str]) -> str:
        known = [q for q in queued if self.bank.find(q)]
        drawn_from = self.pool or {q.id: 1 for q in self.bank.questions}
        return rotation.choose(drawn_from, asked, known, self.guild_id)
