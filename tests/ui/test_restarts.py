"""Restarts are ordinary: whatever was on the screen goes on working."""

from tests.ui.conftest import said

GOOD = "It compares the direction of two vectors and leaves their length out of it."


async def test_a_card_posted_before_a_restart_can_be_answered_after_it(server):
    """The button does not die with the process that sent it."""
    await server.first_question()
    await server.restart()

    assert "### Saved" in said(await server.answer(server.mia, GOOD))


async def test_a_form_opened_before_a_restart_can_be_submitted_after_it(server):
    """Nobody loses what they were writing."""
    await server.first_question()
    form = await server.mia.click(server.card(), label="Answer")
    await server.restart()
    reply = await server.mia.submit_modal(form, {"text": GOOD})

    assert "### Saved" in said(reply)
    assert "**1 day**" in await server.streak(server.mia)


async def test_buttons_of_private_replies_work_after_a_restart_too(server):
    """The next rung and the next step of the reveal are still there."""
    await server.first_question()
    reply = await server.answer(server.mia, GOOD)
    await server.restart()
    step = await server.mia.click(reply.response, label="Show the answer, step by step")
    rung = await server.answer(server.mia, GOOD, button="Answer this follow-up", message=reply.response)

    assert "What is probed" in said(step)
    assert "Your answer to a follow-up of **Q" in said(rung)


async def test_yesterdays_card_works_after_a_restart_today(server):
    """An old card still opens its form, and says that it is late."""
    first = await server.first_question()
    await server.next_day()
    await server.restart()
    old = next(m for m in server.daily.history() if m.id == first.id)
    reply = await server.answer(server.mia, GOOD, button="Answer late", message=old)

    assert "does not count for your streak" in said(reply)


async def test_commands_are_told_to_discord_only_when_they_changed(server):
    """A restart on the same data does not register them again."""
    await server.restart()
    await server.restart()

    puts = [r for r in server.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert len(puts) == 1


async def test_rotation_goes_on_where_it_was_after_a_restart(server):
    """All questions come once before any comes again, however often the bot restarts."""
    asked = [(await server.first_question()).content]
    for _ in range(len(server.app.coach.bank.questions) - 1):
        await server.restart()
        asked.append((await server.next_day()).content)

    assert len(set(asked)) == len(asked)


async def test_a_button_of_another_version_gets_a_polite_sentence(server):
    """No button ever ends in *interaction failed*."""
    card = await server.first_question()
    stored = server.env.backend.get_message(server.daily.id, card.id)
    stored.components[0]["components"][0]["custom_id"] = "ic:0:answer:whatever:0"
    reply = await server.mia.click(server.card(), custom_id="ic:0:answer:whatever:0")

    assert "another version" in said(reply)


async def test_a_button_whose_question_is_gone_says_so(server):
    """A name that leads nowhere is answered, not dropped."""
    card = await server.first_question()
    stored = server.env.backend.get_message(server.daily.id, card.id)
    stored.components[0]["components"][0]["custom_id"] = "ic:1:answer:AAAAAAAAAAAAAAAAAAAA:0"
    reply = await server.mia.click(server.card(), custom_id="ic:1:answer:AAAAAAAAAAAAAAAAAAAA:0")

    assert "/question" in said(reply)


async def test_a_server_error_while_commands_are_registered_does_not_stop_the_bot(server):
    """It starts all the same, and registers them when Discord is well again."""
    await server.app.store.remember("commands_synced", "something older")
    server.env.inject_error("PUT", "/applications/*/commands", status=500, times=1)
    await server.restart()
    await server.first_question()

    assert "### Saved" in said(await server.answer(server.mia, GOOD))
    assert await server.app.store.recall("commands_synced") != "something older"
