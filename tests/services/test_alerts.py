"""Failures are told to somebody who can mend them: once for each cause, until it is mended."""

from bot.domain.posts import PostState, Refused, Vanished


async def test_a_missing_right_is_told_once_with_its_name_and_place(desk):
    """An admin hears of it when it starts, and not every minute."""
    await desk.set_up()
    desk.messenger.rights = ["Send Messages", "Embed Links"]
    await desk.tick(hours=1)
    for _ in range(10):
        await desk.tick(minutes=5)

    (notice,) = desk.messenger.notices
    assert "Send Messages, Embed Links" in notice
    assert "<#20>" in notice


async def test_a_cause_that_comes_back_is_told_again(desk):
    """Mended and broken anew is news."""
    await desk.set_up()
    desk.messenger.rights = ["Send Messages"]
    await desk.tick(hours=1)
    desk.messenger.rights = []
    await desk.tick(hours=1)
    desk.messenger.rights = ["Send Messages"]
    await desk.tick(hours=23)

    assert len([n for n in desk.messenger.notices if "Send Messages" in n]) == 2


async def test_a_cause_that_lasts_for_days_stays_one_notice(desk):
    """Nobody is nagged; the check-up shows it as long as it lasts."""
    await desk.set_up()
    desk.messenger.rights = ["Send Messages"]
    for _ in range(4 * 24):
        await desk.tick(hours=1)
    report = await desk.doctoring.examine(10)

    assert len(desk.messenger.notices) == 1
    assert any("Send Messages" in t.says for t in report.troubles)


async def test_three_days_down_are_told_in_one_notice(desk):
    """The reason is the same for each of the days."""
    await desk.set_up()
    await desk.stay_up(hours=1)
    desk.messenger.notices.clear()
    await desk.tick(days=3, minutes=30)

    told = [n for n in desk.messenger.notices if "the bot was down" in n]
    assert len(told) == 1


async def test_a_removed_question_is_told(desk):
    """Somebody deleted it while it was being posted; the admin learns that it stays deleted."""
    schedule = await desk.set_up()
    desk.messenger.replies = [Vanished("it was posted and then removed")]
    await desk.tick(hours=1)

    assert (await desk.today(schedule)).post.state is PostState.REMOVED
    assert any("removed" in n for n in desk.messenger.notices)


async def test_what_an_admin_skipped_is_no_news(desk):
    """Nobody has to be told what they did themselves."""
    schedule = await desk.set_up()
    await desk.scheduling.skip(schedule)
    await desk.tick(hours=2)

    assert desk.messenger.notices == []


async def test_a_card_that_arrives_ends_the_troubles_of_its_schedule(desk):
    """The check-up is clean again."""
    await desk.set_up()
    desk.messenger.rights = ["Send Messages"]
    await desk.tick(hours=1)
    before = await desk.doctoring.examine(10)
    desk.messenger.rights = []
    await desk.tick(minutes=1)
    after = await desk.doctoring.examine(10)

    assert len(before.troubles) == 1
    assert after.troubles == []


async def test_a_refusal_without_a_visible_cause_is_not_put_to_discord_every_minute(desk):
    """Refused requests count against the bot, so it asks again after five minutes, then ten, then twenty."""
    schedule = await desk.set_up()
    desk.messenger.replies = [Refused("Discord refused: Missing Access")] * 99
    await desk.tick(hours=1)
    for _ in range(60):
        await desk.tick(minutes=1)

    assert (await desk.today(schedule)).post.attempts <= 5


async def test_admins_are_warned_once_before_questions_repeat(desk):
    """Three questions are few: the first post says how many are left, and no later pass says it again."""
    await desk.set_up()
    for _ in range(3 * len(desk.bank.questions)):
        await desk.next_nine()

    assert [n for n in desk.messenger.notices if "before questions repeat" in n] == [
        f"<#20> has {len(desk.bank.questions) - 1} questions left before questions repeat. More difficulty levels or "
        "another cluster (`/setup`), or further question packs, make it last longer."
    ]


async def test_a_larger_bank_warns_at_fourteen_left_once_a_pass(large_desk):
    """Twenty questions: after the sixth, and again in the next pass."""
    heard = []
    await large_desk.set_up()
    for day in range(1, 41):
        await large_desk.next_nine()
        heard += [day] * len(large_desk.messenger.notices)
        large_desk.messenger.notices.clear()

    assert heard == [6, 26]


async def test_losing_the_right_to_read_messages_is_told_once(desk):
    """Admins learn which ways to answer are left; a restart without it is no news."""
    await desk.set_up()
    await desk.next_nine()
    desk.messenger.notices.clear()
    for reads in (False, True, False, False):
        await desk.alerts.tell_of_reading(desk.clock.pass_time(minutes=1), reads=reads)
        await desk.tick()

    (notice,) = desk.messenger.notices
    assert "no longer read ordinary messages" in notice
