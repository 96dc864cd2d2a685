"""Rapid-fire prompts: small questions with an answer of a few words, and by what such an answer is judged.

Only the shape is here. What a pattern means belongs to `bot.domain.grading`, and the ruling to `bot.domain.judging`.
"""

from typing import Annotated

from pydantic import Field

from bot.domain.evidence import Group, Pattern, SetName, Word, WordSets
from bot.domain.questions import CompanySlug, Content, PromptId, PromptKind, QuestionId, Slug, Stage, Text

MOST_SHOWN = 80
"""Characters of an option: as many as a button holds."""

Given = Annotated[Text, Field(max_length=300)]
Answers = Annotated[tuple[Given, ...], Field(strict=False, max_length=20)]


class Heard(Content):
    """How something is recognised in an answer. At least one way must be given."""

    terms: tuple[Word, ...] = Field(
        default=(), strict=False, max_length=60, description="Names for it: words and phrases that are the answer"
    )
    patterns: tuple[Pattern, ...] = Field(
        default=(), strict=False, max_length=40, description="Patterns, in the language of evidence files"
    )


class Item(Heard):
    """One thing that counts."""

    id: Slug
    says: Annotated[Text, Field(max_length=160, description="The item in one sentence, for the reveal")]
    points: tuple[Slug, ...] = Field(
        default=(), strict=False, max_length=4, description="Rubric points of the question whose evidence shows it too"
    )


class Reject(Heard):
    """A near-miss: something that does not count, and what it was taken for."""

    id: Slug
    why: Annotated[Text, Field(max_length=160, description="The confusion that it shows, in one sentence")]
    red_flags: tuple[Slug, ...] = Field(
        default=(), strict=False, max_length=4, description="Red flags of the question whose evidence shows it too"
    )


class Number(Content):
    """The number that a short prompt asks for."""

    value: float = Field(strict=False, description="The number")
    unit: Annotated[Text, Field(max_length=20)] | None = Field(
        default=None, description="Its unit, as Pint spells it, such as GB; none for a plain number"
    )
    within: float = Field(
        default=0.01, strict=False, ge=0, le=0.5, description="How far off an answer may be, as a share of the value"
    )


class Option(Content):
    """One of the answers offered by a choice prompt."""

    id: Slug
    says: Annotated[Text, Field(max_length=MOST_SHOWN, description="As it stands on its button")]
    why: Annotated[Text, Field(max_length=200, description="Why it is right, or why it is wrong")]
    right: bool = Field(default=False, description="True for the one that counts")


class Checked(Content):
    """Answers with which a prompt is put to the test."""

    right: Answers = Field(default=(), description="Answers that must be accepted")
    wrong: Answers = Field(default=(), description="Answers that must not be accepted")


class Prompt(Content):
    """One rapid-fire prompt. Which of its lists are filled depends on its kind."""

    id: PromptId
    kind: PromptKind = Field(strict=False, description="name, short or choice")
    asks: Annotated[Text, Field(max_length=200, description="The prompt as players read it")]
    wanted: Annotated[int, Field(ge=1, le=5)] = Field(default=1, description="How many items a `name` prompt asks for")
    stage: Stage = Field(strict=False, description="definition, mechanism, tradeoff or production")
    difficulty: Annotated[int, Field(ge=1, le=5)]
    seconds: Annotated[int, Field(ge=10, le=120, description="How long players have")]
    companies: tuple[CompanySlug, ...] = Field(
        default=(), strict=False, max_length=5, description="The emphases that it suits best"
    )
    about: SetName | None = Field(
        default=None, description="Of the file's rivals, the one that an answer speaks of when it names none"
    )
    items: tuple[Item, ...] = Field(default=(), strict=False, max_length=12, description="What counts")
    rejects: tuple[Reject, ...] = Field(
        default=(), strict=False, max_length=12, description="Near-misses, with the confusion that each shows"
    )
    number: Number | None = Field(default=None, description="The number asked for, instead of items")
    options: tuple[Option, ...] = Field(
        default=(), strict=False, max_length=4, description="For `choice`: four options"
    )
    explains: Annotated[Text, Field(max_length=300, description="Why the answer is what it is, for the reveal")]
    samples: Checked = Field(default=Checked(), description="Answers that whoever wrote the patterns knew")
    held_out: Checked = Field(default=Checked(), description="Answers kept from whoever wrote the patterns")


class Prompts(WordSets):
    """The prompts of one question. They may use the word sets of its evidence, and the glossary's."""

    question: QuestionId
    rivals: tuple[Group, ...] = Field(
        default=(), strict=False, description="Groups of subjects that get mixed up, besides the evidence's"
    )
    prompts: tuple[Prompt, ...] = Field(strict=False, min_length=1, max_length=20)
