"""Handing a member's text to the answering service, and wording what comes back; for buttons and commands alike."""

import logging

import discord

from bot.domain.answers import Path
from bot.services.answering import NothingToAnswer, Offer, Outcome, Saved, TooShort
from bot.services.errors import NotSaved
from bot.ui import feedback, panels, replies, texts
from bot.ui.coach import Coach
from bot.ui.custom_ids import CustomId, Verb

log = logging.getLogger(__name__)


def offer(interaction: discord.Interaction, coach: Coach, text: str, path: Path, *, source: str | None = None) -> Offer:
    """What a member hands in with this interaction."""
    return Offer(
        source=source or f"i:{interaction.id}",
        guild_id=interaction.guild_id or 0,
        user_id=interaction.user.id,
        text=text,
        path=path,
        at=replies.happened_at(interaction.created_at, coach.clock()),
    )


async def hand_in(interaction: discord.Interaction, coach: Coach, offered: Offer, target: CustomId) -> None:
    """Saves an answer, says so, and then lets the next rung appear in the thread."""
    try:
        outcome = await replies.after(interaction, _submit(coach, offered, target))
    except NotSaved as error:
        said = texts.NOT_SAVED.format(reason=error)
        await replies.show(interaction, panels.note(said, texts.quoted(offered.text, 3000)))
        return
    await replies.show(interaction, worded(outcome, target))
    if isinstance(outcome, Saved):
        await unlock(coach, outcome)


async def unlock(coach: Coach, outcome: Saved) -> None:
    """Posts the rung that an answer unlocked, if nobody's answer had done so before."""
    occurrence = outcome.feedback.occurrence
    if occurrence and outcome.unlocked:
        key, rung = occurrence.key, outcome.unlocked
        try:
            await coach.posting.deliver_rung(key, rung)
        except NotSaved as error:  # the rung is due since the answer was saved, so the next tick posts it
            log.warning("follow-up %d of %s is posted later: %s", rung, key, error)


def worded(outcome: Outcome, target: CustomId) -> panels.Panel:
    """The private reply to an answer."""
    match outcome:
        case Saved():
            return feedback.saved(outcome)
        case TooShort(text, words, needed):
            said = (
                f"That has {texts.plural(words, 'word')}, and an answer needs at least {needed}, so nothing was "
                f"saved. Say a little more.\n{texts.quoted(text)}"
            )
            return panels.retry(said, target.key, target.rung, target.company)
        case NothingToAnswer(text):
            return panels.note(f"{texts.GONE} Nothing was saved.", texts.quoted(text, 3000))


async def _submit(coach: Coach, offered: Offer, target: CustomId) -> Outcome:
    if target.is_practice:
        return await coach.answering.submit_practice(offered, target.key, target.rung, target.company)
    return await coach.answering.submit(offered, target.key, target.rung)


def question_target(key: str, rung: int = 0) -> CustomId:
    """A rung of an occurrence; by default the question itself."""
    return CustomId(Verb.SUBMIT, key, str(rung))
