"""What every store promises about the end of an occurrence and of its day."""

from dataclasses import replace

import pytest

from bot.domain.streaks import Day, DayState, Streak
from tests.store.scene import ANN, BEN, CAT, DAY, GUILD, HOUR, NINE, claimed, daily, on, posted, says

TUESDAY, WEDNESDAY = NINE + DAY, NINE + 2 * DAY
EVENING = daily("evening")


@pytest.fixture(autouse=True)
async def _schedules(store):
    for schedule in (daily(), EVENING, daily("elsewhere", guild_id=99)):
        await store.save_schedule(schedule)


async def days(store, guild_id: int = GUILD) -> dict[int, DayState]:
    """How the guild's days stand, by days after Monday."""
    facts = await store.streak_facts(guild_id, CAT)
    return {(day.date - on(0).day).days: day.state for day in facts.days}


@pytest.mark.parametrize(
    ("promised", "next_posted", "end"),
    [
        (TUESDAY, TUESDAY + HOUR, TUESDAY + HOUR),
        (TUESDAY, TUESDAY - HOUR, TUESDAY),
        (None, TUESDAY, TUESDAY),
    ],
)
async def test_an_occurrence_is_over_once_no_answer_counts_for_it(store, promised, next_posted, end):
    """A question closes when the next one is out and what was promised has passed, not before."""
    card = await posted(store, on(0), NINE, promised)
    assert await store.closable(WEDNESDAY) == []
    await posted(store, on(1), next_posted)
    assert await store.closable(end - HOUR / 60) == []
    assert await store.closable(end) == [card]
    await store.close_occurrence(card.key, end, None)
    assert await store.closable(end) == []


async def test_a_next_card_that_is_not_out_closes_nothing(store):
    """As long as the next question is on its way, or on another schedule, the last one stays open."""
    await posted(store, on(0), NINE, TUESDAY)
    await claimed(store, on(1), TUESDAY)
    await posted(store, on(1, EVENING, hour=18), TUESDAY)
    assert [o.schedule_id for o in await store.closable(WEDNESDAY)] == []


async def test_a_missed_day_ends_the_streak(store):
    """Whoever did not answer starts again from nothing, and keeps the best; whoever did goes on."""
    monday, tuesday = await posted(store, on(0), NINE), await posted(store, on(1), TUESDAY)
    for user, card in ((ANN, monday), (BEN, monday), (BEN, tuesday)):
        await store.record_answer(says(user, card, card.scheduled + HOUR), None)
    await store.close_occurrence(tuesday.key, WEDNESDAY, None)
    assert await store.streak(GUILD, ANN) == Streak(0, 1, monday.day)
    assert await store.streak(GUILD, BEN) == Streak(2, 2, tuesday.day)
    assert await days(store) == {0: DayState.OPEN, 1: DayState.COUNTED}


async def test_a_day_that_closes_after_the_next_was_answered_still_breaks_the_streak(store):
    """Answering today before yesterday is settled does not bridge a missed yesterday."""
    monday, tuesday = await posted(store, on(0), NINE), await posted(store, on(1), TUESDAY)
    wednesday = await posted(store, on(2), WEDNESDAY)
    for card in (monday, wednesday):
        await store.record_answer(says(ANN, card, card.scheduled + HOUR), None)
    assert await store.streak(GUILD, ANN) == Streak(2, 2, wednesday.day)
    await store.close_occurrence(tuesday.key, WEDNESDAY + HOUR, None)
    assert await store.streak(GUILD, ANN) == Streak(1, 1, wednesday.day)


async def test_a_day_that_the_bot_was_away_ends_no_streak(store):
    """A day that is neutral is passed over, and says why."""
    monday, tuesday = await posted(store, on(0), NINE), await posted(store, on(1), TUESDAY)
    await store.record_answer(says(ANN, monday, NINE + HOUR), None)
    await store.close_occurrence(tuesday.key, WEDNESDAY, "the bot was away")
    assert await store.streak(GUILD, ANN) == Streak(1, 1, monday.day)
    facts = await store.streak_facts(GUILD, ANN)
    assert facts.days[1] == Day(tuesday.day, DayState.NEUTRAL, "the bot was away")


async def test_a_day_is_settled_with_the_last_of_its_questions(store):
    """With two schedules a day stays open until neither question can be answered."""
    morning = await posted(store, on(0), NINE)
    evening = await posted(store, on(0, EVENING, hour=18), NINE + 9 * HOUR)
    elsewhere = await posted(store, on(0, daily("elsewhere", guild_id=99)), NINE)
    await store.close_occurrence(morning.key, TUESDAY, None)
    assert await days(store) == {0: DayState.OPEN}
    await store.close_occurrence(evening.key, TUESDAY, None)
    assert await days(store) == {0: DayState.COUNTED}
    assert await days(store, elsewhere.guild_id) == {0: DayState.OPEN}


async def test_a_settled_day_opens_again_with_a_second_question(store):
    """A miss is taken back when the day gets another chance, and returns if that is missed as well."""
    first, morning = await posted(store, on(0), NINE), await posted(store, on(1), TUESDAY)
    await store.record_answer(says(ANN, first, NINE + HOUR), None)
    await store.close_occurrence(morning.key, TUESDAY + HOUR, None)
    assert (await store.streak(GUILD, ANN)).current == 0
    evening = await posted(store, on(1, EVENING, hour=18), TUESDAY + 9 * HOUR)
    assert await days(store) == {0: DayState.OPEN, 1: DayState.OPEN}
    assert await store.streak(GUILD, ANN) == Streak(1, 1, first.day)
    await store.close_occurrence(evening.key, WEDNESDAY, None)
    assert (await store.streak(GUILD, ANN)).current == 0


async def test_only_an_open_occurrence_is_closed(store):
    """Closing twice, or before the card is out, changes nothing."""
    card = await posted(store, on(0), NINE)
    await store.close_occurrence(card.key, TUESDAY, "the bot was away")
    await store.close_occurrence(card.key, WEDNESDAY, None)
    assert await store.occurrence(card.key) == replace(card, closed_at=TUESDAY)
    assert await days(store) == {0: DayState.NEUTRAL}
    sending = await claimed(store, on(1), TUESDAY)
    await store.close_occurrence(sending.key, WEDNESDAY, None)
    await store.close_occurrence("nothing", WEDNESDAY, None)
    assert await store.occurrence(sending.key) == sending
    assert await days(store) == {0: DayState.NEUTRAL}


async def test_a_closed_card_is_remembered_until_it_says_so(store):
    """A card that could not be edited yet is tried again, the longest closed first."""
    first, second = await posted(store, on(0), NINE), await posted(store, on(1), TUESDAY)
    await store.close_occurrence(second.key, WEDNESDAY, None)
    await store.close_occurrence(first.key, WEDNESDAY + HOUR, None)
    assert [o.key for o in await store.cards_to_close()] == [second.key, first.key]
    await store.card_closed(second.key)
    assert [o.key for o in await store.cards_to_close()] == [first.key]
