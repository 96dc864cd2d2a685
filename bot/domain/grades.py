"""What a grader says about one answer: a verdict for each rubric point, the red flags, the stages and a score.

How a verdict is reached belongs to `bot.domain.grading`; how it is worded for a member belongs to `bot.ui`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.questions import Company, FollowUp, Question, Stage


class Verdict(StrEnum):
    """What an answer does with one rubric point."""

    SHOWN = "shown"
    CONTRADICTED = "contradicted"
    NOT_SHOWN = "not_shown"
    UNSCORED = "unscored"
    """The answer speaks of the point's subject, but neither claims the point nor its opposite in known words."""


class Band(StrEnum):
    """How an interviewer would sum the answer up, best first."""

    STRONG = "strong"
    GOOD = "good"
    PARTIAL = "partial"
    WEAK = "weak"
    WRONG = "wrong"


class Reason(StrEnum):
    """Why a whole answer gets no score."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    OFF_TOPIC = "off_topic"
    OTHER_LANGUAGE = "other_language"
    COPIED_QUESTION = "copied_question"
    INSTRUCTS_GRADER = "instructs_grader"
    NOT_COVERED = "not_covered"
    """The question, or the follow-up, has no evidence to judge by: it is for self-check only."""


@dataclass(frozen=True, slots=True)
class PointVerdict:
    """The verdict on one point. `evidence` is the member's own words, where the verdict rests on some."""

    id: str
    verdict: Verdict
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A red flag that the answer raised: what it claims, why that hurts, and the member's own words."""

    id: str
    says: str
    why: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Grade:
    """A judged answer. `score` lies in 0..1; `points` follow the rubric's order.

    An inverted point counts as a red flag too, under the point's id. `stages` tells which steps of a strong
    answer were met; for a follow-up, whose points have no stages, it is empty.
    """

    score: float
    band: Band
    points: tuple[PointVerdict, ...]
    red_flags: tuple[RaisedFlag, ...]
    stages: Mapping[Stage, bool]


@dataclass(frozen=True, slots=True)
class Unscored:
    """An answer that is not judged, which is not the same as a score of nought."""

    reason: Reason


Judgement = Grade | Unscored


class Grader(Protocol):
    """Judges answers. Implementations are pure and quick enough to be called on the event loop."""

    def grade(self, question: Question, answer: str, company: Company | None = None) -> Judgement:
        """Judge an answer to the question itself, its stages weighted as `company` weights them."""
        ...

    def grade_follow_up(self, question: Question, follow_up: FollowUp, answer: str) -> Judgement:
        """Judge an answer to one follow-up by that follow-up's own small rubric."""
        ...
