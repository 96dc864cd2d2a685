"""The vocabulary of one rubric: which slots of its patterns a word or a phrase of a text can fill."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple, TypeVar

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extractOne

from bot.domain.grading import grammar
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
    negates: bool
    """Whether it holds a negation of its own, which then reaches no further."""
    needs: frozenset[str]
    """Words without which a text cannot hold the phrase."""
    is_row: bool
    """Whether its words stand side by side, as they are."""

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


@lru_cache(maxsize=100_000)
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
        for form in _forms(piece):
            words.append(form)
            skips.append(skip)
            skip = False
    needs = frozenset([word for word in words if word[-1] != "*"])
    hollow = True in skips
    is_row = not hollow and len(needs) == len(set(words))
    negates = not grammar.NEGATES.isdisjoint(words)
    return Phrase(tuple(words), tuple(skips), negated, hollow, negates, needs, is_row)


@lru_cache(maxsize=50_000)
def _forms(piece: str) -> tuple[str, ...]:
    if len(piece) > 1 and piece.endswith("*"):
        return (piece.casefold(),)
    return tuple(form for raw in RAW.findall(piece) for form in looked_up(raw))


class _Seen(NamedTuple):
    """The words of a text as they are meant, with what surrounds each, and where each word stands."""

    words: Sequence[str]
    negated: Sequence[bool]
    sentences: Sequence[int]
    places: Mapping[str, list[int]]


@dataclass
class Lexicon:
    """Slots by word. Fill it with `add`, then look texts up with `hits`; a slot is a number from 0."""

    _single: dict[str, list[tuple[int, bool]]] = field(default_factory=lambda: defaultdict(list))
    _prefixes: list[tuple[str, int, bool]] = field(default_factory=list)
    _phrases: dict[str, tuple[Phrase, list[int]]] = field(default_factory=dict)
    """Members of several words, as they are written, with their slots."""
    _looked_up: dict[str, tuple[str, tuple[tuple[int, bool], ...]]] = field(default_factory=dict)

    def add(self, slot: int, members: Iterable[str]) -> None:
        """Let each of these words and phrases fill the slot. All adding comes before the first look-up."""
        for member in members:
            made = phrase(member)
            if not made.words:
                continue
            if len(made.words) > 1:
                _put(self._phrases.setdefault(member, (made, []))[1], slot)
            elif made.words[0].endswith("*"):
                _put(self._prefixes, (made.words[0][:-1], slot, made.negated))
            else:
                _put(self._single[made.words[0]], (slot, made.negated))

    def hits(self, words: Sequence[str], negated: Sequence[bool], sentences: Sequence[int]) -> Mapping[int, list[Hit]]:
        """Every slot that the words fill, with where; the hits of a slot stand in the order of the text.

        A member that wants a negation counts only under one, and then as an affirmed hit.
        """
        found: dict[int, list[Hit]] = defaultdict(list)
        meant: list[str] = []
        places: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(words):
            right, slots = self._looked_up.get(word) or self._look_up(word)
            meant.append(right)
            places[right].append(at)
            no = negated[at]
            for slot, wants in slots:
                if not wants or no:
                    found[slot].append(Hit(at, at + 1, no and not wants, wants))
        seen = _Seen(meant, negated, sentences, places)
        for hit, filled in chain(self._rows_in(seen), self._loose_in(seen)):
            for slot in filled:
                found[slot].append(hit)
        for hits in found.values():
            hits.sort()
        return dict(found)

    def _rows_in(self, seen: _Seen) -> Iterator[tuple[Hit, Iterable[int]]]:
        """The phrases whose words stand side by side."""
        words, sentences = seen.words, seen.sentences
        rows = self._rows
        for at, pair in enumerate(pairwise(words)):
            for made, slots in rows.get(pair, ()):
                end = at + len(made.words)
                if end > len(words) or sentences[at] != sentences[end - 1]:
                    continue
                if end == at + 2 or tuple(words[at:end]) == made.words:
                    hit = _hit(made, at, end, seen.negated)
                    if hit is not None:
                        yield hit, slots

    def _loose_in(self, seen: _Seen) -> Iterator[tuple[Hit, Iterable[int]]]:
        """The phrases in which other words, or other endings, may stand."""
        present = seen.places.keys()
        for word in seen.places:
            for made, slots in self._loose.get(word, ()):
                if made.needs <= present:
                    for hit in _places_of(made, seen):
                        yield hit, slots

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], list[tuple[Phrase, tuple[int, ...]]]]:
        """Phrases without gaps and prefixes under their first two words."""
        index: dict[tuple[str, str], list[tuple[Phrase, tuple[int, ...]]]] = defaultdict(list)
        for made, slots in self._phrases.values():
            if made.is_row:
                index[made.words[0], made.words[1]].append((made, tuple(slots)))
        return dict(index)

    @cached_property
    def _loose(self) -> Mapping[str, list[tuple[Phrase, tuple[int, ...]]]]:
        """Each other phrase under the word of it that the fewest share, so that few are tried in vain."""
        loose = [(made, tuple(slots)) for made, slots in self._phrases.values() if not made.is_row and made.needs]
        shared = Counter(word for made, _ in loose for word in made.needs)
        index: dict[str, list[tuple[Phrase, tuple[int, ...]]]] = defaultdict(list)
        for made, slots in loose:
            index[min(made.needs, key=lambda word: (shared[word], word))].append((made, slots))
        return dict(index)

    def _look_up(self, word: str) -> tuple[str, tuple[tuple[int, bool], ...]]:
        """The word that is meant, and the slots that it fills by itself."""
        slots = self._slots_of(word)
        known = (word, slots)
        if not slots and word not in self._phrase_words and (right := self._typo(word)) is not None:
            known = (right, self._slots_of(right))
        if len(self._looked_up) < _KNOWN:
            self._looked_up[word] = known
        return known

    def _slots_of(self, word: str) -> tuple[tuple[int, bool], ...]:
        prefixed = [(slot, no) for prefix, slot, no in self._prefixes if word.startswith(prefix)]
        return tuple(dict.fromkeys([*self._single.get(word, ()), *prefixed]))

    @cached_property
    def _phrase_words(self) -> frozenset[str]:
        return frozenset(word for made, _ in self._phrases.values() for word in made.needs)

    @cached_property
    def _long_words(self) -> list[str]:
        words = {*self._single, *self._phrase_words}
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


def _places_of(made: Phrase, seen: _Seen) -> Iterator[Hit]:
    first = made.words[0]
    starts = seen.places.get(first, ())
    if first.endswith("*"):
        starts = sorted(at for word, places in seen.places.items() if _same(first, word) for at in places)
    for at in starts:
        end = made.end(seen.words, seen.sentences, at)
        hit = None if end is None else _hit(made, at, end, seen.negated)
        if hit is not None:
            yield hit


def _hit(made: Phrase, start: int, end: int, negated: Sequence[bool]) -> Hit | None:
    """The phrase at this place, unless it wants a negation and there is none."""
    no = negated[start] or (made.hollow and not made.negates and negated[end - 1])
    if made.negated and not no:
        return None
    return Hit(start, end, no and not made.negated, made.negated or made.negates, made.hollow)


def _put(among: list[T], one: T) -> None:
    if one not in among:
        among.append(one)


def _same(wanted: str, word: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
