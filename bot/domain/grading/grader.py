"""The offline grader: compiles the evidence of a bank once, then judges answers one at a time."""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from bot.domain.evidence import Evidence, FlagEvidence, Glossary, PointEvidence
from bot.domain.grades import Grade, Judgement, PointVerdict, RaisedFlag, Reason, Unscored, Verdict
from bot.domain.grading import gates, scoring
from bot.domain.grading.lexicon import Hit
from bot.domain.grading.matching import Match, Outcome, Text, holds, matches
from bot.domain.grading.reading import read
from bot.domain.grading.rubric import CompiledLine, Vocabulary
from bot.domain.grading.settling import Finding, without_inferred, without_shown, without_stray
from bot.domain.grading.subjects import Subjects
from bot.domain.questions import Company, FollowUp, Question, Stage

_FEWEST_TOPIC_WORDS = 2
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


@dataclass(frozen=True, slots=True)
class CompiledFlag:
    """One red flag's patterns and its texts for people."""

    id: str
    says: str
    why: str
    raised: tuple[CompiledLine, ...]


class Rubric:
    """The compiled evidence of one question."""

    def __init__(self, question: Question, evidence: Evidence, glossary: Glossary) -> None:
        self.question = question
        self.vocabulary = vocabulary = Vocabulary(glossary, evidence)
        self.points = tuple(_point(p.id, evidence.points[p.id], vocabulary) for p in question.rubric)
        self.flags = tuple(
            _flag(flag.id, flag.says, flag.why, evidence.red_flags[flag.id], vocabulary) for flag in question.red_flags
        )
        self.follow_ups = {
            rung.id: tuple(
                _point(point.id, evidence.follow_ups[rung.id][point.id], vocabulary) for point in rung.points
            )
            for rung in question.follow_ups
            if rung.id in evidence.follow_ups
        }
        self._reported = vocabulary.slot_of("__reported", _REPORTED)
        self.asked = tuple(gates.pairs(text) for text in (question.title, question.asks))
        self.asked_words = gates.words_of((question.title, question.asks, *(rung.asks for rung in question.follow_ups)))
        self.asked_by_rung = {rung.id: (*self.asked, gates.pairs(rung.asks)) for rung in question.follow_ups}

    def text(self, answer: str) -> Text:
        """Read an answer with this question's vocabulary."""
        reading = read(answer)
        hits = self.vocabulary.lexicon.hits(reading.words, reading.negated, reading.sentence)
        sentences = _masks(reading.sentence, hits)
        blocks = _masks(reading.block, hits)
        mask = reduce(or_, sentences, 0)
        return Text(reading, hits, mask, sentences, blocks, Subjects(self.vocabulary.groups, hits, reading))

    def is_on_topic(self, text: Text) -> bool:
        """Whether the text holds enough of the question's words, counting each once."""
        starts = {tuple(hit.start for hit in text.hits[slot]) for slot in self.vocabulary.topic if slot in text.hits}
        return len(starts) >= _FEWEST_TOPIC_WORDS

    def aside(self, text: Text, *, is_flagged: bool) -> Reason | None:
        """Why a text that makes no point is none of an answer: it repeats the question, or is about something else.

        A text that raises a red flag can still be about something else: "always better" is said of many things.
        """
        if not is_flagged and gates.is_echo(text.reading, self.asked_words):
            return Reason.COPIED_QUESTION
        return None if self.is_on_topic(text) else Reason.OFF_TOPIC

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

    def raised(self, flag: CompiledFlag, text: Text) -> Match | None:
        """The place at which the text raises the flag, if it does."""
        found = [match for line in flag.raised for match in matches(line, text) if match.outcome is Outcome.MET]
        found = [match for match in found if not self.is_open(match, text)]
        return _tightest(found) if found else None


class OfflineGrader:
    """Judges by authored evidence. Compiling takes a while; judging does not."""

    def __init__(self, questions: Iterable[Question], evidence: Mapping[str, Evidence], glossary: Glossary) -> None:
        with _collecting_nothing():
            self._rubrics = {q.id: Rubric(q, evidence[q.id], glossary) for q in questions if q.id in evidence}
        self._self_check = {one.question for one in evidence.values() if one.self_check_only}

    def rubric(self, question: Question) -> Rubric | None:
        """The compiled evidence of a question, if it has any."""
        return self._rubrics.get(question.id)

    def is_self_check_only(self, question: Question) -> bool:
        """Whether the question's grades are too often wrong to be shown, or cannot be made."""
        return question.id in self._self_check or question.id not in self._rubrics

    def grade(self, question: Question, answer: str, company: Company | None = None) -> Judgement:
        """Judge an answer to the question itself."""
        rubric = self._rubrics.get(question.id)
        if rubric is None:
            return Unscored(Reason.NOT_COVERED)
        points = [
            _Asked(compiled, point.says, point.stage)
            for compiled, point in zip(rubric.points, question.rubric, strict=True)
        ]
        return _judged(rubric, answer, rubric.asked, points, company.stages if company else scoring.EVEN)

    def grade_follow_up(self, question: Question, follow_up: FollowUp, answer: str) -> Judgement:
        """Judge an answer to one follow-up by its own points; red flags of the question count there too."""
        rubric = self._rubrics.get(question.id)
        if rubric is None or follow_up.id not in rubric.follow_ups:
            return Unscored(Reason.NOT_COVERED)
        rung = rubric.follow_ups[follow_up.id]
        points = [_Asked(compiled, point.says, None) for compiled, point in zip(rung, follow_up.points, strict=True)]
        return _judged(rubric, answer, rubric.asked_by_rung[follow_up.id], points)


@contextmanager
def _collecting_nothing() -> Iterator[None]:
    """Compiling makes a hundred thousand tuples that all stay; looking for garbage among them takes half the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Asked(NamedTuple):
    """A point that an answer is held against, with its sentence; a follow-up's points have no stage."""

    compiled: CompiledPoint
    says: str
    stage: Stage | None


def _judged(
    rubric: Rubric,
    answer: str,
    asked: Sequence[frozenset[tuple[str, str]]],
    points: Sequence[_Asked],
    weights: Mapping[Stage, int] = scoring.EVEN,
) -> Judgement:
    """Hold an answer to `asked` against these points and the question's red flags."""
    text = rubric.text(answer)
    why = gates.reason(answer, asked, text.reading)
    if why is not None:
        return Unscored(why)
    findings = without_inferred(_findings(rubric, [point.compiled for point in points], text))
    flags = _flags(rubric, findings, text, {point.compiled.id: point.says for point in points})
    findings = without_stray(findings, len(flags))
    if _makes_no_point(findings) and (aside := rubric.aside(text, is_flagged=bool(flags))):
        return Unscored(aside)
    said = tuple(_verdict(point.compiled.id, findings[point.compiled.id], text) for point in points)
    verdicts = [(point.stage, verdict.verdict) for point, verdict in zip(points, said, strict=True)]
    scored = scoring.score(verdicts, len(flags), weights)
    has_stages = any(point.stage for point in points)
    stages = {stage: (stage, Verdict.SHOWN) in verdicts for stage in Stage} if has_stages else {}
    return Grade(scored, scoring.band(said, len(flags), scored), said, flags, stages)


def _point(point_id: str, evidence: PointEvidence, vocabulary: Vocabulary) -> CompiledPoint:
    shown = tuple(vocabulary.line(source) for source in evidence.shown)
    return CompiledPoint(point_id, shown, tuple(vocabulary.line(source) for source in evidence.contradicted))


def _flag(flag_id: str, says: str, why: str, evidence: FlagEvidence, vocabulary: Vocabulary) -> CompiledFlag:
    return CompiledFlag(flag_id, says, why, tuple(vocabulary.line(source) for source in evidence.raised))


def _findings(rubric: Rubric, points: Sequence[CompiledPoint], text: Text) -> dict[str, Finding]:
    if text.reading.is_list:
        return {point.id: Finding(Verdict.NOT_SHOWN, None, ()) for point in points}
    found = {point.id: rubric.finding(point, text) for point in points}
    return without_shown(found) if text.reading.is_wavering else found


def _flags(
    rubric: Rubric, findings: Mapping[str, Finding], text: Text, says: Mapping[str, str]
) -> tuple[RaisedFlag, ...]:
    """The red flags that were raised, then the points that were inverted, each claim of the text once."""
    made: list[RaisedFlag] = []
    claimed: set[int] = set()
    for flag in rubric.flags:
        match = rubric.raised(flag, text)
        if match is not None:
            made.append(RaisedFlag(flag.id, flag.says, flag.why, text.reading.quote(*_clauses(match, text))))
            claimed.add(text.reading.clause[match.start])
    for point_id, finding in findings.items():
        if finding.verdict is Verdict.CONTRADICTED and finding.because is not None:
            match = finding.because
            if text.reading.clause[match.start] in claimed:
                continue
            quote = text.reading.quote(*_clauses(match, text))
            correction = says[point_id]
            made.append(RaisedFlag(point_id, f"The opposite of: {correction}", correction, quote))
            claimed.add(text.reading.clause[match.start])
    return tuple(made)


def _makes_no_point(findings: Mapping[str, Finding]) -> bool:
    return not any(f.verdict in (Verdict.SHOWN, Verdict.CONTRADICTED) for f in findings.values())


def _verdict(point_id: str, finding: Finding, text: Text) -> PointVerdict:
    if finding.because is None:
        return PointVerdict(point_id, finding.verdict)
    return PointVerdict(point_id, finding.verdict, text.reading.quote(*_clauses(finding.because, text)))


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
