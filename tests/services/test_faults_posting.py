"""Wrong clocks, new zone data and put-off posts, where a Discord that does as it is told is enough."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.posts import Failed, PostKind, PostState


def cards(desk):
    return [len(ids) for key, ids in desk.messenger.posted.items() if desk.messenger.kinds[key] is PostKind.CARD]


@pytest.mark.parametrize("wrong", [timedelta(hours=-1), timedelta(hours=1), timedelta(minutes=-30)])
async def test_new_zone_data_moves_every_future_post(desk, wrong):
    """By the rules of last year the question was due at another hour; after an update it comes at nine (fault 32)."""
    schedule = await desk.set_up(zone="Europe/Berlin", at=time(10))
    right = datetime(2026, 1, 1, 9, tzinfo=UTC)
    await desk.store.save_schedule(replace(schedule, next_due=right + wrong))
    if right + wrong > desk.clock.now:
        await desk.scheduling.refresh()
    for _ in range(12):
        await desk.tick(minutes=15)
    posted = (await desk.today(schedule)).post

    assert cards(desk) == [1]
    assert posted.sent_at == right
    assert (await desk.store.schedule(schedule.id)).next_due == right + timedelta(days=1)


async def test_a_date_that_was_posted_by_old_zone_data_is_not_posted_again(desk):
    """The rules change after the post, and its hour comes a second time: the date has had its question (fault 32)."""
    schedule = await desk.set_up()
    await desk.tick(hours=1)
    stored = await desk.store.schedule(schedule.id)
    await desk.store.save_schedule(replace(stored, at=time(11), next_due=datetime(2026, 1, 1, 11, tzinfo=UTC)))
    await desk.scheduling.refresh()
    for _ in range(4):
        await desk.tick(hours=1)

    assert cards(desk) == [1]


async def test_a_clock_that_was_set_back_does_not_make_a_nonce_young_again(desk):
    """By the wall seconds have passed, in truth an hour: the bot looks into the channel first (fault 29)."""
    schedule = await desk.set_up()
    truth = 0.0
    desk.posting._steady = lambda: truth
    desk.messenger.nonce_window = timedelta(0)
    desk.messenger.lost = 1
    await desk.tick(hours=1)
    truth += 3600
    await desk.tick(seconds=10)

    assert cards(desk) == [1]
    assert (await desk.today(schedule)).post.state is PostState.SENT


async def test_a_claim_of_a_former_run_is_looked_for_before_it_is_sent(desk):
    """A new process knows only the wall's word for how long ago it was, and the wall may lie (fault 29)."""
    schedule = await desk.set_up()
    desk.messenger.lost = 1
    await desk.tick(hours=1)
    desk.posting._begun.clear()  # as a new process
    desk.messenger.nonce_window = timedelta(0)
    await desk.tick(seconds=10)

    assert cards(desk) == [1]
    assert (await desk.today(schedule)).post.state is PostState.SENT


async def test_a_post_that_discord_put_off_is_not_asked_for_by_every_answer(desk):
    """Three members answer while threads are limited: one request, and the follow-up comes later (fault 14)."""
    schedule = await desk.set_up()
    await desk.tick(hours=1)
    occurrence = await desk.today(schedule)
    desk.messenger.replies = [Failed("Discord asked the bot to slow down", timedelta(seconds=280))]
    for user in (1, 2, 3):
        saved = await desk.answer(occurrence, user)
        await desk.posting.deliver_rung(occurrence.key, saved.unlocked)
    (rung,) = await desk.store.due_posts(desk.clock.now + timedelta(hours=1), 10)
    assert (rung.attempts, rung.state) == (1, PostState.DUE)
    await desk.tick(seconds=281)

    assert len(desk.messenger.posted[rung.key]) == 1
