"""What becomes of a rapid-fire round when its channel, its people or its bot go."""

from datetime import timedelta

from bot.domain.rapidfire import Phase
from tests.support.rapidfire import RIGHT, WRONG
from tests.ui.conftest import said
from tests.ui.playing import begin, fields, fire, lobby, log_of, play, shown, thread_on, to_next, to_reveal


async def last_round(server, channel=None):
    """The latest round of a channel."""
    place = channel or server.daily.id
    return (await server.app.coach.arena.rapidfire.status(server.guild.id, place)).round


async def is_free(server, channel=None):
    """Whether a new round can be opened in a channel."""
    return "lobby is open" in said(await server.noah.slash(channel or server.daily, "rapidfire start"))


async def test_a_channel_that_is_deleted_takes_its_round_with_it(arena):
    """The round ends, whoever reads the log learns why, and a round next door goes on."""
    log, notices = log_of(arena)
    await arena.set_up(log_channel=log)
    doomed = arena.guild.create_text_channel("doomed")
    await begin(arena, at=doomed)
    first = await begin(arena)
    arena.env.backend.delete_channel(doomed.id)
    await play(arena, 3)

    assert (await last_round(arena, doomed.id)).reason == "its channel was removed"
    assert [text for text in notices() if "has ended: its channel was removed" in text]
    assert "Taken" in said(await fire(arena, arena.mia, first, RIGHT))


async def test_a_channel_that_is_deleted_behind_the_bots_back_ends_the_round_too(arena, monkeypatch):
    """Deleted while the bot was down: the round is over at the latest when its next prompt can't be posted."""
    doomed = arena.guild.create_text_channel("doomed")
    await begin(arena, at=doomed)
    with monkeypatch.context() as silence:
        silence.setattr(arena.env.backend, "emit", lambda *_, **__: None)
        arena.env.backend.delete_channel(doomed.id)
    await arena.restart()
    await play(arena, 60)
    assert (await last_round(arena, doomed.id)).phase is Phase.STOPPED


async def test_a_lost_connection_stops_the_clock_of_a_prompt(arena):
    """Nobody can answer while the gateway is down: the prompt waits, and the time is given back."""
    first = await begin(arena)
    before = (await last_round(arena)).until
    shard = arena.env.bot.get_shard(0)
    await shard.disconnect()
    await play(arena, 40)
    await shard.reconnect()
    await play(arena, 2)
    assert "I was away for a moment" in shown(arena, "I was away").content
    waiting = await last_round(arena)
    assert (waiting.phase, waiting.number) == (Phase.ASKING, 1)
    assert waiting.until - before >= timedelta(seconds=40)
    assert "Taken" in said(await fire(arena, arena.mia, first, RIGHT))


async def test_a_server_that_throws_the_bot_out_has_no_round_left(arena):
    """The round is over, so that it is not in the way if the bot comes back."""
    await begin(arena)
    arena.env.backend.remove_guild(arena.guild.id)
    await play(arena, 3)
    over = await last_round(arena)
    assert (over.phase, over.reason) == (Phase.STOPPED, "the bot was removed from the server")


async def test_a_lobby_that_somebody_deletes_is_closed(arena):
    """Nobody could join any more; the channel is free at once."""
    await lobby(arena)
    arena.env.backend.delete_message(arena.daily.id, shown(arena, "**Rapid-fire!**").id)
    await play(arena, 2)
    assert (await last_round(arena)).reason == "its lobby was removed"
    assert await is_free(arena)


async def test_a_prompt_that_is_deleted_again_and_again_ends_the_round(arena):
    """It is posted anew twice; who deletes it a third time wants it gone."""
    await begin(arena)
    for _ in range(3):
        arena.env.backend.delete_message(arena.daily.id, shown(arena, "**Prompt 1 of 3**").id)
        await play(arena, 3)
    assert "messages are being removed" in shown(arena, "**Rapid-fire:**").content
    assert await is_free(arena)


async def test_a_reveal_or_a_podium_that_is_deleted_stays_deleted(arena):
    """What is over is not posted again, and the round goes on."""
    first = await begin(arena, arena.noah)
    await fire(arena, arena.mia, first, RIGHT)
    await to_reveal(arena)
    arena.env.backend.delete_message(arena.daily.id, first.id)
    await to_next(arena)
    assert shown(arena, "**Prompt 2 of 3**")
    assert not [m for m in arena.daily.history() if m.content.startswith("**Prompt 1 of 3**")]


async def test_three_silent_prompts_are_the_end_of_a_round(arena):
    """Everybody has gone: the bot does not go on asking an empty room."""
    await lobby(arena, seconds=10)
    card = shown(arena, "**Rapid-fire!**")
    await arena.mia.click(card, label="Start now")
    reply = await arena.noah.slash(arena.daily, "rapidfire status")
    assert "about to begin" in said(reply)
    await play(arena, 7 + 3 * 26)
    assert "Nobody answered." in str(fields(shown(arena, "**Prompt 3 of 3**")))
    assert await is_free(arena)


async def test_a_round_outlives_its_host_and_a_moderator_can_end_it(arena):
    """The host has left the server; the others play on, and somebody with Manage Messages may stop it."""
    first = await begin(arena, arena.noah)
    await fire(arena, arena.noah, first, RIGHT)
    arena.env.backend.remove_member(arena.guild.id, arena.mia.id)
    await to_reveal(arena)
    assert "noah" in fields(shown(arena, "**Prompt 1 of 3**"))["Got it: 1 of 1"]
    await to_next(arena)
    assert shown(arena, "**Prompt 2 of 3**")
    assert "was stopped" in said(await arena.admin.slash(arena.daily, "rapidfire stop"))
    assert await is_free(arena)


async def test_a_round_can_be_played_in_a_thread_and_ends_with_it(arena):
    """A thread is a channel like any other, with its own right to write."""
    thread = await thread_on(arena)
    first = await begin(arena, at=thread)
    assert "Taken" in said(await fire(arena, arena.mia, first, RIGHT))
    arena.env.backend.delete_channel(thread.id)
    await play(arena, 3)
    assert (await last_round(arena, thread.id)).reason == "its channel was removed"


async def test_a_thread_asks_for_the_right_to_write_in_threads(arena):
    """Its channel may be closed for writing; the right that counts in a thread is another one."""
    thread = await thread_on(arena)
    arena.deny("send_messages_in_threads")
    reply = said(await arena.mia.slash(thread, "rapidfire start"))
    assert "**Send Messages in Threads" in reply
    arena.allow_again()
    arena.deny("send_messages")
    assert await is_free(arena, thread)


async def test_a_missing_right_is_named_before_anything_begins(arena):
    """Where the bot may not post there is no round, and the reply says which right it lacks."""
    arena.deny("embed_links")
    assert "**Embed Links**" in said(await arena.mia.slash(arena.daily, "rapidfire start"))
    arena.allow_again()
    assert await is_free(arena)


async def test_without_the_right_to_attach_files_the_podium_comes_as_text(arena):
    """The picture is an extra; the board is in words anyway."""
    arena.deny("attach_files")
    first = await begin(arena)
    await fire(arena, arena.mia, first, RIGHT)
    await to_reveal(arena)
    await arena.mia.slash(arena.daily, "rapidfire stop")
    await play(arena, 3)
    podium = shown(arena, "**Rapid-fire:**")
    assert "mia · 1 point" in podium.embeds[0].description
    assert not podium.attachments


async def test_a_form_that_is_sent_after_the_end_says_so_and_gives_the_words_back(arena):
    """Nobody has to type them again."""
    form = await arena.noah.click(await begin(arena, arena.noah), label="Answer")
    await arena.mia.slash(arena.daily, "rapidfire stop")
    late = said(await arena.noah.submit_modal(form, {"text": WRONG}))
    assert "This round is over" in late
    assert WRONG in late


async def test_a_busy_prompt_is_edited_every_other_second_and_ends_up_right(arena):
    """Answers come faster than Discord lets a message be edited; the count lags, and is right in the end."""
    first = await begin(arena)
    before = len(arena.env.http_requests)
    for n in range(10):
        await fire(arena, arena.mia if n % 2 else arena.noah, first, f"{RIGHT} {n}")
        await play(arena, 1)
    edits = [
        request
        for request in arena.env.http_requests[before:]
        if request.method == "PATCH" and request.path.endswith(f"/messages/{first.id}")
    ]
    assert 2 <= len(edits) <= 6
    await play(arena, 2)
    assert shown(arena, "**Prompt 1 of 3**").embeds[0].footer.text.startswith("2 in.")
