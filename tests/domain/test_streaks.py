"""Streaks as a fold."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.streaks import Day, DayState, Streak, Uptime, fold, longest_gap, was_out

START = date(2026, 1, 1)
DAYS = st.lists(st.sampled_from(list(DayState)), max_size=40).map(
    lambda states: [Day(START + timedelta(days=n), state) for n, state in enumerate(states)]
)
OPENED = datetime(2026, 1, 1, 9, tzinfo=UTC)
CLOSED = OPENED + timedelta(days=1)


def days(states):
    names = {"c": DayState.COUNTED, "o": DayState.OPEN, "n": DayState.NEUTRAL}
    return [Day(START + timedelta(days=n), names[s]) for n, s in enumerate(states)]


def on(*numbers):
    return {START + timedelta(days=n) for n in numbers}


def test_each_answered_day_adds_one():
    """Three days in a row are a streak of three."""
    assert fold(days("cco"), on(0, 1, 2)) == Streak(3, 3, START + timedelta(days=2))


def test_a_missed_day_ends_the_streak_but_not_the_best():
    """After a miss the count starts again."""
    assert fold(days("cccc"), on(0, 1, 3)) == Streak(1, 2, START + timedelta(days=3))


def test_a_day_that_can_still_be_answered_does_not_end_it():
    """Nobody loses a streak at breakfast."""
    assert fold(days("cco"), on(0, 1)).current == 2


def test_a_neutral_day_neither_adds_nor_ends():
    """An outage costs nothing, and a day answered in spite of it still adds."""
    assert fold(days("cnc"), on(0, 2)).current == 2
    assert fold(days("cnc"), on(0, 1, 2)).current == 3


@given(DAYS, st.data())
def test_answering_one_more_day_never_hurts(all_days, data):
    """Any further answer keeps the streak or makes it longer."""
    dates = [d.date for d in all_days]
    answered = set(data.draw(st.lists(st.sampled_from(dates), unique=True))) if dates else set()
    extra = {data.draw(st.sampled_from(dates))} if dates else set()
    before, after = fold(all_days, answered), fold(all_days, answered | extra)

    assert after.current >= before.current
    assert after.best >= before.best
    assert 0 <= before.current <= before.best <= len(answered)


@given(DAYS, st.data())
def test_an_outage_never_hurts(all_days, data):
    """Turning any day neutral keeps every streak or makes it longer."""
    if not all_days:
        return
    answered = set(data.draw(st.lists(st.sampled_from([d.date for d in all_days]), unique=True)))
    out = data.draw(st.sampled_from(range(len(all_days))))
    changed = [Day(d.date, DayState.NEUTRAL) if n == out else d for n, d in enumerate(all_days)]

    assert fold(changed, answered).current >= fold(all_days, answered).current


def up(*hours):
    return [Uptime(OPENED + timedelta(hours=a), OPENED + timedelta(hours=b)) for a, b in hours]


def test_an_outage_in_the_last_three_hours_makes_a_day_neutral():
    """Whoever meant to answer in the evening could not."""
    assert was_out(up((0, 22)), OPENED, CLOSED)
    assert was_out(up((0, 21), (23.9, 24)), OPENED, CLOSED)


def test_an_outage_in_the_morning_or_a_short_restart_changes_nothing():
    """There was time enough to answer afterwards."""
    assert not was_out(up((5, 24)), OPENED, CLOSED)
    assert not was_out(up((0, 22), (22.1, 24)), OPENED, CLOSED)


def test_a_short_window_looks_at_its_last_quarter():
    """A question that was open for one hour had its last fifteen minutes."""
    closed = OPENED + timedelta(hours=1)

    assert was_out(up((0, 0.8)), OPENED, closed)
    assert not was_out(up((0, 0.5), (0.74, 1)), OPENED, closed)


SPANS = st.lists(
    st.tuples(st.integers(0, 23), st.integers(1, 24)).map(lambda p: [min(p), max(p[0] + 1, p[1])]), max_size=6
)


@given(SPANS)
def test_the_longest_gap_is_what_no_heartbeat_covers(pairs):
    """Measured hour by hour, the gap is the longest run of hours without a beat."""
    spans = up(*pairs)
    longest, run = 0, 0
    for hour in range(24):
        covered = any(a <= hour and hour + 1 <= b for a, b in _merged(pairs))
        run = 0 if covered else run + 1
        longest = max(longest, run)

    assert longest_gap(spans, OPENED, CLOSED) == timedelta(hours=longest)


def _merged(pairs):
    merged = []
    for a, b in sorted(pairs):
        if merged and a <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], b)
        else:
            merged.append([a, b])
    return merged
