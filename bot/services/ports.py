"""What the use cases need from the world: a place to keep facts, and a way to reach Discord."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.answers import Answer
from bot.domain.grades import Grader
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Event, Failed, Post, PostState
from bot.domain.questions import Question
from bot.domain.schedules import Schedule
from bot.domain.streaks import Day, Streak, Uptime
from bot.domain.troubles import Trouble
from bot.services.pages import Page

Subject = Occurrence | Page
"""What a post is about: an occurrence, or what a message of a round shows."""

Clock = Callable[[], datetime]
"""Tells the present instant (aware, UTC)."""

Choose = Callable[[Sequence[str], Sequence[str]], str]
"""Picks a question, given those asked so far (oldest first) and those queued by an admin (next first)."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of an answer that was offered to the store.

    `is_replay`: the same event had been stored before and nothing changed. `version` counts the member's texts
    for this rung, from 1. `counts`: it was in time and genuine, so its date is answered. `after_reveal`: the member
    had seen the answer before. `members` have answered the occurrence so far. `before` and `streak` are the member's
    streak on either side of it.
    """

    is_replay: bool
    version: int
    counts: bool
    after_reveal: bool
    members: int
    before: Streak
    streak: Streak


@dataclass(frozen=True, slots=True)
class ClaimedPoint:
    """A point that answers make as their authors say, though the grader did not find it; for whoever writes patterns.

    `texts` are those answers, newest first, and `members` how many people wrote them; who they are is left out.
    """

    question_id: str
    rung: int
    point: str
    members: int
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What a guild's admins chose for all of its schedules.

    `log_channel_id` is where notices go. `company` is the emphasis chosen, as in `bot.domain.emphasis`.
    """

    guild_id: int
    log_channel_id: int | None = None
    company: str | None = None


@dataclass(frozen=True, slots=True)
class StreakFacts:
    """Everything that a member's streak is made of: the guild's question days in order, and those answered."""

    days: tuple[Day, ...]
    answered: frozenset[date]


class Store(Protocol):
    """Keeps every fact. Each method is one transaction; a method that writes returns once it is durable.

    Instants are aware and in UTC, to the millisecond. Where a write is refused because somebody else got there
    first, the method says so in its result; it never raises for that.
    """

    # -- small facts about the installation

    async def recall(self, name: str) -> str | None:
        """The text remembered under `name`."""

    async def remember(self, name: str, text: str) -> None: ...

    # -- schedules

    async def save_schedule(self, schedule: Schedule) -> None:
        """Adds it, or replaces the one with the same id."""

    async def schedule(self, schedule_id: str) -> Schedule | None: ...

    async def schedules_of(self, guild_id: int) -> Sequence[Schedule]:
        """A guild's schedules, oldest first."""

    async def all_schedules(self) -> Sequence[Schedule]: ...

    async def due_schedules(self, now: datetime) -> Sequence[Schedule]:
        """Those whose `next_due` has come, earliest first."""

    async def apply_plan(
        self, schedule: Schedule, occurrences: Sequence[Occurrence], next_due: datetime | None
    ) -> bool:
        """Adds the occurrences whose local date has none yet and moves `next_due` on.

        False, and nothing done, if the stored `next_due` is no longer `schedule.next_due`.
        """

    # -- occurrences and their cards

    async def add_occurrence(self, occurrence: Occurrence) -> bool:
        """Adds it with its post; False if its schedule has one for that local date."""

    async def occurrence(self, key: str) -> Occurrence | None: ...

    async def occurrence_on(self, schedule_id: str, day: date) -> Occurrence | None: ...

    async def occurrence_of_thread(self, thread_id: int) -> Occurrence | None:
        """The one whose card has this message id, which is its thread's id as well."""

    async def open_occurrences(self, guild_id: int) -> Sequence[Occurrence]:
        """Those that are posted and not closed, newest first."""

    async def latest_occurrence(self, guild_id: int) -> Occurrence | None:
        """The one posted last, open or closed."""

    async def days_taken(self, schedule_id: str, since: date) -> dict[date, PostState]:
        """The local dates from `since` on that have an occurrence, with the state of its card."""

    async def asked(self, guild_id: int) -> Sequence[str]:
        """The questions that the guild was asked (claimed or sent, on any schedule) or passed over, oldest first."""

    async def history(self, schedule_id: str, limit: int) -> Sequence[Occurrence]:
        """The schedule's newest occurrences, posted or not, newest first."""

    # -- the queue

    async def queue(self, schedule_id: str) -> Sequence[str]:
        """The questions that an admin has put first, in order; then the rotation goes on."""

    async def set_queue(self, schedule_id: str, question_ids: Sequence[str]) -> None: ...

    async def pass_over(self, guild_id: int, question_id: str, at: datetime) -> None:
        """Leaves a question out of the guild's present pass, and off every queue of it."""

    async def closable(self, now: datetime) -> Sequence[Occurrence]:
        """Open occurrences for which no answer counts any more (`bot.domain.occurrences.counts`)."""

    async def close_occurrence(self, key: str, now: datetime, outage: str | None) -> None:
        """Closes it. With the last open one of a guild's local date the day is settled.

        The day is neutral for the reason in `outage`, else counted, and every streak that this ends is ended.
        """

    async def cards_to_close(self) -> Sequence[Occurrence]:
        """Closed occurrences whose card does not show it yet."""

    async def card_closed(self, key: str) -> None:
        """The card shows it, or can't be made to."""

    async def members_answered(self, key: str) -> int:
        """How many members answered the occurrence's question or a follow-up."""

    # -- posts

    async def post(self, key: str) -> Post | None: ...

    async def add_post(self, post: Post) -> bool:
        """Adds it; False if there is one with its key."""

    async def due_posts(self, now: datetime, limit: int) -> Sequence[Post]:
        """Posts to work on: due ones, and claimed ones whose claim has run out; earliest first."""

    async def blocked_posts(self) -> Sequence[Post]:
        """Posts, other than notices, that wait for an admin."""

    async def claim_card(
        self, key: str, now: datetime, choose: Choose, promised_until: datetime | None, company: str | None
    ) -> Occurrence | None:
        """Claims an occurrence's card and fixes its question and its emphasis, unless a former claim has.

        `choose` runs inside the transaction; what it picks is taken off the schedule's queue. None if the post
        is not there to be claimed.
        """

    async def advance_post(self, post: Post, event: Event, now: datetime) -> Post | None:
        """Moves a post on by `bot.domain.posts.step`; None if it is no longer as `post` says (state, attempts).

        A card that is delivered opens its guild's local date for answers and ends its schedule's troubles. One
        that an admin requests counts as scheduled at `now`, if its own instant has passed.
        """

    async def rung_of(self, occurrence: str, message_id: int) -> int | None:
        """The rung that this message of ours asks in that occurrence; 0 for the card."""

    async def open_rungs(self, occurrence: str) -> Sequence[int]:
        """The numbers of the follow-ups that were asked in the thread, ascending."""

    # -- troubles

    async def untold_posts(self, limit: int) -> Sequence[Post]:
        """Posts, other than notices, that are blocked, uncertain, removed or skipped and of which nobody was told."""

    async def tell(self, post: Post, trouble: Trouble | None, notice: Post | None) -> bool:
        """Notes that a post's present state has been dealt with.

        Adds `trouble` and its `notice`, unless one with the same cause lasts already; then it returns False.
        """

    async def troubles(self, guild_id: int) -> Sequence[Trouble]:
        """Those that last, oldest first."""

    # -- guilds

    async def guild(self, guild_id: int) -> GuildSettings:
        """What the guild's admins have chosen; the defaults if nothing."""

    async def save_guild(self, settings: GuildSettings) -> None: ...

    # -- members

    async def member_company(self, guild_id: int, user_id: int) -> str | None:
        """The emphasis that a member chose for themselves in this guild, as in `bot.domain.emphasis`."""

    async def save_member_company(self, guild_id: int, user_id: int, company: str | None) -> None: ...

    # -- answers

    async def record_answer(self, answer: Answer, unlocks: Post | None) -> Recorded:
        """Stores an answer, adds the post that it unlocks if that is not there, and refolds the streak.

        An answer in private practice (`occurrence` None) leaves days and streaks alone, and so does one that is not
        genuine.
        """

    async def latest_answer(self, user_id: int, question_id: str, occurrence: str | None, rung: int) -> Answer | None:
        """The member's newest text for a rung."""

    async def answered_rungs(self, user_id: int, question_id: str, occurrence: str | None) -> Collection[int]:
        """The rungs of an occurrence that the member answered.

        In private practice those since they last answered the question itself: its ladder begins anew each time.
        """

    async def answer_from(self, source: str) -> Answer | None:
        """The answer that this event brought."""

    async def practised(self, user_id: int) -> Collection[str]:
        """The questions that a member answered anywhere."""

    async def newest_answers(self, user_id: int) -> Mapping[str, str]:
        """A member's newest text to each question that they answered anywhere, by the question's id; no follow-ups."""

    async def record_reveal(self, user_id: int, question_id: str, at: datetime) -> None:
        """The member has been shown the answer; only the first time is kept."""

    # -- claims

    async def record_claims(self, source: str, points: Sequence[str], at: datetime) -> None:
        """The member says that the answer which this event brought makes these points; each is kept once."""

    async def claims(self, question_id: str | None = None) -> Sequence[ClaimedPoint]:
        """What was claimed of one question, or of all, the most claimed points first."""

    # -- streaks

    async def streak(self, guild_id: int, user_id: int) -> Streak:
        """The stored fold."""

    async def streak_facts(self, guild_id: int, user_id: int) -> StreakFacts: ...

    # -- the bot's own pulse

    async def beat(self, run: str, now: datetime) -> None:
        """Extends the uptime of this run, or begins a new span after a silence of more than five minutes."""

    async def uptime(self, since: datetime, until: datetime) -> Sequence[Uptime]:
        """The spans that touch `since`..`until`."""


class MemberGrader(Grader, Protocol):
    """A grader that knows which questions it had better not judge."""

    def is_self_check_only(self, question: Question) -> bool:
        """Whether its grades of this question are not to be shown."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """The message is at Discord, under this id."""

    message_id: int


@dataclass(frozen=True, slots=True)
class Absent:
    """The channel was read and does not hold it."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The channel can't be read, so a miss would prove nothing."""

    reason: str


class Messenger(Protocol):
    """Says things at Discord on the bot's own account. Its outcomes are events of `bot.domain.posts`."""

    def missing_rights(self, guild_id: int, channel_id: int, *, threads: bool = True) -> Sequence[str]:
        """What stands in the way of posting there, as Discord names it; empty if nothing does.

        Without `threads` those rights are left out that only questions need.
        """

    def hears(self, guild_id: int) -> bool:
        """Whether Discord would tell us at once of what members do there."""

    async def send(self, post: Post, subject: Subject) -> Event:
        """Sends a post under its nonce, opening the occurrence's thread first where the post belongs there."""

    async def edit(self, post: Post, page: Page) -> Event:
        """Makes a message of a round show `page`; `Delivered` once it does."""

    async def find(self, post: Post, subject: Subject) -> Found | Absent | Unreadable | Failed:
        """Looks for a post that may or may not have arrived, by its marker, since its first attempt."""

    async def show_closed(self, occurrence: Occurrence, members: int) -> bool:
        """Edits a card to say that it is closed and how many answered; False to be asked again later."""
