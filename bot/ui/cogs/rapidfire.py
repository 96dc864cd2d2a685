"""`/rapidfire`: rounds for a group, how they stand, and practice alone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

import discord
from discord import app_commands

from bot.domain.rapidfire import (
    FEWEST_SECONDS,
    FEWEST_TEAMS,
    LONGEST,
    MOST_SECONDS,
    MOST_TEAMS,
    SHORTEST,
    Rules,
    Scoring,
)
from bot.domain.schedules import EVERY_DAY, parse_time, parse_zone
from bot.services.rapidfire import Ended, NotYours, since
from bot.services.scheduling import DEFAULT_ZONE
from bot.ui import choices, custom_ids, rapidfire, replies, round_panels, texts
from bot.ui.admin import manages_guild
from bot.ui.coach import Coach

_EMPHASIS = "Whose way of interviewing sets the mix, the time and the points; leave out for a mixed round"

_CLUSTER = "A topic to stay in"
_RULES = {
    "company": _EMPHASIS,
    "prompts": "How many prompts: 10 unless you say otherwise",
    "seconds": "How long each prompt lasts; leave out for its own time",
    "cluster": _CLUSTER,
    "scoring": "fair: when you answer does not matter; race: quicker answers earn more",
    "teams": "How many teams; leave out to play each for themselves",
}

Length = app_commands.Range[int, SHORTEST, LONGEST]
Seconds = app_commands.Range[int, FEWEST_SECONDS, MOST_SECONDS]
Teams = app_commands.Range[int, FEWEST_TEAMS, MOST_TEAMS]


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    group = Rapidfire(coach)
    clusters = [app_commands.Choice(name=c.name, value=c.slug) for c in coach.bank.clusters[: choices.MOST]]
    companies = choices.companies(coach.bank)
    for command in (group.start, group.schedule, group.practice):
        app_commands.choices(cluster=clusters, company=companies)(command)
    tree.add_command(group)


class Rapidfire(app_commands.Group):
    """The commands under `/rapidfire`."""

    def __init__(self, coach: Coach) -> None:
        super().__init__(
            name="rapidfire", description="Quick prompts for a group, judged at once; or alone", guild_only=True
        )
        self._coach = coach

    @app_commands.command(description="Open a round in this channel")
    @app_commands.describe(
        **_RULES,
        partial="Whether some of the things asked for earn something",
        wait="Seconds until it begins: 60 unless you say otherwise",
    )
    async def start(  # noqa: PLR0917 - one for each option
        self,
        interaction: discord.Interaction[Any],
        company: str | None = None,
        prompts: Length = 10,
        seconds: Seconds | None = None,
        cluster: str | None = None,
        scoring: Literal["fair", "race"] = "fair",
        teams: Teams | None = None,
        partial: bool = False,  # noqa: FBT001, FBT002 - an option of the command
        wait: app_commands.Range[int, 10, 900] = 60,
    ) -> None:
        rules = Rules(
            company=self._known(company),
            cluster=cluster,
            length=prompts,
            seconds=seconds,
            scoring=Scoring(scoring),
            partial=partial,
            teams=teams or 0,
            lobby=timedelta(seconds=wait),
        )
        place = (interaction.guild_id or 0, interaction.channel_id or 0)
        work = self._coach.arena.rapidfire.start(place, rapidfire.member(interaction), rules)
        await replies.show(interaction, rapidfire.opened(await replies.after(interaction, work)))

    @app_commands.command(description="End the round in this channel and show its board")
    async def stop(self, interaction: discord.Interaction[Any]) -> None:
        may = rapidfire.may_manage(interaction)
        work = self._coach.arena.rapidfire.stop(interaction.channel_id or 0, interaction.user.id, may_manage=may)
        match await replies.after(interaction, work):
            case Ended(page):
                await replies.show(interaction, round_panels.status(page, self._coach.bank))
            case NotYours():
                await replies.show(interaction, round_panels.NOT_HOST)
            case _:
                await replies.show(interaction, round_panels.NOTHING_RUNS)

    @app_commands.command(description="See how the round in this channel stands, or how the last one ended")
    async def status(self, interaction: discord.Interaction[Any]) -> None:
        work = self._coach.arena.rapidfire.status(interaction.guild_id or 0, interaction.channel_id or 0)
        page = await replies.after(interaction, work)
        await replies.show(
            interaction, round_panels.status(page, self._coach.bank) if page else round_panels.NOTHING_RUNS
        )

    @app_commands.command(description="See who leads in this server's ranked rounds")
    @app_commands.describe(span="This week, this season (the quarter), or all of them")
    async def standings(
        self, interaction: discord.Interaction[Any], span: Literal["week", "season", "all"] = "season"
    ) -> None:
        began = since(span, self._coach.clock())
        work = self._coach.arena.rapidfire.standings(interaction.guild_id or 0, began)
        await replies.show(interaction, round_panels.standings(await replies.after(interaction, work), span))

    @app_commands.command(description="Practise alone, in private and without a clock")
    @app_commands.describe(company=_EMPHASIS, cluster=_CLUSTER)
    async def practice(
        self, interaction: discord.Interaction[Any], company: str | None = None, cluster: str | None = None
    ) -> None:
        await rapidfire.next_drill(interaction, self._coach, custom_ids.ANY, self._known(company), cluster=cluster)

    @app_commands.command(description="Open a round here at a fixed time, such as every Friday at 19:00; for admins")
    @app_commands.describe(
        time="Local time at which the lobby opens, such as 19:00 or 7 pm",
        day="On which day; every day if you leave it out",
        zone="Time zone: type a city, such as Berlin; leave out for the one of the daily question",
        **_RULES,
        wait="Minutes for which the lobby is open: 5 unless you say otherwise",
    )
    @app_commands.choices(day=[app_commands.Choice(name=name, value=n) for n, name in enumerate(texts.WEEKDAY_NAMES)])
    async def schedule(  # noqa: PLR0917 - one for each option
        self,
        interaction: discord.Interaction[Any],
        time: str,
        day: int | None = None,
        zone: str | None = None,
        company: str | None = None,
        prompts: Length = 10,
        seconds: Seconds | None = None,
        cluster: str | None = None,
        scoring: Literal["fair", "race"] = "fair",
        teams: Teams | None = None,
        wait: app_commands.Range[int, 1, 15] = 5,
    ) -> None:
        if not manages_guild(interaction):
            await replies.show(interaction, texts.NOT_ADMIN)
            return
        rules = Rules(
            company=self._known(company),
            cluster=cluster,
            length=prompts,
            seconds=seconds,
            scoring=Scoring(scoring),
            teams=teams or 0,
            lobby=timedelta(minutes=wait),
        )
        place = (interaction.guild_id or 0, interaction.channel_id or 0)
        service = self._coach.arena.scheduling
        at = parse_time(time)
        named = parse_zone(zone) if zone else await service.zone_of(place[0]) or DEFAULT_ZONE
        if at is None or named is None:
            said = texts.NO_SUCH_TIME.format(time=time) if at is None else texts.NO_SUCH_ZONE.format(zone=zone)
            await replies.show(interaction, said)
            return
        draft = service.draft(place, interaction.user.id, rules)
        wanted = replace(draft, at=at, zone=named, weekdays=EVERY_DAY if day is None else frozenset({day}))
        await replies.show(interaction, rapidfire.planned(await replies.after(interaction, service.set_up(wanted))))

    @app_commands.command(description="Open no further rounds at a fixed time; for admins")
    @app_commands.describe(which="Which of them")
    async def unschedule(self, interaction: discord.Interaction[Any], which: str) -> None:
        if not manages_guild(interaction):
            await replies.show(interaction, texts.NOT_ADMIN)
            return
        service = self._coach.arena.scheduling
        meant = [one for one in await service.of(interaction.guild_id or 0) if one.id == which]
        if not meant:
            await replies.show(interaction, round_panels.NO_SUCH_ORDER)
            return
        await replies.after(interaction, service.end(meant[0]))
        await replies.show(interaction, f"I no longer open rounds {texts.order(meant[0])}.")

    @unschedule.autocomplete("which")
    async def orders(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        return choices.listed(interaction, await self._coach.arena.scheduling.of(interaction.guild_id or 0), typed)

    @schedule.autocomplete("zone")
    async def zones(self, _: discord.Interaction[Any], typed: str) -> choices.Choices:
        return choices.zones(typed)

    def _known(self, company: str | None) -> str | None:
        """A company that there is content for; None mixes them all."""
        return company if self._coach.bank.company(company) else None

    @app_commands.command(description="Decide on answers whose authors say that they count; for moderators")
    async def appeals(self, interaction: discord.Interaction[Any]) -> None:
        if not rapidfire.may_manage(interaction):
            await replies.show(interaction, round_panels.ONLY_MODERATORS)
            return
        waiting = await replies.after(interaction, self._coach.arena.appealing.waiting(interaction.guild_id or 0))
        await replies.show(interaction, round_panels.appeals(waiting))
