"""What a text claims, held against compiled patterns: the part that the grader and the rapid-fire judge share."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from bot.domain.evidence import PointEvidence
from bot.domain.grades import Verdict
from bot.domain.grading.lexicon import Hit
from bot.domain.grading.matching import Match, Outcome, Text, holds, matches
from bot.domain.grading.reading import read
from bot.domain.grading.rubric import CompiledLine, Vocabulary
from bot.domain.grading.settling import Finding
from bot.domain.grading.subjects import Subjects

_REPORTED = (
    "myth", "misconception", "misunderstanding", "common mistake", "classic mistake", "mistake to", "mistake is",
    "fallacy", "wrong to", "not true", "untrue", "false that", "people think", "people say", "people believe",
    "people assume", "many think", "some think", "some say", "some claim", "some argue", "often said", "often claim",
    "often hear", "tempting to", "trap", "naive", "you might think", "one might think", "not the case", "common error",
    "incorrect to", "people often", "folks say", "folks think", "contrary to", "red flag",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CompiledPoint:
    """One rubric point's patterns."""

    id: str
    shown: tuple[CompiledLine, ...]
    contradicted: tuple[CompiledLine, ...]


class Claims:
    """A vocabulary, and what texts claim in it. Compile all patterns before the first text is read."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._reported = vocabulary.slot_of("__reported", _REPORTED)

    def point(self, point_id: str, evidence: PointEvidence) -> CompiledPoint:
        """Compile the patterns of one point."""
        return CompiledPoint(point_id, self.lines(evidence.shown), self.lines(evidence.contradicted))

    def lines(self, sources: Iterable[str]) -> tuple[CompiledLine, ...]:
        """Compile patterns; raises PatternError."""
        return tuple(self.vocabulary.line(source) for source in sources)

    def text(self, answer: str, groups: Sequence[Sequence[int]] | None = None) -> Text:
        """Read an answer with this vocabulary; `groups` of rivals stand in for the vocabulary's own."""
        reading = read(answer)
        hits = self.vocabulary.lexicon.hits(reading.words, reading.negated, reading.sentence)
        sentences = _masks(reading.sentence, hits)
        blocks = _masks(reading.block, hits)
        mask = reduce(or_, sentences, 0)
        subjects = Subjects(self.vocabulary.groups if groups is None else groups, hits, reading)
        return Text(reading, hits, mask, sentences, blocks, subjects)

    def is_open(self, match: Match, text: Text) -> bool:
        """Whether the sentence tells what others say, calls it a mistake, or leaves it open."""
        sentence = text.reading.sentence
        return text.reading.is_hedged(match.start, match.end) or any(
            sentence[hit.start] == sentence[match.start] for hit in text.hits.get(self._reported, ())
        )

    def finding(self, point: CompiledPoint, text: Text) -> Finding:
        """What the text does with one point."""
        found = [match for line in point.shown for match in matches(line, text)]
        against = [match for line in point.contradicted for match in matches(line, text)]
        return self._weighed(point, found, against, text)

    def _weighed(self, point: CompiledPoint, found: list[Match], against: list[Match], text: Text) -> Finding:
        all_matches = (*found, *against)
        met = [match for match in found if match.outcome is Outcome.MET]
        opposed = [match for match in found if match.outcome is Outcome.OPPOSED]
        opposed += [match for match in against if match.outcome is Outcome.MET]
        opposed = [match for match in opposed if not self.is_open(match, text)]
        if met and opposed:
            clause = text.reading.clause
            same = {clause[match.start] for match in met} & {clause[match.start] for match in opposed}
            if not same:
                return Finding(Verdict.UNSCORED, None, all_matches)
            return Finding(Verdict.CONTRADICTED, _tightest(opposed), all_matches)
        if opposed:
            return Finding(Verdict.CONTRADICTED, _tightest(opposed), all_matches)
        if met:
            return Finding(Verdict.SHOWN, _tightest(met), all_matches)
        near = bool(found) or any(_is_near(line, text) for line in point.shown)
        return Finding(Verdict.UNSCORED if near else Verdict.NOT_SHOWN, None, all_matches)

    def claimed(self, lines: Iterable[CompiledLine], text: Text) -> Match | None:
        """The place at which the text claims for itself what one of these patterns says, if it does."""
        found = [match for line in lines for match in matches(line, text) if match.outcome is Outcome.MET]
        found = [match for match in found if not self.is_open(match, text)]
        return _tightest(found) if found else None

    def quote(self, match: Match, text: Text) -> str:
        """The member's own words around a match, by whole clauses."""
        return text.reading.quote(*_clauses(match, text))


def _clauses(match: Match, text: Text) -> tuple[int, int]:
    """The words of the clauses in which a match lies, so that a quotation reads as the member wrote it."""
    clause = text.reading.clause
    start, end = match.start, match.end
    while start > 0 and clause[start - 1] == clause[start]:
        start -= 1
    while end < len(clause) and clause[end] == clause[end - 1]:
        end += 1
    return start, end


def _tightest(found: Sequence[Match]) -> Match:
    return min(found, key=lambda match: (match.end - match.start, match.start))


def _masks(regions: Sequence[int], hits: Mapping[int, Sequence[Hit]]) -> tuple[int, ...]:
    """For every region of a text, such as a sentence, a bit for each slot that its words fill."""
    masks = [0] * (regions[-1] + 1 if regions else 0)
    for slot, found in hits.items():
        bit = 1 << slot
        for hit in found:
            masks[regions[hit.start]] |= bit
    return tuple(masks)


def _is_near(line: CompiledLine, text: Text) -> bool:
    """Whether one sentence holds all of a pattern's words, or all but one if there are at least three."""
    return holds(text.sentence_masks, line.masks, lacking=1 if len(line.masks) > 2 else 0)  # noqa: PLR2004
