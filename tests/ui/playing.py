"""How the people of a simulated server play a rapid-fire round, and what they see of it."""

from tests.ui.conftest import said


async def play(server, seconds):
    """Lets a round go on, second by second."""
    for _ in range(seconds):
        await server.pass_time(seconds=1)


def shown(server, start, at=None):
    """The newest message of the bot whose text begins so, in the daily channel or another."""
    return next(m for m in reversed((at or server.daily).history()) if m.content.startswith(start))


def log_of(server):
    """A channel for notices, and what stands in it."""
    log = server.guild.create_text_channel("bot-log")
    return log, lambda: [m.content for m in log.history()]


def fields(message):
    """The fields of a message's embeds by name."""
    return {field.name: field.value for embed in message.embeds for field in embed.fields}


def letter_of(message, says):
    """The letter under which a choice prompt offers an option."""
    return next(line[0] for line in message.embeds[0].description.splitlines() if line[1:] == f". {says}")


async def lobby(server, at=None, **options):
    """A lobby that Mia has opened."""
    reply = await server.mia.slash(at or server.daily, "rapidfire start", prompts=3, **options)
    await play(server, 1)
    return reply


async def begin(server, *others, at=None, **options):
    """A round of three prompts at its first one, with Mia and the others in."""
    await lobby(server, at, **options)
    card = shown(server, "**Rapid-fire!**", at)
    for member in others:
        assert "You are in." in said(await member.click(card, label="Join"))
    await server.mia.click(card, label="Start now")
    await play(server, 7)
    return shown(server, "**Prompt 1 of 3**", at)


async def fire(server, member, message, text):
    """A member answers a prompt by its form; the private reply."""
    form = await member.click(message, label="Answer")
    return await member.submit_modal(form, {"text": text})


async def to_reveal(server):
    await play(server, 24)


async def to_next(server):
    await play(server, 14)


async def thread_on(server):
    """A thread in the daily channel."""
    made = server.env.backend.create_thread(server.daily.id, "gym", server.mia.id)
    await play(server, 1)
    return next(thread for thread in server.daily.threads if thread.id == made.id)
