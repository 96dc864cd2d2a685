"""What a schedule owes at a given moment, and until when an answer counts."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.occurrences import Occurrence, counts, is_too_late, plan, window
from bot.domain.posts import Post, PostKind, PostState
from bot.domain.schedules import EVERY_DAY, Schedule

CATCH_UP = timedelta(hours=6)
NINE = datetime(2026, 1, 1, 9, tzinfo=UTC)
DAILY = Schedule(
    id="s",
    guild_id=1,
    channel_id=2,
    zone="UTC",
    at=time(9),
    weekdays=EVERY_DAY,
    created_by=3,
    next_due=NINE,
)


def occurrence(promised=NINE + timedelta(days=1), sent=NINE):
    card = Post(
        key="k",
        kind=PostKind.CARD,
        subject="k",
        guild_id=1,
        channel_id=2,
        rung=0,
        state=PostState.SENT,
        due=NINE,
        sent_at=sent,
        message_id=5,
    )
    return Occurrence(
        key="k",
        schedule_id="s",
        guild_id=1,
        day=date(2026, 1, 1),
        question_id="Q1",
        company=None,
        scheduled=NINE,
        promised_until=promised,
        closed_at=None,
        post=card,
    )


def test_nothing_is_owed_before_its_time():
    """A minute early there is nothing to post."""
    assert plan(DAILY, NINE - timedelta(minutes=1)).due == ()


def test_a_question_is_posted_late_rather_than_not_at_all():
    """Within six hours a missed post still goes out."""
    planned = plan(DAILY, NINE + CATCH_UP)

    assert [s.day for s in planned.due] == [date(2026, 1, 1)]
    assert planned.next_due == NINE + timedelta(days=1)


def test_after_three_days_down_a_server_gets_one_question_and_a_reason_for_the_others():
    """There is no flood: older slots are skipped, each with its reason."""
    planned = plan(DAILY, NINE + timedelta(days=3, hours=1))

    assert [s.day.day for s in planned.due] == [4]
    assert [s.day.day for s, reason in planned.missed if reason] == [1, 2, 3]


def test_a_post_that_is_far_too_late_is_skipped_with_its_reason():
    """Past the catch-up window the day is given up."""
    planned = plan(DAILY, NINE + CATCH_UP + timedelta(minutes=1))

    assert planned.due == ()
    assert [(s.day.day, "6 hours" in reason) for s, reason in planned.missed] == [(1, True)]


@given(st.lists(st.timedeltas(timedelta(seconds=1), timedelta(days=3)), min_size=1, max_size=15))
def test_looking_at_a_schedule_at_any_times_accounts_for_each_date_exactly_once(pauses):
    """However irregular the ticks, each date is posted or skipped once, in order, and none is forgotten."""
    schedule, now, seen = DAILY, NINE - timedelta(hours=1), []
    for pause in pauses:
        now += pause
        planned = plan(schedule, now)
        seen += sorted([s.day for s in planned.due] + [s.day for s, _ in planned.missed])
        schedule = replace(schedule, next_due=planned.next_due)

    passed = (now - NINE) // timedelta(days=1) + 1
    assert seen == [date(2026, 1, 1) + timedelta(days=n) for n in range(max(0, passed))]


def test_an_answer_counts_until_the_next_post_promised_or_actual_whichever_is_later():
    """An early next post takes nothing away, and a late one gives more time."""
    promised = NINE + timedelta(days=1)
    early, late = promised - timedelta(hours=3), promised + timedelta(hours=2)

    assert counts(occurrence(), promised - timedelta(seconds=1), next_posted=early)
    assert not counts(occurrence(), promised, next_posted=early)
    assert counts(occurrence(), late - timedelta(seconds=1), next_posted=late)
    assert not counts(occurrence(), late, next_posted=late)
    assert counts(occurrence(), late, next_posted=None)


def test_an_answer_to_a_question_that_was_never_posted_does_not_count():
    """There is nothing to answer before the card is there."""
    assert not counts(occurrence(sent=None), NINE, next_posted=None)


def test_a_window_of_its_own_decides_how_late_is_too_late():
    """A schedule with an hour of patience gives up after an hour."""
    hasty = replace(DAILY, catch_up=timedelta(hours=1))

    assert not is_too_late(occurrence(), hasty, NINE + timedelta(hours=1))
    assert is_too_late(occurrence(), hasty, NINE + timedelta(hours=1, seconds=1))


def test_a_post_never_comes_after_the_next_one_was_due():
    """However long the window, yesterday's question does not come with today's."""
    patient = replace(DAILY, catch_up=timedelta(days=3))

    assert not is_too_late(occurrence(), patient, NINE + timedelta(hours=23))
    assert is_too_late(occurrence(), patient, NINE + timedelta(days=1))


def test_windows_are_told_in_words():
    """Hours where they are whole, minutes otherwise."""
    assert [window(timedelta(minutes=m)) for m in (60, 360, 45, 1)] == ["1 hour", "6 hours", "45 minutes", "1 minute"]
