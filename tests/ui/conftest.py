"""A simulated Discord with the real bot in it, and Discord's rules checked for everything it says."""

import copy
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import discord
import pytest
import simcord
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.app import App
from bot.sandbox import SandboxClock
from tests.support import limits
from tests.support.content import self_check_bank
from tests.support.openapi import discord_spec
from tests.support.rapidfire import fruit_bank, prompt

BANK = self_check_bank()


@dataclass
class Server:
    """A study server with the bot in it, as its people see it."""

    env: simcord.Env
    app: App
    clock: SandboxClock
    guild: simcord.GuildHandle
    daily: simcord.ChannelHandle
    admin: simcord.MemberActor
    mia: simcord.MemberActor
    noah: simcord.MemberActor

    async def pass_time(self, **duration):
        """Lets time go by in steps in which the bot's heart beats, and rings the alarm clock at the end."""
        end = self.env.now() + timedelta(**duration)
        while (end - self.env.now()) > timedelta(minutes=4):
            await self.env.advance_time(240)
            await self.app.beat(self.env.now())
        await self.env.advance_time((end - self.env.now()).total_seconds())
        await self.app.tick(self.env.now())

    async def set_up(self, **options):
        """The admin starts the daily question at 09:00 UTC; the day before."""
        return await self.admin.slash(self.daily, "setup", **options)

    async def first_question(self):
        """The server's first question, posted by the bot's own schedule at nine."""
        await self.set_up()
        await self.pass_time(hours=9)
        return self.card()

    async def next_day(self):
        """Twenty-four hours later."""
        await self.pass_time(hours=24)
        return self.card()

    async def restart(self, *, message_content=False):
        """The bot stops and starts again on the same data."""
        await self.env.restart_bot(self.app.new_client(message_content=message_content))

    def deny(self, *rights, channel=None):
        """An admin takes rights away from everybody in a channel, by default the daily one."""
        denied = discord.Permissions(**dict.fromkeys(rights, True)).value
        overwrite = Overwrite(self.guild.default_role.id, OverwriteType.ROLE, deny=denied)
        self.env.backend.set_overwrite((channel or self.daily).id, overwrite)

    def allow_again(self):
        """The admin gives them back."""
        self.env.backend.delete_overwrite(self.daily.id, self.guild.default_role.id)

    def card(self):
        """The newest message of the bot in the daily channel that has buttons."""
        return next(m for m in reversed(self.daily.history()) if m.components)

    def thread(self):
        """The thread on the newest card."""
        card = self.card()
        return next(t for t in self.daily.threads if t.id == card.id)

    async def answer(self, member, text, *, button="Answer", message=None):
        """A member presses a button, writes into the form and submits it; the private reply."""
        shown = await member.click(message or self.card(), label=button)
        return await member.submit_modal(shown, {"text": text})

    async def streak(self, member):
        """What `/streak` tells a member."""
        return said(await member.slash(self.daily, "streak"))


def said(result):
    """The words of a reply, whatever layout it has."""
    reply = result.response
    assert reply is not None, result
    texts = [c.get("content", "") for c in limits.walk(reply.components)]
    return "\n".join([reply.content, *filter(None, texts)])


def labels(message):
    """The labels of a message's or reply's buttons."""
    raw = message.components
    rows = [c if isinstance(c, dict) else c.to_dict() for c in raw]
    return [c["label"] for c in limits.walk(rows) if c.get("type") == 2]


@asynccontextmanager
async def serving(folder: Path, *, message_content=False, bank=BANK):
    """A server with the bot running in it."""
    clock = SandboxClock()
    app = App(bank, folder / "coach.db", clock=clock, shard_count=1)
    await app.start()
    try:
        client = app.new_client(message_content=message_content)
        # Not `simcord.run`: it enters a context variable, and a fixture ends in another context than it began.
        env = simcord.Env(client, approved_intents=client.intents)
        await env.start()
        try:
            clock.follow(env.now)
            await app.beat(env.now())
            owner = env.create_user("ada")
            guild = env.create_guild("Study Server", owner=owner)
            daily = guild.create_text_channel("daily-question")
            members = [guild.add_member(env.create_user(name)) for name in ("mia", "noah")]
            yield Server(env, app, clock, guild, daily, simcord.MemberActor(env, guild, owner), *members)
            env.raise_errors()
            requests = copy.deepcopy(env.http_requests)
        finally:
            await env.shutdown()
    finally:
        await app.stop()
    spec = discord_spec()
    for request in requests:
        if request.json is not None:
            assert spec.problems(request.method, request.path, request.json) == []
            assert limits.problems(request.json) == [], request


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item):
    """Lets the test itself, too, live in simulated time."""
    servers = [value for value in getattr(item, "funcargs", {}).values() if isinstance(value, Server)]
    if not servers:
        return (yield)
    with servers[0].env.time_context():
        return (yield)


@pytest.fixture
async def server(tmp_path):
    """A study server whose bot may not read messages, as most may not."""
    async with serving(tmp_path) as running:
        yield running


@pytest.fixture
async def arena(tmp_path):
    """A study server with a bank of fruit, and no choices among the prompts."""
    async with serving(tmp_path, bank=fruit_bank(*(prompt(n) for n in range(8)))) as running:
        yield running


@pytest.fixture
async def reading_server(tmp_path):
    """A study server whose bot holds the message content intent."""
    async with serving(tmp_path, message_content=True) as running:
        yield running
