"""What every store promises about the bot's own pulse."""

from datetime import timedelta

from bot.domain.streaks import Uptime
from tests.store.scene import HOUR, NINE

MINUTE = timedelta(minutes=1)


async def test_beats_of_one_run_make_one_span(store):
    """As long as the bot is heard every few minutes it was there all the time."""
    for minutes in (0, 1, 6, 11):
        await store.beat("run", NINE + minutes * MINUTE)
    assert await store.uptime(NINE, NINE + HOUR) == [Uptime(NINE, NINE + 11 * MINUTE)]


async def test_a_silence_and_a_restart_begin_a_new_span(store):
    """A machine that slept, or a bot that was started again, was away in between."""
    await store.beat("one", NINE)
    await store.beat("one", NINE + 6 * MINUTE)
    await store.beat("two", NINE + 7 * MINUTE)
    await store.beat("two", NINE + 8 * MINUTE)
    assert await store.uptime(NINE, NINE + HOUR) == [
        Uptime(NINE, NINE),
        Uptime(NINE + 6 * MINUTE, NINE + 6 * MINUTE),
        Uptime(NINE + 7 * MINUTE, NINE + 8 * MINUTE),
    ]


async def test_a_clock_that_is_set_back_takes_nothing_away(store):
    """A span never shrinks."""
    await store.beat("run", NINE + 4 * MINUTE)
    await store.beat("run", NINE)
    assert await store.uptime(NINE, NINE + HOUR) == [Uptime(NINE + 4 * MINUTE, NINE + 4 * MINUTE)]


async def test_only_spans_that_touch_the_window_are_told(store):
    """A day's outage is judged by the spans of that day."""
    for hours in (0, 2, 4):
        await store.beat(f"run {hours}", NINE + hours * HOUR)
    touching = await store.uptime(NINE + HOUR, NINE + 2 * HOUR)
    assert touching == [Uptime(NINE + 2 * HOUR, NINE + 2 * HOUR)]
