"""Guides: pictures with their words, and a tree to walk."""

from tests.support import limits
from tests.ui.conftest import BANK, labels, said


def pictures(result):
    """The pictures of a reply, as Discord gets them."""
    galleries = [one for one in limits.walk(result.response.components) if one.get("type") == 12]
    return [item for gallery in galleries for item in gallery["items"]]


async def test_a_guide_is_a_picture_and_the_same_in_words(server):
    """Whoever does not see the picture loses nothing."""
    shown = await server.mia.slash(server.daily, "guide", name="strong-answer")
    [picture] = pictures(shown)

    assert shown.response.ephemeral
    assert "1. **Say what it is**" in said(shown)
    assert "4. **Say what you would do**" in said(shown)
    assert picture["description"].startswith("The shape of a strong answer. Say what it is")
    [file] = shown.response.attachments
    assert file.filename == "strong-answer.png"


async def test_whoever_names_no_guide_gets_the_steps_of_a_strong_answer(server):
    """There is always something to begin with."""
    assert "The shape of a strong answer" in said(await server.mia.slash(server.daily, "guide"))


async def test_without_the_right_to_attach_files_there_are_words_and_the_right_is_named(server):
    """Nothing fails silently, and an admin learns what to allow."""
    server.deny("attach_files")
    shown = await server.mia.slash(server.daily, "guide", name="strong-answer")

    assert pictures(shown) == []
    assert "1. **Say what it is**" in said(shown)
    assert "I lack the permission **Attach Files**" in said(shown)


async def test_the_tree_is_a_guide_too_and_leads_to_its_walk(server):
    """Seen as a whole, it has a button to walk it."""
    shown = await server.mia.slash(server.daily, "guide", name="triage")

    assert "inspect **Leaks, then skew**" in said(shown)
    assert labels(shown.response) == ["Walk through it"]
    first = await server.mia.click(shown.response, label="Walk through it")
    assert "Is the comparison fair?" in said(first)


async def test_a_member_walks_the_tree_to_a_leaf_and_back(server):
    """Each answer leads on, the way is told, and there is a way back."""
    step = await server.mia.slash(server.daily, "triage")
    assert step.response.ephemeral
    for answer in ("Yes, it is real", "No, offline is worse too", "Yes, a gap opens"):
        step = await server.mia.click(step.response, label=answer)

    assert "**Inspect: Overfitting first**" in said(step)
    assert "Do the curves part? **Yes, a gap opens**" in said(step)
    assert labels(step.response) == ["Back", "Start again"]
    back = await server.mia.click(step.response, label="Back")
    assert "**Do the curves part?**" in said(back)
    start = await server.mia.click(back.response, label="Start again")
    assert labels(start.response) == ["No, it goes away", "Yes, it is real"]


async def test_leakage_is_looked_for_where_offline_looks_good(server):
    """Not where training and validation part: leakage hides that gap."""
    step = await server.mia.slash(server.daily, "triage")
    step = await server.mia.click(step.response, label="Yes, it is real")
    leaf = await server.mia.click(step.response, label="Yes")

    assert "**Inspect: Leaks, then skew**" in said(leaf)


async def test_a_leaf_links_its_questions(server):
    """What was found can be practised at once."""
    step = await server.mia.slash(server.daily, "triage")
    for answer in ("Yes, it is real", "No, offline is worse too", "Yes, a gap opens"):
        step = await server.mia.click(step.response, label=answer)
    question = await server.mia.select(step.response, ["Q2"])

    assert "Explain overfitting from learning curves" in said(question)


async def test_the_walk_goes_on_after_a_restart(server):
    """A button pressed after the bot was restarted leads on all the same."""
    step = await server.mia.slash(server.daily, "triage")
    await server.restart()
    step = await server.mia.click(step.response, label="Yes, it is real")

    assert "**Offline fine, live bad?**" in said(step)


async def test_a_guide_that_is_gone_says_so(server, monkeypatch):
    """A button of a tree that content no longer has gets a sentence."""
    shown = await server.mia.slash(server.daily, "triage")
    monkeypatch.delitem(BANK.guides, "triage")

    assert "This guide is no longer here" in said(await server.mia.click(shown.response, label="Yes, it is real"))
