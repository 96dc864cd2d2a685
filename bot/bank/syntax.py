"""The YAML parser's complaints in our words: what an author most likely did, and what to do instead."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import yaml

from bot.bank.problems import Place, Problem, printable


class _Complaint(NamedTuple):
    said: str
    """A pattern for what the parser says it did and met, be it libyaml or pure Python."""
    sentence: str
    at_its_start: bool = False
    """Whether to point at where the broken thing begins rather than at where the parser gave up."""


_COMPLAINTS = (
    _Complaint(
        "(scanning|parsing) a %?(directive|TAG|YAML)|incompatible",
        "Leave out the lines that begin with `%`: no file here needs them.",
    ),
    _Complaint(
        "(scanning|parsing) a tag|tag handle",
        "Text that begins with `!` is read as a type tag, which is not used here: put it in quotes.",
        at_its_start=True,
    ),
    _Complaint(
        "mapping values are not allowed",
        "A colon and a space begin a new value here: quote the whole text, or check the indentation.",
    ),
    _Complaint(
        "(sequence|mapping|block sequence) (entries|keys) are not allowed",
        "A list or a key cannot begin in the middle of a line: move it to its own line, or quote the text.",
    ),
    _Complaint(
        "unexpected (end of stream|document)",
        "This quote is never closed: add the closing quote.",
        at_its_start=True,
    ),
    _Complaint(
        "could not find expected ':'",
        "This line is neither `key: value` nor part of a text: indent it, or add the colon.",
        at_its_start=True,
    ),
    _Complaint(
        "escape|hexdecimal",
        "In double quotes a backslash begins an escape: use single quotes or a `|` block instead.",
        at_its_start=True,
    ),
    _Complaint(
        "expected ',' or",
        "This bracket is not closed, or a text in it needs quotes: write the list with one `- ` a line.",
        at_its_start=True,
    ),
    _Complaint(
        "expected alphabetic or numeric",
        "Text cannot begin with `*` or `&`, which YAML keeps for itself: put it in quotes.",
        at_its_start=True,
    ),
    _Complaint(
        "expected chomping|comment or (a )?line break",
        "Nothing may follow `|` or `>` on its line: begin the text on the next line.",
        at_its_start=True,
    ),
    _Complaint("unexpected ':'", "A colon in brackets needs a space behind it, or the text needs quotes."),
    _Complaint("node content", "Text cannot begin with this character: put it in quotes."),
    _Complaint("tab character", "This line is indented with a tab: use spaces."),
    _Complaint(
        "expected '-' indicator|expected key|<block end>",
        "This line does not line up with those above it, or follows a closed quote: check its indentation.",
    ),
    _Complaint("document start", "A file holds one document: take out the line `...` and what follows it."),
)


def complaint(error: yaml.YAMLError, file: Path, lines: Sequence[str]) -> Problem:
    """The problem behind a parser's error in a file of these lines."""
    said = f"{getattr(error, 'context', None) or ''} {getattr(error, 'problem', None) or ''}".strip()
    mark: Mark | None = getattr(error, "problem_mark", None)
    sentence = f"The YAML is broken here ({printable(said) or 'no reason given'}): quote the text."
    if known := next((entry for entry in _COMPLAINTS if re.search(entry.said, said)), None):
        sentence = known.sentence
        mark = (known.at_its_start and getattr(error, "context_mark", None)) or mark
    line = lines[mark.line] if mark and mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        sentence = "This line is indented with a tab: use spaces."
    elif mark and "cannot start any token" in said:
        sentence = f"Text cannot begin with `{line[mark.column : mark.column + 1]}`: put it in quotes."
    return Problem(at_mark(file, mark, lines), "yaml-syntax", sentence)


class Mark(Protocol):
    """What PyYAML says of a position, counting from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


def at_mark(file: Path, mark: Mark | None, lines: Sequence[str]) -> Place:
    """The mark as a place. Past the last line, it is the end of that line, where an editor can go."""
    if mark is None:
        return Place(file)
    if mark.line < len(lines):
        return Place(file, mark.line + 1, mark.column + 1)
    return Place(file, len(lines), len(lines[-1]) + 1)
