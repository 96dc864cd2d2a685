"""`/emphasis`: whose way of interviewing a member, or a whole server, wants to practise."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.emphasis import NONE
from bot.services.emphasis import Chosen
from bot.ui import choices, panels, replies, texts
from bot.ui.coach import Coach

SERVER = "server"


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    offered = choices.companies(coach.bank)
    group = app_commands.Group(name="emphasis", description="Whose way of interviewing to practise", guild_only=True)

    @group.command(name="mine", description="The emphasis of your own feedback and follow-ups")
    @app_commands.describe(company="Whose way of interviewing to follow in what only you see")
    @app_commands.choices(company=[*offered, app_commands.Choice(name="As the server has it", value=SERVER)])
    async def mine(interaction: discord.Interaction[Any], company: str) -> None:
        own = None if company == SERVER else company
        work = coach.emphases.choose_own(interaction.guild_id or 0, interaction.user.id, own)
        await replies.show(interaction, _worded(await replies.after(interaction, work), coach))

    @group.command(name="server", description="For admins: the emphasis of this server's questions")
    @app_commands.describe(
        company="Whose way of interviewing to follow, where a daily question has no choice of its own"
    )
    @app_commands.choices(company=offered)
    async def server(interaction: discord.Interaction[Any], company: str) -> None:
        if not interaction.permissions.manage_guild:  # the other commands of the group are for everybody
            await replies.show(interaction, texts.NOT_ADMIN)
            return
        chosen = None if company == NONE else company
        work = coach.emphases.choose_for_server(interaction.guild_id or 0, interaction.user.id, chosen)
        await replies.show(interaction, _worded(await replies.after(interaction, work), coach))

    @group.command(name="show", description="Which emphasis is on, for you and for this server")
    async def show(interaction: discord.Interaction[Any]) -> None:
        work = coach.emphases.chosen(interaction.guild_id or 0, interaction.user.id)
        await replies.show(interaction, _worded(await replies.after(interaction, work), coach))

    tree.add_command(group)


def _worded(chosen: Chosen, coach: Coach) -> panels.Panel:
    own = _named(chosen.own, coach) if chosen.own else "as the server has it"
    parts = [f"### Emphasis\n**Yours:** {own}\n**This server:** {_named(chosen.server, coach)}"]
    if company := chosen.in_practice:
        parts.append(f"**{texts.emphasis(company)}** It listens for: {company.listens_for}")
    parts.append(
        "-# Yours shapes what only you see: feedback, your own follow-ups and `/question`. The server's shapes the "
        "next cards and their threads; a daily question with a choice of its own (`/setup`) keeps that."
    )
    return panels.note(*parts)


def _named(slug: str | None, coach: Coach) -> str:
    company = coach.bank.company(slug)
    return company.name if company else "none"
