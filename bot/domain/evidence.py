"""What an author writes so that answers can be judged: word sets, patterns, test sentences and marked answers.

Only the shape is here. What a pattern means belongs to `bot.domain.grading`.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from bot.domain.grades import Reason
from bot.domain.questions import Content, QuestionId, Slug, Text

SetName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Word = Annotated[Text, Field(max_length=60)]
Pattern = Annotated[Text, Field(max_length=200)]
Sentence = Annotated[Text, Field(max_length=300)]
Words = Annotated[tuple[Word, ...], Field(strict=False, min_length=1, max_length=300)]
Pair = Annotated[tuple[SetName, ...], Field(strict=False, min_length=2, max_length=2)]
Group = Annotated[tuple[SetName, ...], Field(strict=False, min_length=2, max_length=8)]


class WordSets(Content):
    """Named sets of words that mean the same where they are used, and how the sets stand to each other."""

    sets: Mapping[SetName, Words] = Field(
        default_factory=dict, description="Words and phrases that mean the same here, by name"
    )
    opposites: tuple[Pair, ...] = Field(
        default=(), strict=False, description="Pairs of sets that contradict each other; `not` makes neither of them"
    )
    complements: tuple[Pair, ...] = Field(
        default=(), strict=False, description="Pairs of sets of which one is the negation of the other"
    )


class Glossary(WordSets):
    """The word sets that every question shares."""


class PointEvidence(Content):
    """How one point is recognised, and the sentences that prove it."""

    shown: tuple[Pattern, ...] = Field(
        strict=False, min_length=1, max_length=60, description="Patterns that show the point"
    )
    contradicted: tuple[Pattern, ...] = Field(
        default=(), strict=False, max_length=40, description="Patterns that claim its opposite"
    )
    paraphrases: tuple[Sentence, ...] = Field(
        strict=False, min_length=3, max_length=40, description="Sentences that must be credited"
    )
    inversions: tuple[Sentence, ...] = Field(
        default=(), strict=False, max_length=20, description="Sentences that must count as contradicting the point"
    )
    near_misses: tuple[Sentence, ...] = Field(
        default=(), strict=False, max_length=20, description="Sentences that must not be credited"
    )


class FlagEvidence(Content):
    """How one red flag is recognised, and the sentences that prove it."""

    raised: tuple[Pattern, ...] = Field(
        strict=False, min_length=1, max_length=40, description="Patterns that raise the flag"
    )
    paraphrases: tuple[Sentence, ...] = Field(
        strict=False, min_length=2, max_length=20, description="Sentences that must raise it"
    )
    near_misses: tuple[Sentence, ...] = Field(
        default=(), strict=False, max_length=20, description="Sentences that must not raise it"
    )


class Evidence(WordSets):
    """Everything the offline grader needs to know about one question."""

    question: QuestionId
    self_check_only: bool = Field(
        default=False, description="True where the grader does not agree with people often enough to be shown"
    )
    topic: Words = Field(description="Words of which an answer on topic holds at least two")
    rivals: tuple[Group, ...] = Field(
        default=(), strict=False, description="Groups of subjects that get mixed up; the question is about the first"
    )
    points: Mapping[Slug, PointEvidence] = Field(description="By rubric point")
    red_flags: Mapping[Slug, FlagEvidence] = Field(description="By red flag")
    follow_ups: Mapping[Slug, Mapping[Slug, PointEvidence]] = Field(
        default_factory=dict, description="By follow-up, then by its point"
    )


class Kind(StrEnum):
    """What sort of answer a sample is."""

    PLAIN = "plain"
    EXPERT = "expert"
    ORDINARY = "ordinary"
    PARTIAL = "partial"
    WEAK = "weak"
    INVERTED = "inverted"
    MISCONCEPTION = "misconception"
    NONSENSE = "nonsense"
    HEDGE = "hedge"
    KEYWORDS = "keywords"
    COPIED = "copied"
    OFF_TOPIC = "off_topic"
    OTHER_LANGUAGE = "other_language"
    INSTRUCTS_GRADER = "instructs_grader"


class Mark(StrEnum):
    """The band that a careful person gave a sample."""

    STRONG = "strong"
    GOOD = "good"
    PARTIAL = "partial"
    WEAK = "weak"
    WRONG = "wrong"
    UNSCORED = "unscored"


class Sample(Content):
    """One answer marked by a person. Points in none of the lists are not shown."""

    id: Slug
    kind: Kind = Field(strict=False, description="plain, expert, inverted, keywords and so on")
    band: Mark = Field(strict=False, description="The band that it must get")
    heldout: bool = Field(default=False, description="True if it was kept from whoever wrote the patterns")
    answer: Annotated[Text, Field(max_length=2000)]
    reason: Reason | None = Field(default=None, strict=False, description="For an unscored one: why")
    shown: tuple[Slug, ...] = Field(default=(), strict=False, description="Points that it makes")
    contradicted: tuple[Slug, ...] = Field(default=(), strict=False, description="Points whose opposite it claims")
    unsure: tuple[Slug, ...] = Field(
        default=(), strict=False, description="Points on which careful people could differ; not counted"
    )
    red_flags: tuple[Slug, ...] = Field(default=(), strict=False, description="Red flags that it raises")


class Samples(Content):
    """The marked answers of one question."""

    question: QuestionId
    samples: tuple[Sample, ...] = Field(strict=False, min_length=1, max_length=80)
