"""The feedback panel: the receipt of an answer, what it showed and what it lacks, and one thing to do next.

It is private and short: whatever the texts, its words stay under `MOST`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import discord

from bot.domain import ladder
from bot.domain.answers import is_genuine, word_count
from bot.domain.grades import Band, Grade, PointVerdict, RaisedFlag, Reason, Unscored, Verdict
from bot.domain.questions import Company, Question, RubricPoint
from bot.domain.reveal import Layer
from bot.services.answering import Saved
from bot.services.feedback import Feedback
from bot.services.ports import MemberGrader
from bot.ui import custom_ids, texts
from bot.ui.panels import Button, Panel, Select, button

MOST = 1400
"""Characters; with the labels of the buttons a panel stays under 1,500."""

SMALL_PRINT = "-# I look for specific points and can miss wording of your own."

_HEADS = {
    Band.STRONG: "Strong answer",
    Band.GOOD: "Good answer",
    Band.PARTIAL: "A good part of it",
    Band.WEAK: "A start",
    Band.WRONG: "Let's straighten this out",
}
_NOT_JUDGED = {
    Reason.EMPTY: "I found no words in it that I can read. Say what you would say aloud, in a few sentences.",
    Reason.TOO_SHORT: "This is too short for me to judge. Say what it is, how it works and when it matters.",
    Reason.OFF_TOPIC: "I found nothing about this question in it. Read the question once more and answer just that.",
    Reason.OTHER_LANGUAGE: "I can only judge English, so there is no feedback on this one. In English I can say more.",
    Reason.COPIED_QUESTION: "Most of this is the question itself. Say in your own words what you would answer.",
    Reason.INSTRUCTS_GRADER: "This talks to me, not about the question. Write what you would tell an interviewer.",
    Reason.NOT_COVERED: "I can't judge answers to this one yet. **Check yourself:** which of these did you say?",
}
_CLAIMED = (
    "The score stays as it is. Whoever writes the questions sees your wording, without your name, and can teach me "
    "to recognise it."
)
_EDIT_FIRST = frozenset({Band.WEAK, Band.WRONG})
_FOLLOW_UP_ANYWAY = frozenset({Reason.NOT_COVERED, Reason.OTHER_LANGUAGE})
_LABEL = 100
_MARKS = re.compile(r"\*\*|^(?:### |-# )", re.MULTILINE)
_CHOICES = 25


@dataclass(frozen=True, slots=True)
class _Room:
    """How much of each part is shown: numbers of lines, then characters."""

    points: int
    flags: int
    nudges: int
    quote: int
    meaning: int
    says: int
    why: int
    asks: int
    own: int
    advice: int


# Tried in turn until a panel is short enough; the last is so for the longest texts that content may have.
_ROOMS = (
    _Room(points=3, flags=2, nudges=3, quote=90, meaning=160, says=160, why=300, asks=400, own=300, advice=160),
    _Room(points=3, flags=2, nudges=3, quote=110, meaning=0, says=120, why=300, asks=400, own=200, advice=160),
    _Room(points=3, flags=2, nudges=3, quote=90, meaning=0, says=90, why=220, asks=300, own=150, advice=160),
    _Room(points=3, flags=2, nudges=3, quote=80, meaning=0, says=60, why=150, asks=220, own=120, advice=120),
    _Room(points=2, flags=2, nudges=2, quote=70, meaning=0, says=60, why=120, asks=180, own=90, advice=100),
    _Room(points=2, flags=1, nudges=2, quote=60, meaning=0, says=40, why=100, asks=130, own=70, advice=70),
    _Room(points=1, flags=1, nudges=1, quote=30, meaning=0, says=30, why=80, asks=90, own=60, advice=40),
)


def saved(outcome: Saved) -> Panel:
    """The reply to an answer: the receipt, and what can be said of it."""
    head = [f"### Saved\n{_receipt(outcome)}"]
    if standing := _standing(outcome):
        head.append(standing)
    return _panel(outcome.feedback, head)


def mine(feedback: Feedback) -> Panel:
    """A member's own feedback for an answer given before."""
    return _panel(feedback, None)


def for_terminal(question: Question, grader: MemberGrader, text: str, company: Company | None) -> str:
    """What a member would read of an answer to the question itself, without receipt, streak and marks of Discord."""
    is_judged = not grader.is_self_check_only(question)
    judgement = grader.grade(question, text, company) if is_judged else Unscored(Reason.NOT_COVERED)
    grade = judgement if isinstance(judgement, Grade) else None
    lacked = [point.id for point in grade.points if point.verdict is not Verdict.SHOWN] if grade else []
    following = ladder.private_rung(question, company, lacked, ())
    feedback = Feedback(question, company, None, ladder.QUESTION, text, judgement, following)
    *parts, _ = _fitting(feedback, None)  # the last one speaks of buttons
    if following is not None:
        parts.append(f"Next, a follow-up: {following.asks}")
    return "\n\n".join(_MARKS.sub("", part) for part in parts)


def claimed(says: Sequence[str]) -> Panel:
    """The reply to *I did say that*; without `says` the newest answer shows the points anyway."""
    if not says:
        return Panel(["I did find that in your newest answer, so there was nothing to note."])
    lines = [f"- {one}" for one in says]
    head = "The point was:" if len(lines) == 1 else "The points were:"
    return Panel(
        [
            f"### Noted\n{head}\n" + "\n".join(lines),
            _CLAIMED,
        ]
    )


def _panel(feedback: Feedback, head: list[str] | None) -> Panel:
    return Panel(_fitting(feedback, head), _buttons(feedback), _claims(feedback), most=MOST)


def _fitting(feedback: Feedback, head: list[str] | None) -> list[str]:
    """The paragraphs with as much of each part as there is room for; `head` is the receipt, else their own words."""
    tried = (_paragraphs(feedback, head, room) for room in _ROOMS)
    return next((p for p in tried if sum(map(len, p)) <= MOST), _paragraphs(feedback, head, _ROOMS[-1]))


def _paragraphs(feedback: Feedback, head: list[str] | None, room: _Room) -> list[str]:
    own = head or [f"### Your answer\n{texts.quoted(feedback.text, room.own)}"]
    judged: list[str] = []
    match feedback.judgement:
        case Grade() as grade:
            judged = _judged(feedback, grade, room)
        case Unscored(Reason.NOT_COVERED):
            judged = [_NOT_JUDGED[Reason.NOT_COVERED], *_checklist(feedback, room)]
        case Unscored(reason):
            judged = [_NOT_JUDGED[reason]]
    return [*own, *judged, *_emphasis(feedback, room), _next(feedback, room)]


def _judged(feedback: Feedback, grade: Grade, room: _Room) -> list[str]:
    parts = [f"**{_HEADS[grade.band]}**" + _stages(feedback, grade)]
    shown = [point for point in grade.points if point.verdict is Verdict.SHOWN]
    if shown:
        lines = [f"- {_landed(feedback, point, room)}" for point in shown[: room.points]]
        if len(shown) > room.points:
            lines.append(f"- and {len(shown) - room.points} more")
        parts.append("**What landed**\n" + "\n".join(lines))
    flags = grade.red_flags[: room.flags]
    if flags:
        parts.append("**What to correct**\n" + "\n".join(_flag(feedback, flag, room) for flag in flags))
    parts += _to_add(feedback, grade, {flag.id for flag in grade.red_flags}, room)
    return [*parts, SMALL_PRINT]


def _stages(feedback: Feedback, grade: Grade) -> str:
    """The steps of a strong answer in words; nothing for a follow-up, whose points have no stages."""
    there = [stage for stage, points in feedback.question.points_by_stage().items() if points]
    steps = [f"{texts.STAGE_NAMES[s]}: {'yes' if grade.stages[s] else 'not yet'}" for s in there if s in grade.stages]
    return "\n" + " · ".join(steps) if steps else ""


def _landed(feedback: Feedback, point: PointVerdict, room: _Room) -> str:
    """A point that was made: the member's own words and, where there is room, what the point is."""
    if not point.evidence:
        return _says(feedback, point.id, room.says)
    own = f"“{_quote(point.evidence, room.quote)}”"
    return f"{own}: {_says(feedback, point.id, room.meaning)}" if room.meaning else own


def _flag(feedback: Feedback, flag: RaisedFlag, room: _Room) -> str:
    is_inverted = any(point.id == flag.id for point in _points(feedback))
    why = texts.cut(flag.why, room.why)
    turned = "It is the other way round: " if is_inverted else ""
    return f"- You wrote “{_quote(flag.evidence, room.quote)}”. {turned}{why}"


def _to_add(feedback: Feedback, grade: Grade, flagged: set[str], room: _Room) -> list[str]:
    """Hints to what is missing, the stages first that were not met, by what the company listens for."""
    weights = feedback.company.stages if feedback.company else {}
    stage_of = {point.id: point.stage for point in feedback.question.rubric} if feedback.follow_up is None else {}

    def urgency(point: PointVerdict) -> tuple[bool, int]:
        stage = stage_of.get(point.id)
        return (grade.stages.get(stage, False), -weights.get(stage, 0)) if stage else (False, 0)

    lacking = [p for p in grade.points if p.verdict is not Verdict.SHOWN and p.id not in flagged]
    chosen = sorted(lacking, key=lambda p: (p.verdict is Verdict.UNSCORED, *urgency(p)))[: room.nudges]
    missing = [p.id for p in chosen if p.verdict is not Verdict.UNSCORED]
    unsure = [p.id for p in chosen if p.verdict is Verdict.UNSCORED]
    head = "What to add" if feedback.follow_up is None else "A good answer also says"
    return [
        *_hints(feedback, f"**{head}**", missing),
        *_hints(feedback, "**I could not tell whether you said this:**", unsure),
    ]


def _hints(feedback: Feedback, head: str, ids: Sequence[str]) -> list[str]:
    lines = [f"- {point.hint}" for point in _points(feedback) if point.id in ids]
    return ["\n".join([head, *lines])] if lines else []


@dataclass(frozen=True, slots=True)
class _Point:
    """A point of what was answered: the question's rubric, or the follow-up's own."""

    id: str
    says: str
    hint: str


def _points(feedback: Feedback) -> list[_Point]:
    # A follow-up's points have no nudges and no reveal of their own, so their sentence is the hint.
    follow_up = feedback.follow_up
    if follow_up is not None:
        return [_Point(point.id, point.says, point.says) for point in follow_up.points]
    return [_Point(point.id, point.says, _nudge(point)) for point in feedback.question.rubric]


def _nudge(point: RubricPoint) -> str:
    return f"{texts.STAGE_NAMES[point.stage]}: {point.nudge}"


def _says(feedback: Feedback, point_id: str, limit: int) -> str:
    says = next(point.says for point in _points(feedback) if point.id == point_id)
    return texts.cut(says, limit)


def _quote(text: str, limit: int) -> str:
    """A member's own words on one line, cut, and with nothing in them that formats."""
    return discord.utils.escape_markdown(texts.cut(" ".join(text.split()), limit))


def _checklist(feedback: Feedback, room: _Room) -> list[str]:
    """The points to compare an answer with, a paragraph for each stage of the question or one for the follow-up."""
    follow_up = feedback.follow_up
    if follow_up is not None:
        return [_list("A good answer says:", [texts.cut(point.says, room.says) for point in follow_up.points])]
    sections = feedback.question.points_by_stage().items()
    return [
        _list(texts.STAGE_NAMES[s], [texts.cut(p.says, room.says) for p in points]) for s, points in sections if points
    ]


def _list(title: str, items: Iterable[str]) -> str:
    return "\n".join([f"**{title}**", *(f"- {item}" for item in items)])


def _emphasis(feedback: Feedback, room: _Room) -> list[str]:
    company = feedback.company
    if company is None:
        return []
    return [f"**{texts.emphasis(company)}** {texts.cut(company.coaching, room.advice)}"]


def _edits_first(feedback: Feedback) -> bool:
    match feedback.judgement:
        case Grade(band=band):
            return band in _EDIT_FIRST
        case Unscored(reason):
            return reason not in _FOLLOW_UP_ANYWAY


def _offers_follow_up(feedback: Feedback) -> bool:
    is_judged = isinstance(feedback.judgement, Grade) or feedback.judgement.reason in _FOLLOW_UP_ANYWAY
    return is_judged and feedback.following is not None


def _next(feedback: Feedback, room: _Room) -> str:
    follow_up = feedback.following if _offers_follow_up(feedback) else None
    asks = texts.cut(follow_up.asks, room.asks) if follow_up else ""
    if _edits_first(feedback):
        again = "**Next:** press **Edit my answer** and say it once more, in your own words."
        return f"{again} Then take the follow-up: {asks}" if asks else again
    return f"**Next, a follow-up:** {asks}" if asks else "That was the top of the ladder: no follow-up is left for you."


def _key(feedback: Feedback) -> str:
    return feedback.occurrence.key if feedback.occurrence else feedback.question.id


def _buttons(feedback: Feedback) -> list[Button]:
    key, wanted, edits_first = _key(feedback), feedback.wanted, _edits_first(feedback)
    row = [button("Edit my answer", custom_ids.answer(key, feedback.rung, wanted), primary=edits_first)]
    if feedback.following and _offers_follow_up(feedback):
        number = ladder.number(feedback.question, feedback.following)
        follow_up = button("Answer this follow-up", custom_ids.answer(key, number, wanted), primary=not edits_first)
        row.insert(1 if edits_first else 0, follow_up)
    row.append(button("Show the answer, step by step", custom_ids.reveal(feedback.question.id, Layer.PROBES)))
    return row


def _claims(feedback: Feedback) -> Select | None:
    """*I did say that*: the points that were not found, to choose from."""
    if not isinstance(feedback.judgement, Grade):
        return None
    lacking = {p.id for p in feedback.judgement.points if p.verdict is not Verdict.SHOWN}
    options = [
        discord.SelectOption(label=texts.cut(point.hint, _LABEL), value=point.id)
        for point in _points(feedback)
        if point.id in lacking
    ]
    if not options:
        return None
    return discord.ui.Select(
        custom_id=custom_ids.claim(_key(feedback), feedback.rung),
        placeholder="I did say that: choose what I missed",
        max_values=min(len(options), _CHOICES),
        options=options[:_CHOICES],
    )


def _receipt(outcome: Saved) -> str:
    feedback = outcome.feedback
    name = texts.headline(feedback.question)
    what = f"**{name}**" if feedback.rung == ladder.QUESTION else f"a follow-up of **{name}**"
    size = texts.plural(word_count(feedback.text), "word")
    version = outcome.recorded.version
    if version > 1:
        return f"Your answer to {what} is updated ({size}, version {version}). The earlier text is kept too."
    return f"Your answer to {what} is kept ({size})."


def _standing(outcome: Saved) -> str:
    """What the answer did for the streak; empty in practice."""
    recorded, feedback = outcome.recorded, outcome.feedback
    lines: list[str] = []
    if feedback.occurrence is not None:
        if not is_genuine(feedback.judgement):
            earned_before = recorded.streak.last == feedback.occurrence.day
            before = "; your earlier answer does" if earned_before else ""
            lines.append(f"This text does not count for your streak{before}.")
        elif not recorded.counts:
            lines.append("This question had closed, so the answer does not count for your streak.")
        lines.append(texts.streak_line(recorded.streak))
    if recorded.after_reveal:
        rest = "it counts for your streak, not for points" if recorded.counts else "it earns no points"
        lines.append(f"You had seen the answer before: {rest}.")
    return "\n".join(lines)
