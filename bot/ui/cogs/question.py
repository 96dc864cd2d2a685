"""`/question`: any question of the bank, in private."""

from typing import Any

import discord
from discord import app_commands

from bot.ui import choices, panels, replies, texts
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    clusters = [app_commands.Choice(name=c.name, value=c.slug) for c in coach.bank.clusters[: choices.MOST]]

    @tree.command(name="question", description="Practise any question, in private")
    @app_commands.describe(
        cluster="A topic to choose from",
        id="A question: type a part of its title",
        company="Whose way of interviewing to follow, for this question",
    )
    @app_commands.choices(cluster=clusters, company=choices.companies(coach.bank))
    async def question(
        interaction: discord.Interaction[Any],
        cluster: str | None = None,
        id: str | None = None,  # noqa: A002 - the option's name for members
        company: str | None = None,
    ) -> None:
        emphasis = await coach.emphases.of_member(interaction.guild_id or 0, interaction.user.id, None, company)
        picked = await coach.practice.pick(interaction.user.id, cluster, id, emphasis)
        if picked is not None:
            await replies.show(interaction, panels.practice(picked, coach.bank, emphasis, company))
        elif id:
            await replies.show(interaction, texts.NO_SUCH_QUESTION.format(name=id[:90]))
        else:
            name = coach.bank.cluster_name(cluster or "")
            await replies.show(interaction, f"{name} has no questions yet. Leave `cluster` out for all others.")

    @question.autocomplete("id")
    async def ids(interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        return choices.questions(coach.bank, typed, getattr(interaction.namespace, "cluster", None))
