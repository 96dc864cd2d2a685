"""Browsing all questions with `/bank`."""

from tests.ui.conftest import labels, said

GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_member_sees_every_question_of_a_topic_and_what_they_answered(server):
    """What is answered and what is not stands beside each title, in words."""
    shown = await server.mia.slash(server.daily, "question", id="Q1")
    await server.answer(server.mia, GOOD, message=shown.response)
    page = await server.mia.slash(server.daily, "bank")

    assert page.response.ephemeral
    assert "Geometry and Core Concepts" in said(page)
    assert "You have answered 1 of 3." in said(page)
    assert "**Q1 · Why cosine similarity for embeddings?** (Difficulty 2 of 5): answered" in said(page)
    assert "**Q2 · Explain overfitting from learning curves** (Difficulty 2 of 5): not answered yet" in said(page)


async def test_what_others_answered_is_not_shown(server):
    """A page is about the member who looks."""
    shown = await server.mia.slash(server.daily, "question", id="Q1")
    await server.answer(server.mia, GOOD, message=shown.response)

    assert "You have answered 0 of 3." in said(await server.noah.slash(server.daily, "bank"))


async def test_a_question_chosen_on_the_page_can_be_practised(server):
    """The list leads straight to the question."""
    page = await server.mia.slash(server.daily, "bank")
    chosen = await server.mia.select(page.response, ["Q2"])

    assert "Explain overfitting from learning curves" in said(chosen)
    assert labels(chosen.response) == ["Answer", "Show the answer, step by step"]


async def test_a_topic_without_questions_opens_the_first_page(server):
    """Somebody who chooses an empty topic still gets to the questions there are."""
    page = await server.mia.slash(server.daily, "bank", cluster="debugging-and-reliability")

    assert "Geometry and Core Concepts" in said(page)
