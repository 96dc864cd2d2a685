"""One file after reading: plain values and the place of each. What the values mean is not known here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from bot.bank.problems import Place, quoted

Steps: TypeAlias = tuple[str | int, ...]
"""The way from the top of a file to a value: keys, and list positions from 0."""

PLACEHOLDER = "TODO:"
"""What a template writes where an author has to."""

EACH = -1
"""In a pattern of steps: every entry of the list or mapping."""


def name_of(steps: Steps) -> str:
    """The value as a sentence about it begins: its key, or which entry of a list it is."""
    match steps:
        case ():
            return "The file"
        case (*_, str(key)):
            return quoted(key)
        case (*_, str(key), int(index)):
            return f"Entry {index + 1} of {quoted(key)}"
        case _:
            return "This entry"


@dataclass(frozen=True)
class Found:
    """A value in a file, and where it stands."""

    place: Place
    value: object

    @property
    def text(self) -> str:
        """The value as the models will hold it: without space around it."""
        return str(self.value).strip()


@dataclass(frozen=True)
class Document:
    """The content of one file.

    `data` is made of dicts with text keys, lists, text, whole numbers and truth values. `blamed` are values
    that the reader had to refuse.
    """

    file: Path
    data: object
    values: Mapping[Steps, Place]
    keys: Mapping[Steps, Place]
    blamed: frozenset[Steps] = frozenset()

    def place(self, steps: Steps) -> Place:
        """Where the value stands, or the nearest thing around it that does exist."""
        while steps and steps not in self.values:
            steps = steps[:-1]
        return self.values.get(steps, Place(self.file))

    def key_place(self, steps: Steps) -> Place:
        """Where the key of the value stands."""
        return self.keys.get(steps) or self.place(steps)

    def value(self, steps: Steps) -> object:
        """The value at these steps; None if there is none."""
        value = self.data
        for step in steps:
            if isinstance(value, list):
                value = value[step] if isinstance(step, int) and 0 <= step < len(value) else None
            else:
                value = value.get(step) if isinstance(value, dict) else None
        return value

    def is_settled(self, steps: Steps) -> bool:
        """Whether the value has its problem already, so that nothing further need be said about it."""
        return self._is_settled(steps, self.value(steps))

    def _is_settled(self, steps: Steps, value: object) -> bool:
        return steps in self.blamed or (isinstance(value, str) and PLACEHOLDER in value)

    def each(self, *pattern: str | int) -> Iterator[Found]:
        """Every value that the pattern reaches; what is missing or misshapen on the way is passed over."""
        for steps, value in _reached((), self.data, pattern):
            if not self._is_settled(steps, value):
                yield Found(self.place(steps), value)

    def texts(self, *pattern: str | int) -> Iterator[Found]:
        """Every text that the pattern reaches."""
        return (found for found in self.each(*pattern) if isinstance(found.value, str))

    def ways(self, *pattern: str | int) -> Iterator[Steps]:
        """The way to every value that the pattern reaches."""
        return (steps for steps, _ in _reached((), self.data, pattern))

    def keys_of(self, *pattern: str | int) -> Iterator[Found]:
        """Every key of every mapping that the pattern reaches, at the place of the key."""
        for steps in self.ways(*pattern):
            value = self.value(steps)
            for key in value if isinstance(value, dict) else ():
                yield Found(self.key_place((*steps, key)), key)

    @cached_property
    def placeholders(self) -> tuple[tuple[Steps, str], ...]:
        """Every text that an author has yet to write, and what the placeholder asks for."""
        return tuple(
            (steps, next((line.strip() for line in value.partition(PLACEHOLDER)[2].strip().splitlines()), ""))
            for steps, value in _texts_in((), self.data)
            if PLACEHOLDER in value and steps in self.values
        )


def _reached(steps: Steps, value: object, pattern: Steps) -> Iterator[tuple[Steps, object]]:
    """The way to every value that the pattern reaches from here, and the value."""
    if not pattern:
        yield steps, value
        return
    step, rest = pattern[0], pattern[1:]
    if isinstance(value, list):
        wanted = range(len(value)) if step == EACH else [step] if step in range(len(value)) else []
        for index in wanted:
            yield from _reached((*steps, index), value[int(index)], rest)
    elif isinstance(value, dict):
        for key in list(value) if step == EACH else [step] if step in value else []:
            yield from _reached((*steps, key), value[key], rest)


def _texts_in(steps: Steps, value: object) -> Iterator[tuple[Steps, str]]:
    if isinstance(value, str):
        yield steps, value
        return
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, entry in inner:
        yield from _texts_in((*steps, step), entry)
