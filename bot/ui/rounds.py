"""The messages of a rapid-fire round that everybody sees: lobby, prompts with their reveals, podium, and appeals."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random

import discord

from bot.domain.bank import Bank
from bot.domain.boards import POINT, Place
from bot.domain.prompts import Prompt
from bot.domain.questions import Company, PromptKind
from bot.domain.rapidfire import Phase, Round, Rules, Scoring
from bot.services.pages import AppealPage, Confusion, LobbyPage, Names, Page, PodiumPage, PromptPage, WordPage
from bot.services.rapidfire_ports import AppealState
from bot.ui import custom_ids, pictures, texts
from bot.ui.cards import CLOSED, OPEN, Message, Picture, button, buttons

MOST_NAMED = 20
"""Players named on a lobby card or under a prompt; the others are counted."""

RUNNING = 5
"""Lines of the running board under a prompt."""

MOST_PLACES = 15
"""Lines of the board on a podium."""

_FIELD = 1024
_DESCRIPTION = 3000
LETTERS = "ABCD"
_TEAMS = ("Red", "Blue", "Green", "Gold", "Violet", "Silver", "Teal", "Rose")


def message(page: Page, bank: Bank) -> Message:
    """What a page says. ValueError for a notice, which carries its own text."""
    match page:
        case LobbyPage():
            return _lobby(page, bank)
        case PromptPage(revealed=None):
            return _prompt(page)
        case PromptPage():
            return _reveal(page)
        case PodiumPage():
            return _podium(page, bank)
        case WordPage(round=of):
            return Message(_resumed(of), None, None)
        case AppealPage():
            return _appeal(page)
        case _:
            raise ValueError("a notice carries its own text")


def with_picture(said: Message, page: PodiumPage) -> Message:
    """The podium with a picture of it. Takes some tenths of a second: not for the event loop."""
    lines = [(place.place, page.names.get(place.who, texts.UNNAMED), points(place.score)) for place in page.board]
    alternative = "; ".join(f"{place}. {name}, {score}" for place, name, score in lines)
    heights = [place.score for place in page.board]
    picture = Picture(
        "podium.png",
        texts.cut(f"Podium of the round. {alternative}", Picture.MOST_ALTERNATIVE),
        pictures.podium(lines, heights),
    )
    # Not inside the embed: clients don't read out what stands for a picture there.
    return replace(said, picture=picture)


def points(score: int) -> str:
    """A score in words: `1 point`, `2.5 points`."""
    whole, tenths = divmod(score, POINT)
    return texts.plural(whole, "point") if not tenths else f"{whole}.{tenths} points"


def rank(place: int) -> str:
    """A place on a board. As the start of a plain line `1.` would make a list, which Discord numbers by itself."""
    return f"**{place}.**"


def team_name(number: int) -> str:
    return f"Team {_TEAMS[(number - 1) % len(_TEAMS)]}"


def mode(company: Company | None) -> str:
    """The emphasis of a round, and what it is not."""
    return texts.emphasis(company) if company else "Mixed: every kind of prompt alike."


def scoring(rules: Rules, company: Company | None) -> str:
    """How answers are scored, as it stands on the lobby card."""
    said = ["An answer that counts earns as many points as things were asked for; naming more earns nothing extra."]
    if rules.partial:
        said.append("One that names only some of them earns those.")
    else:
        said.append("Anything else earns 0.")
    if company and (worth := {s.value: w for s, w in company.worth.items() if w != 1}):
        said.append(" ".join(f"Prompts on {stage} count {weight} times." for stage, weight in worth.items()))
    if rules.scoring is Scoring.RACE:
        said.append("Race: up to half as much again for being quick, by Discord's clock.")
    else:
        said.append("Fair: when in the window you answer does not matter.")
    if rules.teams:
        said.append("A team has the mean of its players' points.")
    return " ".join(said)


def options(of: Round, number: int, prompt: Prompt) -> list[int]:
    """The options of a choice prompt in the order of this round, as numbers of the prompt's own order."""
    order = list(range(len(prompt.options)))
    Random(f"{of.id}:{number}").shuffle(order)  # noqa: S311 - an order of options is no secret
    return order


def asks(prompt: Prompt, order: Sequence[int]) -> str:
    """A prompt, with its options where it has some."""
    lines = [f"{letter}. {prompt.options[at].says}" for letter, at in zip(LETTERS, order, strict=False)]
    return "\n".join([f"**{prompt.asks}**", *lines])


def counts(prompt: Prompt) -> str:
    """What the prompt's answer is."""
    if prompt.kind is PromptKind.CHOICE:
        return "\n".join(f"- {one.says}: {one.why}" for one in prompt.options if one.right)
    if prompt.number is not None:
        unit = f" {prompt.number.unit}" if prompt.number.unit else ""
        return f"- {prompt.number.value:g}{unit}"
    return listing(f"- {item.says}" for item in prompt.items)


def listing(lines: Iterable[str], most: int = _FIELD) -> str:
    """As many of the lines as fit, and how many do not."""
    every = list(lines)
    kept: list[str] = []
    for at, line in enumerate(every):
        rest = f"\n…and {len(every) - at} more"
        if sum(map(len, kept)) + len(kept) + len(line) + len(rest) > most:
            return "\n".join(kept) + rest
        kept.append(line)
    return "\n".join(kept)


def board(places: Sequence[Place], most: int, names: Names) -> str:
    """Lines of a board; who is level shares a place."""
    lines = [
        f"{rank(place.place)} {called(place.who, names)} · {points(place.score)} · {place.right} right"
        for place in places[:most]
    ]
    more = [f"…and {len(places) - most} more"] if len(places) > most else []
    return listing([*lines, *more], _FIELD if most <= RUNNING else _DESCRIPTION)


def teams(places: Sequence[Place]) -> str:
    return "\n".join(f"{rank(place.place)} {team_name(place.who)} · {points(place.score)} a player" for place in places)


def called(user_id: int, names: Names) -> str:
    """A player's name, so that nothing in it is taken for formatting."""
    return discord.utils.escape_markdown(names.get(user_id, texts.UNNAMED))


def roll(users: Sequence[int], names: Names) -> str:
    """Players by name."""
    named = [called(user_id, names) for user_id in users[:MOST_NAMED]]
    more = [f"{len(users) - MOST_NAMED} more"] if len(users) > MOST_NAMED else []
    return texts.listed([*named, *more]) if named else ""


def _lobby(page: LobbyPage, bank: Bank) -> Message:
    of, rules = page.round, page.round.rules
    company = bank.company(rules.company)
    embed = discord.Embed(colour=OPEN if of.phase is Phase.LOBBY else CLOSED)
    embed.add_field(name="Emphasis", value=mode(company), inline=False)
    if rules.cluster:
        embed.add_field(name="About", value=bank.cluster_name(rules.cluster), inline=False)
    embed.add_field(name="Scoring", value=scoring(rules, company), inline=False)
    seconds = f"{rules.seconds} seconds each" if rules.seconds else "each prompt has its own"
    embed.add_field(name="Time", value=f"{texts.plural(rules.length, 'prompt')}; {seconds}.", inline=False)
    embed.add_field(name=f"In: {len(page.players)}", value=_players(page) or "Nobody yet.", inline=False)
    host = f"Host: <@{of.host_id}>"
    if of.phase is not Phase.LOBBY:
        said = "It has begun." if not of.phase.is_over else _ending(of)
        return Message(f"**Rapid-fire.** {said}\n{host}", embed, None)
    embed.set_footer(text="Ranked from two players on; alone it is practice. Nobody sees your answers but you.")
    view = buttons(
        button("Join", custom_ids.join(of.id), discord.ButtonStyle.primary),
        button("Leave", custom_ids.leave(of.id)),
        button("Start now", custom_ids.begin(of.id)),
    )
    if rules.teams:
        view.add_item(_team_choice(of))
    return Message(f"**Rapid-fire!** It begins {texts.timestamp(of.until, 'R')}.\n{host}", embed, view)


def _players(page: LobbyPage) -> str:
    names = {player.user_id: player.name for player in page.players}
    if not page.round.rules.teams:
        return roll([player.user_id for player in page.players], names)
    lines = []
    for team in range(1, page.round.rules.teams + 1):
        of = [player.user_id for player in page.players if player.team == team]
        lines.append(f"**{team_name(team)}:** {roll(of, names) or 'nobody yet'}")
    if rest := [player.user_id for player in page.players if not player.team]:
        lines.append(f"**To be placed:** {roll(rest, names)}")
    return texts.cut("\n".join(lines), _FIELD)


def _team_choice(of: Round) -> discord.ui.Select[discord.ui.View]:
    names = [discord.SelectOption(label=team_name(n), value=str(n)) for n in range(1, of.rules.teams + 1)]
    return discord.ui.Select(
        custom_id=custom_ids.team(of.id), placeholder="Choose a team, or be placed where you are needed", options=names
    )


def _prompt(page: PromptPage) -> Message:
    of, prompt, number = page.round, page.prompt, page.number
    order = options(of, number, prompt)
    is_open = not of.phase.is_over
    embed = discord.Embed(description=asks(prompt, order), colour=OPEN if is_open else CLOSED)
    heading = f"**Prompt {number} of {len(of.prompts)}**"
    if not is_open:
        return Message(f"{heading} does not count: the round was stopped.", embed, None)
    embed.set_footer(text=f"{page.answers} in. Only you see your answer, and you may change it until the time is up.")
    if prompt.kind is PromptKind.CHOICE:
        picks = [button(letter, custom_ids.pick(of.id, number, at)) for letter, at in zip(LETTERS, order, strict=False)]
        view = buttons(*picks, button("My answer", custom_ids.shoot(of.id, number)))
    else:
        view = buttons(button("Answer", custom_ids.shoot(of.id, number), discord.ButtonStyle.primary))
    return Message(f"{heading} · time is up {texts.timestamp(of.until, 'R')}", embed, view)


def _reveal(page: PromptPage) -> Message:
    of, prompt, shown, number = page.round, page.prompt, page.revealed, page.number
    if shown is None:
        raise ValueError("the prompt is still open")
    embed = discord.Embed(description=asks(prompt, options(of, number, prompt)), colour=CLOSED)
    embed.add_field(name="What counts", value=counts(prompt), inline=False)
    embed.add_field(name="Why", value=prompt.explains, inline=False)
    if shown.confusions:
        near = (f"- {texts.plural(times, 'answer')}: {_near(one)}" for one, times in shown.confusions)
        embed.add_field(name="Near misses", value=listing(near, _FIELD // 2), inline=False)
    right = roll(shown.right, page.names) or ("Nobody this time." if page.answers else "Nobody answered.")
    embed.add_field(name=f"Got it: {len(shown.right)} of {page.answers}", value=right, inline=False)
    if shown.public:
        words = (f"{called(user_id, page.names)}: “{texts.cut(text, 120)}”" for user_id, text in shown.public)
        embed.add_field(name="In their words", value=listing(words), inline=False)
    if page.teams:
        embed.add_field(name="Teams", value=teams(page.teams), inline=False)
    embed.add_field(name="Board", value=board(page.board, RUNNING, page.names) or "Nobody is in.", inline=False)
    heading = f"**Prompt {number} of {len(of.prompts)}**"
    if of.phase is Phase.REVIEWING and of.number == number:
        what = "the podium" if number == len(of.prompts) else "the next one"
        heading += f" · {what} comes {texts.timestamp(of.until, 'R')}"
    view = buttons(
        button("Show mine", custom_ids.show(of.id, number)), button("Mine counts", custom_ids.appeal(of.id, number))
    )
    # What a retry looks for is the name of a button that a prompt has from the start; this one is past retries.
    return Message(heading, embed, view)


def _near(confusion: Confusion) -> str:
    return f"“{confusion.option}”: {confusion.why}" if confusion.option else confusion.why


def _podium(page: PodiumPage, bank: Bank) -> Message:
    of = page.round
    embed = discord.Embed(description=board(page.board, MOST_PLACES, page.names) or "Nobody played.", colour=OPEN)
    if page.teams:
        embed.add_field(name="Teams", value=teams(page.teams), inline=False)
    asked = f"{texts.plural(page.asked, 'prompt')} · {mode(bank.company(of.rules.company))}"
    embed.add_field(name="Played", value=asked, inline=False)
    rank = "It counts in the standings." if page.is_ranked else "It does not count in the standings."
    embed.set_footer(text=rank)
    view = buttons(
        button("My review", custom_ids.review(of.id), discord.ButtonStyle.primary),
        button("Again", custom_ids.again(of.id)),
    )
    return Message(f"**Rapid-fire:** {_ending(of)}", embed, view)


def _ending(of: Round) -> str:
    return "It is over." if of.phase is Phase.FINISHED else f"It was stopped: {of.reason}."


def _resumed(of: Round) -> str:
    if of.phase.is_over:
        return "I was away for a moment."
    when = texts.timestamp(of.until, "R")
    what = f"the time for prompt {of.number} is up {when}" if of.phase is Phase.ASKING else f"it goes on {when}"
    return f"I was away for a moment and am back. Nothing is lost, and you get the time back: {what}."


def verdict(page: AppealPage) -> list[tuple[str, str]]:
    """What the judge made of an answer under appeal, under headings."""
    nothing = "Nothing."
    return [
        ("What counted", listing(page.matched) or nothing),
        ("Taken for something else", listing(page.rejected) or nothing),
    ]


def answered(page: AppealPage) -> str:
    """The prompt, and the answer under appeal."""
    return f"**{page.prompt.asks}**\n{texts.quoted(page.appeal.text)}"


def _appeal(page: AppealPage) -> Message:
    appeal = page.appeal
    embed = discord.Embed(description=answered(page), colour=OPEN)
    for heading, found in verdict(page):
        embed.add_field(name=heading, value=found, inline=False)
    if appeal.state is not AppealState.OPEN:
        word = "let it count" if appeal.state is AppealState.UPHELD else "left the verdict as it was"
        return Message(f"**Appeal** by <@{appeal.of.user_id}>: <@{appeal.decided_by}> {word}.", embed, None)
    embed.set_footer(text=f"Prompt: {page.prompt.id}. Who decides may not be the player.")
    view = buttons(
        button("Let it count", custom_ids.rule(appeal.of, upheld=True), discord.ButtonStyle.primary),
        button("Leave the verdict", custom_ids.rule(appeal.of, upheld=False)),
    )
    return Message(f"**Appeal:** <@{appeal.of.user_id}> says that this answer counts.", embed, view)
