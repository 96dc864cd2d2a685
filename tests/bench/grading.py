"""How quick the grader is, beside a fuzzy comparison with the model answer, over all marked samples of the bank."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from rapidfuzz.fuzz import token_set_ratio

from bot.bank import Problems, default_folder, load
from bot.domain.grading.grader import OfflineGrader
from bot.domain.questions import Question

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds for each answer, one core, words already seen once."""

    seconds: tuple[float, ...]

    @property
    def per_second(self) -> float:
        return len(self.seconds) / sum(self.seconds)

    def quantile(self, share: float) -> float:
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


@dataclass(frozen=True, slots=True)
class GradingFigures:
    """The grader, its control, and the seconds that compiling the whole bank took."""

    questions: int
    compiling: float
    grader: Pace
    control: Pace


def measure_grading() -> GradingFigures:
    """Grade every sample of the shipped bank a few times."""
    bank = load(default_folder())
    if isinstance(bank, Problems):
        raise SystemExit(str(bank))
    start = time.perf_counter()
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    compiling = time.perf_counter() - start
    texts = [(bank.question(name), s.answer) for name, samples in bank.samples.items() for s in samples.samples]

    def compare(question: Question, answer: str) -> object:
        return token_set_ratio(question.direct_answer, answer)

    return GradingFigures(len(bank.evidence), compiling, _pace(texts, grader.grade), _pace(texts, compare))


def _pace(texts: list[tuple[Question, str]], judge: Callable[[Question, str], object]) -> Pace:
    for question, answer in texts:
        judge(question, answer)
    seconds = []
    for _ in range(ROUNDS):
        for question, answer in texts:
            start = time.perf_counter()
            judge(question, answer)
            seconds.append(time.perf_counter() - start)
    return Pace(tuple(seconds))


def lines(figures: GradingFigures) -> list[str]:
    """What the bench prints of it."""
    grader, control = figures.grader, figures.control
    return [
        f"grading: {grader.per_second:,.0f} answers/s, p50 {grader.quantile(0.5) * 1000:.2f} ms, "
        f"p99 {grader.quantile(0.99) * 1000:.2f} ms; {figures.questions} questions compiled in {figures.compiling:.2f} s",
        f"token_set_ratio to the direct answer: {control.per_second:,.0f} answers/s; "
        f"ratio grader / control {grader.per_second / control.per_second:.2f}",
    ]
