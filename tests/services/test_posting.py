"""Posting each question once, or saying why not."""

from datetime import date, time

import pytest

from bot.domain.posts import Claimed, Failed, PostKind, PostState, Refused, Vanished
from bot.services.posting import AlreadyPosted, NotPosted, Posted, Then


def cards(desk):
    """How many messages each card became."""
    kinds = desk.messenger.kinds
    return [len(ids) for key, ids in desk.messenger.posted.items() if kinds[key] is PostKind.CARD]


async def test_a_question_is_posted_when_it_is_due_and_only_then(desk):
    """Nothing at eight, one message at nine, however often the alarm rings."""
    schedule = await desk.set_up()
    await desk.tick()
    assert cards(desk) == []
    for _ in range(5):
        await desk.tick(hours=1)

    assert cards(desk) == [1]
    occurrence = await desk.today(schedule)
    assert occurrence.post.state is PostState.SENT
    assert occurrence.question_id is not None


async def test_a_passing_failure_is_repeated_until_it_succeeds(desk):
    """The admin hears nothing of it, and one message results."""
    schedule = await desk.set_up()
    desk.messenger.replies = [Failed("Discord is down")] * 3
    await desk.tick(hours=1)
    for _ in range(4):
        await desk.tick(minutes=1)

    assert cards(desk) == [1]
    assert (await desk.today(schedule)).post.attempts == 4


async def test_a_lost_reply_does_not_double_a_post(desk):
    """The message was created; the nonce brings the same one back."""
    schedule = await desk.set_up()
    desk.messenger.lost = 2
    await desk.tick(hours=1)
    await desk.tick(seconds=10)
    await desk.tick(seconds=10)

    assert cards(desk) == [1]
    assert (await desk.today(schedule)).post.state is PostState.SENT


async def test_a_post_whose_reply_was_lost_long_ago_is_found_in_the_channel(desk):
    """Past the nonce window the bot looks before it sends again."""
    schedule = await desk.set_up()
    desk.messenger.lost = 1
    await desk.tick(hours=1)
    await desk.tick(minutes=10)

    assert cards(desk) == [1]
    assert (await desk.today(schedule)).post.state is PostState.SENT


async def test_a_claim_that_nobody_finished_is_taken_up_again(desk):
    """A process that died after its claim leaves a post that the next run sends."""
    schedule = await desk.set_up()
    await desk.scheduling.plan(desk.clock.pass_time(hours=1))
    occurrence = await desk.today(schedule)
    await desk.store.claim_card(occurrence.key, desk.clock.now, lambda _asked, _queued: "Q1", None, None)
    await desk.tick(seconds=10)
    assert cards(desk) == []
    await desk.tick(seconds=30)

    assert cards(desk) == [1]
    assert (await desk.today(schedule)).question_id == "Q1"


async def test_a_post_that_may_be_there_is_not_repeated_where_the_channel_cannot_be_read(desk):
    """Rather none than two: it is marked uncertain, with the reason."""
    schedule = await desk.set_up()
    desk.messenger.lost = 1
    await desk.tick(hours=1)
    desk.messenger.readable = False
    await desk.tick(minutes=10)
    await desk.tick(minutes=10)
    post = (await desk.today(schedule)).post

    assert cards(desk) == [1]
    assert (post.state, post.reason) == (PostState.UNCERTAIN, "it can't be told")


async def test_a_removed_post_is_not_posted_again(desk):
    """What a moderator took away stays away."""
    schedule = await desk.set_up()
    desk.messenger.replies = [Vanished("it was removed")]
    await desk.tick(hours=1)
    await desk.tick(hours=1)

    assert cards(desk) == []
    assert (await desk.today(schedule)).post.state is PostState.REMOVED


async def test_a_refused_post_waits_and_goes_out_when_the_right_is_back(desk):
    """The schedule is blocked, not lost, and resumes by itself."""
    schedule = await desk.set_up()
    desk.messenger.rights = ["Send Messages"]
    await desk.tick(hours=1)
    blocked = (await desk.today(schedule)).post
    desk.messenger.rights = []
    await desk.tick(hours=1)

    assert (blocked.state, blocked.reason) == (PostState.BLOCKED, "the bot lacks Send Messages")
    assert cards(desk) == [1]


async def test_a_post_that_stays_blocked_is_given_up_with_its_reason(desk):
    """Half a day later yesterday's question would only confuse."""
    schedule = await desk.set_up()
    desk.messenger.rights = ["Send Messages"]
    await desk.tick(hours=1)
    await desk.tick(hours=7)

    assert (await desk.today(schedule)).post.state is PostState.SKIPPED
    assert "Send Messages" in (await desk.today(schedule)).post.reason


async def test_three_days_down_bring_one_question_and_leave_streaks_whole(desk):
    """No flood; the days without a question cost nobody anything."""
    schedule = await desk.set_up()
    await desk.stay_up(hours=1)
    await desk.answer(await desk.today(schedule), user=1)
    await desk.tick(days=3, minutes=30)
    await desk.answer(await desk.today(schedule), user=1)

    assert cards(desk) == [1, 1]
    assert (await desk.store.streak(10, 1)).current == 2
    states = await desk.store.days_taken(schedule.id, date(2026, 1, 1))
    assert [state.value for _, state in sorted(states.items())] == ["sent", "skipped", "skipped", "sent"]


async def test_posting_now_takes_todays_place(desk):
    """Early today means none at nine, and tomorrow as usual."""
    schedule = await desk.set_up()
    first = await desk.posting.post_now(schedule)
    second = await desk.posting.post_now(schedule)
    await desk.tick(hours=5)

    assert isinstance(first, Posted)
    assert isinstance(second, AlreadyPosted)
    assert first.following.day == date(2026, 1, 2)
    assert cards(desk) == [1]


async def test_posting_now_says_what_is_in_the_way(desk):
    """A refusal names its cause; a passing failure says that it goes on."""
    schedule = await desk.set_up()
    desk.messenger.replies = [Refused("the bot lacks Embed Links")]
    refused = await desk.posting.post_now(schedule)
    desk.messenger.replies = [Failed("Discord is down")]
    failed = await desk.posting.post_now(schedule)

    assert refused == NotPosted("the bot lacks Embed Links", Then.MENDED)
    assert failed == NotPosted("Discord is down", Then.RETRIED)


async def test_a_changed_time_never_posts_twice_on_one_date(desk):
    """Moved to ten after the post at nine, today has had its question (fault 31)."""
    await desk.set_up()
    await desk.tick(hours=1)
    await desk.set_up(channel=21)
    schedule = await desk.set_up(at=time(10))
    await desk.tick(hours=2)

    assert cards(desk) == [1]
    assert (await desk.scheduling.upcoming(schedule, 1))[0].day == date(2026, 1, 2)


async def test_two_servers_are_posted_to_independently(desk):
    """One that is refused does not hold up the other."""
    await desk.set_up()
    await desk.set_up(guild=11)
    desk.messenger.replies = [Refused("no right")]
    await desk.tick(hours=1)

    assert cards(desk) == [1]


async def test_a_rung_that_a_crash_left_half_sent_is_sent_by_the_next_tick(desk):
    """Follow-ups go through the same outbox as cards."""
    schedule = await desk.set_up()
    await desk.tick(hours=1)
    await desk.answer(await desk.today(schedule), user=1)
    rung = next(p for p in await desk.store.due_posts(desk.clock.now, 10))
    await desk.store.advance_post(rung, Claimed(), desk.clock.now)
    await desk.tick(seconds=40)

    assert len(desk.messenger.posted[rung.key]) == 1


async def test_a_day_whose_evening_the_bot_missed_costs_nobody_a_streak(desk):
    """Down before the next post: the day becomes neutral, by the bot's own heartbeat."""
    schedule = await desk.set_up()
    await desk.stay_up(hours=1)
    await desk.answer(await desk.today(schedule), user=1)
    await desk.stay_up(hours=24)
    await desk.stay_up(hours=20)
    await desk.tick(hours=4)
    view = await desk.streaks.view(10, 1)

    assert view.streak.current == 1
    assert [d.reason is not None for d in view.days] == [False, True, False]


async def test_a_day_that_was_missed_ends_the_streak(desk):
    """With the bot up all the time, a miss is a miss."""
    schedule = await desk.set_up()
    await desk.stay_up(hours=1)
    await desk.answer(await desk.today(schedule), user=1)
    await desk.stay_up(hours=24)
    await desk.stay_up(hours=24)

    assert (await desk.streaks.view(10, 1)).streak.current == 0
    assert (await desk.store.streak(10, 1)).current == 0


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Pacific/Honolulu", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("minutes", [-3, 3])
async def test_a_zone_changed_minutes_around_a_post_brings_at_most_one_question_a_date(desk, zone, minutes):
    """Whatever the server's clock says after the change, no local date gets two (fault 31)."""
    schedule = await desk.set_up()
    await desk.tick(minutes=60 + minutes)
    for at in (time(9), time(9, 5), time(23, 59), time(0)):
        await desk.set_up(zone=zone, at=at)
        for _ in range(30):
            await desk.tick(hours=1)
        await desk.set_up(zone="UTC", at=time(9))
        await desk.tick(minutes=7)

    days = [o.day for o in await desk.store.history(schedule.id, 100) if o.post.state is PostState.SENT]
    assert len(days) == len(set(days)) == len(cards(desk))
    assert set(cards(desk)) == {1}
