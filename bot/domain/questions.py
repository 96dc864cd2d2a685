"""What an author writes to be asked: questions, packs and companies, as frozen values.

Only the shape of content is here. What answers are judged by is in `bot.domain.evidence`; reading it all from
YAML, and rules that span files, belong to `bot.bank`.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_HYPHENATED = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Slug = Annotated[str, StringConstraints(pattern=_HYPHENATED, max_length=60)]
# These two stand together in the name of a button, for which Discord has 100 characters.
CompanySlug = Annotated[str, StringConstraints(pattern=_HYPHENATED, max_length=30)]
PromptId = Annotated[str, StringConstraints(pattern=_HYPHENATED, max_length=40)]
QuestionId = Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]{0,3}$")]
Url = Annotated[str, StringConstraints(pattern=r"^https://\S+$", max_length=300)]
Weight = Annotated[int, Field(ge=1, le=10)]


class Content(BaseModel):
    """The base of everything an author writes: frozen, no unknown keys, no silent conversions."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Stage(StrEnum):
    """The four steps of a strong answer, in the order in which an interviewer hopes to hear them."""

    DEFINITION = "definition"
    MECHANISM = "mechanism"
    TRADEOFF = "tradeoff"
    PRODUCTION = "production"


class PromptKind(StrEnum):
    """What kind of answer a rapid-fire prompt asks for."""

    NAME = "name"
    """So many things, each in a player's own words."""
    SHORT = "short"
    """One term, or one number."""
    CHOICE = "choice"
    """One of four options."""


class RubricPoint(Content):
    """One thing that a good answer says."""

    id: Slug
    # YAML knows strings only, so enumerations and lists are converted even though the models are strict.
    stage: Stage = Field(strict=False, description="definition, mechanism, tradeoff or production")
    says: Annotated[Text, Field(max_length=160, description="One sentence for the reader")]
    nudge: Annotated[Text, Field(max_length=120, description="A hint that points to it without giving it away")]


class RedFlag(Content):
    """Something that makes an interviewer wince, and the reason."""

    id: Slug
    says: Annotated[Text, Field(max_length=200, description="The claim, as a candidate would put it")]
    why: Annotated[Text, Field(max_length=300, description="What is wrong with it")]


class AntiPattern(Content):
    """An answer to avoid, written out in full, and why it fails."""

    answer: Annotated[Text, Field(max_length=700)]
    why: Annotated[Text, Field(max_length=700)]


class FollowUpKind(StrEnum):
    """What a follow-up is after. Companies differ in which kinds they ask first."""

    DERIVATION = "derivation"
    """Why the formula or the mechanism holds: derive it, or work a small case through."""
    ASSUMPTION = "assumption"
    """What it rests on, and what is left when that is taken away."""
    DIAGNOSIS = "diagnosis"
    """What is going on here, from numbers or symptoms."""
    METRIC = "metric"
    """Which number to watch, how to measure it, and what would count as a change."""
    IMPACT = "impact"
    """What it costs or earns users and the business, and when to roll back."""
    ISOLATION = "isolation"
    """The cheapest experiment that tells two explanations apart."""
    BUDGET = "budget"
    """What to do, and what to give up, when compute, time or people are few."""


class FollowUpPoint(Content):
    """One thing that a good answer to a follow-up says."""

    id: Slug
    says: Annotated[Text, Field(max_length=160, description="One claim, short")]


class FollowUp(Content):
    """One rung of the ladder: what an interviewer asks next."""

    id: Slug
    kind: FollowUpKind = Field(strict=False, description="What the rung is after, such as derivation or budget")
    about: tuple[Slug, ...] = Field(
        strict=False, min_length=1, max_length=3, description="The rubric points that the rung goes back to, by id"
    )
    asks: Annotated[Text, Field(max_length=400, description="The follow-up question")]
    points: tuple[FollowUpPoint, ...] = Field(
        strict=False, min_length=2, max_length=5, description="What a good answer to it says"
    )


class CodeSample(Content):
    """A short runnable Python program that shows the point with numbers."""

    shows: Annotated[Text, Field(max_length=200, description="What the numbers show, in one sentence")]
    source: Annotated[Text, Field(max_length=1500)]
    output: Annotated[Text, Field(max_length=500, description="What it prints")]


class Reference(Content):
    """A source that a reader can open, and the claim it supports, in our words."""

    title: Annotated[Text, Field(max_length=150)]
    author: Annotated[Text, Field(max_length=100)]
    year: Annotated[int, Field(ge=1900, le=2100)]
    url: Url
    supports: Annotated[Text, Field(max_length=200)]
    primary: bool = Field(default=False, description="A paper, a standard or official documentation")


def _in_words(figure: object) -> object:
    """A bare number as it is written; YAML does not call it text."""
    return str(figure) if isinstance(figure, int | float) else figure


class Check(Content):
    """A numeric claim of the question's texts, and a calculation with units that bears it out."""

    claim: Annotated[Text, Field(max_length=200, description="The claim, in one sentence")]
    computes: Annotated[
        Text, Field(max_length=300, description="A Python expression with units, such as 7e9 * 8 * byte")
    ]
    gives: Annotated[Text, BeforeValidator(_in_words), Field(max_length=40)] = Field(
        description="The figure as the text gives it, such as 56 GB"
    )
    within: float = Field(
        default=0.01, strict=False, gt=0, le=0.5, description="How far apart the two may be, as a share"
    )


class Contested(Content):
    """A claim that people who know the subject dispute, with both sides."""

    claim: Annotated[Text, Field(max_length=200)]
    for_it: Annotated[Text, Field(alias="for", max_length=300, description="What speaks for it, with the source")]
    against: Annotated[Text, Field(max_length=300, description="What speaks against it, with the source")]


class Question(Content):
    """One interview question with all of its layers.

    Text limits are in characters and keep each layer inside one Discord message (4,000 characters of
    Components V2 text, of which the layer's frame needs some).
    """

    id: QuestionId
    slug: Slug
    title: Annotated[Text, Field(max_length=90)]
    cluster: Slug
    difficulty: Annotated[int, Field(ge=1, le=5)]
    asks: Annotated[Text, Field(max_length=500, description="The question as an interviewer says it")]
    probes: Annotated[Text, Field(max_length=500, description="What the interviewer wants to find out")]
    direct_answer: Annotated[Text, Field(max_length=600, description="Speakable in 30 seconds")]
    deep_answer: Annotated[Text, Field(max_length=3000)]
    production: Annotated[Text, Field(max_length=900, description="The tie to a production or debugging decision")]
    rubric: tuple[RubricPoint, ...] = Field(strict=False, min_length=4, max_length=10)
    red_flags: tuple[RedFlag, ...] = Field(strict=False, min_length=2, max_length=6)
    mistakes: tuple[Annotated[Text, Field(max_length=250)], ...] = Field(strict=False, min_length=2, max_length=6)
    anti_pattern: AntiPattern
    follow_ups: tuple[FollowUp, ...] = Field(strict=False, min_length=2, max_length=6)
    code: CodeSample
    checks: tuple[Check, ...] = Field(
        default=(), strict=False, max_length=12, description="The figures of the texts, worked out"
    )
    contested: tuple[Contested, ...] = Field(
        default=(), strict=False, max_length=3, description="Claims that are disputed, with both sides"
    )
    references: tuple[Reference, ...] = Field(strict=False, min_length=2, max_length=8)
    reviewed_on: date = Field(strict=False, description="When a second reader last checked it")

    def points_by_stage(self) -> Mapping[Stage, tuple[RubricPoint, ...]]:
        """The rubric grouped by stage, in the order of a strong answer; every stage is a key."""
        return {stage: tuple(p for p in self.rubric if p.stage is stage) for stage in Stage}


class Cluster(Content):
    """A named group of questions within a pack."""

    slug: Slug
    name: Annotated[Text, Field(max_length=60)]


class Pack(Content):
    """A set of questions that is written, reviewed and licensed together."""

    slug: Slug
    name: Annotated[Text, Field(max_length=60)]
    description: Annotated[Text, Field(max_length=300)]
    licence: Annotated[Text, Field(max_length=60)]
    clusters: tuple[Cluster, ...] = Field(strict=False, min_length=1, max_length=20)
    self_check: tuple[QuestionId, ...] = Field(
        default=(),
        strict=False,
        max_length=100,
        description="Questions that may be asked while their evidence is still to be written",
    )
    without_prompts: tuple[QuestionId, ...] = Field(
        default=(),
        strict=False,
        max_length=100,
        description="Questions whose rapid-fire prompts, or their held-out answers, are still to be written",
    )


class Company(Content):
    """An emphasis: what one kind of interviewer listens for. Never a claim to that company's real questions."""

    slug: CompanySlug
    name: Annotated[Text, Field(max_length=30)]
    listens_for: Annotated[Text, Field(max_length=200)]
    coaching: Annotated[Text, Field(max_length=160, description="The advice under feedback, in one line")]
    stages: Mapping[Stage, Weight] = Field(
        min_length=len(Stage),
        description="How much each step of a strong answer counts, and how often its rapid-fire prompts come",
    )
    clusters: Mapping[Slug, Weight] = Field(
        default_factory=dict, description="How often a cluster's questions come; a cluster left out weighs 1"
    )
    follow_ups: tuple[FollowUpKind, ...] = Field(
        strict=False,
        min_length=1,
        max_length=len(FollowUpKind),
        description="The kinds of follow-up that come first, most wanted first",
    )
    depth: Annotated[int, Field(ge=1, le=6, description="How many follow-ups it asks at most")]
    kinds: Mapping[PromptKind, Weight] = Field(
        default_factory=dict, description="How often a kind of rapid-fire prompt comes; a kind left out weighs 1"
    )
    worth: Mapping[Stage, Annotated[int, Field(ge=1, le=5)]] = Field(
        default_factory=dict,
        description="What an accepted rapid-fire answer is multiplied by, by its prompt's stage; 1 where left out",
    )
    time_percent: Annotated[
        int, Field(ge=25, le=400, description="How long a rapid-fire prompt lasts, in percent of the normal time")
    ]

    def cluster_weight(self, slug: str) -> int:
        """How often questions of this cluster come, against 1 for a cluster that the file does not name."""
        return self.clusters.get(slug, 1)
