"""How quick the grader and the rapid-fire judge are, beside fuzzy comparisons, over all marked samples of the bank."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz.fuzz import ratio, token_set_ratio
from rapidfuzz.process import extractOne

from bot.bank import Problems, default_folder, load
from bot.domain.bank import Bank
from bot.domain.grading.grader import OfflineGrader
from bot.domain.judging import Judge
from bot.domain.questions import Question

T = TypeVar("T")

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
class Figures:
    """One that judges, its control, and the seconds that compiling the whole bank took."""

    name: str
    compiled: str
    compiling: float
    judge: Pace
    control_name: str
    control: Pace


def measure_grading() -> Figures:
    """Grade every sample of the shipped bank a few times."""
    bank = _bank()
    start = time.perf_counter()
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    compiling = time.perf_counter() - start
    texts = [(bank.question(name), s.answer) for name, samples in bank.samples.items() for s in samples.samples]

    def compare(question: Question, answer: str) -> object:
        return token_set_ratio(question.direct_answer, answer)

    paces = (_pace(texts, grader.grade), _pace(texts, compare))
    compiled = f"{len(bank.evidence)} questions"
    return Figures("grading", compiled, compiling, paces[0], "token_set_ratio to the direct answer", paces[1])


def measure_judging() -> Figures:
    """Rule on every sample of the shipped prompts a few times."""
    bank = _bank()
    start = time.perf_counter()
    judge = Judge(bank.prompt_files, bank.evidence, bank.glossary)
    compiling = time.perf_counter() - start
    texts = [
        (prompt.id, answer)
        for prompt in bank.prompts.values()
        for checked in (prompt.samples, prompt.held_out)
        for answer in (*checked.right, *checked.wrong)
    ]
    terms = {
        name: [term for item in prompt.items for term in (*item.terms, item.says)] or [prompt.explains]
        for name, prompt in bank.prompts.items()
    }

    def compare(prompt_id: str, answer: str) -> object:
        return extractOne(answer, terms[prompt_id], scorer=ratio)

    paces = (_pace(texts, judge.rule), _pace(texts, compare))
    compiled = f"{len(bank.prompts)} prompts"
    return Figures("judging", compiled, compiling, paces[0], "ratio to each name of each item", paces[1])


def _bank() -> Bank:
    bank = load(default_folder())
    if isinstance(bank, Problems):
        raise SystemExit(str(bank))
    return bank


def _pace(texts: Sequence[tuple[T, str]], judge: Callable[[T, str], object]) -> Pace:
    for asked, answer in texts:
        judge(asked, answer)
    seconds = []
    for _ in range(ROUNDS):
        for asked, answer in texts:
            start = time.perf_counter()
            judge(asked, answer)
            seconds.append(time.perf_counter() - start)
    return Pace(tuple(seconds))


def lines(figures: Figures) -> list[str]:
    """What the bench prints of it."""
    judge, control = figures.judge, figures.control
    return [
        f"{figures.name}: {judge.per_second:,.0f} answers/s, p50 {judge.quantile(0.5) * 1000:.2f} ms, "
        f"p99 {judge.quantile(0.99) * 1000:.2f} ms; {figures.compiled} compiled in {figures.compiling:.2f} s",
        f"{figures.control_name}: {control.per_second:,.0f} answers/s; "
        f"ratio {figures.name} / control {judge.per_second / control.per_second:.2f}",
    ]
