"""What members press and submit while something breaks: acknowledged means stored, and stored means once."""

import pytest
import pytest_asyncio

from tests.wire.ageing import rows
from tests.wire.bare import BareBot
from tests.wire.disks import held_by_another_program
from tests.wire.invariants import hold

GOOD = "It compares the direction of two vectors and leaves their length out of it."
BETTER = "It compares the direction of two vectors, so a long document is not preferred."
CALLBACK = "POST /interactions/{interaction}/{token}/callback"
ACKS = "POST /interactions/*/callback"
TEXTS = "SELECT text FROM answer"

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def all_agree(shared_bot):
    """When all is done, Discord, the database and the receipts tell the same story."""
    yield
    await shared_bot.discord.wait("quiet")
    await hold(shared_bot.discord, shared_bot.database, unfinished=True)


@pytest_asyncio.fixture(loop_scope="module")
async def card(server):
    """Today's question."""
    await server.owner.slash("daily now")
    (posted,) = await server.discord.posted(server.daily)
    return posted


def found(bot, query, server):
    """What a query finds of one server's rows."""
    return rows(bot.database, f"{query} WHERE guild_id = {server.id}")


async def _button(bare, server, custom_id):
    """A message of the bot's with one button, as another version may have left it."""
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Old", "custom_id": custom_id}]}
    answer = await bare.post(server.daily, "An old card", components=[row])
    assert answer.status == 200, answer


OLD = {
    "ic:0:answer:abc:0": "another version",
    "ic:2:answer:abc:0": "another version",
    "ic:1:dance:abc": "another version",
    "ic:": "another version",
    "ic:1:answer:nosuchoccurrence:0": "no longer here",
    "ic:1:answer:Q9999:0": "no longer here",
    "ic:1:reveal:Q1:entrails": "another version",
    "ic:1:reveal:Q9999:direct": "no longer here",
    "ic:1:mine:nosuchoccurrence:0": "not answered this yet",
    "ic:1:submit:Q1:0": "nothing was saved",
}


async def test_buttons_of_other_versions_are_answered_politely(server):
    """Whatever an older or newer bot has written on a button, pressing it brings a sentence (fault 18)."""
    discord = server.discord
    await discord.configure(buckets={"POST /channels/{channel}/messages": [50, 5]})
    async with BareBot(discord) as bare:
        for custom_id in OLD:
            await _button(bare, server, custom_id)
    old = [m for m in await discord.messages(server.daily) if m.buttons]
    mia = server.person("mia")

    said = {m.buttons["Old"]: (await mia.click(m, "Old")).text for m in old}
    for message in old:
        await discord.do("delete_message", message=str(message.id))
    assert said.keys() == OLD.keys()
    assert {name for name, phrase in OLD.items() if phrase not in said[name]} == set()


async def test_whatever_is_told_twice_at_once_counts_once(shared_bot, server, card):
    """Button, form, command and menu reach the bot twice in one moment: one answer each, one streak day (fault 20)."""
    discord = server.discord
    ada, mia, noah = (server.person(name) for name in ("ada", "mia", "noah"))
    form = await mia.click(card, "Answer")
    acked = (await discord.truth()).count(CALLBACK)
    shared_bot.freeze()
    started = [
        await form.send(text=GOOD),
        await ada.start_slash("answer", text=GOOD),
        await noah.start_slash("answer", text=GOOD),
        await noah.start_click(card, "My feedback"),
        await noah.start_click(card, "Show the answer, step by step"),
        await noah.start_click(card, "Answer"),
    ]
    for interaction in started:
        await discord.do("redeliver", interaction=interaction)
    shared_bot.thaw()
    shown = await discord.all_shown(started)
    await discord.wait("requested", route=CALLBACK, times=acked + 2 * len(started))

    assert ["### Saved" in s.text for s in shown[:3]] == [True] * 3
    assert sorted(found(shared_bot, "SELECT user_id, version FROM answer", server)) == sorted(
        (p.id, 1) for p in (ada, mia, noah)
    )
    assert found(shared_bot, "SELECT sum(current) FROM streak", server) == [(3,)]
    assert len(await discord.posted(card.id)) == 1


async def test_a_slow_store_brings_dots_first_and_the_receipt_after_the_commit(shared_bot, server, card):
    """While another program holds the database the member sees that the bot thinks, and then one receipt."""
    discord = server.discord
    mia = server.person("mia")
    form = await mia.click(card, "Answer")
    step = await mia.click(card, "Show the answer, step by step")
    with held_by_another_program(shared_bot.database):
        sent = await form.send(text=GOOD)
        asked = await mia.start_click(step.message, "Next: direct answer")
        feedback = await mia.click(card, "My feedback")
        for slow in (sent, asked):
            await discord.wait("acked", interaction=slow)
        early = await discord.do("interactions", wanted=[sent, asked])
        stored_early = found(shared_bot, TEXTS, server)
    receipt, step = await discord.all_shown([sent, asked])

    assert "not answered this yet" in feedback.text  # reading waits for nobody
    assert [(e["callback"], e["responded"]) for e in early] == [(5, False)] * 2
    assert stored_early == []
    assert "### Saved" in receipt.text
    assert "Direct answer" in step.text
    assert receipt.is_private
    assert receipt.data["edits"] == 1
    assert found(shared_bot, TEXTS, server) == [(GOOD,)]


async def test_an_answer_whose_reply_came_too_late_is_kept(shared_bot, server, card):
    """Discord takes no reply after three seconds; the answer, its streak day and the next rung are there."""
    discord = server.discord
    mia = server.person("mia")
    form = await mia.click(card, "Answer")
    await discord.configure(ack_within=0.0)
    await form.send(text=GOOD)
    await discord.wait("requested", route=CALLBACK, times=1, status=404)
    assert len(await discord.posted(card.id)) == 1
    await discord.configure(ack_within=None)

    assert found(shared_bot, TEXTS, server) == [(GOOD,)]
    assert "**1 day**" in (await mia.slash("streak")).text


BREAKS = {"before": "the reply never arrived", "after": "it arrived, and nobody said so"}


@pytest.mark.parametrize("when", BREAKS)
async def test_a_receipt_whose_connection_breaks_arrives_all_the_same(shared_bot, server, card, when):
    """Connections that were idle for long break often; the member reads the receipt, once."""
    discord = server.discord
    mia = server.person("mia")
    form = await mia.click(card, "Answer")
    await discord.fault(ACKS, when, abort=True)
    receipt = await form.submit(text=GOOD)
    await discord.fault(ACKS, when, abort=True)
    opened = await mia.click(card, "Answer")

    assert "### Saved" in receipt.text
    assert opened.kind == "form"
    assert len(await discord.posted(card.id)) == 1
    assert found(shared_bot, "SELECT version FROM answer", server) == [(1,)]


@pytest.mark.parametrize("when", BREAKS)
async def test_a_deferral_that_fails_does_not_take_the_answer_with_it(shared_bot, server, card, when):
    """The dots could not be shown; the receipt still can."""
    discord = server.discord
    form = await server.person("mia").click(card, "Answer")
    cut = await discord.fault(ACKS, when, abort=True, times=2)
    with held_by_another_program(shared_bot.database):
        sent = await form.send(text=GOOD)
        await discord.wait("struck", fault=cut, times=1 if when == "after" else 2)
    await discord.lift()
    receipt = await discord.shown(sent)

    assert "### Saved" in receipt.text
    assert found(shared_bot, TEXTS, server) == [(GOOD,)]


async def test_every_button_works_while_twenty_servers_are_posted_to(server, card):
    """Whatever a member presses in the middle of a burst of posts is acknowledged."""
    discord = server.discord
    mia, noah = server.person("mia"), server.person("noah")
    others = await discord.create_servers(20)
    bursts = [await other.owner.start_slash("setup") for other in others]
    await discord.all_shown(bursts)
    bursts = [await other.owner.start_slash("daily now") for other in others]

    form = await mia.click(card, "Answer")
    receipt = await form.submit(text=GOOD)
    assert set(receipt.message.buttons) == {"Answer this follow-up", "Edit my answer", "Show the answer, step by step"}
    rung = await mia.click(receipt.message, "Answer this follow-up")
    assert "Your answer to a follow-up of **Q" in (await rung.submit(text=BETTER)).text
    edit = await mia.click(receipt.message, "Edit my answer")
    assert "version 2" in (await edit.submit(text=BETTER)).text
    step = await mia.click(receipt.message, "Show the answer, step by step")
    while buttons := step.message.buttons:
        step = await mia.click(step.message, next(iter(buttons)))
    assert "References" in step.text
    assert "Your answer" in (await mia.click(card, "My feedback")).text
    assert "not answered this yet" in (await noah.click(card, "My feedback")).text
    again = await noah.click((await noah.click(card, "My feedback")).message, "Answer")
    assert "Say a little more" in (await again.submit(text="too short")).text
    practice = await noah.slash("question")
    assert "### Saved" in (await (await noah.click(practice.message, "Answer")).submit(text=GOOD)).text
    (public,) = (await discord.posted(card.id))[:1]
    assert (await noah.click(public, "Answer")).kind == "form"

    told = await discord.all_shown(bursts)
    assert [t.text for t in told if "Posted" not in t.text] == []
