"""What a bank covers and what it lacks: questions by cluster, difficulty, stage and company."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.bank import Bank
from bot.domain.prompts import Prompt
from bot.domain.questions import Company, PromptKind, Question, Stage

LEVELS = range(1, 6)
"""The difficulties that there are."""

_LEAST_SHARE = 0.1
"""Of all questions: the share below which a level of difficulty counts as thin."""
_LEAST_SHOWN = 3
"""Samples in which a point is shown, below which nothing much is known about how it is recognised."""


@dataclass(frozen=True, slots=True)
class ClusterCoverage:
    """One cluster: its questions, how hard they are, and the rubric points and marked answers that they have."""

    name: str
    questions: int
    levels: dict[int, int]
    """Questions of each difficulty."""
    points: dict[Stage, int]
    follow_ups: int
    samples: int
    sourced: int
    """References."""
    checks: int
    """Figures that are worked out."""


@dataclass(frozen=True, slots=True)
class CompanyCoverage:
    """What a company's emphasis finds: the questions with a follow-up of a kind that it prefers, and how many."""

    name: str
    served: int
    follow_ups: int


def clusters(bank: Bank) -> Iterator[ClusterCoverage]:
    """A line for each cluster, and the last for all of them together."""
    for cluster in bank.clusters:
        yield _cluster(bank, cluster.name, bank.in_cluster(cluster.slug))
    yield _cluster(bank, "All", bank.questions)


def _cluster(bank: Bank, name: str, questions: tuple[Question, ...]) -> ClusterCoverage:
    return ClusterCoverage(
        name,
        len(questions),
        {level: sum(q.difficulty == level for q in questions) for level in LEVELS},
        {stage: sum(p.stage is stage for q in questions for p in q.rubric) for stage in Stage},
        sum(len(q.follow_ups) for q in questions),
        sum(len(bank.samples[q.id].samples) for q in questions if q.id in bank.samples),
        sum(len(q.references) for q in questions),
        sum(len(q.checks) for q in questions),
    )


def companies(bank: Bank) -> Iterator[CompanyCoverage]:
    """A line for each company."""
    for company in bank.companies:
        fitting = [_preferred(company, question) for question in bank.questions]
        yield CompanyCoverage(company.name, sum(map(bool, fitting)), sum(fitting))


def _preferred(company: Company, question: Question) -> int:
    return sum(follow_up.kind in company.follow_ups for follow_up in question.follow_ups)


@dataclass(frozen=True, slots=True)
class PromptCoverage:
    """The rapid-fire prompts of one cluster: by kind, stage and difficulty, and those that suit each company."""

    name: str
    prompts: int
    kinds: dict[PromptKind, int]
    stages: dict[Stage, int]
    levels: dict[int, int]
    companies: dict[str, int]
    """By the company's slug."""


def prompts(bank: Bank) -> Iterator[PromptCoverage]:
    """A line for each cluster, and the last for all of them together."""
    for cluster in bank.clusters:
        asked = {question.id for question in bank.in_cluster(cluster.slug)}
        yield _prompts(
            bank, cluster.name, [p for one in bank.prompt_files if one.question in asked for p in one.prompts]
        )
    yield _prompts(bank, "All", list(bank.prompts.values()))


def _prompts(bank: Bank, name: str, some: Sequence[Prompt]) -> PromptCoverage:
    return PromptCoverage(
        name,
        len(some),
        {kind: sum(prompt.kind is kind for prompt in some) for kind in PromptKind},
        {stage: sum(prompt.stage is stage for prompt in some) for stage in Stage},
        {level: sum(prompt.difficulty == level for prompt in some) for level in LEVELS},
        {company.slug: sum(company.slug in prompt.companies for prompt in some) for company in bank.companies},
    )


def gaps(bank: Bank) -> Iterator[str]:
    """What is missing, one sentence each, the widest first."""
    for cluster in bank.clusters:
        if not bank.in_cluster(cluster.slug):
            yield f"{cluster.name} has no questions."
    total = len(bank.questions)
    for level in LEVELS:
        there = sum(question.difficulty == level for question in bank.questions)
        if there < _LEAST_SHARE * total:
            yield f"Only {there} of {total} questions have difficulty {level}."
    for company in bank.companies:
        without = [q.id for q in bank.questions if not _preferred(company, q)]
        if without:
            yield f"{company.name} finds no follow-up that it prefers in {', '.join(without)}."
    prompted = {one.question for one in bank.prompt_files}
    if silent := [question.id for question in bank.questions if question.id not in prompted]:
        yield f"There are no rapid-fire prompts for {', '.join(silent)}."
    for question in bank.questions:
        yield from _gaps_of(bank, question)


def _gaps_of(bank: Bank, question: Question) -> Iterator[str]:
    evidence, samples = bank.evidence.get(question.id), bank.samples.get(question.id)
    if evidence is None:
        yield f"{question.id} has no evidence: members check themselves."
    elif evidence.self_check_only:
        yield f"{question.id} is for self-check only: the grader is not right often enough there."
    if samples is None:
        yield f"{question.id} has no marked answers."
        return
    shown = {p.id: sum(p.id in sample.shown for sample in samples.samples) for p in question.rubric}
    thin = [point for point, times in shown.items() if times < _LEAST_SHOWN]
    if thin:
        yield f"{question.id}: fewer than {_LEAST_SHOWN} marked answers show {', '.join(thin)}."
    raised = {flag for sample in samples.samples for flag in sample.red_flags}
    silent = [flag.id for flag in question.red_flags if flag.id not in raised]
    if silent:
        yield f"{question.id}: no marked answer raises {', '.join(silent)}."
