"""`/setup`: where, when and on which days a server gets its question, and which questions."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import discord
from discord import app_commands

from bot.domain import rotation
from bot.domain.occurrences import window
from bot.domain.questions import Company
from bot.domain.schedules import EVERY_DAY, Schedule, Selection, parse_time, parse_zone
from bot.services.scheduling import RightsMissing, SetUp, TooMany
from bot.ui import choices, panels, replies, texts
from bot.ui.coach import Coach

NEW = "new"
ANY = "any"
_DAYS = {
    "every day": EVERY_DAY,
    "Monday to Friday": frozenset(range(5)),
    "Saturday and Sunday": frozenset({5, 6}),
}
Level = app_commands.Range[int, 1, 5]


@dataclass(frozen=True, slots=True)
class _Options:
    """What an admin gave; None is left as it was."""

    channel: discord.TextChannel | None
    time: str | None
    zone: str | None
    days: str | None
    company: str | None
    cluster: str | None
    easiest: int | None
    hardest: int | None
    catch_up: int | None
    log_channel: discord.TextChannel | None
    schedule: str | None


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    clusters = [app_commands.Choice(name=c.name, value=c.slug) for c in coach.bank.clusters[: choices.MOST - 1]]

    @tree.command(name="setup", description="Start the daily question, or change where and when it is posted")
    @app_commands.describe(
        channel="Where to post; this channel if you leave it out",
        time="Local time, such as 09:00 or 6 pm",
        zone="Time zone: type a city, such as Berlin",
        days="On which days",
        company="Whose way of interviewing to follow",
        cluster="Questions on one topic only",
        easiest="The lowest difficulty, 1 to 5",
        hardest="The highest difficulty, 1 to 5",
        catch_up="How many hours late a question may still be posted",
        log_channel="Where to tell admins that something is wrong",
        schedule="Which daily question to change, or a new one beside it",
    )
    @app_commands.choices(
        days=[app_commands.Choice(name=name, value=name) for name in _DAYS],
        cluster=[*clusters, app_commands.Choice(name="All topics", value=ANY)],
        company=[*choices.companies(coach.bank), app_commands.Choice(name="As the server has it", value=ANY)],
    )
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def setup(  # noqa: PLR0917 - one parameter for each option
        interaction: discord.Interaction[Any],
        channel: discord.TextChannel | None = None,
        time: str | None = None,
        zone: str | None = None,
        days: str | None = None,
        company: str | None = None,
        cluster: str | None = None,
        easiest: Level | None = None,
        hardest: Level | None = None,
        catch_up: app_commands.Range[int, 0, 24] | None = None,
        log_channel: discord.TextChannel | None = None,
        schedule: str | None = None,
    ) -> None:
        options = _Options(
            channel, time, zone, days, company, cluster, easiest, hardest, catch_up, log_channel, schedule
        )
        await _set_up(interaction, coach, options)

    @setup.autocomplete("zone")
    async def zones(_: discord.Interaction[Any], typed: str) -> choices.Choices:
        return choices.zones(typed)

    @setup.autocomplete("schedule")
    async def schedules(interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        found = await choices.schedules(interaction, coach, typed)
        return [*found[: choices.MOST - 1], app_commands.Choice(name="A new one, beside the others", value=NEW)]


async def _set_up(interaction: discord.Interaction[Any], coach: Coach, options: _Options) -> None:
    base = await _base(interaction, coach, options)
    if base is None:
        return
    wanted = _wanted(base, options)
    if isinstance(wanted, str):
        await replies.show(interaction, wanted)
        return
    if not rotation.pool(coach.bank.questions, wanted.selection):
        said = "No question fits that topic and difficulty, so nothing was changed. Try a wider range."
        await replies.show(interaction, said)
        return
    log = options.log_channel
    if log and (lacks := coach.scheduling.rights_missing(wanted.guild_id, log.id)):
        await replies.show(interaction, panels.note(texts.rights_missing(log.id, lacks), texts.UNCHANGED))
        return
    outcome = await replies.after(interaction, coach.scheduling.set_up(wanted))
    if log and isinstance(outcome, SetUp):
        await coach.scheduling.tell_in(wanted.guild_id, log.id)
    company = await coach.emphases.of_card(wanted.guild_id, wanted)
    await replies.show(interaction, _worded(outcome, coach, company))


async def _base(interaction: discord.Interaction[Any], coach: Coach, options: _Options) -> Schedule | None:
    """The schedule to change, or a draft of a new one; says what is missing otherwise."""
    guild_id = interaction.guild_id or 0
    if options.schedule != NEW and await coach.scheduling.schedules_of(guild_id):
        return await choices.schedule(interaction, coach, options.schedule)
    place = options.channel.id if options.channel else _here(interaction)
    if place is None:
        await replies.show(interaction, "Questions need a text channel: choose one with `channel`.")
        return None
    return coach.scheduling.draft(guild_id, place, interaction.user.id)


def _wanted(base: Schedule, options: _Options) -> Schedule | str:
    """The schedule with the given options changed, or the sentence that says which of them can't be read."""
    at = parse_time(options.time) if options.time else base.at
    if at is None:
        return texts.NO_SUCH_TIME.format(time=options.time)
    zone = parse_zone(options.zone) if options.zone else base.zone
    if zone is None:
        return texts.NO_SUCH_ZONE.format(zone=options.zone)
    former = base.selection
    return replace(
        base,
        channel_id=options.channel.id if options.channel else base.channel_id,
        at=at,
        zone=zone,
        weekdays=_DAYS.get(options.days or "", base.weekdays),
        company=_chosen(options.company, base.company),
        selection=Selection(
            cluster=_chosen(options.cluster, former.cluster),
            easiest=options.easiest or former.easiest,
            hardest=options.hardest or former.hardest,
        ),
        catch_up=base.catch_up if options.catch_up is None else timedelta(hours=options.catch_up),
    )


def _chosen(option: str | None, former: str | None) -> str | None:
    """A choice that can be left as it was, or taken back with `ANY`."""
    return former if option is None else None if option == ANY else option


def _here(interaction: discord.Interaction[Any]) -> int | None:
    """The text channel that the command was used in, or under; a question can't have its thread elsewhere."""
    match interaction.channel:
        case discord.Thread(parent=discord.TextChannel(id=parent_id)):
            return parent_id
        case discord.TextChannel(id=channel_id):
            return channel_id
        case _:
            return None


def _worded(outcome: SetUp | RightsMissing | TooMany, coach: Coach, company: Company | None) -> panels.Panel:
    match outcome:
        case RightsMissing(channel_id, rights):
            return panels.note(texts.rights_missing(channel_id, rights), texts.UNCHANGED)
        case TooMany(most):
            return panels.note(f"A server has at most {most} daily questions. Change one of them with `schedule`.")
        case SetUp(schedule, upcoming):
            posts = "\n".join(f"- {texts.when(slot.due)}" for slot in upcoming)
            return panels.note(
                f"### The daily question is set\nI post {texts.order(schedule)}.",
                f"**The next five posts**, in your own time\n{posts}",
                f"{_drawn_from(schedule, coach, company)} A post that is held up still goes out up to "
                f"{window(schedule.catch_up)} late.",
                "-# `/daily now` posts today's right away. `/setup` again changes any of it. `/doctor` checks it.",
            )


def _drawn_from(schedule: Schedule, coach: Coach, company: Company | None) -> str:
    chosen = schedule.selection
    count = texts.plural(len(rotation.pool(coach.bank.questions, chosen)), "question")
    topic = coach.bank.cluster_name(chosen.cluster) if chosen.cluster else "all topics"
    emphasis = f", with {company.name} emphasis" if company else ""
    return f"I draw from {count}: {topic}, difficulty {chosen.easiest} to {chosen.hardest}{emphasis}."
