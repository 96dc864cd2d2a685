"""What admins and members choose from while they type a command: schedules and questions."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.domain.bank import Bank
from bot.domain.emphasis import NONE
from bot.domain.questions import Question
from bot.domain.schedules import Schedule, zone_names
from bot.ui import replies, texts
from bot.ui.coach import Coach

MOST = 25
"""Choices that Discord shows."""

Choices = list[app_commands.Choice[str]]


def questions(bank: Bank, typed: str, cluster: str | None = None) -> Choices:
    """Questions whose id or title holds what was typed."""
    wanted = typed.strip().casefold()
    hits = [q for q in bank.in_cluster(cluster) if wanted in texts.headline(q).casefold()]
    return [app_commands.Choice(name=texts.headline(q)[:100], value=q.id) for q in hits[:MOST]]


def companies(bank: Bank) -> Choices:
    """Every emphasis that there is content for, and none."""
    named = [app_commands.Choice(name=c.name, value=c.slug) for c in bank.companies[: MOST - 2]]
    return [*named, app_commands.Choice(name="None", value=NONE)]


def zones(typed: str) -> Choices:
    """Zones whose name holds what was typed, those of which a part begins with it first."""
    wanted = typed.strip().replace(" ", "_").casefold()
    hits = [name for name in zone_names() if wanted in name.casefold()]
    hits.sort(key=lambda name: not any(p.startswith(wanted) for p in name.casefold().split("/")))
    return [app_commands.Choice(name=name, value=name) for name in hits[:MOST]]


async def question(interaction: discord.Interaction[Any], coach: Coach, name: str) -> Question | None:
    """The question with this id or slug; says so if there is none."""
    found = coach.bank.find(name)
    if found is None:
        await replies.show(interaction, texts.NO_SUCH_QUESTION.format(name=name[:90]))
    return found


async def schedules(interaction: discord.Interaction[Any], coach: Coach, typed: str) -> Choices:
    """The guild's schedules, by what people see of them."""
    return listed(interaction, await coach.scheduling.schedules_of(interaction.guild_id or 0), typed)


def listed(interaction: discord.Interaction[Any], every: Sequence[Schedule], typed: str) -> Choices:
    """Those schedules of which the name holds what was typed."""
    wanted = typed.strip().casefold()
    named = [(_name(interaction, s), s.id) for s in every]
    hits = [(name, id_) for name, id_ in named if wanted in name.casefold()]
    return [app_commands.Choice(name=name, value=id_) for name, id_ in hits[:MOST]]


async def schedule(interaction: discord.Interaction[Any], coach: Coach, chosen: str | None) -> Schedule | None:
    """The schedule that is meant: the chosen one, the only one, or the only one of this channel.

    Says what to do where that leaves it open.
    """
    every = await coach.scheduling.schedules_of(interaction.guild_id or 0)
    if not every:
        await replies.show(interaction, texts.NO_SCHEDULE)
        return None
    here = [s for s in every if s.channel_id == interaction.channel_id]
    meant = [s for s in every if s.id == chosen] if chosen else every if len(every) == 1 else here
    if len(meant) == 1:
        return meant[0]
    listed = "\n".join(f"- {texts.order(s)}" for s in every)
    await replies.show(interaction, f"Which one? Choose it with `schedule`.\n{listed}")
    return None


def _name(interaction: discord.Interaction[Any], schedule: Schedule) -> str:
    channel = interaction.guild.get_channel(schedule.channel_id) if interaction.guild else None
    place = f"#{channel.name}" if channel else "a channel that is gone"
    days = "" if schedule.rules is None else f"{texts.weekdays(schedule.weekdays)} "
    return f"{days}{schedule.at:%H:%M} {schedule.zone} in {place}"[:100]
