"""`/daily`: what admins do with the daily question from day to day."""

from datetime import date
from typing import Any

import discord
from discord import app_commands

from bot.domain.occurrences import Occurrence
from bot.domain.schedules import Schedule, Slot, local_date
from bot.services.posting import AlreadyPosted, NotPosted, Posted, Then
from bot.ui import choices, panels, replies, texts
from bot.ui.admin import AdminGroup
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    tree.add_command(Daily(coach))


_THEN = {
    Then.RETRIED: "I keep trying.",
    Then.MENDED: "Once that is mended, I post it; `/daily now` tries at once.",
    Then.LEFT: "I do not post it again.",
}
_WHICH = "Which daily question, where there are several"


class Daily(AdminGroup, name="daily", description="The daily question: post it now, look ahead, skip, pause"):
    """The commands under `/daily`."""

    @app_commands.command(description="Post today's question right away")
    @app_commands.describe(schedule=_WHICH)
    async def now(self, interaction: discord.Interaction[Any], schedule: str | None = None) -> None:
        if chosen := await choices.schedule(interaction, self._coach, schedule):
            outcome = await replies.after(interaction, self._coach.posting.post_now(chosen))
            await replies.show(interaction, _worded(outcome))

    @app_commands.command(description="Show the next posts")
    @app_commands.describe(schedule=_WHICH)
    async def next(self, interaction: discord.Interaction[Any], schedule: str | None = None) -> None:
        if chosen := await choices.schedule(interaction, self._coach, schedule):
            upcoming = await self._coach.scheduling.upcoming(chosen, 5)
            posts = "\n".join(f"- {texts.when(slot.due)}" for slot in upcoming) or "- none"
            parts = [f"### The next posts\nI post {texts.order(chosen)}.", posts]
            if blocked := await self._coach.posting.blocked_reason(chosen):
                parts.append(f"**Something is in the way:** {blocked}. I go on as soon as that is mended.")
            if chosen.paused_until:
                parts.append(_pause(chosen))
            await replies.show(interaction, panels.note(*parts))

    @app_commands.command(description="Leave out the next post")
    @app_commands.describe(schedule=_WHICH)
    async def skip(self, interaction: discord.Interaction[Any], schedule: str | None = None) -> None:
        if chosen := await choices.schedule(interaction, self._coach, schedule):
            skipped = await replies.after(interaction, self._coach.scheduling.skip(chosen))
            if skipped is None:
                said = "There is no post to skip: the daily question is paused. `/daily resume` goes on with it."
            else:
                said = f"Skipped: the post of {texts.day(skipped.slot.day)}. Nobody's streak is hurt.\n" + _following(
                    skipped.following
                )
            await replies.show(interaction, said)

    @app_commands.command(description="Post nothing for a while; streaks are kept")
    @app_commands.describe(
        until="The day of the first post again, such as 2026-12-24; leave out to decide later", schedule=_WHICH
    )
    async def pause(
        self, interaction: discord.Interaction[Any], until: str | None = None, schedule: str | None = None
    ) -> None:
        if not (chosen := await choices.schedule(interaction, self._coach, schedule)):
            return
        today = local_date(chosen, self._coach.clock())
        try:
            resumes = date.fromisoformat(until.strip()) if until else None
        except ValueError:
            said = f"“{until}” is not a day I know. Write it as year-month-day, such as `{today.isoformat()}`."
            await replies.show(interaction, said)
            return
        if resumes is not None and resumes <= today:
            said = f"{texts.day(resumes)} is not after today. Give the day of the first post after the pause."
            await replies.show(interaction, said)
            return
        paused = await replies.after(interaction, self._coach.scheduling.pause(chosen, resumes))
        await replies.show(interaction, _pause(paused))

    @app_commands.command(description="End a pause")
    @app_commands.describe(schedule=_WHICH)
    async def resume(self, interaction: discord.Interaction[Any], schedule: str | None = None) -> None:
        if chosen := await choices.schedule(interaction, self._coach, schedule):
            was_paused = chosen.paused_until is not None
            resumed = await replies.after(interaction, self._coach.scheduling.resume(chosen))
            upcoming = await self._coach.scheduling.upcoming(resumed, 1)
            said = "The daily question goes on." if was_paused else "The daily question was not paused."
            await replies.show(interaction, f"{said}\n{_following(next(iter(upcoming), None))}")

    @now.autocomplete("schedule")
    @next.autocomplete("schedule")  # noqa: A003 - the command of that name
    @skip.autocomplete("schedule")
    @pause.autocomplete("schedule")
    @resume.autocomplete("schedule")
    async def schedules(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        return await choices.schedules(interaction, self._coach, typed)


def _worded(outcome: Posted | AlreadyPosted | NotPosted) -> str:
    match outcome:
        case Posted(occurrence, following):
            return f"Posted: {_link(occurrence)}.\n{_following(following)}"
        case AlreadyPosted(occurrence, following):
            return f"Today's question is posted already: {_link(occurrence)}.\n{_following(following)}"
        case NotPosted(reason, then):
            return f"Today's question could not be posted: {reason}. {_THEN[then]}"


def _link(occurrence: Occurrence) -> str:
    post = occurrence.post
    return f"https://discord.com/channels/{post.guild_id}/{post.channel_id}/{post.message_id}"


def _following(slot: Slot | None) -> str:
    return f"Next post: {texts.when(slot.due)}." if slot else "No further post is planned."


def _pause(schedule: Schedule) -> str:
    if schedule.paused_until == date.max:
        return "The daily question is **paused** until somebody uses `/daily resume`. Streaks are kept."
    first = texts.day(schedule.paused_until) if schedule.paused_until else "its usual day"
    return f"The daily question is **paused**: the next post is on {first}. Streaks are kept."
