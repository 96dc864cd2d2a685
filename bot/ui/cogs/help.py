"""`/help`: what the bot does and how to take part, with the admins' part for admins."""

from typing import Any

import discord
from discord import app_commands

from bot.ui import panels, replies, texts
from bot.ui.coach import Coach

_MEMBERS = """### Interview Coach
A question a day, as an interviewer would ask it. Answer, see what landed and what was missing, then take the
follow-up.

**Four ways to answer**
- Press **Answer** on the question: only you see the form and the reply.
- `/answer`, from any channel.
- In the question's thread: reply to me and leave the ping on, or mention me.
- On a message of your own: *Apps → Submit as my answer*.

**On your own**
- `/question` gives you any question in private, with its follow-ups.
- `/bank` lists all questions by topic, with what you have answered.
- `/emphasis mine` chooses whose way of interviewing your feedback follows.
- **Show the answer, step by step** reveals what is probed, then the answer, pitfalls, code and sources.
- `/streak` shows your days in a row and why each one counted. Days without a question never hurt it."""

_ADMINS = """**For admins**
- `/setup` sets the channel, the time, the time zone, the days and the topics; `/doctor` checks it all.
- `/daily now` posts today's question early; `/daily next` looks ahead; `/daily skip` leaves one out.
- `/emphasis server` chooses whose way of interviewing the questions follow.
- `/queue` shows the next seven questions, moves them and leaves some out.
- `/daily pause` stops for a while, `/daily resume` goes on. Streaks are kept."""


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    @tree.command(name="help", description="What the bot does and how to take part")
    async def help(interaction: discord.Interaction[Any]) -> None:  # noqa: A001 - the command's name
        parts = [_MEMBERS]
        if interaction.guild_id is not None:
            orders = [texts.order(s) for s in await coach.scheduling.schedules_of(interaction.guild_id)]
            parts.append(f"**Here** I post {texts.listed(orders)}." if orders else texts.NO_SCHEDULE)
            if interaction.permissions.manage_guild:
                parts.append(_ADMINS)
        await replies.show(interaction, panels.note(*parts))
