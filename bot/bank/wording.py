"""Our sentence for each kind of error that pydantic can find in content: one row a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

from bot.bank.document import Steps, name_of
from bot.bank.nearest import did_you_mean
from bot.bank.outline import Outline, purpose
from bot.bank.problems import quoted
from bot.domain.evidence import SetName
from bot.domain.questions import QuestionId, Slug, Url


@dataclass(frozen=True)
class Fault:
    """A value that does not fit: the way to it, what was written, and what was expected there."""

    steps: Steps | None
    """None where it is a key that does not fit."""
    value: object
    expected: Outline
    said: str
    """Pydantic's own message."""

    @property
    def name(self) -> str:
        """The value as an author would point at it."""
        return "This key" if self.steps is None else name_of(self.steps)

    @property
    def purpose(self) -> str:
        """What the value is for, in brackets."""
        return purpose(self.expected)

    @property
    def span(self) -> str:
        """The whole numbers that are allowed."""
        low, high = self.expected.get("minimum"), self.expected.get("maximum")
        return f" from {low} to {high}" if low is not None and high is not None else ""


@dataclass(frozen=True)
class Words:
    """A rule's id and the sentence about one breach of it."""

    rule: str
    sentence: str


def _pattern_of(kind: object) -> str:
    return str(get_args(kind)[1].pattern)


PATTERNS = {
    _pattern_of(Slug): "small letters, digits and single hyphens, as in `learning-curves`",
    _pattern_of(QuestionId): "a capital Q and a number without leading zeros, as in `Q12`",
    _pattern_of(SetName): "small letters, digits and underscores, beginning with a letter, as in `goes_up`",
    _pattern_of(Url): "one address that begins with `https://`, without spaces",
}


def _not_text(fault: Fault) -> str:
    if isinstance(fault.value, dict) and fault.value:
        return f"{fault.name} must be text, and its colon makes it a key: put the text in quotes."
    if isinstance(fault.value, dict | list):
        return f"{fault.name} must be one text, not a list or a group of keys: write one text{fault.purpose}."
    shown = str(fault.value).lower() if isinstance(fault.value, bool) else str(fault.value)
    return f"{fault.name} must be text: put `{shown}` in quotes."


def _too_long(fault: Fault) -> str:
    length, most = len(str(fault.value).strip()), fault.expected.get("maxLength", 0)
    return f"{fault.name} is {length - most} characters too long ({length} of {most}): shorten it."


def _wrong_pattern(fault: Fault) -> str:
    pattern = str(fault.expected.get("pattern"))
    wanted = PATTERNS.get(pattern, f"something of the form {quoted(pattern)}")
    if not str(fault.value).strip():
        return f"{fault.name} is empty: write {wanted}."
    return f"{fault.name} cannot be {quoted(fault.value)}: write {wanted}."


def _wrong_choice(fault: Fault) -> str:
    choices = [str(choice) for choice in fault.expected.get("enum", ())]
    hint = did_you_mean(str(fault.value), choices, f"use one of {', '.join(map(quoted, choices))}.")
    return f"{fault.name} cannot be {quoted(fault.value)}: {hint}"


def _no_list(fault: Fault) -> str:
    how = "put each entry on its own line behind `- `"
    return f"{fault.name} is empty: {how}." if fault.value == "" else f"{fault.name} must be a list: {how}."


def _no_group(fault: Fault) -> str:
    if not fault.expected.get("properties"):
        return f"{fault.name} must be a group of keys{fault.purpose}: write each on its own line with a colon."
    keys = ", ".join(quoted(key) for key in fault.expected.get("properties", {}))
    return f"{fault.name} must be a group of keys: write {keys}, each on its own line with a colon."


def _bad_date(fault: Fault) -> str:
    return f"{fault.name} must be a date such as 2026-01-31: write year, month and day with hyphens."


_TABLE: Mapping[str, tuple[str, Callable[[Fault], str]]] = {
    "missing": ("missing-key", lambda f: f"The key {f.name} is missing: add it{f.purpose}."),
    "string_type": ("not-text", _not_text),
    "string_too_short": ("empty-text", lambda f: f"{f.name} is empty: write it{f.purpose}."),
    "string_too_long": ("too-long", _too_long),
    "string_pattern_mismatch": ("wrong-form", _wrong_pattern),
    "int_type": ("not-a-number", lambda f: f"{f.name} must be a number: write one{f.span}, without quotes."),
    "greater_than_equal": ("out-of-range", lambda f: f"{f.name} is too small: write a number{f.span}."),
    "less_than_equal": ("out-of-range", lambda f: f"{f.name} is too large: write a number{f.span}."),
    "bool_type": (
        "not-true-or-false",
        lambda f: f"{f.name} must be `true` or `false`: write it without quotes.",
    ),
    "enum": ("wrong-choice", _wrong_choice),
    "tuple_type": ("not-a-list", _no_list),
    "model_type": ("not-a-group", _no_group),
    "dict_type": ("not-a-group", _no_group),
}


def worded(kind: str, fault: Fault) -> Words:
    """The words for an error of pydantic's, `kind` being its type."""
    if kind.startswith("date"):
        return Words("bad-date", _bad_date(fault))
    if kind in _TABLE:
        rule, sentence = _TABLE[kind]
        return Words(rule, sentence(fault))
    said = fault.said.removeprefix("Value error, ")
    return Words("misfit", f"{fault.name} does not fit ({said}): see README.md in the content folder.")
