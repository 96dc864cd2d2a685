"""`/question`: any question of the bank, in private."""

from typing import Any

import discord
from discord import app_commands

from bot.ui import panels, replies, texts
from bot.ui.coach import Coach

_MOST_CHOICES = 25


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    clusters = [app_commands.Choice(name=c.name, value=c.slug) for c in coach.bank.clusters[:_MOST_CHOICES]]

    @tree.command(name="question", description="Practise any question, in private")
    @app_commands.describe(cluster="A topic to choose from", id="A question: type a part of its title")
    @app_commands.choices(cluster=clusters)
    async def question(
        interaction: discord.Interaction[Any],
        cluster: str | None = None,
        id: str | None = None,  # noqa: A002 - the option's name for members
    ) -> None:
        picked = await coach.practice.pick(interaction.user.id, cluster, id)
        if picked is not None:
            await replies.show(interaction, panels.practice(picked, coach.bank))
        elif id:
            said = f"There is no question “{id[:90]}”. Type a part of its title into `id` and choose from the list."
            await replies.show(interaction, said)
        else:
            name = coach.bank.cluster_name(cluster or "")
            await replies.show(interaction, f"{name} has no questions yet. Leave `cluster` out for all others.")

    @question.autocomplete("id")
    async def ids(interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        wanted = typed.strip().casefold()
        cluster = getattr(interaction.namespace, "cluster", None)
        hits = [q for q in coach.bank.in_cluster(cluster) if wanted in texts.headline(q).casefold()]
        return [app_commands.Choice(name=texts.headline(q)[:100], value=q.id) for q in hits[:_MOST_CHOICES]]
