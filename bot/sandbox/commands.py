"""The slash commands that exist only in the simulated server: the page's time controls, inside the chat."""

from collections.abc import Callable

import discord
from discord import app_commands

from bot.sandbox.requests import NextDay, PostNow, Request, Restart


def add_commands(client: discord.Client, ask: Callable[[Request], object]) -> None:
    """Add `/sandbox` to an unstarted client.

    The commands only ask: simcord refuses operations from the bot's own work, so the driver does them.
    """
    tree = getattr(client, "tree", None)
    if not isinstance(tree, app_commands.CommandTree):
        raise TypeError("the sandbox needs a client with a command tree in its `tree` attribute")
    group: app_commands.Group = app_commands.Group(name="sandbox", description="Controls of this server")

    async def answer(interaction: discord.Interaction, request: Request, sentence: str) -> None:
        ask(request)
        await interaction.response.send_message(sentence, ephemeral=True)

    @group.command(name="post-now", description="Post the question of the day at once")
    async def post_now(interaction: discord.Interaction) -> None:
        await answer(interaction, PostNow(), "Asked the bot to post now. Look in the daily channel.")

    @group.command(name="next-day", description="Move the clock to the next scheduled question")
    async def next_day(interaction: discord.Interaction) -> None:
        await answer(interaction, NextDay(), "Moving the clock to the next question.")

    @group.command(name="restart", description="Restart the bot on the same data")
    async def restart(interaction: discord.Interaction) -> None:
        await answer(interaction, Restart(), "Restarting the bot. Older buttons should go on working.")

    tree.add_command(group)
