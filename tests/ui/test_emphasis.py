"""Choosing whose way of interviewing to practise: for a member, a server, a schedule, and one question."""

import shutil

import pytest

from bot.bank import load
from bot.domain.bank import Bank
from tests.support.content import self_check_folder
from tests.ui.conftest import said, serving

GOOD = "It compares the direction of two vectors and leaves their length out of it."


def emphasis_of(card):
    """What the card says of its emphasis; None if it has none."""
    return next((f.value for f in card.embeds[0].fields if f.name == "Emphasis"), None)


async def test_a_member_chooses_for_themselves(server):
    """It shapes what only they see, and can be taken back."""
    chosen = await server.mia.slash(server.daily, "emphasis mine", company="amazon")
    hers = await server.mia.slash(server.daily, "question", id="Q1")
    his = await server.noah.slash(server.daily, "question", id="Q1")
    back = await server.mia.slash(server.daily, "emphasis mine", company="server")

    assert "**Yours:** Amazon" in said(chosen)
    assert chosen.response.ephemeral
    assert "Amazon emphasis, for practice: not Amazon's real questions." in said(hers)
    assert "emphasis" not in said(his)
    assert "**Yours:** as the server has it" in said(back)


async def test_an_admin_chooses_for_the_server(server):
    """The next card names it; a card that is out keeps its own, and a member may want none."""
    card = await server.first_question()
    await server.admin.slash(server.daily, "emphasis server", company="google")
    following = await server.next_day()
    await server.noah.slash(server.daily, "emphasis mine", company="-")
    hers = await server.answer(server.mia, GOOD)
    his = await server.answer(server.noah, GOOD)

    assert emphasis_of(card) is None
    assert emphasis_of(following) == "Google emphasis, for practice: not Google's real questions."
    assert "Google emphasis" in said(hers)
    assert "emphasis" not in said(his)
    assert "**Yours:** none\n**This server:** Google" in said(await server.noah.slash(server.daily, "emphasis show"))


async def test_an_emphasis_is_fixed_with_its_card(server):
    """Whatever an admin chooses later, the thread goes on as it began."""
    await server.admin.slash(server.daily, "emphasis server", company="google")
    await server.first_question()
    await server.answer(server.mia, GOOD)
    await server.admin.slash(server.daily, "emphasis server", company="startup")
    first = next(m for m in server.thread().history() if m.content.startswith("**Follow-up 1"))
    await server.answer(server.noah, GOOD, message=first)

    assert any(m.content == "**Follow-up 2 of 4**" for m in server.thread().history())


async def test_a_schedule_goes_before_the_server(server):
    """`/setup` can choose another company, none, or what the server has."""
    await server.admin.slash(server.daily, "emphasis server", company="google")
    own = await server.set_up(company="startup")
    none = await server.set_up(company="-")
    same = await server.set_up(company="any")

    assert "with Startup emphasis" in said(own)
    assert "emphasis" not in said(none)
    assert "with Google emphasis" in said(same)


async def test_only_admins_choose_for_the_server(server):
    """Members are told what they lack, and nothing changes."""
    refused = await server.mia.slash(server.daily, "emphasis server", company="google")
    shown = await server.mia.slash(server.daily, "emphasis show")

    assert "Manage Server" in said(refused)
    assert "**This server:** none" in said(shown)


async def test_a_practice_button_from_before_this_choice_still_works(server):
    """An old name carries no company, and means what it always meant."""
    shown = await server.mia.slash(server.daily, "question", id="Q1")
    form = await server.mia.click(shown.response, custom_id="ic:1:answer:Q1:0")
    reply = await server.mia.submit_modal(form, {"text": GOOD})

    assert "### Saved" in said(reply)


@pytest.fixture
def bank_with_a_fourth(tmp_path):
    """The shipped content with one file more."""
    folder = shutil.copytree(self_check_folder(), tmp_path / "content")
    text = (folder / "companies" / "google.yaml").read_text(encoding="utf-8")
    text = text.replace("slug: google", "slug: initech").replace("name: Google", "name: Initech")
    (folder / "companies" / "initech.yaml").write_text(text, encoding="utf-8")
    bank = load(folder)
    assert isinstance(bank, Bank), bank
    return bank


async def test_a_fourth_company_is_one_more_file(tmp_path, bank_with_a_fourth):
    """Nothing but its YAML is needed to choose it everywhere and to have it asked and named."""
    async with serving(tmp_path, bank=bank_with_a_fourth) as server:
        with server.env.time_context():
            await server.admin.slash(server.daily, "emphasis server", company="initech")
            card = await server.first_question()
            mine = await server.mia.slash(server.daily, "emphasis mine", company="initech")
            shown = await server.mia.slash(server.daily, "question", id="Q1", company="initech")
            set_up = await server.set_up(company="initech")

    assert emphasis_of(card) == "Initech emphasis, for practice: not Initech's real questions."
    assert "**Yours:** Initech\n**This server:** Initech" in said(mine)
    assert "Initech emphasis" in said(shown)
    assert "with Initech emphasis" in said(set_up)
