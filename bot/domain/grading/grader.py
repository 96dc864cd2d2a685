"""The offline grader: compiles the evidence of a bank once, then judges answers one at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.evidence import Evidence, Glossary
from bot.domain.grades import Grade, Judgement, PointVerdict, RaisedFlag, Reason, Unscored, Verdict
from bot.domain.grading import gates, scoring
from bot.domain.grading.claims import Claims, CompiledPoint
from bot.domain.grading.matching import Match, Text
from bot.domain.grading.rubric import CompiledLine, Vocabulary
from bot.domain.grading.settling import Finding, without_inferred, without_shown, without_stray
from bot.domain.memory import without_collecting
from bot.domain.questions import Company, FollowUp, Question, Stage

_FEWEST_TOPIC_WORDS = 2


@dataclass(frozen=True, slots=True)
class CompiledFlag:
    """One red flag's patterns and its texts for people."""

    id: str
    says: str
    why: str
    raised: tuple[CompiledLine, ...]


class Rubric(Claims):
    """The compiled evidence of one question."""

    def __init__(self, question: Question, evidence: Evidence, glossary: Glossary) -> None:
        self.question = question
        super().__init__(Vocabulary(glossary, evidence, rivals=evidence.rivals, topic=evidence.topic))
        self.points = tuple(self.point(p.id, evidence.points[p.id]) for p in question.rubric)
        self.flags = tuple(
            CompiledFlag(flag.id, flag.says, flag.why, self.lines(evidence.red_flags[flag.id].raised))
            for flag in question.red_flags
        )
        self.follow_ups = {
            rung.id: tuple(self.point(point.id, evidence.follow_ups[rung.id][point.id]) for point in rung.points)
            for rung in question.follow_ups
            if rung.id in evidence.follow_ups
        }
        self.asked = tuple(gates.pairs(text) for text in (question.title, question.asks))
        self.asked_words = gates.words_of((question.title, question.asks, *(rung.asks for rung in question.follow_ups)))
        self.asked_by_rung = {rung.id: (*self.asked, gates.pairs(rung.asks)) for rung in question.follow_ups}

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

    def raised(self, flag: CompiledFlag, text: Text) -> Match | None:
        """The place at which the text raises the flag, if it does."""
        return self.claimed(flag.raised, text)


class OfflineGrader:
    """Judges by authored evidence. Compiling takes a while; judging does not."""

    def __init__(self, questions: Iterable[Question], evidence: Mapping[str, Evidence], glossary: Glossary) -> None:
        with without_collecting():
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
    said = tuple(_verdict(rubric, point.compiled.id, findings[point.compiled.id], text) for point in points)
    verdicts = [(point.stage, verdict.verdict) for point, verdict in zip(points, said, strict=True)]
    scored = scoring.score(verdicts, len(flags), weights)
    has_stages = any(point.stage for point in points)
    stages = {stage: (stage, Verdict.SHOWN) in verdicts for stage in Stage} if has_stages else {}
    return Grade(scored, scoring.band(said, len(flags), scored), said, flags, stages)


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
            made.append(RaisedFlag(flag.id, flag.says, flag.why, rubric.quote(match, text)))
            claimed.add(text.reading.clause[match.start])
    for point_id, finding in findings.items():
        if finding.verdict is Verdict.CONTRADICTED and finding.because is not None:
            match = finding.because
            if text.reading.clause[match.start] in claimed:
                continue
            quote = rubric.quote(match, text)
            correction = says[point_id]
            made.append(RaisedFlag(point_id, f"The opposite of: {correction}", correction, quote))
            claimed.add(text.reading.clause[match.start])
    return tuple(made)


def _makes_no_point(findings: Mapping[str, Finding]) -> bool:
    return not any(f.verdict in (Verdict.SHOWN, Verdict.CONTRADICTED) for f in findings.values())


def _verdict(rubric: Rubric, point_id: str, finding: Finding, text: Text) -> PointVerdict:
    if finding.because is None:
        return PointVerdict(point_id, finding.verdict)
    return PointVerdict(point_id, finding.verdict, rubric.quote(finding.because, text))
