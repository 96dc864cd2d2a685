"""A bot that crashes at every start stays within Discord's daily connections."""

from datetime import timedelta

from bot.services.starting import pause_before_start


async def test_ordinary_restarts_do_not_wait(desk):
    """Dozens of them in an hour are somebody at work, not a crash loop."""
    for _ in range(100):
        assert await pause_before_start(desk.store, desk.clock.pass_time(seconds=10)) == timedelta(0)


async def test_a_crash_loop_never_uses_up_a_days_connections(desk):
    """Started again the moment it died, for a whole day, it connects fewer than a thousand times."""
    end, connections = desk.clock.now + timedelta(days=1), 0
    while desk.clock.now < end:
        pause = await pause_before_start(desk.store, desk.clock.now)
        desk.clock.pass_time(seconds=pause.total_seconds() + 1)
        connections += 1

    assert 300 < connections < 1000


async def test_the_next_day_is_a_new_day(desk):
    """Old starts are forgotten."""
    for _ in range(301):
        await pause_before_start(desk.store, desk.clock.pass_time(seconds=1))

    assert await pause_before_start(desk.store, desk.clock.pass_time(days=1)) == timedelta(0)
