"""The small language in which authors say how a claim sounds; `content/README.md` teaches it.

cosine | ignore length          said of cosine, and not of its rivals
up threshold => down recall     one change brings the other
train loss down & validation loss up
best/lowest > checkpoint !last  alternatives, order, and a word that must be absent
~average slices                 the word under a negation
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class PatternError(ValueError):
    """A pattern that cannot be read; `column` counts from 1 within the pattern."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class Joined(StrEnum):
    """How the parts of a pattern hang together."""

    ALONE = "alone"
    RELATED = "=>"
    """The signs of the parts are multiplied: the opposite change with the opposite effect says the same."""
    BOTH = "&"
    """Every part must hold on its own."""


@dataclass(frozen=True, slots=True)
class Term:
    """One place of a pattern: any of these sets or literal phrases."""

    names: tuple[str, ...]
    """Names of sets, and literal words; in a phrase, `_` stands for the blanks."""
    negated: bool = False
    absent: bool = False
    plain: bool = False
    """Whether it has no direction here, so that its opposite says nothing."""
    then: bool = False
    """Whether it must stand after the term before it."""


@dataclass(frozen=True, slots=True)
class Part:
    """Terms that stand close together, said of a subject if there is one."""

    terms: tuple[Term, ...]
    subject: Term | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A whole pattern."""

    source: str
    parts: tuple[Part, ...]
    joined: Joined = Joined.ALONE


MOST_PARTS = 3

_TOKEN = re.compile(r"\S+")
_TERM = re.compile(r"(?P<mark>[~!=]?)(?P<names>[\w*.+^-]+(?:/(?P=mark)[\w*.+^-]+|/[\w*.+^-]+)*)")
"""A mark stands once before all alternatives, or before each of them."""


def parse(source: str) -> Line:
    """Read one pattern; raises PatternError."""
    if "=>" in source and "&" in source:
        raise PatternError("`=>` and `&` cannot stand in one pattern: write two patterns", source.index("&") + 1)
    joined = Joined.RELATED if "=>" in source else Joined.BOTH if "&" in source else Joined.ALONE
    pieces = re.split("=>|&", source)
    parts, offset = [], 0
    for piece in pieces:
        parts.append(_part(piece, offset))
        offset += len(piece) + (2 if joined is Joined.RELATED else 1)
    if len(parts) > MOST_PARTS:
        raise PatternError(f"a pattern has at most {MOST_PARTS} parts: split it", 1)
    return Line(source, tuple(parts), joined)


def _part(text: str, offset: int) -> Part:
    subject: Term | None = None
    before, bar, after = text.partition("|")
    if bar:
        subjects = _terms(before, offset)
        if len(subjects) != 1 or subjects[0].negated or subjects[0].absent:
            raise PatternError("exactly one plain word or set stands before `|`", offset + 1)
        subject, text, offset = subjects[0], after, offset + len(before) + 1
    terms = _terms(text, offset)
    if not any(not term.absent for term in terms):
        raise PatternError("a part needs at least one word that must be present", offset + 1)
    return Part(terms, subject)


def _terms(text: str, offset: int) -> tuple[Term, ...]:
    made: list[Term] = []
    then = False
    for token in _TOKEN.finditer(text):
        column = offset + token.start() + 1
        if token[0] == ">":
            if not made:
                raise PatternError("`>` stands between two words", column)
            then = True
            continue
        read = _TERM.fullmatch(token[0])
        if read is None:
            raise PatternError(f"`{token[0]}` is not a word, a set or a sign of the language", column)
        mark = read["mark"]
        names = [name.removeprefix(mark) for name in read["names"].split("/")]
        made.append(Term(tuple(names), mark == "~", mark == "!", mark == "=", then))
        then = False
    if then:
        raise PatternError("`>` stands between two words", offset + len(text))
    return tuple(made)
