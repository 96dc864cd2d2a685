"""`interview-coach grade` and `claims`: judging answers outside Discord, and what members say was missed.

Exit codes: 0 all lines were judged, 1 some were not, 2 the command itself could not be carried out.
"""

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli_bank import bank_or_exit, give_up, results
from bot.config import Settings
from bot.domain.bank import Bank
from bot.domain.grades import Judgement, Unscored
from bot.domain.grading.grader import OfflineGrader
from bot.domain.questions import Company, Question, Stage
from bot.store.errors import StoreError
from bot.store.examining import claimed, upheld


def grade(
    question: Annotated[str | None, typer.Argument(help="A question's id or slug, such as Q1.")] = None,
    text: Annotated[str | None, typer.Argument(help="The answer, in quotes.")] = None,
    *,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help='Read lines of {"id", "question", "answer"}, write a line for each.')
    ] = False,
    company: Annotated[str | None, typer.Option(help="The emphasis to judge under, such as google.")] = None,
    content: Annotated[Path | None, typer.Option(envvar="COACH_CONTENT", help="Another content folder.")] = None,
) -> None:
    """Judge an answer offline: what landed, what to add, which red flags were raised.

    Example: interview-coach grade Q1 "Cosine looks only at the direction, so length does not matter."
    """
    bank = bank_or_exit(content)
    emphasis = _company(bank, company)
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    if jsonl:
        if question is not None:
            give_up("With --jsonl the questions stand in the lines: leave the arguments out.")
        good = True
        for line in results(sys.stdin.buffer, "question", partial(_line, bank, grader, emphasis)):
            good = good and "error" not in line
            sys.stdout.write(json.dumps(line) + "\n")
        if not good:
            raise typer.Exit(1)
        return
    if question is None or text is None:
        give_up('Name a question and an answer, such as `grade Q1 "my answer"`, or use --jsonl.')
    from bot.ui.feedback import for_terminal  # noqa: PLC0415 - as in `bot.cli`

    found = _question(bank, question)
    typer.echo(for_terminal(found, grader, text, emphasis))


def claims(
    question: Annotated[str | None, typer.Argument(help="A question's id or slug; all questions, if none.")] = None,
    *,
    texts: Annotated[int, typer.Option(help="How many of the answers to print for each point.")] = 3,
    content: Annotated[Path | None, typer.Option(envvar="COACH_CONTENT", help="Another content folder.")] = None,
) -> None:
    """List what members say the bot missed: points of answers, most claimed first, and rapid-fire answers. No names.

    Of rapid-fire answers, those are listed of which moderators said that they count, the latest first.

    Example: COACH_DATABASE=coach.db interview-coach claims Q1 --texts 5
    """
    bank = bank_or_exit(content)
    found = _question(bank, question) if question else None
    try:
        database = Settings().database
        made = claimed(database, found.id if found else None)
        appeals = [one for one in upheld(database) if found is None or bank.question_of(one.prompt) == found]
    except StoreError as error:
        give_up(str(error))
    for one in made:
        follow_up = f", follow-up {one.rung}" if one.rung else ""
        times = "1 member" if one.members == 1 else f"{one.members} members"
        typer.echo(f"{one.question_id}{follow_up}: {one.point} ({times})")
        for text in one.texts[:texts]:
            typer.echo(f"    {' '.join(text.split())}")
    for appeal in appeals:
        typer.echo(f"{appeal.prompt}: counted by a moderator")
        typer.echo(f"    {' '.join(appeal.text.split())}")
    if not made and not appeals:
        typer.echo("Nobody has claimed a point yet.")


def _line(bank: Bank, grader: OfflineGrader, company: Company | None, name: str, answer: str) -> dict[str, Any]:
    question = bank.find(name)
    if question is None:
        return {"error": f"There is no question {name[:60]!r}."}
    return {"question": name, **as_json(grader.grade(question, answer, company), bank, question.id)}


def as_json(judgement: Judgement, bank: Bank, question_id: str) -> dict[str, Any]:
    """A judgement in the form that other programs read; all keys are there whether or not there is a score."""
    if isinstance(judgement, Unscored):
        rubric = bank.question(question_id).rubric
        return {
            "score": None,
            "band": None,
            "stages": {stage.value: False for stage in Stage},
            "points": [{"id": point.id, "verdict": "unscored", "evidence": None} for point in rubric],
            "red_flags": [],
            "unscored": judgement.reason.value,
        }
    return {
        "score": judgement.score,
        "band": judgement.band.value,
        "stages": {stage.value: judgement.stages[stage] for stage in Stage},
        "points": [{"id": p.id, "verdict": p.verdict.value, "evidence": p.evidence} for p in judgement.points],
        "red_flags": [{"id": f.id, "says": f.says, "evidence": f.evidence} for f in judgement.red_flags],
        "unscored": None,
    }


def _question(bank: Bank, name: str) -> Question:
    found = bank.find(name)
    if found is not None:
        return found
    return give_up(f"There is no question {name!r}: the ids are {bank.questions[0].id} to {bank.questions[-1].id}.")


def _company(bank: Bank, name: str | None) -> Company | None:
    if name is None:
        return None
    known = {word: company for company in bank.companies for word in (company.slug, company.name.casefold())}
    if name.casefold() in known:
        return known[name.casefold()]
    return give_up(f"There is no company {name!r}: choose from {', '.join(c.slug for c in bank.companies)}.")
