"""`/queue`: which questions come next, and in what order."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bot.domain.schedules import Schedule
from bot.services.queueing import SHOWN, Upcoming
from bot.ui import choices, panels, replies, texts
from bot.ui.admin import AdminGroup
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    tree.add_command(Queue(coach))


class Queue(AdminGroup, name="queue", description="The next questions: look ahead, reorder, leave out"):
    """The commands under `/queue`."""

    @app_commands.command(description="Show the next seven questions")
    @app_commands.describe(schedule="Which daily question, where there are several")
    async def show(self, interaction: discord.Interaction[Any], schedule: str | None = None) -> None:
        if chosen := await choices.schedule(interaction, self._coach, schedule):
            await self._show(interaction, chosen, await self._coach.queueing.preview(chosen))

    @app_commands.command(description="Put a question at a place of your choice")
    @app_commands.describe(
        question="Type a part of its title",
        position="1 is the very next",
        schedule="Which daily question, where there are several",
    )
    async def move(
        self,
        interaction: discord.Interaction[Any],
        question: str,
        position: app_commands.Range[int, 1, SHOWN] = 1,
        schedule: str | None = None,
    ) -> None:
        if (chosen := await choices.schedule(interaction, self._coach, schedule)) and (
            found := await choices.question(interaction, self._coach, question)
        ):
            work = self._coach.queueing.move(chosen, found, position)
            await self._show(interaction, chosen, await replies.after(interaction, work))

    @app_commands.command(description="Leave a question out until all others have been asked")
    @app_commands.describe(
        question="Type a part of its title", schedule="Which daily question, where there are several"
    )
    async def skip(self, interaction: discord.Interaction[Any], question: str, schedule: str | None = None) -> None:
        if (chosen := await choices.schedule(interaction, self._coach, schedule)) and (
            found := await choices.question(interaction, self._coach, question)
        ):
            work = self._coach.queueing.leave_out(chosen, found)
            await self._show(interaction, chosen, await replies.after(interaction, work))

    @app_commands.command(description="Forget the order that was given, and go on by the bot's own")
    @app_commands.describe(schedule="Which daily question, where there are several")
    async def reset(self, interaction: discord.Interaction[Any], schedule: str | None = None) -> None:
        if chosen := await choices.schedule(interaction, self._coach, schedule):
            work = self._coach.queueing.reset(chosen)
            await self._show(interaction, chosen, await replies.after(interaction, work))

    @move.autocomplete("question")
    @skip.autocomplete("question")
    async def questions(self, _: discord.Interaction[Any], typed: str) -> choices.Choices:
        return choices.questions(self._coach.bank, typed)

    @show.autocomplete("schedule")
    @move.autocomplete("schedule")
    @skip.autocomplete("schedule")
    @reset.autocomplete("schedule")
    async def schedules(self, interaction: discord.Interaction[Any], typed: str) -> choices.Choices:
        return await choices.schedules(interaction, self._coach, typed)

    async def _show(
        self, interaction: discord.Interaction[Any], schedule: Schedule, coming: Sequence[Upcoming]
    ) -> None:
        left = await self._coach.queueing.left(schedule)
        lines = [
            f"{number}. {texts.timestamp(u.slot.due, 'D')} · {texts.headline(u.question)}"
            + (" · chosen by an admin" if u.is_queued else "")
            for number, u in enumerate(coming, start=1)
        ]
        await replies.show(
            interaction,
            panels.note(
                f"### The next questions\nI post {texts.order(schedule)}.",
                "\n".join(lines) or "Nothing is planned: the daily question is paused.",
                f"-# {texts.plural(left, 'question')} left before any repeats.",
            ),
        )
