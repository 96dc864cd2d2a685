"""Keeping to Discord's pace."""

import asyncio
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yarl import URL

from bot.ui.pacer import REACTIVE_RATE, SCHEDULED_RATE, Pacer, StaleClaim, claimed_until

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)


class SteadyClock:
    """A monotonic clock that stands still until somebody moves it."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def pacer(clock=None):
    return Pacer(lambda: NOW, clock or SteadyClock())


def request(path="/api/v10/channels/1/messages"):
    return SimpleNamespace(url=URL(f"https://discord.example{path}"))


def reply(status, **headers):
    shown = {k.replace("_", "-"): v for k, v in headers.items()}
    return SimpleNamespace(response=SimpleNamespace(status=status, headers=shown))


@given(st.lists(st.booleans(), min_size=1, max_size=200))
def test_no_second_ever_holds_more_than_discord_allows(kinds):
    """Whatever comes in whatever order, at most fifty requests begin in any one second."""
    paced = pacer()
    slots = sorted(paced.reserve(scheduled=kind) for kind in kinds)

    for start in slots:
        assert sum(start <= slot < start + 1 for slot in slots) <= SCHEDULED_RATE + REACTIVE_RATE + 2


def test_what_members_wait_for_does_not_queue_behind_posts():
    """A thousand posts are waiting; the thread of an answer goes at once."""
    paced = pacer()
    for _ in range(1000):
        paced.reserve(scheduled=True)

    assert paced.reserve(scheduled=False) == 100.0


def test_posts_slow_down_while_members_are_busy():
    """And are back at full speed afterwards."""
    clock = SteadyClock()
    paced = pacer(clock)
    paced.reserve(scheduled=True)
    calm = paced.reserve(scheduled=True) - 100.0
    paced.reserve(scheduled=False)
    paced.reserve(scheduled=True)
    busy = paced.reserve(scheduled=True) - 100.0 - 2 * calm
    clock.seconds += 10
    paced.reserve(scheduled=True)
    again = paced.reserve(scheduled=True) - 110.0

    assert busy > calm
    assert again == pytest.approx(calm)


async def test_a_global_limit_stops_everything_for_as_long_as_discord_says():
    """Posts and reactions alike; then posts come back slower."""
    paced = pacer()
    await paced._after(None, None, reply(429, Retry_After="5", X_RateLimit_Global="true"))

    assert paced.reserve(scheduled=False) == 105.0
    first, second = paced.reserve(scheduled=True), paced.reserve(scheduled=True)
    assert first == 105.0
    assert second - first > 1 / SCHEDULED_RATE


async def test_a_limit_of_one_channel_is_nobody_elses_business():
    """discord.py waits for that one by itself."""
    paced = pacer()
    await paced._after(None, None, reply(429, Retry_After="5", X_RateLimit_Scope="user"))

    assert paced.reserve(scheduled=True) == 100.0


async def test_replies_to_interactions_are_never_held_up():
    """Discord does not count them, and a member has three seconds."""
    paced = pacer()
    paced.close(60)

    async with asyncio.timeout(5):
        await paced._before(None, None, request("/api/v10/interactions/1/token/callback"))
        await paced._before(None, None, request("/api/v10/webhooks/1/token/messages/@original"))


async def test_a_post_whose_claim_ran_out_while_it_waited_is_not_sent():
    """Somebody else may have taken it over by now, by the wall clock or by the steady one."""
    paced = pacer()

    with claimed_until(NOW, seconds=30), pytest.raises(StaleClaim):
        await paced._before(None, None, request())
    with claimed_until(NOW + timedelta(seconds=30), seconds=1e9):
        await paced._before(None, None, request())


async def test_a_process_that_was_frozen_notices_by_the_steady_clock():
    """The wall clock may have been set back meanwhile."""
    clock = SteadyClock()
    clock.seconds = 1e12  # far past any claim that is made by the real steady clock

    with claimed_until(NOW + timedelta(days=1), seconds=30), pytest.raises(StaleClaim):
        await pacer(clock)._before(None, None, request())
