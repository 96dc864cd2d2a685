"""Private practice with `/question`."""

from tests.ui.conftest import labels, said

GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_member_practises_a_question_of_their_choice(server):
    """Question, answer, ladder and reveal, all in private and without a schedule."""
    shown = await server.mia.slash(server.daily, "question", id="Q1")
    reply = await server.answer(server.mia, GOOD, message=shown.response)
    rung = await server.answer(server.mia, GOOD, button="Answer this follow-up", message=reply.response)
    step = await server.mia.click(shown.response, label="Show the answer, step by step")

    assert shown.response.ephemeral
    assert "Why cosine similarity for embeddings?" in said(shown)
    assert "### Saved" in said(reply)
    assert "Streak" not in said(reply)
    assert "Your answer to a follow-up of **Q1" in said(rung)
    assert "What is probed" in said(step)
    assert [m for m in server.daily.history() if m.components] == []


async def test_practice_leaves_the_streak_alone(server):
    """Only the question of the day counts for it."""
    await server.first_question()
    shown = await server.mia.slash(server.daily, "question", id="Q2")
    await server.answer(server.mia, GOOD, message=shown.response)

    assert "**0 days**" in await server.streak(server.mia)


async def test_a_question_can_be_found_by_a_part_of_its_title(server):
    """Completion searches titles, within the cluster if one is chosen."""
    found = await server.mia.autocomplete(server.daily, "question", "id", "overfit")
    none = await server.mia.autocomplete(server.daily, "question", "id", "overfit", cluster="debugging-and-reliability")

    assert [c["value"] for c in found] == ["Q2"]
    assert none == []


async def test_without_a_choice_each_question_comes_once_before_any_again(server):
    """Practice prefers what the member has not answered."""
    seen = set()
    for _ in server.app.coach.bank.questions:
        shown = await server.mia.slash(server.daily, "question")
        seen.add(said(shown).splitlines()[1])
        await server.answer(server.mia, GOOD, message=shown.response)

    assert len(seen) == len(server.app.coach.bank.questions)


async def test_an_unknown_question_or_an_empty_cluster_is_explained(server):
    """The member learns how to find one."""
    unknown = await server.mia.slash(server.daily, "question", id="Q999")
    empty = await server.mia.slash(server.daily, "question", cluster="debugging-and-reliability")

    assert "There is no question “Q999”" in said(unknown)
    assert "no questions yet" in said(empty)


async def test_practice_answers_can_be_edited_too(server):
    """The form comes back with the former text."""
    shown = await server.mia.slash(server.daily, "question", id="Q1")
    reply = await server.answer(server.mia, GOOD, message=shown.response)
    form = await server.mia.click(reply.response, label="Edit my answer")

    assert GOOD in str(form.modal)
    assert labels(shown.response) == ["Answer", "Show the answer, step by step"]
