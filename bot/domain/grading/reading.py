"""A text as the grader reads it: words with their places, clauses, sentences, and what a negation reaches."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from bot.domain.grading import grammar
from bot.domain.grading.words import RAW, looked_up

MOST_CHARACTERS = 4000
"""What is read of a text: as much as an answer may hold. The rest is left unread."""

_REACH = 6
"""Words that a negation reaches at most."""
_REACH_OF_NO = 4
_REACH_IN_PAIRS = 4
_BLOCK, _CLAUSE, _NOTHING = 2, 1, 0
_SHORTEST_LIST = 8
_BARE = 0.02
_SPARSE = 0.12
_KEYWORD_WORDS = 2.5
"""Words between two commas of a list of keywords, at most."""
_FEWEST_WAVERING = 2
_WAVERING = 0.4
"""The share of sentences that leave both ways open in an answer that commits to nothing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Words in their looked-up forms, and for each word its place and what surrounds it.

    `clause` counts pieces between any two breaks, `block` pieces between strong ones ("but", "because", a full
    stop), `sentence` sentences; all three rise along the text.
    """

    text: str
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    clause: tuple[int, ...]
    block: tuple[int, ...]
    sentence: tuple[int, ...]
    negated: tuple[bool, ...]

    def quote(self, start: int, end: int) -> str:
        """The member's own words from word `start` up to `end`."""
        if start >= end:
            return ""
        return " ".join(self.text[self.spans[start][0] : self.spans[end - 1][1]].split())

    def is_hedged(self, start: int, end: int) -> bool:
        """Whether the clauses around words `start` to `end` leave open what they say."""
        first, last = self.clause[start], self.clause[end - 1]
        low, high = bisect_left(self.clause, first), bisect_right(self.clause, last)
        return not grammar.HEDGES.isdisjoint(self.words[low:high])

    @property
    def is_list(self) -> bool:
        """Whether the words stand in a row without grammar, as keywords do.

        Notes have little grammar too, but their clauses are longer.
        """
        if len(self.words) < _SHORTEST_LIST:
            return False
        share = sum(word in grammar.FUNCTION for word in self.words) / len(self.words)
        clauses = len(set(self.clause))
        return share < _BARE or (share < _SPARSE and len(self.words) < _KEYWORD_WORDS * clauses)

    @property
    def is_wavering(self) -> bool:
        """Whether the text goes on naming both ways and takes neither: "it might help or hurt, that depends"."""
        sentences: dict[int, set[str]] = {}
        for word, sentence in zip(self.words, self.sentence, strict=True):
            sentences.setdefault(sentence, set()).add(word)
        open_ones = sum(
            not grammar.HEDGES.isdisjoint(words) and not grammar.BOTH_WAYS.isdisjoint(words)
            for words in sentences.values()
        )
        return open_ones >= max(_FEWEST_WAVERING, _WAVERING * len(sentences))


def read(text: str) -> Reading:
    """Read a text; any text can be read."""
    text = text[:MOST_CHARACTERS]
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    marks: list[tuple[int, int, int]] = []
    clause = block = sentence = 0
    raws = [(match[0], match.start(), match.end()) for match in RAW.finditer(text)]
    for index, (raw, start, end) in enumerate(raws):
        following = raws[index + 1] if index + 1 < len(raws) else None
        if raw in grammar.ENDS:
            if raw == "." and following is not None and (following[1] == end or _abbreviates(words, following[0])):
                continue  # a point inside or after an abbreviation
            sentence, block, clause = sentence + 1, block + 1, clause + 1
        elif raw in grammar.BREAKS:
            block, clause = block + 1, clause + 1
        elif raw in grammar.PAUSES:
            clause += 1
        else:
            found = looked_up(raw)
            if not found:
                continue
            opens = _opening(found[0], words, following[0] if following else "")
            if opens and words:
                clause += 1
                block += opens == _BLOCK
            for form in found:
                words.append(form)
                spans.append((start, end))
                marks.append((clause, block, sentence))
    clauses, blocks, sentences = (tuple(mark[i] for mark in marks) for i in range(3))
    negated = _negations(words, clauses, blocks)
    return Reading(text, tuple(words), tuple(spans), clauses, blocks, sentences, negated)


def _abbreviates(words: list[str], following: str) -> bool:
    """Whether a point after these words, with no capital behind it, ends no sentence: "e.g. this", "i.e. that"."""
    return bool(words) and words[-1] in ("g", "e", "etc", "approx") and not following[:1].isupper()


def _opening(word: str, before: list[str], following: str) -> int:
    """What the word opens: a block, a clause or nothing."""
    if word in grammar.OPENS_BLOCK:
        return _BLOCK
    if word in grammar.OPENS_CLAUSE:
        return _CLAUSE
    if (
        word == "as"
        and following.casefold() in grammar.AS_OPENS_BEFORE
        and (not before or before[-1] not in grammar.AS_BELONGS_AFTER)
    ):
        return _BLOCK
    return _NOTHING


def _negations(words: list[str], clauses: tuple[int, ...], blocks: tuple[int, ...]) -> tuple[bool, ...]:
    """For each word whether an odd number of negations reach it.

    A negation reaches forward to the end of its clause, and over "or" into the next one, for a few words only.
    """
    negated = [False] * len(words)
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in grammar.NEGATES:
            if following in grammar.HARMLESS_AFTER or (word, following) in grammar.HARMLESS_PAIRS:
                continue
            reach, first = _REACH_OF_NO if word == "no" else _REACH, at + 1
        elif (word, following) in grammar.NEGATES_IN_PAIRS:
            reach, first = _REACH_IN_PAIRS, at + 2
        else:
            continue
        for other in range(first, min(len(words), first + reach)):
            if clauses[other] != clauses[at] and (blocks[other] != blocks[at] or words[other - 1 : other] == ["and"]):
                break
            if clauses[other] != clauses[at] and not any(w in ("or", "nor") for w in words[first : other + 1]):
                break
            negated[other] = not negated[other]
    return tuple(negated)
