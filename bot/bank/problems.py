"""What is wrong with content, where, and what to do: the values in which the bank answers an author."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path


@dataclass(frozen=True, order=True)
class Place:
    """A character in a file; line and column count from 1, as editors do."""

    file: Path
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{printable(self.file.as_posix())}:{self.line}:{self.column}"

    def seen_from(self, folder: Path) -> "Place":
        """The same place with its path from this folder, if it lies inside."""
        if not self.file.is_relative_to(folder):
            return self
        return replace(self, file=self.file.relative_to(folder))

    def lies_in(self, path: Path) -> bool:
        """Whether the place is in this file, or somewhere below this folder."""
        return self.file.is_relative_to(path)


@dataclass(frozen=True)
class Problem:
    """One thing that an author has to change.

    `rule` is a short id that stays the same when the wording changes. `other` is a second place that takes
    part, as the first of two equal ids does.
    """

    place: Place
    rule: str
    sentence: str
    other: Place | None = None

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"

    def seen_from(self, folder: Path) -> "Problem":
        """The same problem with paths from this folder, also within the sentence."""
        other = self.other and self.other.seen_from(folder)
        sentence = self.sentence.replace(str(self.other), str(other)) if other else self.sentence
        return Problem(self.place.seen_from(folder), self.rule, sentence, other)


@dataclass(frozen=True)
class Problems:
    """All problems of one run, in the order of their places; never empty."""

    found: tuple[Problem, ...]

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __str__(self) -> str:
        return "\n".join(map(str, self.found))


def in_order(problems: set[Problem]) -> tuple[Problem, ...]:
    """The problems as a reader walks through the files."""
    return tuple(sorted(problems, key=lambda p: (p.place, p.rule, p.sentence)))


def printable(text: str) -> str:
    """The text on one line, safe for any terminal: whatever has no shape is replaced by a question mark."""
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def quoted(text: object, longest: int = 60) -> str:
    """What an author wrote, in backticks and cut to `longest` characters."""
    shown = printable(str(text)).strip()
    return f"`{shown if len(shown) <= longest else shown[: longest - 1] + '…'}`"
