"""`/guide` and `/triage`: how to answer, what is listened for, and where to look first when a model got worse."""

import asyncio
from typing import Any

import discord
from discord import app_commands

from bot.ui import choices, guides, pictures, replies, texts
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    every = [app_commands.Choice(name=g.title, value=g.slug) for g in coach.bank.guides.values()][: choices.MOST]
    trees = [app_commands.Choice(name=g.title, value=g.slug) for g in coach.bank.trees][: choices.MOST]
    drawn: dict[str, bytes] = {}

    @tree.command(name="guide", description="How to answer, and what interviewers listen for")
    @app_commands.describe(name="Which guide to show; without it, the steps of a strong answer")
    @app_commands.choices(name=every)
    async def guide(interaction: discord.Interaction[Any], name: str | None = None) -> None:
        found = coach.bank.guides.get(name) if name else coach.bank.first_guide
        if found is None:
            await replies.show(interaction, texts.NO_SUCH_GUIDE)
            return
        if not interaction.app_permissions.attach_files:
            await replies.show(interaction, guides.panel(found, None))
            return
        if found.slug not in drawn:
            drawn[found.slug] = await replies.after(interaction, asyncio.to_thread(pictures.draw, found))
        await replies.show(interaction, guides.panel(found, drawn[found.slug]))

    @tree.command(name="triage", description="Find where to look first when a model got worse, in private")
    @app_commands.describe(tree="Which tree to walk, where there are several")
    @app_commands.choices(tree=trees)
    async def triage(interaction: discord.Interaction[Any], tree: str | None = None) -> None:
        found = next((one for one in coach.bank.trees if tree in (None, one.slug)), None)
        if found is None:
            await replies.show(interaction, texts.NO_SUCH_GUIDE)
        else:
            await replies.show(interaction, guides.step(found, found.root, coach.bank))
