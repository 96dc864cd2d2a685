"""Why each point of a rubric fired or not, clause by clause: what an author looks at while writing patterns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.domain.grades import Verdict
from bot.domain.grading.grader import Rubric
from bot.domain.grading.matching import Match, Outcome, Text
from bot.domain.grading.rubric import CompiledLine


@dataclass(frozen=True, slots=True)
class ClauseView:
    """One clause: its words, the sets they belong to, and the words under a negation."""

    quote: str
    sets: tuple[tuple[str, str], ...]
    negated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PatternView:
    """One pattern that found all its words, what came of it and where."""

    source: str
    outcome: Outcome
    quote: str


@dataclass(frozen=True, slots=True)
class NearView:
    """A pattern that lacks one of its words only."""

    source: str
    missing: str


@dataclass(frozen=True, slots=True)
class PointView:
    """One point or red flag with the patterns that decided it; `verdict` is None for a red flag not raised."""

    id: str
    verdict: Verdict | str
    patterns: tuple[PatternView, ...]
    near: tuple[NearView, ...]


def clauses(rubric: Rubric, text: Text) -> Iterator[ClauseView]:
    """The clauses as the grader sees them."""
    reading, names = text.reading, rubric.vocabulary.names()
    starts = [at for at in range(len(reading.words)) if at == 0 or reading.clause[at] != reading.clause[at - 1]]
    for start, end in zip(starts, [*starts[1:], len(reading.words)], strict=True):
        sets = sorted(
            (hit.start, reading.quote(hit.start, hit.end), names[slot])
            for slot, hits in text.hits.items()
            if slot in names and not names[slot].startswith("__")
            for hit in hits
            if start <= hit.start < end
        )
        negated = tuple(reading.words[at] for at in range(start, end) if reading.negated[at])
        yield ClauseView(reading.quote(start, end), tuple((quote, name) for _, quote, name in sets), negated)


def points(rubric: Rubric, text: Text) -> Iterator[PointView]:
    """Every point, then every red flag."""
    for point in rubric.points:
        finding = rubric.finding(point, text)
        near = tuple(_near(rubric, point.shown, text))
        yield PointView(point.id, finding.verdict, _views(finding.matches, text), near)
    for flag in rubric.flags:
        match = rubric.raised(flag, text)
        seen = () if match is None else _views((match,), text)
        near = tuple(_near(rubric, flag.raised, text))
        yield PointView(flag.id, "not raised" if match is None else "raised", seen, near)


def _views(found: tuple[Match, ...], text: Text) -> tuple[PatternView, ...]:
    return tuple(
        PatternView(match.line.source, match.outcome, text.reading.quote(match.start, match.end)) for match in found
    )


def _near(rubric: Rubric, lines: Iterable[CompiledLine], text: Text) -> Iterator[NearView]:
    names = rubric.vocabulary.names()
    for line in lines:
        missing = [mask for mask in line.masks if not mask & text.mask]
        if len(missing) == 1 and len(line.masks) > 1:
            lacking = [names[slot] for slot in names if missing[0] >> slot & 1]
            yield NearView(line.source, "/".join(lacking))
