"""Browsing the bank page by page."""

from datetime import UTC, datetime

from bot.domain.answers import Path as AnswerPath
from bot.domain.questions import Stage
from bot.services.answering import Offer
from tests.services.conftest import larger_bank, opened
from tests.support.coaching import coached_bank
from tests.support.grading import FILLER

ANN = 7


async def test_a_long_topic_has_several_pages(tmp_path):
    """Every question stands on one page, in its order, and none is left out."""
    async with opened(tmp_path, larger_bank(23)) as desk:
        pages = [await desk.browsing.page(ANN, number) for number in range(3)]

    assert [len(page.entries) for page in pages] == [10, 10, 3]
    assert [entry.question.id for page in pages for entry in page.entries] == [f"Q{n}" for n in range(1, 24)]
    assert {page.pages for page in pages} == {3}


async def test_a_page_that_is_gone_becomes_the_nearest_one(tmp_path):
    """A button pressed after the bank has shrunk still leads somewhere."""
    async with opened(tmp_path, larger_bank(12)) as desk:
        last = await desk.browsing.page(ANN, 99)
        first = await desk.browsing.page(ANN, -1)

    assert (last.number, first.number) == (1, 0)


async def test_an_empty_bank_has_no_pages(tmp_path):
    """There is nothing to turn."""
    async with opened(tmp_path, larger_bank(0)) as desk:
        assert await desk.browsing.page(ANN, 0) is None


async def test_the_steps_of_a_members_newest_answer_are_told(tmp_path):
    """Who shows the definition and nothing else sees just that; what nobody can judge is only counted."""
    at = datetime(2026, 1, 1, 8, tzinfo=UTC)
    async with opened(tmp_path, coached_bank()) as desk:
        for number, (name, text) in enumerate(
            [("Q1", FILLER), ("Q1", f"Cosine ignores the length. {FILLER}"), ("Q2", FILLER)]
        ):
            offer = Offer(f"i:{number}", 1, ANN, text, AnswerPath.MODAL, at)
            await desk.answering.submit_practice(offer, name, 0)
        page = await desk.browsing.page(ANN, desk.browsing.first_page_of("geometry"))

    judged, self_check = page.entries
    assert [stage for stage, taken in judged.stages.items() if taken] == [Stage.DEFINITION]
    assert self_check.is_answered
    assert self_check.stages == {}
    assert page.answered == page.total == 2
