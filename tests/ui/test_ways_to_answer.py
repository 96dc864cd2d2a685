"""Every way to hand in an answer, with and without the right to read messages."""

from tests.ui.conftest import said

GOOD = "It compares the direction of two vectors and leaves their length out of it."
BETTER = "It compares directions only, so a long document does not win by its norm alone."
TAKEN = "✅"


def reactions(channel, message):
    """The emoji under a message."""
    found = next(m for m in channel.history() if m.id == message.id)
    return [str(r.emoji) for r in found.reactions]


async def thread_after_an_answer(server):
    """The thread that Mia's first answer opened."""
    await server.first_question()
    await server.answer(server.mia, GOOD)
    return server.thread()


async def test_answer_takes_the_text_at_once(server):
    """`/answer text:` works from the channel of the question."""
    await server.first_question()
    reply = await server.mia.slash(server.daily, "answer", text=GOOD)

    assert reply.response.ephemeral
    assert "### Saved" in said(reply)
    assert len(server.daily.threads) == 1


async def test_answer_without_text_opens_the_form(server):
    """There is room for four thousand characters in it."""
    await server.first_question()
    form = await server.mia.slash(server.daily, "answer")
    reply = await server.mia.submit_modal(form, {"text": GOOD})

    assert "### Saved" in said(reply)


async def test_answer_works_from_any_channel(server):
    """Somewhere else it means the newest open question of the server."""
    await server.first_question()
    general = server.guild.create_text_channel("general")
    reply = await server.mia.slash(general, "answer", text=GOOD)

    assert "### Saved" in said(reply)


async def test_answer_in_an_old_thread_answers_its_old_question(server):
    """The thread decides which question is meant."""
    thread = await thread_after_an_answer(server)
    await server.next_day()
    reply = await server.noah.slash(thread, "answer", text=GOOD)

    assert "does not count for your streak" in said(reply)


async def test_answer_before_any_question_says_what_else_to_do(server):
    """There is nothing to answer yet, and `/question` helps."""
    reply = await server.mia.slash(server.daily, "answer", text=GOOD)

    assert "/question" in said(reply)


async def test_own_message_can_be_submitted_from_its_menu(server):
    """*Submit as my answer* needs no privileged intent."""
    await server.first_question()
    message = await server.mia.send(server.daily, GOOD)
    reply = await server.mia.context_menu(server.daily, "Submit as my answer", message)

    assert "### Saved" in said(reply)


async def test_nobody_can_submit_the_words_of_somebody_else(server):
    """It has to be one's own message."""
    await server.first_question()
    message = await server.mia.send(server.daily, GOOD)
    reply = await server.noah.context_menu(server.daily, "Submit as my answer", message)

    assert "your own" in said(reply) or "of your own" in said(reply)
    assert "**0 days**" in await server.streak(server.noah)


async def test_a_message_that_mentions_the_bot_in_the_thread_is_an_answer(server):
    """The mention lets the bot read it; a reaction is the receipt, since a thread has no private replies."""
    thread = await thread_after_an_answer(server)
    message = await server.noah.send(thread, f"{server.env.bot.user.mention} {BETTER}")

    assert reactions(thread, message) == [TAKEN]
    assert "**1 day**" in await server.streak(server.noah)
    mine = await server.noah.click(server.card(), label="My feedback")
    assert f"> {BETTER}" in said(mine)


async def test_a_reply_with_a_ping_answers_the_rung_it_replies_to(server):
    """Replying to follow-up 1 answers follow-up 1, and unlocks follow-up 2."""
    thread = await thread_after_an_answer(server)
    rung = next(m for m in thread.history() if m.content.startswith("**Follow-up 1"))
    message = await server.mia.send(
        thread, f"{server.env.bot.user.mention} When the norm carries a signal of its own.", reply_to=rung
    )
    mine = await server.mia.click(rung, label="My feedback")

    assert reactions(thread, message) == [TAKEN]
    assert "When the norm carries a signal" in said(mine)
    assert any(m.content.startswith("**Follow-up 2") for m in thread.history())


async def test_a_reply_to_the_card_is_an_answer_too(server):
    """Whoever replies in the channel rather than pressing the button is not ignored."""
    card = await server.first_question()
    message = await server.mia.send(server.daily, f"{server.env.bot.user.mention} {GOOD}", reply_to=card)

    assert reactions(server.daily, message) == [TAKEN]
    assert "**1 day**" in await server.streak(server.mia)


async def test_chat_in_the_thread_is_left_alone(reading_server):
    """Fewer than four words are chat, with the intent as without it."""
    thread = await thread_after_an_answer(reading_server)
    message = await reading_server.noah.send(thread, "haha same")

    assert reactions(thread, message) == []
    assert "**0 days**" in await reading_server.streak(reading_server.noah)


async def test_plain_thread_messages_count_where_the_bot_may_read_them(reading_server):
    """The question first, then the newest open follow-up."""
    thread = await thread_after_an_answer(reading_server)
    first = await reading_server.noah.send(thread, BETTER)
    second = await reading_server.noah.send(thread, "When the norm carries a signal of its own.")
    rung = next(m for m in thread.history() if m.content.startswith("**Follow-up 1"))
    mine = await reading_server.noah.click(rung, label="My feedback")

    assert reactions(thread, first) == [TAKEN]
    assert reactions(thread, second) == [TAKEN]
    assert "When the norm carries a signal" in said(mine)


async def test_a_message_that_may_not_be_read_brings_one_hint_for_the_thread(server):
    """The hint names the ways that work, and comes once, whoever writes."""
    thread = await thread_after_an_answer(server)
    await server.noah.send(thread, BETTER)
    await server.mia.send(thread, "And I say something else that nobody reads.")

    hints = [m for m in thread.history() if "I can't read plain messages" in m.content]
    assert len(hints) == 1
    assert "**0 days**" in await server.streak(server.noah)


async def test_the_hint_has_a_button_that_works(server):
    """From the hint it is one click to the form."""
    thread = await thread_after_an_answer(server)
    await server.noah.send(thread, BETTER)
    hint = next(m for m in thread.history() if "I can't read plain messages" in m.content)
    reply = await server.answer(server.noah, BETTER, message=hint)

    assert "### Saved" in said(reply)


async def test_an_edited_thread_message_updates_the_answer(reading_server):
    """The new text is the answer, the streak counts once."""
    thread = await thread_after_an_answer(reading_server)
    message = await reading_server.noah.send(thread, GOOD)
    await reading_server.env.advance_time(30)
    await reading_server.noah.edit(message, BETTER)
    mine = await reading_server.noah.click(reading_server.card(), label="My feedback")

    assert f"> {BETTER}" in said(mine)
    assert "**1 day**" in await reading_server.streak(reading_server.noah)


async def test_chat_that_is_edited_into_an_answer_becomes_one(reading_server):
    """What counts is what it says in the end."""
    thread = await thread_after_an_answer(reading_server)
    message = await reading_server.noah.send(thread, "hm wait")
    await reading_server.env.advance_time(30)
    await reading_server.noah.edit(message, BETTER)

    assert reactions(thread, message) == [TAKEN]


async def test_messages_outside_the_bots_threads_are_nobodys_business(reading_server):
    """The bot does not comment on ordinary talk."""
    await reading_server.first_question()
    general = reading_server.guild.create_text_channel("general")
    before = len(reading_server.env.http_requests)
    await reading_server.mia.send(general, "What a lovely day it is today, all of you.")
    await reading_server.mia.send(reading_server.daily, "What a lovely day it is today, all of you.")

    assert len(reading_server.env.http_requests) == before
