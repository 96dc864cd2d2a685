"""How often the judge rules as people marked the sample answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.judging.judge import Judge
from bot.domain.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Tried:
    """One marked answer and the ruling on it. `is_right` is what people say."""

    prompt_id: str
    answer: str
    is_right: bool
    is_held_out: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class PromptReport:
    """Shares lie in 0..1 and are None where there is nothing to count."""

    answers: int
    right_accepted: float | None
    wrong_accepted: float | None


def tried(judge: Judge, prompts: Iterable[Prompt]) -> list[Tried]:
    """Rule on every marked answer of these prompts."""
    return [
        Tried(prompt.id, answer, is_right, is_held_out, judge.rule(prompt.id, answer).accepted)
        for prompt in prompts
        for is_held_out, checked in ((False, prompt.samples), (True, prompt.held_out))
        for is_right, answers in ((True, checked.right), (False, checked.wrong))
        for answer in answers
    ]


def prompt_report(some: Sequence[Tried]) -> PromptReport:
    """Sum up rulings."""
    right = [one.accepted for one in some if one.is_right]
    wrong = [one.accepted for one in some if not one.is_right]
    return PromptReport(len(some), _share(right), _share(wrong))


def _share(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
