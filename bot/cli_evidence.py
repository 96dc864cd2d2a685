"""`interview-coach content explain` and `evaluate`: why the grader judges as it does, and how often it is right."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.cli_bank import ContentFolder, bank_or_exit, give_up
from bot.domain.bank import Bank
from bot.domain.grades import Grade, Unscored
from bot.domain.grading import explaining
from bot.domain.grading.evaluation import SELF_CHECK_BELOW, Judged, Report, report
from bot.domain.grading.grader import OfflineGrader
from bot.domain.judging import Judge
from bot.domain.judging.evaluation import Tried, prompt_report, tried

_FIGURES = {
    "answers": "answers",
    "agreement": "agreement on scored points",
    "kappa": "kappa",
    "coverage": "coverage (share of points scored)",
    "credited_wrongly": "credited but wrong",
    "missed": "right but marked not shown",
    "rank_correlation": "rank correlation within a question",
    "strong_over_wrong": "strong above wrong (AUC)",
    "strong_over_inverted": "strong above inverted (AUC)",
    "wrong_over_partial": "wrong above the median partial",
    "inverted_accepted": "inverted accepted",
    "flag_recall": "red-flag recall",
    "flag_precision": "red-flag precision",
    "band_agreement": "band right or one off",
    "rightly_unscored": "rightly left unscored",
}


def explain(
    question: Annotated[str, typer.Argument(help="A question's id or slug, such as Q1.")],
    text: Annotated[str, typer.Argument(help="An answer, or one sentence of it, in quotes.")],
    *,
    content: ContentFolder = None,
) -> None:
    """Show clause by clause what the grader sees, and why each point fired or not.

    Example: interview-coach content explain Q1 "it only looks at which way the arrows point"
    """
    bank = bank_or_exit(content)
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    found = bank.find(question)
    rubric = grader.rubric(found) if found else None
    if found is None or rubric is None:
        give_up(f"There is no question {question!r} with evidence.")
    say = Console(soft_wrap=True, highlight=False, markup=False).print
    seen = rubric.text(text)
    say("Clauses")
    for clause in explaining.clauses(rubric, seen):
        say(f"  {clause.quote}")
        for quote, name in clause.sets:
            say(f"      {quote} = {name}")
        if clause.negated:
            say(f"      under a negation: {' '.join(clause.negated)}")
    say("Points and red flags")
    for view in explaining.points(rubric, seen):
        say(f"  {view.id}: {view.verdict}")
        for pattern in view.patterns:
            say(f"      {pattern.outcome}: {pattern.source}  <- {pattern.quote}")
        for near in view.near:
            say(f"      lacks {near.missing}: {near.source}")
    judged = grader.grade(found, text)
    if isinstance(judged, Unscored):
        say(f"Not judged: {judged.reason.value}.")
    else:
        stages = ", ".join(stage.value for stage, met in judged.stages.items() if met) or "none"
        say(f"Score {judged.score:.2f}, band {judged.band.value}; stages met: {stages}.")


def evaluate(
    questions: Annotated[list[str] | None, typer.Argument(help="Questions by id or slug; all, if none.")] = None,
    *,
    failures: Annotated[bool, typer.Option(help="List every seen sample that was judged otherwise.")] = False,
    content: ContentFolder = None,
) -> None:
    """Judge all marked sample answers and say how far the grader agrees with people.

    Example: interview-coach content evaluate Q1 Q2
    """
    bank = bank_or_exit(content)
    wanted = _wanted(bank, questions or [])
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    judged = _judged(bank, grader, wanted)
    if not judged:
        give_up("These questions have no samples yet.")
    console = Console()
    _answers(bank, judged, console, failures=failures)
    _prompts(bank, wanted, console, failures=failures)


def _answers(bank: Bank, judged: Sequence[Judged], console: Console, *, failures: bool) -> None:
    seen = [one for one in judged if not one.sample.heldout]
    held = [one for one in judged if one.sample.heldout]
    console.print(_overall(report(seen), report(held)))
    console.print(_by_question(bank, seen, held))
    for name in dict.fromkeys(one.question_id for one in held):
        agreement = report([one for one in held if one.question_id == name]).agreement
        is_marked = bank.evidence[name].self_check_only
        if agreement is not None and agreement < SELF_CHECK_BELOW and not is_marked:
            console.print(f"{name} agrees on less than {SELF_CHECK_BELOW:.0%} held out: set `self_check_only: true`.")
        elif is_marked:
            console.print(f"{name} is for self-check only: members see a checklist and no verdicts.")
    if failures:
        _list_failures(seen, console.print)


def _prompts(bank: Bank, wanted: Sequence[str], console: Console, *, failures: bool) -> None:
    """Rapid-fire prompts: how often right answers are accepted, and wrong ones; the worst held out first."""
    files = [one for one in bank.prompt_files if one.question in wanted]
    if not files:
        return
    judge = Judge(bank.prompt_files, bank.evidence, bank.glossary)
    rulings = {one.question: tried(judge, one.prompts) for one in files}
    every = [one for some in rulings.values() for one in some]
    table = Table("prompts of", "answers", "right accepted", "wrong accepted", title="Prompts: seen / held out")
    for name, some in sorted(rulings.items(), key=lambda pair: _misjudged(pair[1]), reverse=True):
        table.add_row(name, *_ruled(some))
    table.add_row("all", *_ruled(every))
    console.print(table)
    for one in every if failures else ():
        if one.accepted != one.is_right and not one.is_held_out:
            said = "accepted" if one.accepted else "rejected"
            console.print(f"{one.prompt_id}: {said}: {one.answer}", soft_wrap=True)


def _misjudged(some: Sequence[Tried]) -> float:
    held = [one.accepted != one.is_right for one in some if one.is_held_out]
    return sum(held) / len(held) if held else 0.0


def _ruled(some: Sequence[Tried]) -> list[str]:
    seen, held = (prompt_report([one for one in some if one.is_held_out is part]) for part in (False, True))
    columns = ("answers", "right_accepted", "wrong_accepted")
    return [f"{_figure(getattr(seen, column))} / {_figure(getattr(held, column))}" for column in columns]


def _judged(bank: Bank, grader: OfflineGrader, ids: Iterable[str]) -> list[Judged]:
    made = []
    for name in ids:
        if name in bank.samples and name in bank.evidence:
            question = bank.question(name)
            samples = bank.samples[name].samples
            made += [Judged(name, sample, grader.grade(question, sample.answer)) for sample in samples]
    return made


def _wanted(bank: Bank, names: Sequence[str]) -> list[str]:
    found = [(name, bank.find(name)) for name in names]
    for name, question in found:
        if question is None:
            give_up(f"There is no question {name!r}.")
    return [q.id for _, q in found if q is not None] or [q.id for q in bank.questions]


def _overall(seen: Report, held: Report) -> Table:
    table = Table("", "seen", "held out", title="All questions")
    for field in fields(Report):
        table.add_row(_FIGURES[field.name], _figure(getattr(seen, field.name)), _figure(getattr(held, field.name)))
    return table


def _by_question(bank: Bank, seen: Sequence[Judged], held: Sequence[Judged]) -> Table:
    columns = ("agreement", "kappa", "coverage", "credited_wrongly", "rank_correlation", "strong_over_wrong")
    title = "By question, the worst held out first: seen / held out"
    table = Table("question", *(f"{c.replace('_', ' ')}" for c in columns), title=title)
    rows = [
        (question.id, [report([one for one in part if one.question_id == question.id]) for part in (seen, held)])
        for question in bank.questions
    ]
    for name, reports in sorted(rows, key=lambda row: _agreement(row[1][1])):
        if any(one.answers for one in reports):
            table.add_row(name, *(" / ".join(_figure(getattr(r, column)) for r in reports) for column in columns))
    return table


def _agreement(held: Report) -> float:
    return 1.0 if held.agreement is None else held.agreement


def _list_failures(judged: Sequence[Judged], say: Callable[[str], None]) -> None:
    for one in judged:
        sample, judgement = one.sample, one.judgement
        if not isinstance(judgement, Grade):
            continue
        for point in judgement.points:
            wanted = "shown" if point.id in sample.shown else "contradicted" if point.id in sample.contradicted else ""
            if point.id not in sample.unsure and point.verdict.value != (wanted or "not_shown"):
                quote = f" <- {point.evidence}" if point.evidence else ""
                say(f"{one.question_id} {sample.id}: {point.id} {wanted or 'not_shown'}, got {point.verdict}{quote}")


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.2f}"
