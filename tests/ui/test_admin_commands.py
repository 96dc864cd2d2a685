"""What admins do, and what they are told."""

import re

import discord

from tests.ui.conftest import said

GOOD = "It compares the direction of two vectors and leaves their length out of it."


def stamps(text):
    """The instants of the Discord timestamps in full form, in order."""
    return [int(s) for s in re.findall(r"<t:(\d+):F>", text)]


async def test_setup_with_nothing_but_defaults_starts_a_daily_question_here(server):
    """One command and it runs: this channel, nine o'clock, every day; with the next five posts to check."""
    reply = await server.set_up()
    posts = stamps(said(reply))

    assert "every day at 09:00 (UTC)" in said(reply)
    assert server.daily.mention in said(reply)
    assert len(posts) == 5
    assert posts[0] == server.env.now().timestamp() + 9 * 3600
    assert {b - a for a, b in zip(posts, posts[1:], strict=False)} == {86_400}


async def test_setup_in_a_thread_means_the_channel_above_it(server):
    """A question opens a thread of its own, so it can't live in one."""
    await server.first_question()
    await server.answer(server.mia, GOOD)
    thread = server.thread()
    other = await server.admin.slash(thread, "setup", time="18:00")

    assert f"18:00 (UTC) in {server.daily.mention}" in said(other)


async def test_setup_in_a_voice_channel_asks_for_a_text_channel(server):
    """There is no place for a thread."""
    voice = server.guild.create_voice_channel("talk")
    reply = await server.admin.slash(voice, "setup")

    assert "text channel" in said(reply)


async def test_setup_takes_channel_time_zone_and_days(server):
    """Everything can be chosen, in the words that people use."""
    quiz = server.guild.create_text_channel("quiz")
    reply = await server.set_up(channel=quiz, time="6 pm", zone="europe/berlin", days="Monday to Friday")

    assert f"Monday to Friday at 18:00 (Europe/Berlin) in {quiz.mention}" in said(reply)


async def test_setup_again_changes_only_what_is_given(server):
    """A new time keeps the zone and the days."""
    await server.set_up(time="18:00", zone="Europe/Berlin", days="Monday to Friday")
    reply = await server.set_up(time="19:30")

    assert "Monday to Friday at 19:30 (Europe/Berlin)" in said(reply)


async def test_zones_complete_by_city(server):
    """Typing a city offers its zone first."""
    offered = await server.admin.autocomplete(server.daily, "setup", "zone", "berl")

    assert offered[0]["value"] == "Europe/Berlin"


async def test_setup_answers_nonsense_with_a_way_out(server):
    """A time or zone that is none is named, with an example."""
    time = await server.set_up(time="noonish")
    zone = await server.set_up(zone="Atlantis")

    assert "“noonish” is not a time" in said(time)
    assert "`09:00`" in said(time)
    assert "“Atlantis” is not a time zone" in said(zone)
    assert "no daily question yet" in said(await server.admin.slash(server.daily, "daily next"))


async def test_setup_names_every_missing_right_and_saves_nothing(server):
    """An admin learns what to allow, and where."""
    hidden = discord.PermissionOverwrite(
        send_messages=False, embed_links=False, create_public_threads=False, add_reactions=False
    )
    closed = server.guild.create_text_channel("closed", overwrites={server.guild.default_role: hidden})
    reply = await server.set_up(channel=closed)

    for right in ("Send Messages", "Embed Links", "Create Public Threads", "Add Reactions"):
        assert right in said(reply)
    assert closed.mention in said(reply)
    assert "Nothing was changed" in said(reply)
    assert "no daily question yet" in said(await server.admin.slash(server.daily, "daily next"))


async def test_members_do_not_see_the_admin_commands(server):
    """They need Manage Server."""
    assert "setup" in server.admin.available_commands(server.daily)
    assert not {"setup", "daily now"} & set(server.mia.available_commands(server.daily))
    assert {"answer", "question", "streak", "help"} <= set(server.mia.available_commands(server.daily))


async def test_daily_now_posts_todays_question_early_and_only_once(server):
    """The usual time then brings nothing, and the next day the next one."""
    await server.set_up()
    posted = await server.admin.slash(server.daily, "daily now")
    again = await server.admin.slash(server.daily, "daily now")
    early = server.card()
    await server.pass_time(hours=10)

    assert "Posted:" in said(posted)
    assert "posted already" in said(again)
    assert "Next post:" in said(again)
    assert server.card().id == early.id
    assert (await server.next_day()).id != early.id


async def test_daily_next_shows_five_posts_to_come(server):
    """An admin can look ahead."""
    await server.set_up()
    reply = await server.admin.slash(server.daily, "daily next")

    assert len(stamps(said(reply))) == 5


async def test_daily_skip_leaves_one_day_out_and_hurts_nobody(server):
    """The streak goes on over the day that had no question."""
    await server.first_question()
    await server.answer(server.mia, GOOD)
    skipped = await server.admin.slash(server.daily, "daily skip")
    before = server.card()
    await server.pass_time(hours=24)
    assert server.card().id == before.id
    await server.pass_time(hours=24)
    assert server.card().id != before.id
    await server.answer(server.mia, GOOD)

    assert "Fri 2 Jan 2026" in said(skipped)
    assert "**2 days**" in await server.streak(server.mia)


async def test_a_skipped_day_can_be_posted_after_all(server):
    """`/daily now` means now."""
    await server.set_up()
    await server.admin.slash(server.daily, "daily skip")
    posted = await server.admin.slash(server.daily, "daily now")

    assert "Posted:" in said(posted)


async def test_a_pause_until_a_day_ends_by_itself(server):
    """Nothing is posted before it, and the streak is whole after it."""
    await server.first_question()
    await server.answer(server.mia, GOOD)
    paused = await server.admin.slash(server.daily, "daily pause", until="2026-01-04")
    before = server.card()
    await server.pass_time(days=2)
    assert server.card().id == before.id
    await server.pass_time(days=1)
    assert server.card().id != before.id
    await server.answer(server.mia, GOOD)

    assert "Sun 4 Jan 2026" in said(paused)
    assert "**2 days**" in await server.streak(server.mia)


async def test_a_pause_without_a_day_lasts_until_resume(server):
    """Resume names the next post."""
    await server.set_up()
    paused = await server.admin.slash(server.daily, "daily pause")
    skip = await server.admin.slash(server.daily, "daily skip")
    await server.pass_time(days=3)
    resumed = await server.admin.slash(server.daily, "daily resume")

    assert "/daily resume" in said(paused)
    assert "paused" in said(skip)
    assert len(stamps(said(resumed))) == 1
    assert not [m for m in server.daily.history() if m.components]


async def test_a_pause_until_nonsense_or_the_past_is_explained(server):
    """The form of a day is shown by example."""
    await server.set_up()
    nonsense = await server.admin.slash(server.daily, "daily pause", until="after Easter")
    past = await server.admin.slash(server.daily, "daily pause", until="2025-12-24")

    assert "`2026-01-01`" in said(nonsense)
    assert "not after today" in said(past)


async def test_the_daily_commands_before_setup_point_to_it(server):
    """Each says how to start."""
    for name in ("now", "next", "skip", "pause", "resume"):
        assert "/setup" in said(await server.admin.slash(server.daily, f"daily {name}"))


async def test_a_post_that_fails_for_a_missing_right_goes_out_when_it_is_given(server):
    """The schedule is not lost, `/daily next` says what is in the way, and the post follows by itself."""
    await server.set_up()
    server.deny("send_messages")
    await server.pass_time(hours=9)
    blocked = await server.admin.slash(server.daily, "daily next")
    assert not [m for m in server.daily.history() if m.components]
    server.allow_again()
    await server.pass_time(minutes=1)

    assert "Send Messages" in said(blocked)
    assert server.card().content.startswith("Question of the day")


async def test_help_tells_admins_more_than_members(server):
    """Everybody learns how to answer; admins also how to set things up."""
    await server.set_up()
    member = said(await server.mia.slash(server.daily, "help"))
    admin = said(await server.admin.slash(server.daily, "help"))

    assert "Submit as my answer" in member
    assert "every day at 09:00" in member
    assert "/daily pause" not in member
    assert "/daily pause" in admin
