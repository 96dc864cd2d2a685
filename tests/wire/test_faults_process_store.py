"""The bot's file in trouble: nobody is told "saved" for nothing, and a bot that can't go on ends."""

import sqlite3
from contextlib import closing

import pytest

from tests.wire.ageing import rows
from tests.wire.disks import check_file, fill, held_by_another_program, no_file_grows, small_disk
from tests.wire.invariants import hold
from tests.wire.variants import HASTY, VariantBot

GOOD = "It compares the direction of two vectors and leaves their length out of it."
BETTER = "It compares the direction of two vectors, so a long document is not preferred."
LONG = "Cosine similarity " * 200
ACKS = "POST /interactions/*/callback"
CALLBACK = "POST /interactions/{interaction}/{token}/callback"


@pytest.fixture
async def bot(discord, tmp_path):
    """A bot whose alarm rings every second. It must end somehow, and say nothing unexpected."""
    folder = tmp_path / "disk"
    folder.mkdir()
    async with VariantBot(discord, folder, script=HASTY).ending_well() as process:
        yield process


@pytest.fixture
def posted(discord, running):
    """Starts the bot in a server in which today's question is posted; the server and the card."""

    async def start():
        server = await running()
        await server.owner.slash("daily now")
        (card,) = await discord.posted(server.daily)
        return server, card

    return start


async def _goes_bad_and_well_again(bot, form, trouble, *, heal):
    """What every trouble of the disk must look like to a member and to whoever watches the bot's health."""
    bot.expect(trouble)
    pulse = bot.database.with_name(bot.database.name + ".health")
    refusal = await form.submit(text=LONG)
    await bot.wrote("no pulse")
    silent = pulse.stat().st_mtime_ns
    await bot.wrote("no pulse", times=2)

    assert "**Not saved.**" in refusal.text
    assert trouble in refusal.text
    assert "### Saved" not in refusal.text
    assert rows(bot.database, "SELECT 1 FROM answer") == []
    assert pulse.stat().st_mtime_ns == silent
    heal()
    receipt = await form.submit(text=LONG)
    while pulse.stat().st_mtime_ns == silent:
        await form.submit(text=GOOD)  # until the alarm rings again
    assert "### Saved" in receipt.text
    assert bot.is_running


async def test_a_full_disk_is_told_and_lived_through(discord, bot, posted):
    """No room: the answer is refused and shown again, health goes bad, and all is well with room (fault 25)."""
    try:
        with small_disk(bot.database.parent, megabytes=6):
            server, card = await posted()
            form = await server.person("mia").click(card, "Answer")
            filler = fill(bot.database.parent)
            await _goes_bad_and_well_again(bot, form, "the disk is full", heal=filler.unlink)
            assert await bot.stop() == 0
            check_file(bot.database)
    except PermissionError as error:
        pytest.skip(str(error))


async def test_a_limit_on_files_is_told_and_lived_through(discord, bot, posted):
    """A quota is not a full disk to SQLite, and all the same to members (fault 25)."""
    server, card = await posted()
    form = await server.person("mia").click(card, "Answer")
    limit = no_file_grows(bot.pid, bot.database)
    limit.__enter__()
    heal = lambda: limit.__exit__(None, None, None)  # noqa: E731
    await _goes_bad_and_well_again(bot, form, "the disk reported an error", heal=heal)
    check_file(bot.database)


async def test_a_receipt_stands_and_a_refusal_is_plain_while_the_database_is_held(discord, bot, posted):
    """Held for longer than the bot waits: who was saved stays saved, who was not is told so (fault 25)."""
    bot.expect("another program is holding the database")
    server, card = await posted()
    mia, noah = server.person("mia"), server.person("noah")
    form = await mia.click(card, "Answer")
    other = await noah.click(card, "Answer")
    probes = await noah.click(card, "Show the answer, step by step")
    slow = await discord.fault(ACKS, hold=True)
    sent = await form.send(text=GOOD)
    await discord.held(slow)
    with held_by_another_program(bot.database):
        await discord.lift()
        late = await other.send(text=BETTER)
        step = await noah.start_click(probes.message, "Next: direct answer")
        receipt, refusal, no_step = await discord.all_shown([sent, late, step])
        # The follow-up that the answer unlocked can't be claimed either: that is no matter for the member.
        await bot.wrote("is posted later")
        receipt = await discord.shown(sent)

    assert "### Saved" in receipt.text
    assert "**Not saved.**" in refusal.text
    assert BETTER in refusal.text
    assert "another program" in refusal.text
    assert "another program" in no_step.text
    assert rows(bot.database, "SELECT text FROM answer") == [(GOOD,)]
    assert "### Saved" in (await other.submit(text=BETTER)).text
    assert len(await discord.posted(card.id)) == 1


async def test_killed_while_a_hundred_answers_are_committed(discord, bot):
    """Three times kill -9 among receipts: each answer that was called saved is there, each streak right (fault 24)."""
    names = [f"member{n}" for n in range(100)]
    await discord.configure(check_bodies=False)
    server = await discord.create_server(members=["ada", *names])
    await bot.start_and_connect()
    await server.owner.slash("setup")
    await server.owner.slash("daily now")
    acked = set()
    for receipts in (1, 30, 60):
        before = (await discord.truth()).count(CALLBACK)
        answer = {"channel": str(server.daily.id), "line": "answer", "options": {"text": GOOD}}
        acts = [("slash", {"user": str(server.person(name).id), **answer}) for name in names]
        started = await discord.at_once(acts)
        await discord.wait("requested", route=CALLBACK, times=before + receipts)
        await bot.kill()
        seen = await discord.do("interactions", wanted=started)
        acked |= {f"i:{s['id']}" for s in seen if s["responded"]}
        assert acked <= {source for (source,) in rows(bot.database, "SELECT source FROM answer")}
        check_file(bot.database)
        await bot.start_and_connect()
    await hold(discord, bot.database, unfinished=True)
    assert len(acked) >= 91


async def test_a_broken_tick_ends_the_bot(bot, running):
    """A table is gone under the running bot: it ends with a line of JSON that says why, and does not hang (fault 26)."""
    await running()
    bot.freeze()
    with closing(sqlite3.connect(bot.database)) as db:
        db.execute("ALTER TABLE uptime RENAME TO lost")
    bot.thaw()
    bot.expect("has failed, so the bot ends")

    assert await bot.exit_code() == 1
    (last,) = [line for line in bot.log() if line.get("level") == "critical"]
    assert "no such table" in last["exception"]


async def test_a_pulse_that_cannot_be_written_is_no_reason_to_die(bot, posted):
    """A bot that works goes on; only the watcher of its health is in doubt (fault 25)."""
    server, card = await posted()
    bot.expect("no pulse")
    bot.database.with_name(bot.database.name + ".health.new").mkdir()
    await bot.wrote("no pulse", times=2)
    form = await server.person("mia").click(card, "Answer")

    assert "### Saved" in (await form.submit(text=GOOD)).text


async def test_a_broken_file_ends_the_bot(discord, bot, posted):
    """The file's pages are overwritten: the writer can't go on, and neither does the bot (fault 26)."""
    server, card = await posted()
    form = await server.person("mia").click(card, "Answer")
    bot.freeze()
    with closing(sqlite3.connect(bot.database)) as db:
        db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    with bot.database.open("r+b") as file:
        file.write(b"\xff" * bot.database.stat().st_size)
    await form.send(text=GOOD)
    bot.thaw()
    bot.expect("has failed, so the bot ends", "malformed", "not a database", "stopped working", "unexpected failure")

    assert await bot.exit_code() == 1
    assert [line for line in bot.log() if line.get("level") == "critical"]
