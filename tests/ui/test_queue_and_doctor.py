"""What admins see of the queue, of several schedules, and of the bot's health."""

import re

from tests.ui.conftest import labels, said

GOOD = "It compares the direction of two vectors and leaves their length out of it."


def question_ids(text):
    """The questions in a listing, in order."""
    return re.findall(r"^\d+\. .*?(Q\d+)", text, re.MULTILINE)


def cards(channel):
    """The question cards of a channel."""
    return [m for m in channel.history() if m.components]


async def test_the_queue_shows_the_next_seven_questions_with_their_days(server):
    """And how many are left before any repeats."""
    await server.set_up()
    shown = said(await server.admin.slash(server.daily, "queue show"))

    assert len(question_ids(shown)) == 7
    assert len(re.findall(r"<t:\d+:D>", shown)) == 7
    assert "left before any repeats" in shown


async def test_a_question_moved_to_the_front_is_posted_next(server):
    """The queue says that an admin chose it, and tomorrow it is there."""
    await server.set_up()
    before = question_ids(said(await server.admin.slash(server.daily, "queue show")))
    moved = said(await server.admin.slash(server.daily, "queue move", question=before[2], position=1))
    await server.pass_time(hours=9)

    assert question_ids(moved)[:3] == [before[2], before[0], before[1]]
    assert "chosen by an admin" in moved
    assert before[2] in server.card().content


async def test_a_question_left_out_makes_room_for_the_next(server):
    """It comes back in the next pass."""
    await server.set_up()
    before = question_ids(said(await server.admin.slash(server.daily, "queue show")))
    after = question_ids(said(await server.admin.slash(server.daily, "queue skip", question=before[0])))
    back = question_ids(said(await server.admin.slash(server.daily, "queue reset")))

    assert after[0] == before[1]
    assert back == after


async def test_an_unknown_question_in_the_queue_is_explained(server):
    """With the way to find one."""
    await server.set_up()
    reply = await server.admin.slash(server.daily, "queue move", question="Q999")

    assert "There is no question “Q999”" in said(reply)


async def test_questions_are_found_by_title_while_typing(server):
    """In the queue as in practice."""
    offered = await server.admin.autocomplete(server.daily, "queue move", "question", "cosine")

    assert [c["value"] for c in offered] == ["Q1"]


async def test_a_server_can_have_two_daily_questions(server):
    """Each in its channel at its time, and commands ask which one is meant."""
    quiz = server.guild.create_text_channel("quiz")
    general = server.guild.create_text_channel("general")
    await server.set_up()
    second = await server.set_up(schedule="new", channel=quiz, time="10:00")
    unclear = await server.admin.slash(general, "daily next")
    here = await server.admin.slash(quiz, "daily next")
    offered = await server.admin.autocomplete(general, "daily next", "schedule", "quiz")
    chosen = await server.admin.slash(general, "daily next", schedule=offered[0]["value"])
    await server.pass_time(hours=10)

    assert f"10:00 (UTC) in {quiz.mention}" in said(second)
    assert "Which one?" in said(unclear)
    assert quiz.mention in said(here)
    assert said(here) == said(chosen)
    assert len(cards(server.daily)) == len(cards(quiz)) == 1
    assert cards(server.daily)[0].content != cards(quiz)[0].content


async def test_a_day_is_answered_by_either_of_its_questions(server):
    """Two questions on one day are one day of the streak."""
    quiz = server.guild.create_text_channel("quiz")
    await server.set_up()
    await server.set_up(schedule="new", channel=quiz, time="10:00")
    await server.pass_time(hours=10)
    await server.answer(server.mia, GOOD, message=cards(quiz)[0])
    await server.pass_time(hours=24)
    await server.answer(server.mia, GOOD, message=cards(server.daily)[-1])

    assert "**2 days**" in await server.streak(server.mia)


async def test_questions_can_be_limited_to_a_topic_or_a_difficulty(server):
    """A selection that matches nothing is refused before it can fail."""
    narrow = await server.set_up(cluster="geometry-and-core-concepts", easiest=1, hardest=5)
    empty = await server.set_up(cluster="debugging-and-reliability")

    assert "Geometry and Core Concepts" in said(narrow)
    assert "No question fits" in said(empty)


async def test_a_company_emphasis_can_be_chosen_for_a_schedule(server):
    """The card says which emphasis is on, and the follow-ups begin with a kind that it prefers and end where it ends."""
    reply = await server.set_up(company="google")
    await server.pass_time(hours=9)
    await server.answer(server.mia, GOOD)
    emphasis = next(f.value for f in server.card().embeds[0].fields if f.name == "Emphasis")
    question = server.app.coach.bank.find(re.search(r"Q\d+", server.card().content)[0])
    first = next(m for m in server.thread().history() if m.content.startswith("**Follow-up 1"))

    assert "with Google emphasis" in said(reply)
    assert "Google emphasis" in emphasis
    assert "not Google's real questions" in emphasis
    google = server.app.coach.bank.company("google")
    asked = next(f for f in question.follow_ups if f.asks == first.embeds[0].description)
    assert asked.kind is next(kind for kind in google.follow_ups if kind in {f.kind for f in question.follow_ups})
    assert first.content == f"**Follow-up 1 of {min(google.depth, len(question.follow_ups))}**"


async def test_the_doctor_finds_a_healthy_server_healthy(server):
    """It shows rights, the next post and what became of the last ones."""
    await server.first_question()
    report = said(await server.admin.slash(server.daily, "doctor"))

    assert "All is well." in report
    assert "every right I need" in report
    assert "Thu 1 Jan 2026: Q" in report
    assert "posted" in report


async def test_the_doctor_names_what_is_missing_and_where(server):
    """Each right by its name, and the post that it holds back."""
    await server.set_up()
    server.deny("send_messages", "embed_links")
    await server.pass_time(hours=9)
    report = said(await server.admin.slash(server.daily, "doctor"))

    assert "Something needs your attention." in report
    assert "Send Messages and Embed Links" in report
    assert server.daily.mention in report
    assert "held back" in report


async def test_a_failure_is_told_in_the_log_channel(server):
    """Where admins chose to hear of it, once, with the missing right and the channel."""
    log = server.guild.create_text_channel("log")
    await server.set_up(log_channel=log)
    server.deny("send_messages")
    await server.pass_time(hours=9)
    await server.pass_time(hours=1)

    notices = [m.content for m in log.history()]
    assert len(notices) == 1
    assert "Send Messages" in notices[0]
    assert server.daily.mention in notices[0]


async def test_a_failure_without_a_log_channel_is_told_to_the_admin_who_set_it_up(server):
    """By direct message, once."""
    await server.set_up()
    server.deny("embed_links")
    await server.pass_time(hours=9)
    await server.pass_time(hours=1)

    notices = [m.content for m in server.admin.user.dm_channel.history()]
    assert len(notices) == 1
    assert "Embed Links" in notices[0]


async def test_a_log_channel_that_cannot_be_used_is_refused(server):
    """A place for bad news has to work."""
    log = server.guild.create_text_channel("log")
    server.deny("send_messages", channel=log)
    reply = await server.set_up(log_channel=log)

    assert log.mention in said(reply)
    assert "Send Messages" in said(reply)
    assert "Nothing was changed" in said(reply)


async def test_a_thread_that_cannot_be_opened_is_told_and_made_up_for(server):
    """The answer is safe; the follow-up comes when the right is there."""
    log = server.guild.create_text_channel("log")
    await server.set_up(log_channel=log)
    await server.pass_time(hours=9)
    server.deny("create_public_threads")
    reply = await server.answer(server.mia, GOOD)
    await server.pass_time(minutes=1)
    told = [m.content for m in log.history() if "Create Public Threads" in m.content]
    assert server.daily.threads == []
    server.allow_again()
    await server.pass_time(minutes=1)

    assert "### Saved" in said(reply)
    assert len(told) == 1
    assert any(m.content.startswith("**Follow-up 1") for m in server.thread().history())


async def test_a_late_post_says_that_it_is_late(server):
    """Held back for an hour, it names its own time."""
    await server.set_up()
    server.deny("send_messages")
    await server.pass_time(hours=9)
    server.allow_again()
    await server.pass_time(hours=1)

    fields = {f.name: f.value for f in server.card().embeds[0].fields}
    assert "Answer" in labels(server.card())
    assert "Posted late" in fields
