"""What every store promises about answers and reveals."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.answers import Path
from bot.domain.streaks import Streak
from tests.store.scene import (
    ANN,
    BEN,
    CAT,
    DAY,
    GUILD,
    HOUR,
    NINE,
    claimed,
    daily,
    follow_up,
    on,
    posted,
    says,
)

TUESDAY = NINE + DAY
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
async def _schedules(store):
    await store.save_schedule(daily())


async def test_an_answer_comes_back_as_it_was_given(store):
    """Everything that is known of an answer survives being stored."""
    card = await posted(store, on(0), NINE)
    answer = says(ANN, card, NINE + HOUR, path=Path.CONTEXT_MENU, text="naïve 分散 is high\nhere")
    await store.record_answer(answer, None)
    assert await store.latest_answer(ANN, answer.question_id, card.key, 0) == answer
    assert await store.answer_from(answer.source) == answer
    assert await store.answer_from("i:none") is None


async def test_the_first_answer_of_a_day_adds_one_to_the_streak(store):
    """A member who answers in time is told the streak on either side of the answer."""
    card = await posted(store, on(0), NINE)
    first = await store.record_answer(says(ANN, card, NINE + HOUR), None)
    assert (first.is_replay, first.version, first.counts, first.members) == (False, 1, True, 1)
    assert (first.before, first.streak) == (Streak(), Streak(1, 1, card.day))
    again = await store.record_answer(says(ANN, card, NINE + 2 * HOUR), None)
    assert (again.version, again.members) == (2, 1)
    assert (again.before, again.streak) == (first.streak, first.streak)
    assert (await store.record_answer(says(BEN, card, NINE + 3 * HOUR), None)).members == 2
    assert await store.members_answered(card.key) == 2


async def test_the_same_event_twice_is_one_answer(store):
    """If Discord delivers an event again nothing changes, and the member can be told the same again."""
    card = await posted(store, on(0), NINE)
    answer = says(ANN, card, NINE + HOUR)
    first = await store.record_answer(answer, None)
    again = await store.record_answer(replace(answer, text="something else altogether"), follow_up(card))
    assert again == replace(first, is_replay=True)
    assert await store.answer_from(answer.source) == answer
    assert await store.post(follow_up(card).key) is None


async def test_a_replay_after_the_next_answer_tells_the_facts_of_the_first(store):
    """A late replay of an answer that was the first of its day still shows what it had earned then."""
    monday, tuesday = await posted(store, on(0), NINE), await posted(store, on(1), TUESDAY)
    await store.record_answer(says(ANN, monday, NINE + HOUR), None)
    answer = says(ANN, tuesday, TUESDAY + HOUR)
    await store.record_answer(answer, None)
    await store.record_answer(says(ANN, tuesday, TUESDAY + 2 * HOUR), None)
    again = await store.record_answer(answer, None)
    assert (again.is_replay, again.version) == (True, 1)
    assert (again.before.current, again.streak.current) == (1, 2)


async def test_the_newest_text_of_a_rung_is_the_current_one(store):
    """An edit that overtakes an older one on its way is still the newer text."""
    card = await posted(store, on(0), NINE)
    newer = says(ANN, card, NINE + 2 * HOUR, source="m:5:2")
    await store.record_answer(newer, None)
    late = await store.record_answer(says(ANN, card, NINE + HOUR, source="m:5"), None)
    assert late.version == 2
    assert await store.latest_answer(ANN, newer.question_id, card.key, 0) == newer
    assert await store.latest_answer(ANN, newer.question_id, card.key, 1) is None
    assert await store.latest_answer(BEN, newer.question_id, card.key, 0) is None


async def test_an_answer_to_a_follow_up_earns_the_day_as_well(store):
    """Whoever only takes part further up the ladder has answered that day."""
    card = await posted(store, on(0), NINE)
    recorded = await store.record_answer(says(ANN, card, NINE + HOUR, rung=2), None)
    assert (recorded.counts, recorded.streak.current) == (True, 1)
    await store.record_answer(says(ANN, card, NINE + HOUR, rung=0), None)
    assert set(await store.answered_rungs(ANN, card.question_id, card.key)) == {0, 2}
    assert set(await store.answered_rungs(BEN, card.question_id, card.key)) == set()


@pytest.mark.parametrize(
    ("promised", "next_posted", "end"),
    [
        (TUESDAY, TUESDAY + 2 * HOUR, TUESDAY + 2 * HOUR),  # the next one came late
        (TUESDAY, TUESDAY - 2 * HOUR, TUESDAY),  # it was posted early, but the promise holds
        (None, TUESDAY, TUESDAY),  # nothing had been promised
    ],
)
async def test_an_answer_counts_until_the_next_post_promised_or_actual(store, promised, next_posted, end):
    """The instant that Discord gave the answer decides, however late it is handled."""
    card = await posted(store, on(0), NINE, promised)
    await posted(store, on(1), next_posted)
    late = await store.record_answer(says(ANN, card, end), None)
    assert (late.counts, late.streak, late.members) == (False, Streak(), 1)
    in_time = await store.record_answer(says(ANN, card, end - SECOND), None)
    assert (in_time.counts, in_time.streak.current) == (True, 1)


async def test_an_answer_counts_while_nothing_follows(store):
    """With no next question the last one stays open, whatever was promised."""
    card = await posted(store, on(0), NINE, TUESDAY)
    await claimed(store, on(1), TUESDAY)
    assert (await store.record_answer(says(ANN, card, NINE + 30 * DAY), None)).counts


async def test_the_next_post_of_another_schedule_ends_nothing(store):
    """A guild with a second schedule can answer each question until its own schedule goes on."""
    await store.save_schedule(daily("evening"))
    card = await posted(store, on(0), NINE, NINE + HOUR)
    await posted(store, on(0, daily("evening"), hour=18), NINE + 9 * HOUR)
    assert (await store.record_answer(says(ANN, card, NINE + 10 * HOUR), None)).counts


async def test_an_answer_in_time_counts_even_if_its_day_was_settled_meanwhile(store):
    """An answer that was on its way while the day was closed is not a miss."""
    card = await posted(store, on(0), NINE)
    await posted(store, on(1), TUESDAY)
    await store.close_occurrence(card.key, TUESDAY + HOUR, None)
    recorded = await store.record_answer(says(ANN, card, TUESDAY - SECOND), None)
    assert recorded.streak == Streak(1, 1, card.day)


async def test_an_answer_unlocks_the_next_follow_up_once(store):
    """The first answer brings the follow-up's post about; later ones find it there."""
    card = await posted(store, on(0), NINE)
    unlocked = follow_up(card)
    await store.record_answer(says(ANN, card, NINE + HOUR), unlocked)
    await store.record_answer(says(BEN, card, NINE + 2 * HOUR), replace(unlocked, due=TUESDAY))
    assert await store.post(unlocked.key) == unlocked


async def test_an_answer_after_the_reveal_is_marked(store):
    """Only a reveal of that question, by that member, at or before the answer, counts as having seen it."""
    card = await posted(store, on(0), NINE)
    question_id = card.question_id
    await store.record_reveal(BEN, question_id, NINE)
    await store.record_reveal(ANN, "q/other", NINE)
    await store.record_reveal(ANN, question_id, NINE + 2 * HOUR)
    await store.record_reveal(ANN, question_id, NINE + 9 * HOUR)
    before = says(ANN, card, NINE + 2 * HOUR - SECOND)
    assert not (await store.record_answer(before, None)).after_reveal
    after = await store.record_answer(says(ANN, card, NINE + 2 * HOUR), None)
    assert (after.after_reveal, after.counts) == (True, True)
    assert not (await store.record_answer(before, None)).after_reveal


async def test_a_text_that_is_no_answer_is_kept_but_earns_nothing(store):
    """Off topic or copied, it is saved with its version, and leaves the day to a later answer or an earlier one."""
    card = await posted(store, on(0), NINE)
    astray = await store.record_answer(says(ANN, card, NINE + HOUR, is_genuine=False), None)
    assert (astray.version, astray.counts, astray.streak, astray.members) == (1, False, Streak(), 1)
    answer = says(ANN, card, NINE + 2 * HOUR)
    assert (await store.record_answer(answer, None)).streak.current == 1
    again = await store.record_answer(says(ANN, card, NINE + 3 * HOUR, is_genuine=False), None)
    assert (again.counts, again.streak.current) == (False, 1)
    replay = await store.record_answer(replace(answer, is_genuine=False), None)
    assert (replay.is_replay, replay.counts) == (True, True)


async def test_practice_has_its_own_texts_and_touches_no_streak(store):
    """Private practice of a question is apart from its card, and earns no day."""
    card = await posted(store, on(0), NINE)
    practice = says(ANN, card, NINE + HOUR, occurrence=None, question_id="q/one")
    first = await store.record_answer(practice, None)
    assert (first.version, first.counts, first.streak, first.members) == (1, False, Streak(), 0)
    other = says(ANN, card, NINE + HOUR, occurrence=None, question_id="q/two")
    assert (await store.record_answer(other, None)).version == 1
    again = replace(practice, source="i:again", at=NINE + 2 * HOUR)
    assert (await store.record_answer(again, None)).version == 2
    assert (await store.record_answer(says(ANN, card, NINE, question_id="q/one"), None)).version == 1
    await store.record_answer(replace(practice, source="i:rung", rung=2), None)
    assert set(await store.answered_rungs(ANN, "q/one", None)) == {0, 2}
    assert set(await store.answered_rungs(ANN, "q/two", None)) == {0}
    assert set(await store.answered_rungs(ANN, "q/one", card.key)) == {0}
    assert await store.latest_answer(ANN, "q/one", None, 0) == again
    assert await store.latest_answer(ANN, "q/one", None, 1) is None


async def test_practising_a_question_anew_begins_its_ladder_anew(store):
    """Follow-ups of an earlier practice are asked again; those of a posted question are not."""
    card = await posted(store, on(0), NINE)
    practice = says(ANN, card, NINE + HOUR, occurrence=None, question_id="q/one")
    for number, rung in enumerate((0, 1, 3, 0, 2)):
        await store.record_answer(replace(practice, source=f"i:p{number}", rung=rung), None)
        await store.record_answer(says(ANN, card, NINE, source=f"i:c{number}", rung=rung), None)
    assert set(await store.answered_rungs(ANN, "q/one", None)) == {0, 2}
    assert set(await store.answered_rungs(ANN, card.question_id, card.key)) == {0, 1, 2, 3}


async def test_what_a_member_has_worked_on_is_known_across_guilds_and_practice(store):
    """Practice offers what a member has not answered anywhere."""
    card = await posted(store, on(0), NINE)
    await store.record_answer(says(ANN, card, NINE), None)
    await store.record_answer(says(ANN, card, NINE, occurrence=None, question_id="q/two", guild_id=99), None)
    await store.record_answer(says(BEN, card, NINE, occurrence=None, question_id="q/three"), None)
    assert set(await store.practised(ANN)) == {card.question_id, "q/two"}
    assert set(await store.practised(CAT)) == set()


async def test_the_newest_answer_to_each_question_is_known_wherever_it_was_given(store):
    """Browsing shows how a member stands: follow-ups and what others wrote do not count."""
    card = await posted(store, on(0), NINE)
    await store.record_answer(says(ANN, card, NINE, text="First."), None)
    await store.record_answer(says(ANN, card, NINE, text="Second.", source="i:2"), None)
    await store.record_answer(says(ANN, card, NINE, text="A rung.", source="i:3", rung=1), None)
    practice = says(ANN, card, NINE, occurrence=None, question_id="q/two", guild_id=99, text="Alone.")
    await store.record_answer(practice, None)
    await store.record_answer(says(BEN, card, NINE, text="Ben's."), None)
    assert await store.newest_answers(ANN) == {card.question_id: "Second.", "q/two": "Alone."}
    assert await store.newest_answers(CAT) == {}


async def test_a_member_without_answers_has_an_empty_streak(store):
    """Somebody who never answered has missed nothing that could be told."""
    card = await posted(store, on(0), NINE)
    assert await store.streak(GUILD, CAT) == Streak()
    facts = await store.streak_facts(GUILD, CAT)
    assert [day.date for day in facts.days] == [card.day]
    assert facts.answered == frozenset()
