"""What the buttons and forms of rapid-fire rounds do. Like all of the router, it keeps nothing in memory."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import discord

from bot.domain.rapidfire import Phase, Rules
from bot.services.rapidfire import Asking, Busy, NoPrompts, NothingRuns, NotYours, Opened, RightsMissing
from bot.services.rapidfire_ports import AttemptId, Joining
from bot.services.round_scheduling import Planned
from bot.services.scheduling import TooMany
from bot.ui import custom_ids, forms, panels, replies, round_panels, rounds, texts
from bot.ui.coach import Coach
from bot.ui.custom_ids import CustomId, Verb
from bot.ui.panels import Panel


def member(interaction: discord.Interaction[Any]) -> Joining:
    """Who acts, under the name that they have in the guild."""
    return Joining(interaction.user.id, interaction.user.display_name)


def may_manage(interaction: discord.Interaction[Any]) -> bool:
    """Whether a member may end rounds of others and decide appeals."""
    return interaction.permissions.manage_messages


def opened(outcome: Opened | Busy | RightsMissing | NoPrompts | NothingRuns) -> Panel | str:
    """What came of opening a round."""
    match outcome:
        case Opened(round=made):
            when = texts.timestamp(made.until, "R")
            return f"The lobby is open, and you are in. It begins {when}; **Start now** on its card does so at once."
        case Busy(round=of):
            return round_panels.running(of)
        case RightsMissing(rights=rights):
            return (
                f"I can't play here yet. In this channel I still need: **{texts.listed(rights)}**.\n"
                "An admin can allow this under *Edit Channel → Permissions*, for my role."
            )
        case NoPrompts():
            return round_panels.NO_PROMPTS
        case NothingRuns():
            return round_panels.GONE


def planned(outcome: Planned | RightsMissing | NoPrompts | TooMany) -> Panel | str:
    """What came of a standing order for rounds."""
    match outcome:
        case Planned(schedule, upcoming):
            rules = schedule.rules or Rules()
            wait = texts.plural(rules.lobby // timedelta(minutes=1), "minute")
            listed = "\n".join(f"- {texts.when(slot.due)}" for slot in upcoming)
            return panels.note(
                f"### Rounds at a fixed time\nI open a lobby {texts.order(schedule)}; the round begins {wait} later.",
                f"**The next ones**, in your own time\n{listed}",
                "-# Nobody is pinged. `/rapidfire unschedule` ends it.",
            )
        case TooMany(most):
            return f"A server has at most {most} of these. End one with `/rapidfire unschedule` first."
        case RightsMissing() | NoPrompts():
            return opened(outcome)


async def act(interaction: discord.Interaction, coach: Coach, target: CustomId, data: Mapping[str, Any]) -> None:
    """Does what a button, choice or form of a round asks for. KeyError for a verb that is not in `VERBS`."""
    await _ACTS[target.verb](interaction, coach, target, data)


async def _join(interaction: discord.Interaction, coach: Coach, target: CustomId, data: Mapping[str, Any]) -> None:
    chosen = str(next(iter(data.get("values", ())), ""))
    team = int(chosen) if chosen.isdecimal() else None
    round_id = target.key
    scene = await replies.after(interaction, coach.arena.rapidfire.join(round_id, member(interaction), team))
    if scene is None:
        await replies.show(interaction, round_panels.OVER)
        return
    mine = next((player.team for player in scene.players if player.user_id == interaction.user.id), 0)
    side = f" You play for {rounds.team_name(mine)}." if mine else ""
    begins = scene.round.phase is Phase.LOBBY
    when = f" It begins {texts.timestamp(scene.round.until, 'R')}." if begins else ""
    await replies.show(interaction, f"You are in.{side}{when}")


async def _leave(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    left = await replies.after(interaction, coach.arena.rapidfire.leave(target.key, interaction.user.id))
    said = "You are out. **Join** lets you in again." if left else "You are not in this lobby."
    await replies.show(interaction, said)


async def _begin(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    work = coach.arena.rapidfire.begin(target.key, interaction.user.id, may_manage=may_manage(interaction))
    match await replies.after(interaction, work):
        case NotYours():
            await replies.show(interaction, round_panels.NOT_HOST)
        case NothingRuns():
            await replies.show(interaction, "This round has begun already, or is over.")
        case begun:
            over = begun.phase.is_over
            await replies.show(interaction, f"It did not begin: {begun.reason}." if over else "Here we go!")


async def _shoot(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    at = replies.happened_at(interaction.created_at, coach.clock())
    asked = await coach.arena.rapidfire.asked(target.key, target.rung, interaction.user.id, at)
    if not isinstance(asked, Asking):
        await replies.show(interaction, round_panels.refused(asked) or round_panels.GONE)
    elif asked.prompt.options:
        said = f"Your answer: {asked.former}" if asked.former else "You have not chosen yet: press a letter."
        await replies.show(interaction, said)
    else:
        heading = f"Prompt {asked.number} of {len(asked.round.prompts)}"
        form = forms.PromptForm(asked.prompt, heading, custom_ids.fire(target.key, target.rung), asked.former)
        await replies.ask(interaction, form)


async def _fire(interaction: discord.Interaction, coach: Coach, target: CustomId, data: Mapping[str, Any]) -> None:
    await _take(interaction, coach, target, forms.submitted(data))


async def _appeal(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    outcome, is_told = await replies.after(interaction, coach.arena.appealing.put(_own(interaction, target)))
    await replies.show(interaction, round_panels.appealed(outcome, is_told=is_told))


async def _review(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    found = await replies.after(interaction, coach.arena.rapidfire.review(target.key, interaction.user.id))
    await replies.show(interaction, round_panels.review(found, coach.bank) if found else round_panels.GONE)


async def _again(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    work = coach.arena.rapidfire.again(target.key, member(interaction))
    await replies.show(interaction, opened(await replies.after(interaction, work)))


async def _take(interaction: discord.Interaction, coach: Coach, target: CustomId, text: str) -> None:
    at = replies.happened_at(interaction.created_at, coach.clock())
    place = (target.key, target.numbers[0] if target.numbers else 0)
    work = coach.arena.rapidfire.answer(place, member(interaction), text.strip(), f"i:{interaction.id}", at)
    await replies.show(interaction, round_panels.taken(await replies.after(interaction, work)))


async def _pick(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    number, option = (*target.numbers, 0, 0)[:2]
    page = await coach.arena.rapidfire.page(target.key, number)
    if page is None or option >= len(page.prompt.options):
        await replies.show(interaction, round_panels.GONE)
        return
    await _take(interaction, coach, target, page.prompt.options[option].says)


async def _show(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    shown = await replies.after(interaction, coach.arena.rapidfire.publish(_own(interaction, target)))
    said = "Everybody can read your answer now." if shown else "You have no answer here that could be shown."
    await replies.show(interaction, said)


async def _rule(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    if not may_manage(interaction):
        await replies.show(interaction, round_panels.ONLY_MODERATORS)
        return
    number, user_id = (*target.numbers, 0, 0)[:2]
    upheld = "-yes-" in target.arg
    of = AttemptId(target.key, number, user_id)
    work = coach.arena.appealing.decide(of, interaction.user.id, upheld=upheld)
    await replies.show(interaction, round_panels.decided(await replies.after(interaction, work), upheld=upheld))


async def _drill(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    await next_drill(interaction, coach, target.key, target.company)


async def _try(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    prompt = coach.bank.prompts.get(target.arg)
    if prompt is None:
        await replies.show(interaction, texts.GONE)
        return
    name = custom_ids.tried(target.key, prompt.id, target.company)
    await replies.ask(interaction, forms.PromptForm(prompt, "Rapid-fire practice", name, None))


async def _tried(interaction: discord.Interaction, coach: Coach, target: CustomId, data: Mapping[str, Any]) -> None:
    await _drilled(interaction, coach, target, target.arg, forms.submitted(data))


async def _chose(interaction: discord.Interaction, coach: Coach, target: CustomId, _: Mapping[str, Any]) -> None:
    option, __, prompt_id = target.arg.partition("-")
    prompt = coach.bank.prompts.get(prompt_id)
    at = int(option) if option.isdecimal() else 0
    text = prompt.options[at].says if prompt and at < len(prompt.options) else ""
    await _drilled(interaction, coach, target, prompt_id, text)


async def next_drill(
    interaction: discord.Interaction[Any],
    coach: Coach,
    source: str,
    company: str | None = None,
    *,
    cluster: str | None = None,
) -> None:
    """Shows the next prompt of a practice."""
    if source != custom_ids.ANY:
        missed = await replies.after(interaction, coach.arena.drilling.missed(source, interaction.user.id))
        prompt = missed[0] if missed else None
        if prompt is None:
            said = "You have got all of them right by now. `/rapidfire practice` brings others."
            await replies.show(interaction, said, in_place=True)
            return
    else:
        prompt = await replies.after(interaction, coach.arena.drilling.next(interaction.user.id, company, cluster))
    if prompt is None:
        await replies.show(interaction, round_panels.NO_PROMPTS)
        return
    await replies.show(interaction, round_panels.drill(prompt, coach.bank, source, company), in_place=True)


async def _drilled(interaction: discord.Interaction, coach: Coach, target: CustomId, prompt_id: str, text: str) -> None:
    at = replies.happened_at(interaction.created_at, coach.clock())
    work = coach.arena.drilling.answer(interaction.user.id, prompt_id, text.strip(), f"i:{interaction.id}", at)
    found = await replies.after(interaction, work)
    if found is None:
        await replies.show(interaction, texts.GONE)
    else:
        await replies.show(interaction, round_panels.drilled(found, target.key, target.company), in_place=True)


def _own(interaction: discord.Interaction, target: CustomId) -> AttemptId:
    return AttemptId(target.key, target.rung, interaction.user.id)


_Act = Callable[[discord.Interaction, Coach, CustomId, Mapping[str, Any]], Awaitable[None]]

_ACTS: Mapping[Verb, _Act] = {
    Verb.JOIN: _join,
    Verb.TEAM: _join,
    Verb.LEAVE: _leave,
    Verb.BEGIN: _begin,
    Verb.SHOOT: _shoot,
    Verb.FIRE: _fire,
    Verb.PICK: _pick,
    Verb.SHOW: _show,
    Verb.APPEAL: _appeal,
    Verb.RULE: _rule,
    Verb.REVIEW: _review,
    Verb.AGAIN: _again,
    Verb.DRILL: _drill,
    Verb.TRY: _try,
    Verb.TRIED: _tried,
    Verb.CHOSE: _chose,
}

VERBS = frozenset(_ACTS)
"""What `act` knows to do."""
