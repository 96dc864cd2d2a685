"""What every store promises about points that members say their answers made."""

import pytest

from bot.services.ports import ClaimedPoint
from tests.store.scene import ANN, BEN, DAY, HOUR, NINE, daily, on, posted, says


@pytest.fixture(autouse=True)
async def _schedules(store):
    await store.save_schedule(daily())


async def test_an_author_sees_what_was_claimed_and_in_which_words(store):
    """The most claimed points first, with how many people and their texts, and nobody's name."""
    card = await posted(store, on(0), NINE)
    first = says(ANN, card, NINE + HOUR, question_id="q/one", text="only the way they point")
    second = says(BEN, card, NINE + 2 * HOUR, question_id="q/one", text="the angle is what counts")
    for answer in (first, second):
        await store.record_answer(answer, None)
        await store.record_claims(answer.source, ["direction"], answer.at)
    await store.record_claims(first.source, ["cost"], NINE + 3 * HOUR)
    assert await store.claims("q/one") == [
        ClaimedPoint("q/one", 0, "direction", 2, (second.text, first.text)),
        ClaimedPoint("q/one", 0, "cost", 1, (first.text,)),
    ]


async def test_a_claim_is_kept_once_for_each_text(store):
    """Choosing twice is one claim; the same point of a new text is another claim of the same member."""
    card = await posted(store, on(0), NINE)
    first = says(ANN, card, NINE + HOUR, question_id="q/one", text="one way to say it")
    second = says(ANN, card, NINE + 2 * HOUR, question_id="q/one", text="another way to say it")
    for answer in (first, second):
        await store.record_answer(answer, None)
        for _ in range(2):
            await store.record_claims(answer.source, ["cost", "cost"], answer.at)
    assert await store.claims("q/one") == [ClaimedPoint("q/one", 0, "cost", 1, (second.text, first.text))]


async def test_claims_of_all_questions_rungs_and_practice_are_kept_apart(store):
    """A follow-up's points are its own, and private practice counts like a card."""
    card = await posted(store, on(0), NINE)
    rung = says(ANN, card, NINE, question_id="q/one", rung=2)
    practice = says(ANN, card, NINE + DAY, question_id="q/two", occurrence=None)
    for answer in (rung, practice):
        await store.record_answer(answer, None)
        await store.record_claims(answer.source, ["cost"], NINE)
    assert {(c.question_id, c.rung) for c in await store.claims()} == {("q/one", 2), ("q/two", 0)}
    assert [c.question_id for c in await store.claims("q/two")] == ["q/two"]


async def test_a_claim_for_an_answer_that_is_not_there_is_none(store):
    """There is no text that it could be about."""
    await store.record_claims("i:nothing", ["cost"], NINE)
    assert await store.claims() == []
