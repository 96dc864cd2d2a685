"""The daily question as members live it."""

from tests.ui.conftest import labels, said

GOOD = "It compares the direction of two vectors and leaves their length out of it."
BETTER = "It compares directions only, so a long document does not win by its norm alone."


async def test_a_member_answers_and_gets_a_receipt_a_thread_and_a_streak(server):
    """From the card to streak one: a private reply, follow-up 1 in the card's thread, and `/streak` says 1."""
    card = await server.first_question()
    reply = await server.answer(server.mia, GOOD)

    assert reply.response.ephemeral
    assert "### Saved" in said(reply)
    assert "Check yourself" in said(reply)
    assert server.thread().id == card.id
    assert [m.content for m in server.thread().history()][-1].startswith("**Follow-up 1 of")
    assert "**1 day** in a row" in await server.streak(server.mia)


async def test_the_next_day_brings_the_next_question_and_closes_the_card(server):
    """The old card says closed and how many answered; a second answer makes the streak two."""
    first = await server.first_question()
    await server.answer(server.mia, GOOD)
    second = await server.next_day()
    reply = await server.answer(server.mia, GOOD)
    old = next(m for m in server.daily.history() if m.id == first.id)

    assert second.id != first.id
    assert second.content != first.content
    assert old.content.startswith("Closed: ")
    assert "1 member answered." in [f.value for f in old.embeds[0].fields]
    assert "**2 days** in a row" in said(reply)
    assert "**2 days** in a row" in await server.streak(server.mia)


async def test_two_members_share_one_thread_and_one_first_follow_up(server):
    """The second answer opens nothing new."""
    await server.first_question()
    await server.answer(server.mia, GOOD)
    await server.answer(server.noah, BETTER)

    assert len(server.daily.threads) == 1
    assert len([m for m in server.thread().history() if m.content.startswith("**Follow-up 1")]) == 1
    assert "**1 day**" in await server.streak(server.noah)


async def test_ten_members_answer_the_same_question(server):
    """Everybody is saved and counted, and the closed card says so."""
    first = await server.first_question()
    for n in range(10):
        member = server.guild.add_member(server.env.create_user(f"member{n}"))
        assert "### Saved" in said(await server.answer(member, f"{GOOD} I am number {n}."))
    await server.next_day()

    old = next(m for m in server.daily.history() if m.id == first.id)
    assert "10 members answered." in [f.value for f in old.embeds[0].fields]
    assert len(server.daily.threads) == 1


async def test_the_same_member_twice_updates_the_answer(server):
    """The form comes back with the former text, the new one replaces it, and the streak counts once."""
    await server.first_question()
    await server.answer(server.mia, GOOD)
    form = await server.mia.click(server.card(), label="Answer")
    again = await server.mia.submit_modal(form, {"text": BETTER})
    mine = await server.mia.click(server.card(), label="My feedback")

    assert GOOD in str(form.modal)
    assert "is updated" in said(again)
    assert "version 2" in said(again)
    assert "**1 day**" in said(again)
    assert BETTER in said(mine)


async def test_an_answer_after_the_deadline_is_kept_but_does_not_count(server):
    """Late is late, and it is said so."""
    first = await server.first_question()
    await server.next_day()
    old = next(m for m in server.daily.history() if m.id == first.id)
    reply = await server.answer(server.mia, GOOD, button="Answer late", message=old)

    assert "does not count for your streak" in said(reply)
    assert "**0 days**" in await server.streak(server.mia)


async def test_an_answer_of_too_few_words_is_given_back(server):
    """Nothing is saved and nothing is lost: the words come back with a way to go on."""
    await server.first_question()
    reply = await server.answer(server.mia, "no idea")

    assert "at least 4" in said(reply)
    assert "> no idea" in said(reply)
    assert "Answer" in labels(reply.response)
    assert "**0 days**" in await server.streak(server.mia)


async def test_a_blank_answer_is_never_stored(server):
    """Spaces are not an answer, in the form as in the command."""
    await server.first_question()
    form = await server.answer(server.mia, "   \n  ")
    command = await server.mia.slash(server.daily, "answer", text="    ")

    assert "0 words" in said(form)
    assert "0 words" in said(command)
    assert "not answered this yet" in said(await server.mia.click(server.card(), label="My feedback"))


async def test_an_answer_of_four_thousand_characters_is_saved_whole(server):
    """A member who writes an essay finds every character of it in the form again."""
    essay = ("direction and length of vectors " * 200)[:4000]
    await server.first_question()
    reply = await server.answer(server.mia, essay)
    form = await server.mia.click(server.card(), label="Answer")

    assert "### Saved" in said(reply)
    assert essay.strip() in str(form.modal)


async def test_the_ladder_unlocks_rung_by_rung(server):
    """Each follow-up appears in the thread when somebody answers the one before, once for all."""
    await server.first_question()
    reply = await server.answer(server.mia, GOOD)
    for rung in range(1, 6):
        button = "Answer this follow-up"
        assert button in labels(reply.response)
        reply = await server.answer(server.mia, f"{GOOD} And rung {rung}.", button=button, message=reply.response)
    await server.answer(server.noah, GOOD)

    posted = [m.content for m in server.thread().history() if m.content]
    assert posted == [f"**Follow-up {n} of 5**" for n in range(1, 6)]
    assert "top of the ladder" in said(reply)


async def test_the_reveal_shows_one_layer_at_a_time_in_private(server):
    """What is probed, direct, deep, pitfalls, code, references: six steps that nobody else sees."""
    await server.first_question()
    step = await server.mia.click(server.card(), label="Show the answer, step by step")
    seen = []
    while True:
        assert step.response.ephemeral
        seen.append(said(step).splitlines()[2])
        if not labels(step.response):
            break
        step = await server.mia.click(step.response, label=labels(step.response)[0])

    assert seen == [
        "**What is probed**",
        "**Direct answer**",
        "**Deep answer**",
        "**What goes wrong**",
        "**Code**",
        "**References**",
    ]


async def test_an_answer_after_the_reveal_keeps_the_streak_but_earns_no_points(server):
    """Looking it up is honest work, and it is said what it is worth."""
    await server.first_question()
    step = await server.mia.click(server.card(), label="Show the answer, step by step")
    await server.mia.click(step.response, label="Next: direct answer")
    reply = await server.answer(server.mia, GOOD)

    assert "not for points" in said(reply)
    assert "**1 day**" in said(reply)


async def test_seeing_what_is_probed_does_not_spoil_an_answer(server):
    """The first step of the reveal gives nothing away."""
    await server.first_question()
    await server.mia.click(server.card(), label="Show the answer, step by step")

    assert "not for points" not in said(await server.answer(server.mia, GOOD))


async def test_my_feedback_without_an_answer_says_how_to_give_one(server):
    """There is nothing to show yet, and a button to change that."""
    await server.first_question()
    mine = await server.mia.click(server.card(), label="My feedback")

    assert "not answered this yet" in said(mine)
    assert labels(mine.response) == ["Answer"]
