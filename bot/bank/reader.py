"""Strict YAML with positions: mappings, lists, text, whole numbers, true and false. Nothing surprises.

`yes`, `off`, `null`, `1.5` and dates stay text. Aliases, anchors, tags, merge keys and repeated keys are
problems, and so is whatever the parser cannot read; no input raises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.bank.decoding import decoded, without_unseen
from bot.bank.document import Document, Steps
from bot.bank.problems import Place, Problem, quoted
from bot.bank.syntax import at_mark, complaint

DEEPEST = 10
"""Levels of nesting; evidence for follow-ups has 6."""

MOST_VALUES = 20_000
"""Values in one file; a full question has fewer than 200, its evidence some thousands."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is many times faster; not every build has it
_WHOLE_NUMBER = re.compile(r"0|-?[1-9][0-9]{0,17}")
_NOWHERE = -2  # the step to a value that is read and then forgotten
_TRUTH = {"true": True, "false": False}


@dataclass(frozen=True)
class Reading:
    """What came out of one file; the document is None if nothing could be made of it."""

    document: Document | None
    problems: tuple[Problem, ...]


def read(source: bytes, file: Path) -> Reading:
    """Read one file's bytes; `file` is only used in places."""
    text = decoded(source, file)
    if isinstance(text, list):
        return Reading(None, tuple(text))
    builder = _Builder(file, text)
    try:
        data = builder.document()
    except _Unreadable as stop:
        builder.problems.append(stop.problem)
    except yaml.YAMLError as error:
        builder.problems.append(complaint(error, file, builder.lines))
    except (ValueError, OverflowError):  # PyYAML in pure Python, at an escape beyond the last character
        sentence = "An escape in double quotes names no character: use single quotes or a `|` block instead."
        builder.problems.append(Problem(Place(file), "yaml-syntax", sentence))
    else:
        blamed = frozenset(builder.blamed)
        document = Document(file, data, builder.values, builder.keys, blamed)
        return Reading(document, tuple(builder.problems))
    return Reading(None, tuple(builder.problems))


class _Unreadable(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.sentence)
        self.problem = problem


class _Builder:
    """Turns the parser's events into plain values and notes where each of them began."""

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        self.lines = text.split("\n")
        self.values: dict[Steps, Place] = {}
        self.keys: dict[Steps, Place] = {}
        self.blamed: set[Steps] = set()
        self.problems: list[Problem] = []
        self._events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=_LOADER))
        self._count = 0

    def document(self) -> object:
        """The only document of the file."""
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise self._empty()
        first = next(self._events)
        data = self._node(first, ())
        if data == "" and not getattr(first, "style", None):
            raise self._empty()
        next(self._events)  # the document ends
        after = next(self._events)
        if isinstance(after, yaml.DocumentStartEvent):
            sentence = "A second document begins here: put each question in a file of its own."
            self._blame(self._place(after), "several-documents", sentence)
        return data

    def _node(self, event: yaml.Event, steps: Steps) -> object:
        place = self.values[steps] = self._place(event)
        self._count += 1
        if len(steps) > DEEPEST or self._count > MOST_VALUES:
            sentence = "The file nests deeper or holds more than any content: check its indentation and brackets."
            raise _Unreadable(Problem(place, "too-much", sentence))
        self._refuse_extras(event, place)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(steps)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(steps)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        self.blamed.add(steps)  # an alias: there is no value to look at
        return ""

    def _mapping(self, steps: Steps) -> dict[str, object]:
        made: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, steps, made)
            if key is None:
                self._node(next(self._events), (*steps, _NOWHERE))  # its own problems are worth knowing
            else:
                self.keys[(*steps, key)] = self._place(event)
                made[key] = self._node(next(self._events), (*steps, key))
        return made

    def _key(self, event: yaml.Event, steps: Steps, made: dict[str, object]) -> str | None:
        """The key that the event stands for; None if it was refused."""
        place = self._place(event)
        if not isinstance(event, yaml.ScalarEvent):
            self._node(event, (*steps, _NOWHERE))
            self._blame(place, "key-not-text", "A key must be plain text: begin the line with a key and a colon.")
            return None
        self._refuse_extras(event, place)
        key: str = event.value
        if key == "<<" and not event.style:
            self._blame(place, "merge-key", "Merge keys (`<<`) are not used here: write the keys out.")
            return None
        if key in made:
            first = self.keys[(*steps, key)]
            sentence = f"The key {quoted(key)} is already on line {first.line}: keep one of the two."
            self._blame(place, "repeated-key", sentence, first)
            return None
        return key

    def _sequence(self, steps: Steps) -> list[object]:
        made: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            made.append(self._node(event, (*steps, len(made))))
        return made

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        text: str = event.value
        if event.style:
            return self._seen(event, text)
        end = event.end_mark
        rest = self.lines[end.line][end.column :] if end and end.line < len(self.lines) else ""
        if text and "#" in rest and re.match(r"#[^\s#!]", rest := rest.lstrip()):
            sentence = f"{quoted(rest, 20)} is read as a comment and lost: put the whole text in quotes."
            self._blame(at_mark(self.file, end, self.lines), "lost-comment", sentence)
        if text in _TRUTH:
            return _TRUTH[text]
        return int(text) if _WHOLE_NUMBER.fullmatch(text) else text

    def _seen(self, event: yaml.ScalarEvent, text: str) -> str:
        seen = without_unseen(text)
        if seen != text:
            sentence = "An escape in this text stands for an invisible control character: take it out."
            self._blame(self._place(event), "invisible-character", sentence)
        return seen

    def _refuse_extras(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            sentence = f"`*{anchor}` is read as an alias, which is not used here: put the text in quotes."
            self._blame(place, "alias", sentence)
        elif anchor is not None:
            sentence = f"`&{anchor}` is read as an anchor, which is not used here: put the text in quotes."
            self._blame(place, "anchor", sentence)
        if tag is not None:
            sentence = "`!` is read as a type tag, which is not used here: put the text in quotes."
            self._blame(place, "tag", sentence)

    def _empty(self) -> _Unreadable:
        sentence = "The file is empty: start from `interview-coach content new question`, or delete the file."
        return _Unreadable(Problem(Place(self.file), "empty-file", sentence))

    def _blame(self, place: Place, rule: str, sentence: str, other: Place | None = None) -> None:
        self.problems.append(Problem(place, rule, sentence, other))

    def _place(self, event: yaml.Event) -> Place:
        return at_mark(self.file, event.start_mark, self.lines)
