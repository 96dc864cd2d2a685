"""What our buttons and modals do. Stateless: everything is in the `custom_id`, so restarts change nothing."""

from collections.abc import Mapping
from typing import Any, cast

import discord

from bot.domain.answers import Path
from bot.domain.reveal import Layer
from bot.ui import answers, browsing, feedback, forms, guides, panels, rapidfire, replies, texts
from bot.ui.coach import Coach
from bot.ui.custom_ids import CustomId, Foreign, Verb, parse

_ROUTED = {discord.InteractionType.component, discord.InteractionType.modal_submit}


async def route(interaction: discord.Interaction, coach: Coach) -> None:
    """Answers a button or a modal of ours; leaves every other interaction alone."""
    if interaction.type not in _ROUTED:
        return
    data = cast("Mapping[str, Any]", interaction.data or {})
    match parse(str(data.get("custom_id", ""))):
        case Foreign(ours=ours):
            if ours:
                await replies.show(interaction, texts.OLD_CARD)
        case CustomId() as target:
            await _act(interaction, coach, target, data)


async def _act(interaction: discord.Interaction, coach: Coach, target: CustomId, data: Mapping[str, Any]) -> None:
    match target.verb:
        case Verb.ANSWER:
            await _ask(interaction, coach, target)
        case Verb.SUBMIT:
            offered = answers.offer(interaction, coach, forms.submitted(data), Path.MODAL)
            await answers.hand_in(interaction, coach, offered, target)
        case Verb.REVEAL:
            await _reveal(interaction, coach, target)
        case Verb.MINE:
            await _mine(interaction, coach, target)
        case Verb.CLAIM:
            await _claim(interaction, coach, target, data)
        case Verb.BANK:
            await _turn(interaction, coach, target)
        case Verb.TRIAGE:
            await _walk(interaction, coach, target)
        case Verb.PRACTISE:
            await _practise(interaction, coach, data)
        case verb if verb in rapidfire.VERBS:
            await rapidfire.act(interaction, coach, target, data)
        case _:
            raise ValueError(f"nothing is done for {target.verb}")


async def _ask(interaction: discord.Interaction, coach: Coach, target: CustomId) -> None:
    find = coach.answering.asked_in_practice if target.is_practice else coach.answering.asked
    asked = await find(interaction.user.id, target.key, target.rung)
    if asked is None and interaction.message and not target.is_practice:
        # A card can be seen, and pressed, before Discord's reply to its posting has reached us.
        await coach.posting.echoed(target.key, interaction.message.id)
        asked = await find(interaction.user.id, target.key, target.rung)
    if asked is None:
        await replies.show(interaction, texts.GONE)
    else:
        await replies.ask(interaction, forms.AnswerForm(asked, target.company))


async def _reveal(interaction: discord.Interaction, coach: Coach, target: CustomId) -> None:
    try:
        layer = Layer(target.arg)
    except ValueError:
        await replies.show(interaction, texts.OLD_CARD)
        return
    at = replies.happened_at(interaction.created_at, coach.clock())
    question = await replies.after(interaction, coach.practice.reveal(interaction.user.id, target.key, layer, at))
    await replies.show(interaction, panels.layer(question, layer) if question else texts.GONE)


async def _claim(interaction: discord.Interaction, coach: Coach, target: CustomId, data: Mapping[str, Any]) -> None:
    points = [str(value) for value in data.get("values", ())]
    at = replies.happened_at(interaction.created_at, coach.clock())
    claim = coach.claiming.claim_in_practice if target.is_practice else coach.claiming.claim
    claimed = await replies.after(interaction, claim(interaction.user.id, target.key, target.rung, points, at))
    await replies.show(interaction, texts.NOTHING_TO_NOTE if claimed is None else feedback.claimed(claimed))


async def _mine(interaction: discord.Interaction, coach: Coach, target: CustomId) -> None:
    given = await replies.after(interaction, coach.answering.feedback(interaction.user.id, target.key, target.rung))
    if given is None:
        said = "You have not answered this yet, so there is no feedback to show."
        await replies.show(interaction, panels.retry(said, target.key, target.rung))
    else:
        await replies.show(interaction, feedback.mine(given))


async def _turn(interaction: discord.Interaction, coach: Coach, target: CustomId) -> None:
    number = int(target.key) if target.key.isdecimal() else 0
    page = await replies.after(interaction, coach.browsing.page(interaction.user.id, number))
    await replies.show(interaction, browsing.panel(page) if page else texts.EMPTY_BANK, in_place=True)


async def _walk(interaction: discord.Interaction, coach: Coach, target: CustomId) -> None:
    guide = coach.bank.guides.get(target.key)
    node = guide.node(target.arg) if guide else None
    if guide is None or node is None:
        await replies.show(interaction, texts.NO_SUCH_GUIDE)
    else:
        await replies.show(interaction, guides.step(guide, node, coach.bank), in_place=True)


async def _practise(interaction: discord.Interaction, coach: Coach, data: Mapping[str, Any]) -> None:
    question = coach.bank.find(str(next(iter(data.get("values", ())), "")))
    if question is None:
        await replies.show(interaction, texts.GONE)
        return
    emphases = coach.emphases.of_member(interaction.guild_id or 0, interaction.user.id, None, None)
    emphasis = await replies.after(interaction, emphases)
    await replies.show(interaction, panels.practice(question, coach.bank, emphasis, None))
