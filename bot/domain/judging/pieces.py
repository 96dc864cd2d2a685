"""A short answer cut into pieces: which of them offer an answer, which explain one, and which are joined by "or"."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.grading import grammar
from bot.domain.grading.reading import Reading
from bot.domain.grading.words import looked_up

_ALTERNATIVES = frozenset({"or", "nor", "versus", "/"})
_EXPLAINS = (grammar.OPENS_BLOCK - {"but", "or"}) | frozenset({"which", "so", "as", "like", "mean", "where", "by"})
"""Words with which a piece begins that gives reasons or examples for the one before it."""
_ABBREVIATED = frozenset({"e", "i"})
_FILLERS = frozenset(
    form
    for word in """
        say think guess probably maybe call know answer mean also lol idk hmm well sure term thing kind please would
        could be it's that's believe pretty definitely obviously basically simply called known name sort easy yes ok
    """.split()  # noqa: SIM905 - reads better than fifty strings
    for form in looked_up(word)
)
TERSE = 5
"""Words of a piece that names something without saying anything of it, at most."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words `start` up to, and without, `end` of a reading."""

    start: int
    end: int
    explains: bool
    """Whether it gives a reason or an example for what stands before it."""
    alternative: bool
    """Whether it is joined to the piece before it by "or"."""
    content: tuple[int, ...]
    """Where its words stand that say something."""

    @property
    def is_terse(self) -> bool:
        """Whether it could be one entry of a list."""
        return 0 < self.end - self.start <= TERSE


def pieces(reading: Reading) -> list[Piece]:
    """The pieces of an answer in their order; pieces without words of content are left out."""
    made = []
    explaining_block = -1
    for start, end in _bounds(reading):
        first = reading.words[start]
        in_brackets = _is_bracketed(reading, start)
        if first in _EXPLAINS or (first in _ABBREVIATED and end - start > 1 and reading.words[start + 1] in ("e", "g")):
            explaining_block = reading.block[start]
        explains = start > 0 and (in_brackets or reading.block[start] == explaining_block)
        alternative = start > 0 and (first in _ALTERNATIVES or reading.words[start - 1] in _ALTERNATIVES)
        content = tuple(at for at in range(start, end) if _has_content(reading.words[at]))
        if content:
            made.append(Piece(start, end, explains, alternative, content))
    return made


def _bounds(reading: Reading) -> Iterator[tuple[int, int]]:
    start = 0
    for at in range(1, len(reading.words)):
        if reading.clause[at] != reading.clause[at - 1] or reading.words[at] in _ALTERNATIVES:
            yield start, at
            start = at
    if reading.words:
        yield start, len(reading.words)


def _is_bracketed(reading: Reading, at: int) -> bool:
    before = reading.text[: reading.spans[at][0]]
    return before.rfind("(") > before.rfind(")")


def _has_content(word: str) -> bool:
    return word not in grammar.FUNCTION and word not in _FILLERS and word not in _ALTERNATIVES and not word.isdigit()
