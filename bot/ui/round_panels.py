"""What a single player sees of a round: receipts, the review, how it stands, the standings, and practice alone."""

from collections.abc import Sequence

from bot.domain.bank import Bank
from bot.domain.judging.ruling import Ruling
from bot.domain.prompts import Prompt
from bot.domain.questions import PromptKind
from bot.domain.rapidfire import Phase, Round, Timing
from bot.services.drilling import Drilled
from bot.services.pages import AppealPage, PodiumPage
from bot.services.rapidfire import Answered, Missed, Review
from bot.services.rapidfire_ports import Appealed, AppealState, Decided, Standing, Taken
from bot.ui import custom_ids, rounds, texts
from bot.ui.panels import Button, Panel, button, note

GONE = "This round is no longer here. `/rapidfire start` opens a new one."
OVER = "This round is over. `/rapidfire start` opens a new one."
NOT_HOST = "Only the host and members with the **Manage Messages** permission can do that."
NOTHING_RUNS = "No round is under way in this channel. `/rapidfire start` opens one."
NO_PROMPTS = "The bank has no prompts for that. Leave `cluster` out for all of them."
NO_SUCH_ORDER = "There is no such round at a fixed time. Choose one from the list that opens as you type."
ONLY_MODERATORS = "Only members with the **Manage Messages** permission decide appeals."

_MOST_MISSED = 12
_SPANS = {"week": "This week", "season": "This season", "all": "Of all time"}
_APPEALED = {
    Appealed.NO_ANSWER: "You have no answer here that could count.",
    Appealed.BEFORE: "You have appealed this verdict before.",
    Appealed.COUNTS_ALREADY: "Your answer counts already.",
    Appealed.TOO_MANY: "That would be your fourth appeal within a day. Please try again tomorrow.",
}
_DECIDED = {
    Decided.BEFORE: "This appeal was decided before.",
    Decided.OWN: "You can't decide on an answer of your own. Please leave it to another moderator.",
}


def taken(answered: Answered) -> Panel:
    """The receipt of an answer. It does not tell whether the answer is right."""
    refusal = refused(answered.taken)
    if refusal is not None:
        return note(refusal, texts.quoted(answered.text))
    until = answered.taken.until
    changed = "Changed" if answered.taken.is_change else "Taken"
    left = f" You may change it until the time is up, {texts.timestamp(until, 'R')}." if until else ""
    return note(f"**{changed}.**{left}", texts.quoted(answered.text))


def refused(outcome: Taken) -> str | None:
    """Why an answer was not taken; None if it was."""
    match outcome.timing:
        case Timing.IN_TIME:
            return None
        case Timing.TOO_LATE:
            return "The time for this prompt is up, so nothing was taken. The next one comes soon."
        case Timing.OVER:
            return "This round is over, so nothing was taken."
        case Timing.TOO_EARLY:
            return "This prompt has not been asked yet."
        case _:
            return GONE


def review(found: Review, bank: Bank) -> Panel:
    """What a player missed, with what would have counted."""
    if not found.asked:
        return note("### My review\nNo prompt was revealed in this round, so there is nothing to look at.")
    got = found.asked - len(found.missed)
    heading = f"### My review\nYou got {got} of {texts.plural(found.asked, 'prompt')}."
    if found.upheld:
        prompts = "prompt" if len(found.upheld) == 1 else "prompts"
        heading += f" The moderators agreed with you on {prompts} {texts.listed([str(n) for n in found.upheld])}."
    if not found.missed:
        return Panel([heading, "Nothing was missed. Well done!"], [_more()])
    entries = [_missed(one, bank) for one in found.missed[:_MOST_MISSED]]
    more = [f"…and {len(found.missed) - _MOST_MISSED} more."] if len(found.missed) > _MOST_MISSED else []
    again = button("Practise these", custom_ids.drill(found.round.id), primary=True)
    return Panel([heading, *entries, *more], [again])


def status(page: PodiumPage, bank: Bank) -> Panel:
    """How a round stands, or ended."""
    of = page.round
    where = {
        Phase.LOBBY: f"Players are gathering; it begins {texts.timestamp(of.until, 'R')}.",
        Phase.COUNTDOWN: "It is about to begin.",
        Phase.ASKING: f"Prompt {of.number} of {len(of.prompts)} is open until {texts.timestamp(of.until, 'R')}.",
        Phase.REVIEWING: f"Prompt {of.number} of {len(of.prompts)} is being looked at.",
        Phase.FINISHED: "The last round here is over.",
        Phase.STOPPED: f"The last round here was stopped: {of.reason}.",
    }[of.phase]
    parts = [f"### Rapid-fire\n{where}", rounds.mode(bank.company(of.rules.company))]
    if page.teams:
        parts.append(rounds.teams(page.teams))
    parts.append(rounds.board(page.board, rounds.MOST_PLACES, page.names) or "Nobody is in yet.")
    return Panel(parts)


def standings(found: Sequence[Standing], span: str) -> Panel:
    """A guild's ranked rounds, added up."""
    heading = f"### Rapid-fire standings\n**{_SPANS[span]}**"
    if not found:
        return note(heading, "No ranked round yet. A round is ranked once two players have answered in it.")
    shown = found[: rounds.MOST_PLACES]
    ranks = [1 + sum((other.score, other.wins) > (one.score, one.wins) for other in shown) for one in shown]
    lines = [
        f"{rounds.rank(place)} <@{one.user_id}> · {rounds.points(one.score)} · {texts.plural(one.rounds, 'round')} · "
        f"{texts.plural(one.wins, 'win')}"
        for place, one in zip(ranks, shown, strict=True)
    ]
    return note(heading, "\n".join(lines), "-# Rounds that were stopped, and those of one player, do not count.")


def appeals(waiting: Sequence[AppealPage]) -> Panel:
    """The first open appeal, to be decided; the next one comes with the command."""
    if not waiting:
        return note("No appeal is open.")
    page = waiting[0]
    parts = [
        f"### Appeal 1 of {len(waiting)}\n<@{page.appeal.of.user_id}> says that this answer counts.",
        rounds.answered(page),
        *(f"**{heading}**\n{found}" for heading, found in rounds.verdict(page)),
        "-# `/rapidfire appeals` brings the next one.",
    ]
    row = [
        button("Let it count", custom_ids.rule(page.appeal.of, upheld=True), primary=True),
        button("Leave the verdict", custom_ids.rule(page.appeal.of, upheld=False)),
    ]
    return Panel(parts, row)


def appealed(outcome: Appealed, *, is_told: bool) -> str:
    """What came of an appeal."""
    if outcome is not Appealed.PUT:
        return _APPEALED[outcome]
    where = "The moderators have a card with it now." if is_told else "Moderators find it with `/rapidfire appeals`."
    return (
        f"Noted: you say that your answer counts. {where} If they agree, the board is corrected; "
        "*My review*, under the podium, tells you either way."
    )


def decided(outcome: Decided, *, upheld: bool) -> str:
    """What came of a moderator's decision."""
    if outcome is not Decided.NOW:
        return _DECIDED[outcome]
    if upheld:
        return "Done: the answer counts, and the board and the standings are corrected. Authors will see it, too."
    return "Done: the verdict stands. Thank you for looking at it."


def drill(prompt: Prompt, bank: Bank, source: str, company: str | None) -> Panel:
    """A prompt in practice."""
    question = bank.question_of(prompt.id)
    about = f"-# {texts.headline(question)} · " if question else "-# "
    parts = [
        f"### Rapid-fire practice\n{rounds.asks(prompt, range(len(prompt.options)))}",
        f"{about}{texts.difficulty(prompt.difficulty)} · Only you see this, and no clock runs.",
    ]
    if prompt.kind is PromptKind.CHOICE:
        row = [
            button(letter, custom_ids.chose(source, prompt.id, at, company))
            for at, letter in zip(range(len(prompt.options)), rounds.LETTERS, strict=False)
        ]
    else:
        row = [button("Answer", custom_ids.attempt(source, prompt.id, company), primary=True)]
    return Panel(parts, [*row, button("Another one", custom_ids.drill(source, company=company))])


def drilled(found: Drilled, source: str, company: str | None) -> Panel:
    """What the judge says of an answer in practice."""
    verdict = "**That counts.**" if found.ruling.accepted else "**That does not count yet.**"
    parts = [
        f"### Rapid-fire practice\n{verdict}\n{texts.quoted(found.text)}",
        *_reasons(found.ruling),
        f"**What counts**\n{rounds.counts(found.prompt)}\n{found.prompt.explains}",
    ]
    return Panel(parts, [button("Next", custom_ids.drill(source, company=company), primary=True)])


def running(of: Round) -> str:
    """Why no second round can begin in a channel."""
    return (
        f"A round is under way in <#{of.channel_id}> already: Join it on its card. "
        "Its host, or a member with the **Manage Messages** permission, can end it with `/rapidfire stop`."
    )


def _missed(one: Missed, bank: Bank) -> str:
    question = bank.question_of(one.prompt.id)
    said = f"You said: “{texts.cut(one.own.text, 150)}”" if one.own else "You did not answer."
    lines = [f"**{one.number}. {one.prompt.asks}**", said]
    if one.own and one.own.appeal is AppealState.OPEN:
        lines.append("Your appeal is with the moderators.")
    elif one.own and one.own.appeal is AppealState.DECLINED:
        lines.append("The moderators have looked at your appeal, and the verdict stands.")
    if one.ruling:
        lines += _reasons(one.ruling)
    lines.append(texts.cut(f"Counts: {rounds.counts(one.prompt)}", 350))
    lines.append(one.prompt.explains)
    if question:
        lines.append(f"-# {texts.headline(question)}")
    return "\n".join(lines)


def _reasons(ruling: Ruling) -> list[str]:
    return [f"- “{one.evidence}”: {one.why}" for one in ruling.rejected]


def _more() -> Button:
    return button("Practise others", custom_ids.drill(custom_ids.ANY), primary=True)
