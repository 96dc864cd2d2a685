"""`/bank`: every question by topic, in private, with what one has answered."""

from typing import Any

import discord
from discord import app_commands

from bot.ui import browsing, choices, replies, texts
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    clusters = [app_commands.Choice(name=c.name, value=c.slug) for c in coach.bank.clusters[: choices.MOST]]

    @tree.command(name="bank", description="All questions by topic, with what you have answered")
    @app_commands.describe(cluster="The topic to begin with")
    @app_commands.choices(cluster=clusters)
    async def bank(interaction: discord.Interaction[Any], cluster: str | None = None) -> None:
        first = coach.browsing.first_page_of(cluster)
        page = await replies.after(interaction, coach.browsing.page(interaction.user.id, first))
        await replies.show(interaction, browsing.panel(page) if page else texts.EMPTY_BANK)
