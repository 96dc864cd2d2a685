"""What every store promises about what was asked, what an admin queued, and what was passed over."""

import pytest

from bot.domain.posts import CLAIM, Dropped, Failed, Refused
from tests.store.scene import DAY, GUILD, HOUR, NINE, claimed, daily, on, posted

EVENING = daily("evening")
ELSEWHERE = daily("elsewhere", guild_id=99)


@pytest.fixture(autouse=True)
async def _schedules(store):
    for schedule in (daily(), EVENING, ELSEWHERE):
        await store.save_schedule(schedule)


class Choosing:
    """A choice that always picks the same, and keeps what it was told."""

    def __init__(self, pick: str) -> None:
        self.pick = pick
        self.asked: list[str] | None = None
        self.queued: list[str] | None = None

    def __call__(self, asked, queued) -> str:
        self.asked, self.queued = list(asked), list(queued)
        return self.pick


async def test_the_questions_asked_are_told_in_the_order_of_their_first_try(store):
    """The rotation knows what was tried, even if it failed, but not what was only skipped or planned."""
    second = await posted(store, on(1), NINE + DAY)
    first = await posted(store, on(2, EVENING), NINE)
    blocked = await claimed(store, on(3), NINE + 2 * DAY)
    await store.advance_post(blocked.post, Refused("no right"), NINE + 2 * DAY)
    await posted(store, on(0, ELSEWHERE), NINE)
    await store.add_occurrence(on(4, question_id="planned"))
    skipped = on(5, question_id="skipped")
    await store.add_occurrence(skipped)
    await store.advance_post(skipped.post, Dropped("an admin skipped it"), NINE)
    asked = [first.question_id, second.question_id, blocked.question_id]
    assert await store.asked(GUILD) == asked
    choosing = Choosing("next")
    await store.claim_card(on(4).key, NINE + 3 * DAY, choosing, None, None)
    assert choosing.asked is None  # its question had been fixed, so nothing was to be chosen
    await store.add_occurrence(on(6))
    await store.claim_card(on(6).key, NINE + 4 * DAY, choosing, None, None)
    assert choosing.asked == [*asked, "planned"]


async def test_a_question_that_was_passed_over_counts_as_asked_at_that_time(store):
    """What an admin left out takes its place among the questions asked, in that guild only."""
    await store.pass_over(GUILD, "q/third", NINE + 3 * HOUR)
    await store.pass_over(GUILD, "q/first", NINE - HOUR)
    card = await posted(store, on(0), NINE)
    later = await posted(store, on(1), NINE + DAY)
    asked = ["q/first", card.question_id, "q/third", later.question_id]
    assert await store.asked(GUILD) == asked
    assert await store.asked(ELSEWHERE.guild_id) == []
    choosing = Choosing("next")
    await store.add_occurrence(on(2))
    await store.claim_card(on(2).key, NINE + 2 * DAY, choosing, None, None)
    assert choosing.asked == asked


async def test_a_question_passed_over_again_counts_each_time(store):
    """A question left out of two passes is left out of both."""
    for hours in (0, 1):
        await store.pass_over(GUILD, "q/one", NINE + hours * HOUR)
    assert await store.asked(GUILD) == ["q/one", "q/one"]


async def test_a_queue_keeps_its_order_until_it_is_replaced(store):
    """Each schedule has its own queue, and a new one takes the place of the whole old one."""
    assert await store.queue("daily") == []
    await store.set_queue("daily", ["q/c", "q/a", "q/b"])
    await store.set_queue("evening", ["q/a"])
    assert await store.queue("daily") == ["q/c", "q/a", "q/b"]
    await store.set_queue("daily", ("q/b", "q/d"))
    assert await store.queue("daily") == ["q/b", "q/d"]
    await store.set_queue("daily", ())
    assert await store.queue("daily") == []
    assert await store.queue("evening") == ["q/a"]


async def test_saving_a_schedule_again_leaves_its_queue_alone(store):
    """An admin who changes a setting does not lose the order that was given."""
    await store.set_queue("daily", ["q/a", "q/b"])
    await store.save_schedule(daily(company="amazon"))
    assert await store.queue("daily") == ["q/a", "q/b"]


async def test_passing_a_question_over_takes_it_off_every_queue_of_the_guild(store):
    """What an admin left out does not come back by another schedule's queue; other guilds keep theirs."""
    for schedule in (daily(), EVENING, ELSEWHERE):
        await store.set_queue(schedule.id, ["q/a", "q/out", "q/b"])
    await store.pass_over(GUILD, "q/out", NINE)
    assert await store.queue("daily") == ["q/a", "q/b"]
    assert await store.queue("evening") == ["q/a", "q/b"]
    assert await store.queue("elsewhere") == ["q/a", "q/out", "q/b"]


async def test_a_claim_takes_what_it_picks_off_the_queue(store):
    """The choice sees its own schedule's queue, and what it picks from anywhere in it waits no longer."""
    await store.set_queue("daily", ["q/gone", "q/a", "q/b"])
    await store.set_queue("evening", ["q/a"])
    await store.add_occurrence(on(0))
    choosing = Choosing("q/a")
    await store.claim_card(on(0).key, NINE, choosing, None, None)
    assert choosing.queued == ["q/gone", "q/a", "q/b"]
    assert await store.queue("daily") == ["q/gone", "q/b"]
    assert await store.queue("evening") == ["q/a"]


async def test_a_question_that_is_queued_twice_is_asked_twice(store):
    """A claim takes the first of two equal places, and the second stays."""
    await store.set_queue("daily", ["q/a", "q/b", "q/a"])
    await store.add_occurrence(on(0))
    await store.claim_card(on(0).key, NINE, lambda _, queued: queued[0], None, None)
    assert await store.queue("daily") == ["q/b", "q/a"]


async def test_a_pick_from_outside_the_queue_leaves_the_queue_alone(store):
    """With nothing usable in the queue the rotation's question is asked, and the queue waits."""
    await store.set_queue("daily", ["q/a"])
    await claimed(store, on(0), NINE)
    assert await store.queue("daily") == ["q/a"]


async def test_a_retry_takes_nothing_more_off_the_queue(store):
    """A card that is tried again asks its first question, even if an admin has queued that again."""
    await store.set_queue("daily", ["q/a", "q/b"])
    await store.add_occurrence(on(0))
    first = await store.claim_card(on(0).key, NINE, lambda _, queued: queued[0], None, None)
    await store.set_queue("daily", ["q/a", "q/b"])
    again = await store.claim_card(on(0).key, NINE + CLAIM, lambda _, queued: queued[0], None, None)
    assert again is not None
    await store.advance_post(again.post, Failed("Discord was away"), NINE + CLAIM)
    third = await store.claim_card(on(0).key, NINE + HOUR, lambda _, queued: queued[0], None, None)
    assert {o.question_id for o in (first, again, third) if o} == {"q/a"}
    assert await store.queue("daily") == ["q/a", "q/b"]


async def test_a_choice_that_fails_takes_nothing_off_the_queue(store):
    """If no question can be chosen everything stays as it was."""

    def refuse(asked, queued) -> str:
        raise LookupError("nothing to choose from")

    await store.set_queue("daily", ["q/a"])
    await store.add_occurrence(on(0))
    with pytest.raises(LookupError):
        await store.claim_card(on(0).key, NINE, refuse, None, None)
    assert await store.queue("daily") == ["q/a"]
    assert await store.occurrence(on(0).key) == on(0)
