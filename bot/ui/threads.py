"""Answers written as messages: in a question's thread, or in reply to its card. A reaction is the receipt."""

import logging

import discord

from bot.domain.answers import Answer, Path, is_answer, tidy
from bot.domain.occurrences import Occurrence
from bot.services.answering import Offer, Saved
from bot.services.errors import NotSaved
from bot.ui import answers, replies
from bot.ui.coach import Coach

log = logging.getLogger(__name__)

TAKEN = "✅"
NOT_TAKEN = "⚠️"

_KINDS = {discord.MessageType.default, discord.MessageType.reply}


async def on_message(message: discord.Message, coach: Coach, me: int, *, reads_content: bool) -> None:
    """Takes a member's message as an answer where it is one; chat is left alone."""
    if message.author.bot or message.guild is None or message.type not in _KINDS:
        return
    occurrence = await _occurrence(message, coach)
    if occurrence is None:
        return
    if message.content:
        await _take(message, coach, me, occurrence)
        return
    # Without the privileged intent an empty message is one whose words are kept from us.
    hidden = not reads_content and message.channel.id == occurrence.post.message_id
    if hidden and (hint := await coach.answering.hint(occurrence, coach.clock())):
        await coach.posting.deliver(hint.key)


async def on_edit(message: discord.Message, coach: Coach, me: int) -> None:
    """Keeps the new text of a message that was taken as an answer, or takes it now that it has become one."""
    if message.author.bot or message.guild is None or not message.content or message.edited_at is None:
        return
    former = await coach.answering.answer_from(message.id)
    occurrence = await _occurrence(message, coach)
    if occurrence is None:
        return
    if former is None:
        await _take(message, coach, me, occurrence)
    elif tidy(message.content, mention_ids=frozenset({me})) != former.text:
        await _take(message, coach, me, occurrence, former=former)


async def _occurrence(message: discord.Message, coach: Coach) -> Occurrence | None:
    """The occurrence that a message belongs to: its thread's, or that of the card it replies to."""
    if not isinstance(message.channel, discord.TextChannel | discord.VoiceChannel):
        return await coach.answering.in_thread(message.channel.id)
    reply_to = message.reference.message_id if message.reference else None
    return await coach.answering.in_thread(reply_to) if reply_to else None


async def _take(
    message: discord.Message,
    coach: Coach,
    me: int,
    occurrence: Occurrence,
    *,
    former: Answer | None = None,
) -> None:
    text = tidy(message.content, mention_ids=frozenset({me}))
    if not is_answer(text):
        return
    edited = message.edited_at
    source = f"m:{message.id}" + (f":{int(edited.timestamp() * 1000)}" if former and edited else "")
    happened = edited if former and edited else message.created_at
    reply_to = message.reference.message_id if message.reference else None
    rung = former.rung if former else await coach.answering.rung_for(occurrence, message.author.id, reply_to)
    offered = Offer(
        source=source,
        guild_id=occurrence.guild_id,
        user_id=message.author.id,
        text=text,
        path=Path.THREAD,
        at=replies.happened_at(happened, coach.clock()),
    )
    try:
        outcome = await coach.answering.submit(offered, occurrence.key, rung)
    except NotSaved as error:
        log.error("an answer in thread %s: %s", message.channel.id, error)  # noqa: TRY400 - no stack is wanted
        await _react(message, NOT_TAKEN)
        return
    if isinstance(outcome, Saved):
        await _react(message, TAKEN)
        await answers.unlock(coach, outcome)


async def _react(message: discord.Message, emoji: str) -> None:
    try:
        await message.add_reaction(emoji)
    except (discord.HTTPException, discord.RateLimited, *replies.BROKEN) as error:
        log.warning("no reaction on message %s: %s", message.id, error)
