"""Whether a question's evidence does what its author says: each test sentence against the patterns it is meant for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bot.domain.evidence import Evidence, Glossary, PointEvidence
from bot.domain.grades import Verdict
from bot.domain.grading.claims import CompiledPoint
from bot.domain.grading.grader import Rubric
from bot.domain.questions import Question


@dataclass(frozen=True, slots=True)
class Failure:
    """A test sentence that did not get what it must; `steps` lead to it in the evidence file."""

    steps: tuple[str | int, ...]
    sentence: str
    wanted: str
    got: str


def failures(question: Question, evidence: Evidence, glossary: Glossary) -> Iterator[Failure]:
    """Every test sentence of the evidence that fails. The evidence must fit the question and have valid patterns."""
    rubric = _Reader(Rubric(question, evidence, glossary))
    for point in rubric.points:
        yield from _of_point(rubric, point, evidence.points[point.id], ("points", point.id))
    yield from _crossed(rubric, evidence)
    for rung_id, rung in rubric.follow_ups.items():
        for point in rung:
            steps = ("follow_ups", rung_id, point.id)
            yield from _of_point(rubric, point, evidence.follow_ups[rung_id][point.id], steps)
    for flag in rubric.flags:
        tests = evidence.red_flags[flag.id]
        for index, sentence in enumerate(tests.paraphrases):
            if rubric.raised(flag, rubric.text(sentence)) is None:
                yield Failure(("red_flags", flag.id, "paraphrases", index), sentence, "raised", "not raised")
        for index, sentence in enumerate(tests.near_misses):
            if rubric.raised(flag, rubric.text(sentence)) is not None:
                yield Failure(("red_flags", flag.id, "near_misses", index), sentence, "not raised", "raised")


class _Reader:
    """A rubric that reads each test sentence once, however many points it is held against."""

    def __init__(self, rubric: Rubric) -> None:
        self.points, self.flags, self.follow_ups = rubric.points, rubric.flags, rubric.follow_ups
        self.finding, self.raised = rubric.finding, rubric.raised
        self.text = cache(rubric.text)


def _of_point(
    rubric: _Reader, point: CompiledPoint, tests: PointEvidence, steps: tuple[str | int, ...]
) -> Iterator[Failure]:
    wanted: Mapping[str, tuple[tuple[str, ...], frozenset[Verdict]]] = {
        "paraphrases": (tests.paraphrases, frozenset({Verdict.SHOWN})),
        "inversions": (tests.inversions, frozenset({Verdict.CONTRADICTED})),
        "near_misses": (tests.near_misses, frozenset(Verdict) - {Verdict.SHOWN}),
    }
    for name, (sentences, allowed) in wanted.items():
        for index, sentence in enumerate(sentences):
            verdict = rubric.finding(point, rubric.text(sentence)).verdict
            if verdict not in allowed:
                hoped = allowed if len(allowed) == 1 else {"anything but shown"}
                yield Failure((*steps, name, index), sentence, next(iter(hoped)), verdict.value)


def _crossed(rubric: _Reader, evidence: Evidence) -> Iterator[Failure]:
    """Test sentences of one point that another point's patterns, or a red flag's, take for what they are not."""
    for tested in rubric.points:
        others = [point for point in rubric.points if point.id != tested.id]
        for index, sentence in enumerate(evidence.points[tested.id].paraphrases):
            text = rubric.text(sentence)
            steps = ("points", tested.id, "paraphrases", index)
            for point in others:
                if rubric.finding(point, text).verdict is Verdict.CONTRADICTED:
                    yield Failure(steps, sentence, f"in line with {point.id}", "contradicted")
            for flag in rubric.flags:
                if rubric.raised(flag, text) is not None:
                    yield Failure(steps, sentence, f"free of {flag.id}", "raised")
        for index, sentence in enumerate(evidence.points[tested.id].inversions):
            text = rubric.text(sentence)
            for point in rubric.points:
                if point.id != tested.id and rubric.finding(point, text).verdict is Verdict.SHOWN:
                    steps = ("points", tested.id, "inversions", index)
                    yield Failure(steps, sentence, f"not shown for {point.id}", "shown")
