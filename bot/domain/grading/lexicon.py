"""The vocabulary of one rubric: which slots of its patterns a word or a phrase of a text can fill."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from bot.domain.grading.words import RAW, looked_up

T = TypeVar("T")

_LONGEST_SKIP = 3
"""Words that `..` in a phrase may stand for."""
_SHORTEST_TYPO = 7
_LONGEST_TYPO = 20
_KNOWN = 20_000
"""Words whose slots are remembered; a hostile text must not fill the memory."""


class Hit(NamedTuple):
    """A slot filled by the words from `start` up to, and without, `end`."""

    start: int
    end: int
    negated: bool
    spent: bool = False
    """Whether the member that was met stands for a negated word, so that its negation is spent."""
    hollow: bool = False
    """Whether other words may stand inside, as in "throw (the length) away"."""

    def clashes(self, other: "Hit") -> bool:
        """Whether both take the same words; what stands inside a hollow phrase does not."""
        if self.end <= other.start or other.end <= self.start:
            return False
        return not (_holds(self, other) or _holds(other, self))


def _holds(outer: Hit, inner: Hit) -> bool:
    return outer.hollow and outer.start < inner.start and inner.end < outer.end


@dataclass(frozen=True, slots=True)
class Phrase:
    """Looked-up forms in a row; `skip` tells before which of them other words may stand."""

    words: tuple[str, ...]
    skip: tuple[bool, ...]
    negated: bool
    hollow: bool
    """Whether other words may stand inside."""
    needs: frozenset[str]
    """Words without which a text cannot hold the phrase."""

    def end(self, words: Sequence[str], sentences: Sequence[int], start: int) -> int | None:
        """Where the phrase ends if it begins at `start`; it lies within one sentence."""
        at = start
        for word, skip in zip(self.words, self.skip, strict=True):
            last = at + (_LONGEST_SKIP if skip else 0)
            while at < len(words) and not _same(word, words[at]):
                at += 1
                if at > last:
                    return None
            if at >= len(words) or sentences[at] != sentences[start]:
                return None
            at += 1
        return at


def phrase(text: str) -> Phrase:
    """Read a member of a set: `way .. point` lets words stand in between, `~care` wants a negation, `cal*` an end."""
    negated = text.startswith("~")
    words: list[str] = []
    skips: list[bool] = []
    skip = False
    for piece in text.removeprefix("~").replace("_", " ").split():
        if piece == "..":
            skip = bool(words)
            continue
        prefix = len(piece) > 1 and piece.endswith("*")
        found = (piece.casefold(),) if prefix else tuple(form for raw in RAW.findall(piece) for form in looked_up(raw))
        words += found
        skips += [skip, *[False] * (len(found) - 1)][: len(found)]
        skip = False
    needs = frozenset(word for word in words if not word.endswith("*"))
    return Phrase(tuple(words), tuple(skips), negated, any(skips), needs)


@dataclass
class Lexicon:
    """Slots by word. Fill it with `add`, then look texts up with `hits`; a slot is a number from 0."""

    single: dict[str, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    prefixes: list[tuple[str, int, bool]] = field(default_factory=list)
    phrases: dict[str, list[tuple[Phrase, int]]] = field(default_factory=lambda: defaultdict(list))
    _known: dict[str, tuple[tuple[tuple[int, bool], ...], tuple[tuple[Phrase, int], ...]]] = field(default_factory=dict)

    def add(self, slot: int, members: Iterable[str]) -> None:
        """Let each of these words and phrases fill the slot."""
        for member in members:
            made = phrase(member)
            if not made.words:
                continue
            if len(made.words) > 1:
                _put(self.phrases[made.words[0]], (made, slot))
            elif made.words[0].endswith("*"):
                _put(self.prefixes, (made.words[0][:-1], slot, made.negated))
            else:
                _put(self.single[made.words[0]], (slot, made.negated))

    def hits(self, words: Sequence[str], negated: Sequence[bool], sentences: Sequence[int]) -> Mapping[int, list[Hit]]:
        """Every slot that the words fill, with where; the hits of a slot stand in the order of the text.

        A member that wants a negation counts only under one, and then as an affirmed hit.
        """
        found: dict[int, list[Hit]] = {}
        present = frozenset(words)
        for at, word in enumerate(words):
            known = self._known.get(word)
            if known is None:
                known = self._look_up(word)
            singles, phrases = known
            no = negated[at]
            for slot, wants in singles:
                if not wants or no:
                    found.setdefault(slot, []).append(Hit(at, at + 1, no and not wants, wants))
            for made, slot in phrases:
                if not made.needs <= present:
                    continue
                end = made.end(words, sentences, at)
                if end is not None and (not made.negated or no):
                    found.setdefault(slot, []).append(Hit(at, end, no and not made.negated, made.negated, made.hollow))
        return found

    def _look_up(self, word: str) -> tuple[tuple[tuple[int, bool], ...], tuple[tuple[Phrase, int], ...]]:
        known = self._of(word)
        if known == ((), ()) and (meant := self._typo(word)) is not None:
            known = self._of(meant)
        if len(self._known) < _KNOWN:
            self._known[word] = known
        return known

    def _of(self, word: str) -> tuple[tuple[tuple[int, bool], ...], tuple[tuple[Phrase, int], ...]]:
        prefixed = [(slot, no) for prefix, slot, no in self.prefixes if word.startswith(prefix)]
        starts = [p for key in self._phrase_keys(word) for p in self.phrases[key]]
        return tuple(dict.fromkeys([*self.single.get(word, ()), *prefixed])), tuple(starts)

    def _phrase_keys(self, word: str) -> list[str]:
        keys = [word] if word in self.phrases else []
        return keys + [key for key in self._phrase_prefixes if word.startswith(key[:-1])]

    @cached_property
    def _phrase_prefixes(self) -> list[str]:
        return [key for key in self.phrases if key.endswith("*")]

    @cached_property
    def _long_words(self) -> list[str]:
        words = {*self.single, *(word for group in self.phrases.values() for made, _ in group for word in made.words)}
        return sorted(word for word in words if len(word) >= _SHORTEST_TYPO and word.isalpha())

    def _typo(self, word: str) -> str | None:
        """The long plain word that this one misspells by one slip, not of its first letter.

        A slip is a letter too many, a letter too few, or two that changed places. Another letter in place of the
        right one mostly makes another word: "project" is no slip of "protect".
        """
        if not _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO or not word.isalpha():
            return None
        found = extractOne(word, self._long_words, scorer=DamerauLevenshtein.distance, score_cutoff=1)
        if found is None or found[0][0] != word[0]:
            return None
        return found[0] if len(found[0]) != len(word) or sorted(found[0]) == sorted(word) else None


def _put(among: list[T], one: T) -> None:
    if one not in among:
        among.append(one)


def _same(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
