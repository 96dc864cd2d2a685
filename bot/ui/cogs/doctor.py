"""`/doctor`: everything that could keep a question from its channel, and what became of the last ones."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.occurrences import Occurrence
from bot.domain.posts import PostState
from bot.services.doctoring import CheckUp, Report
from bot.ui import panels, replies, texts
from bot.ui.coach import Coach

_STATES = {
    PostState.DUE: "waiting to be posted",
    PostState.SENDING: "being posted",
    PostState.SENT: "posted",
    PostState.SKIPPED: "left out",
    PostState.BLOCKED: "held back",
    PostState.REMOVED: "removed",
    PostState.UNCERTAIN: "not certain",
}


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    @tree.command(name="doctor", description="Check the daily question: rights, next and last posts, troubles")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.checks.has_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def doctor(interaction: discord.Interaction[Any]) -> None:
        report = await replies.after(interaction, coach.doctoring.examine(interaction.guild_id or 0))
        await replies.show(interaction, panels.note(*_worded(report)))


def _worded(report: Report) -> list[str]:
    if not report.check_ups:
        return [f"### Check-up\n{texts.NO_SCHEDULE}"]
    troubled = report.troubles or any(c.missing_rights for c in report.check_ups) or report.log_channel_lacks
    verdict = "Something needs your attention." if troubled else "All is well."
    parts = [f"### Check-up\n{verdict}"]
    parts += [f"**Since {texts.timestamp(t.since, 'R')}:** {t.says}" for t in report.troubles]
    parts += [_check_up(check_up) for check_up in report.check_ups]
    parts.append(_log_channel(report))
    return parts


def _check_up(check_up: CheckUp) -> str:
    schedule = check_up.schedule
    order = texts.order(schedule)
    lines = [f"**{order[0].upper()}{order[1:]}**"]
    if check_up.missing_rights:
        lines.append(texts.rights_missing(schedule.channel_id, check_up.missing_rights))
    else:
        lines.append("I have every right I need there.")
    lines.append(f"Next post: {texts.when(check_up.following.due)}." if check_up.following else "No post is planned.")
    lines += [f"- {texts.day(o.day)}: {_state(o)}" for o in check_up.history]
    return "\n".join(lines)


def _state(occurrence: Occurrence) -> str:
    post = occurrence.post
    late = ", late" if post.state is PostState.SENT and occurrence.is_late else ""
    words = f"{occurrence.question_id or 'a question'} {_STATES[post.state]}{late}"
    return f"{words}: {post.reason}" if post.reason else words


def _log_channel(report: Report) -> str:
    channel = report.settings.log_channel_id
    if channel is None:
        return (
            "Notices go by direct message to whoever set the question up, else to the owner. "
            "`/setup log_channel` sends them to a channel."
        )
    if report.log_channel_lacks:
        return f"Notices go to <#{channel}>, but there I lack {texts.listed(report.log_channel_lacks)}."
    return f"Notices go to <#{channel}>."
