"""The admin's queue: what comes next, and changing it."""

from datetime import time, timedelta

from bot.domain.schedules import Selection


async def asked(desk, days):
    """The questions of the next days, as they were posted."""
    ids = []
    schedule = (await desk.scheduling.schedules_of(10))[0]
    for _ in range(days):
        await desk.next_nine()
        ids.append((await desk.today(schedule)).question_id)
    return ids


def names(preview):
    return [u.question.id for u in preview]


async def test_the_preview_is_what_then_comes(desk):
    """Seven questions ahead, over the end of a pass."""
    schedule = await desk.set_up()
    preview = names(await desk.queueing.preview(schedule))

    assert len(preview) == 7
    assert await asked(desk, 7) == preview


async def test_a_question_can_be_put_first(desk):
    """The others keep their order."""
    schedule = await desk.set_up()
    before = names(await desk.queueing.preview(schedule, 3))
    last = desk.bank.question(before[-1])
    after = names(await desk.queueing.move(schedule, last, 1))

    assert after[:3] == [before[2], before[0], before[1]]
    assert await asked(desk, 3) == after[:3]


async def test_a_question_can_be_put_at_any_place(desk):
    """Two swapped in the middle stay swapped when they are asked."""
    schedule = await desk.set_up()
    before = names(await desk.queueing.preview(schedule, 3))
    after = await desk.queueing.move(schedule, desk.bank.question(before[0]), 2)

    assert names(after)[:3] == [before[1], before[0], before[2]]
    assert [u.is_queued for u in after[:3]] == [True, True, False]
    assert await asked(desk, 3) == names(after)[:3]


async def test_a_question_that_was_left_out_comes_after_all_others(desk):
    """It is not gone, only passed over until the next pass."""
    schedule = await desk.set_up()
    first = (await desk.queueing.preview(schedule, 1))[0].question
    rest = names(await desk.queueing.leave_out(schedule, first))
    pool = len(desk.bank.questions)

    assert first.id not in rest[: pool - 1]
    assert first.id in rest[pool - 1 : 2 * pool - 1]
    assert await asked(desk, pool) == rest[:pool]


async def test_resetting_goes_back_to_the_bots_own_order(desk):
    """What was moved is forgotten."""
    schedule = await desk.set_up()
    before = names(await desk.queueing.preview(schedule))
    await desk.queueing.move(schedule, desk.bank.question(before[2]), 1)

    assert names(await desk.queueing.reset(schedule)) == before


async def test_a_schedule_draws_only_from_what_it_is_set_to(desk):
    """One cluster, a range of difficulty: no other question comes."""
    hardest = max(q.difficulty for q in desk.bank.questions)
    schedule = await desk.set_up(selection=Selection(easiest=hardest))
    preview = await desk.queueing.preview(schedule)

    assert {u.question.difficulty for u in preview} == {hardest}
    assert set(await asked(desk, 3)) <= {u.question.id for u in preview}


async def test_two_schedules_of_a_server_never_ask_the_same_question_in_one_pass(desk):
    """They share one memory, and each preview knows of the other."""
    morning = await desk.set_up()
    evening = await desk.set_up(beside=True, at=time(19), channel=21)
    first = names(await desk.queueing.preview(morning, 2))
    second = names(await desk.queueing.preview(evening, 1))
    await desk.tick(hours=1)
    await desk.tick(hours=10)
    came = [(await desk.today(morning)).question_id, (await desk.today(evening)).question_id]

    assert came == [first[0], second[0]]
    assert first[0] != second[0]


async def test_several_schedules_post_to_their_own_channels(desk):
    """One at nine here, one at ten there."""
    await desk.set_up()
    await desk.set_up(beside=True, at=time(10), channel=21)
    await desk.tick(hours=3)

    channels = {p.channel_id for p in [await desk.store.post(k) for k in desk.messenger.posted]}
    assert channels == {20, 21}


async def test_how_many_are_left_before_repeats(desk):
    """It goes down with every question, and starts anew with the next pass."""
    schedule = await desk.set_up()
    total = len(desk.bank.questions)
    counts = []
    for _ in range(total):
        counts.append(await desk.queueing.left(schedule))
        await desk.next_nine()

    assert counts == list(range(total, 0, -1))
    assert await desk.queueing.left(schedule) == total


async def test_a_window_of_its_own_decides_how_late_a_question_comes(desk):
    """A schedule with one hour of patience gives today up after it."""
    schedule = await desk.set_up(catch_up=timedelta(hours=1))
    await desk.tick(hours=2, minutes=1)

    assert (await desk.today(schedule)).post.state.value == "skipped"
