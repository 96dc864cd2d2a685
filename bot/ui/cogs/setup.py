"""`/setup`: where, when and on which days a server gets its question."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.schedules import EVERY_DAY, parse_time, parse_zone, zone_names
from bot.services.scheduling import RightsMissing, SetUp
from bot.ui import panels, replies, texts
from bot.ui.coach import Coach

DEFAULT_TIME = "09:00"
DEFAULT_ZONE = "UTC"
_DAYS = {
    "every day": EVERY_DAY,
    "Monday to Friday": frozenset(range(5)),
    "Saturday and Sunday": frozenset({5, 6}),
}
_MOST_CHOICES = 25


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    @tree.command(name="setup", description="Start the daily question, or change where and when it is posted")
    @app_commands.describe(
        channel="Where to post; this channel if you leave it out",
        time="Local time, such as 09:00 or 6 pm",
        zone="Time zone: type a city, such as Berlin",
        days="On which days",
    )
    @app_commands.choices(days=[app_commands.Choice(name=name, value=name) for name in _DAYS])
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(
        interaction: discord.Interaction[Any],
        channel: discord.TextChannel | None = None,
        time: str | None = None,
        zone: str | None = None,
        days: str | None = None,
    ) -> None:
        await _set_up(interaction, coach, channel=channel, time=time, zone=zone, days=days)

    @setup.autocomplete("zone")
    async def zones(_: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=name, value=name) for name in matching_zones(typed)]


def matching_zones(typed: str) -> list[str]:
    """Zones whose name holds what was typed, those of which a part begins with it first; at most 25."""
    wanted = typed.strip().replace(" ", "_").casefold()
    hits = [name for name in zone_names() if wanted in name.casefold()]
    hits.sort(key=lambda name: not any(p.startswith(wanted) for p in name.casefold().split("/")))
    return hits[:_MOST_CHOICES]


async def _set_up(
    interaction: discord.Interaction[Any],
    coach: Coach,
    *,
    channel: discord.TextChannel | None,
    time: str | None,
    zone: str | None,
    days: str | None,
) -> None:
    former = await coach.scheduling.schedule_of(interaction.guild_id or 0)
    at = parse_time(time) if time else former.at if former else parse_time(DEFAULT_TIME)
    name = parse_zone(zone) if zone else former.zone if former else DEFAULT_ZONE
    if at is None:
        await replies.show(interaction, f"“{time}” is not a time I know. Try `09:00`, `18:30` or `6 pm`.")
        return
    if name is None:
        await replies.show(
            interaction,
            f"“{zone}” is not a time zone I know. Type a city into `zone` and choose from the list, such as "
            "`Europe/Berlin`.",
        )
        return
    place = channel.id if channel else former.channel_id if former else _here(interaction)
    if place is None:
        await replies.show(interaction, "Questions need a text channel: choose one with `channel`.")
        return
    outcome = await replies.after(
        interaction,
        coach.scheduling.set_up(
            guild_id=interaction.guild_id or 0,
            channel_id=place,
            at=at,
            zone=name,
            weekdays=_DAYS.get(days or "", former.weekdays if former else EVERY_DAY),
            by=interaction.user.id,
        ),
    )
    await replies.show(interaction, _worded(outcome))


def _here(interaction: discord.Interaction[Any]) -> int | None:
    """The text channel that the command was used in, or under; a question can't have its thread elsewhere."""
    match interaction.channel:
        case discord.Thread(parent=discord.TextChannel(id=parent_id)):
            return parent_id
        case discord.TextChannel(id=channel_id):
            return channel_id
        case _:
            return None


def _worded(outcome: SetUp | RightsMissing) -> panels.Panel:
    match outcome:
        case RightsMissing(channel_id, rights):
            return panels.note(
                texts.rights_missing(channel_id, rights), "Nothing was changed. Then run `/setup` again."
            )
        case SetUp(schedule, upcoming, _):
            posts = "\n".join(f"- {texts.when(slot.due)}" for slot in upcoming)
            return panels.note(
                f"### The daily question is set\nI post {texts.order(schedule)}.",
                f"**The next five posts**, in your own time\n{posts}",
                "-# `/daily now` posts today's right away. `/setup` again changes any of it.",
            )
