"""Small facts to begin a store's test with: schedules, posted cards and answers, made from defaults."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from bot.domain.answers import Answer, Path
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Delivered, Post, PostKind, PostState, occurrence_key, rung_key
from bot.domain.schedules import EVERY_DAY, Schedule
from bot.services.ports import Store

MONDAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When Monday's question is due."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
GUILD = 10
CHANNEL = 20
ANN, BEN, CAT = 1, 2, 3

_message_ids = count(7_000)
_sources = count(1)


def daily(schedule_id: str = "daily", guild_id: int = GUILD, **changes) -> Schedule:
    """A schedule at nine every day."""
    schedule = Schedule(
        id=schedule_id,
        guild_id=guild_id,
        channel_id=CHANNEL,
        zone="UTC",
        at=time(9),
        weekdays=EVERY_DAY,
        created_by=ANN,
    )
    return replace(schedule, **changes)


def on(day: int, schedule: Schedule | None = None, hour: int = 9, **changes) -> Occurrence:
    """An occurrence whose card is due, `day` days after Monday."""
    schedule = schedule or daily()
    local = MONDAY + day * DAY
    due = datetime.combine(local, time(hour), tzinfo=UTC)
    key = occurrence_key(schedule.guild_id, schedule.id, local)
    card = Post(key, PostKind.CARD, key, schedule.guild_id, CHANNEL, 0, PostState.DUE, due)
    occurrence = Occurrence(
        key=key,
        schedule_id=schedule.id,
        guild_id=schedule.guild_id,
        day=local,
        question_id=None,
        company=None,
        scheduled=due,
        promised_until=None,
        closed_at=None,
        post=card,
    )
    return replace(occurrence, **changes)


def follow_up(occurrence: Occurrence, rung: int = 1, **changes) -> Post:
    """The post that asks a follow-up, due when the question was."""
    post = Post(
        key=rung_key(occurrence.key, rung),
        kind=PostKind.RUNG,
        subject=occurrence.key,
        guild_id=occurrence.guild_id,
        channel_id=occurrence.post.message_id or CHANNEL,
        rung=rung,
        state=PostState.DUE,
        due=occurrence.scheduled,
    )
    return replace(post, **changes)


def says(user_id: int, card: Occurrence, at: datetime, /, **changes) -> Answer:
    """A member's answer to an occurrence's question, from an event of its own."""
    answer = Answer(
        source=f"i:{next(_sources)}",
        guild_id=card.guild_id,
        user_id=user_id,
        question_id=card.question_id or "ml/bias-variance",
        occurrence=card.key,
        rung=0,
        text="high bias underfits, high variance overfits",
        path=Path.MODAL,
        at=at,
    )
    return replace(answer, **changes)


async def claimed(
    store: Store, occurrence: Occurrence, now: datetime, promised_until: datetime | None = None
) -> Occurrence:
    """The occurrence, added if need be, with its card claimed for a question named after its key."""
    await store.add_occurrence(occurrence)
    found = await store.claim_card(occurrence.key, now, lambda *_: f"q/{occurrence.key}", promised_until, None)
    assert found is not None
    return found


async def posted(
    store: Store, occurrence: Occurrence, now: datetime, promised_until: datetime | None = None
) -> Occurrence:
    """The occurrence with its card at Discord."""
    sending = await claimed(store, occurrence, now, promised_until)
    await store.advance_post(sending.post, Delivered(next(_message_ids)), now)
    found = await store.occurrence(occurrence.key)
    assert found is not None
    return found
