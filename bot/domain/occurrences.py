"""One schedule on one local date: which question it asks, until when an answer counts for it, what comes next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.posts import Post, PostState
from bot.domain.schedules import Schedule, Slot, slots_after

LATE = timedelta(minutes=5)
"""From here on a post says that it is late."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One schedule, one local date. Its card is `post`; everything that shapes it is fixed before the first try.

    `company` is the slug of the emphasis in force when the card was claimed. `scheduled` is the slot's instant.
    `promised_until` is the instant of the schedule's next slot as it stood then; `closed_at` is set once answers no
    longer count.
    """

    key: str
    schedule_id: str
    guild_id: int
    day: date
    question_id: str | None
    company: str | None
    scheduled: datetime
    promised_until: datetime | None
    closed_at: datetime | None
    post: Post

    @property
    def is_open(self) -> bool:
        return self.post.state is PostState.SENT and self.closed_at is None

    @property
    def is_late(self) -> bool:
        """Whether the card went out noticeably after its instant."""
        sent = self.post.last_attempt
        return sent is not None and sent - self.scheduled >= LATE


def counts(occurrence: Occurrence, at: datetime, next_posted: datetime | None) -> bool:
    """Whether an answer given at `at` counts for this occurrence.

    It does until the schedule's next post, promised or actual, whichever is later; `next_posted` is the instant
    of the actual one, None while there is none.
    """
    if occurrence.post.sent_at is None:
        return False
    if next_posted is None:
        return True
    return at < max(next_posted, occurrence.promised_until or next_posted)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule needs at one moment: slots to post, slots given up with the reason, and when to look again."""

    due: tuple[Slot, ...]
    missed: tuple[tuple[Slot, str], ...]
    next_due: datetime | None


def plan(schedule: Schedule, now: datetime) -> Plan:
    """The slots of `schedule` that fell due since it was last looked at (`next_due`).

    Only the newest of them may still be posted, and only within the schedule's window: after three days of
    silence a server gets one question, not three.
    """
    upcoming = next(slots_after(schedule, now), None)
    next_due = upcoming.due if upcoming else None
    if schedule.next_due is None or schedule.next_due > now:
        return Plan((), (), next_due)
    passed: list[Slot] = []
    for slot in slots_after(schedule, schedule.next_due - timedelta(microseconds=1)):
        if slot.due > now:
            break
        passed.append(slot)
    if not passed:
        return Plan((), (), next_due)
    newest = passed.pop()
    missed = [(slot, "the bot was down until its next question was due") for slot in passed]
    if now - newest.due > schedule.catch_up:
        missed.append((newest, f"the bot was down for more than {window(schedule.catch_up)} after it was due"))
        return Plan((), tuple(missed), next_due)
    return Plan((newest,), tuple(missed), next_due)


def is_too_late(occurrence: Occurrence, schedule: Schedule, now: datetime) -> bool:
    """Whether an occurrence's card may no longer go out: past its window, or past the schedule's next slot."""
    if now - occurrence.scheduled > schedule.catch_up:
        return True
    following = next((s for s in slots_after(schedule, occurrence.scheduled) if s.day > occurrence.day), None)
    return following is not None and now >= following.due


def window(length: timedelta) -> str:
    """A catch-up window in words: `6 hours`, `45 minutes`."""
    minutes = int(length.total_seconds() // 60)
    count, unit = (minutes // 60, "hour") if minutes % 60 == 0 else (minutes, "minute")
    return f"{count} {unit}" if count == 1 else f"{count} {unit}s"
