"""A thousand members at once, and what discord.py remembers of all that was sent: nothing."""

import discord as library

from tests.wire.ageing import rows
from tests.wire.inside import inside
from tests.wire.invariants import hold

GOOD = "It compares the direction of two vectors and leaves their length out of it."
MEMBERS = 1000


async def test_a_thousand_members_answer_at_once(discord, bot):
    """As many receipts as answers, each once, and a streak of one day for everybody (fault 23)."""
    names = [f"member{n}" for n in range(MEMBERS)]
    await discord.configure(check_bodies=False)
    server = await discord.create_server(members=["ada", *names])
    await bot.start_and_connect()
    await server.owner.slash("setup")
    await server.owner.slash("daily now")
    (card,) = await discord.posted(server.daily)
    people = [str(server.person(name).id) for name in names]
    clicks = [("click", {"user": p, "message": str(card.id), "label": "Answer"}) for p in people]
    forms = await discord.all_shown(await discord.at_once(clicks))
    submits = [("submit", {"interaction": form.id, "fields": {"text": GOOD}}) for form in forms]
    receipts = await discord.all_shown(await discord.at_once(submits))
    assert await bot.stop() == 0

    assert sum("### Saved" in receipt.text for receipt in receipts) == MEMBERS
    assert rows(bot.database, "SELECT count(*), count(DISTINCT user_id) FROM answer") == [(MEMBERS, MEMBERS)]
    assert rows(bot.database, "SELECT count(*), sum(current), sum(best) FROM streak") == [(MEMBERS,) * 3]
    assert len(await discord.posted(card.id)) == 1
    await discord.check_bodies_later(every=100)
    await hold(discord, bot.database)


async def test_no_view_is_ever_registered(discord, tmp_path):
    """No card, panel or form of ours is kept by discord.py, so none can time out or drag others along (fault 19)."""
    async with inside(discord, tmp_path) as bot:
        server = await discord.create_server()
        await bot.start()
        mia = server.person("mia")
        await server.owner.slash("setup")
        await server.owner.slash("daily now")
        (card,) = await discord.posted(server.daily)
        form = await mia.click(card, "Answer")
        abandoned = await mia.click(card, "Answer")
        receipt = await form.submit(text=GOOD)
        step = await mia.click(receipt.message, "Show the answer, step by step")
        await mia.click(card, "My feedback")
        practice = await mia.slash("question")
        (rung,) = await discord.posted(card.id)
        kept = bot.client._connection._view_store
        assert (kept._views, kept._modals, kept._synced_message_views, kept._dynamic_items) == ({}, {}, {}, {})

        # Somebody else's view of the mixed kind comes and goes; with registered items ours would go with it.
        view = library.ui.View(timeout=None)
        view.add_item(library.ui.Button(label="Other", custom_id="other"))
        bot.client.add_view(view)
        view.stop()
        for message, label in ((card, "Answer"), (rung, "Answer"), (receipt.message, "Edit my answer")):
            assert (await mia.click(message, label)).kind == "form"
        assert (await mia.click(practice.message, "Answer")).kind == "form"
        assert "Direct answer" in (await mia.click(step.message, "Next: direct answer")).text
        assert "### Saved" in (await abandoned.submit(text=GOOD)).text
        assert bot.client._connection._view_store.persistent_views == []
