"""What all groups of admin commands share: they are for servers, and for members who may manage them."""

from typing import Any

import discord
from discord import app_commands

from bot.ui.coach import Coach


def manages_guild(interaction: discord.Interaction[Any]) -> bool:
    """Whether a member may use admin commands; for those in groups that are open to all."""
    return interaction.permissions.manage_guild


class AdminGroup(app_commands.Group):
    """A group that Discord shows to admins, and that checks again: a server can change who sees a command."""

    def __init__(self, coach: Coach) -> None:
        super().__init__(guild_only=True, default_permissions=discord.Permissions(manage_guild=True))
        self._coach = coach

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        if not manages_guild(interaction):
            raise app_commands.MissingPermissions(["manage_guild"])
        return True
