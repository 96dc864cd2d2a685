"""`/streak`: how many question days in a row, and why."""

from typing import Any

import discord
from discord import app_commands

from bot.ui import panels, replies
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    @tree.command(name="streak", description="Your streak, and how each of the last days counted")
    @app_commands.describe(member="Somebody else's streak")
    @app_commands.guild_only()
    async def streak(interaction: discord.Interaction[Any], member: discord.Member | None = None) -> None:
        whose = member or interaction.user
        view = await replies.after(interaction, coach.streaks.view(interaction.guild_id or 0, whose.id))
        who = "Your streak" if whose.id == interaction.user.id else f"The streak of {whose.display_name}"
        await replies.show(interaction, panels.streak(view, who))
