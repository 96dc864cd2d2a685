"""`/answer` and *Submit as my answer*: answering without the card at hand."""

from typing import Any

import discord
from discord import app_commands

from bot.domain.answers import LONGEST, Path, tidy
from bot.domain.occurrences import Occurrence
from bot.ui import answers, forms, replies, texts
from bot.ui.coach import Coach


def add_to(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    @tree.command(name="answer", description="Answer the question of the day, in private")
    @app_commands.describe(text="Your answer; leave it out for a larger form")
    @app_commands.guild_only()
    async def answer(
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, LONGEST] | None = None,
    ) -> None:
        occurrence = await _current(interaction, coach)
        if occurrence is None:
            return
        if text is not None:
            offered = answers.offer(interaction, coach, text, Path.SLASH)
            await answers.hand_in(interaction, coach, offered, answers.question_target(occurrence.key))
        elif asked := await coach.answering.asked(interaction.user.id, occurrence.key, 0):
            await replies.ask(interaction, forms.AnswerForm(asked))
        else:
            await replies.show(interaction, texts.GONE)

    @tree.context_menu(name="Submit as my answer")
    @app_commands.guild_only()
    async def submit(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        if message.author.id != interaction.user.id:
            await replies.show(interaction, "You can only submit a message of your own as your answer.")
            return
        if not message.content:
            await replies.show(interaction, "That message has no words, so there is nothing to save.")
            return
        occurrence = await _current(interaction, coach)
        if occurrence is None:
            return
        bot = interaction.client.user
        text = tidy(message.content, mention_ids=frozenset({bot.id} if bot else ()))
        offered = answers.offer(interaction, coach, text, Path.CONTEXT_MENU)
        reply_to = message.reference.message_id if message.reference else None
        rung = await coach.answering.rung_for(occurrence, interaction.user.id, reply_to)
        await answers.hand_in(interaction, coach, offered, answers.question_target(occurrence.key, rung))


async def _current(interaction: discord.Interaction[Any], coach: Coach) -> Occurrence | None:
    occurrence = await coach.answering.current(interaction.guild_id or 0, interaction.channel_id or 0)
    if occurrence is None:
        said = "No question is open here right now. `/question` gives you one to practise on."
        await replies.show(interaction, said)
    return occurrence
