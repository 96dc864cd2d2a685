"""A text as the grader reads it: words with their places, clauses, sentences, and what a negation reaches."""

from dataclasses import dataclass

from bot.domain.grading.words import RAW, looked_up

MOST_CHARACTERS = 4000
"""What is read of a text: as much as an answer may hold. The rest is left unread."""

_ENDS = frozenset(".!?\n…•")
_BREAKS = frozenset(";—–→()[]") | {"->", "=>", "--", "-->"}
_PAUSES = frozenset(",:")
_STRONG = frozenset(
    ["but", "while", "whereas", "although", "though", "however", "because", "since", "when", "whenever", "unless", "until", "whilst", "if", "so", "therefore", "hence", "thus", "otherwise", "yet", "despite"]
)
_WEAK = frozenset(["and", "or", "then", "which", "meaning"])
_NOT = frozenset(["not", "no", "never", "neither", "nor", "without", "hardly", "barely", "none", "rarely", "seldom", "nobody", "nothing", "lack", "fail", "stop"])
_HARMLESS = frozenset(["only", "just", "merely", "simply", "forget", "hesitate", "doubt", "matter", "mention", "wonder", "surprisingly"])
_INSTEAD = {("instead", "of"), ("rather", "than"), ("far", "from"), ("as", "opposed")}
_AS_ADVERB = frozenset(["well", "same", "such", "treat", "see", "act", "serve", "define", "know", "far", "as", "use", "view", "regard", "count", "long", "soon"])
_AS_OPENS = frozenset(["the", "a", "an", "you", "we", "it", "they", "i", "your", "our", "its"])
_REACH = 6
_REACH_INSTEAD = 4
_FUNCTION = frozenset(
    ["the", "a", "an", "be", "of", "to", "in", "it", "that", "this", "these", "those", "and", "or", "but", "for", "with", "as", "by", "on", "at", "from", "not", "you", "we", "they", "i", "your", "our", "its", "so", "if", "when", "while", "because", "than", "then", "which", "what", "how", "do", "can", "will", "would", "should", "have", "there", "their", "more", "just", "into", "about", "only", "also", "each", "all", "any", "one", "same", "too", "very"]
)


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

    @property
    def function_share(self) -> float:
        """The share of words that carry grammar and not content; lists of keywords have next to none."""
        return sum(word in _FUNCTION for word in self.words) / max(1, len(self.words))


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
        if raw in _ENDS:
            if raw == "." and following is not None and following[1] == end:
                continue  # a point inside an abbreviation or a name
            sentence, block, clause = sentence + 1, block + 1, clause + 1
        elif raw in _BREAKS:
            block, clause = block + 1, clause + 1
        elif raw in _PAUSES:
            clause += 1
        else:
            found = looked_up(raw)
            if not found:
                continue
            opens = _opening(found[0], words, following[0] if following else "")
            if opens and words:
                clause += 1
                block += opens == 2  # noqa: PLR2004
            for form in found:
                words.append(form)
                spans.append((start, end))
                marks.append((clause, block, sentence))
    clauses, blocks, sentences = (tuple(mark[i] for mark in marks) for i in range(3))
    negated = _negations(words, clauses, blocks)
    return Reading(text, tuple(words), tuple(spans), clauses, blocks, sentences, negated)


def _opening(word: str, before: list[str], following: str) -> int:
    """2 if the word opens a block, 1 if it opens a clause, else 0."""
    if word in _STRONG:
        return 2
    if word in _WEAK:
        return 1
    if word == "as" and following.casefold() in _AS_OPENS and (not before or before[-1] not in _AS_ADVERB):
        return 2
    return 0


def _negations(words: list[str], clauses: tuple[int, ...], blocks: tuple[int, ...]) -> tuple[bool, ...]:
    """For each word whether an odd number of negations reach it.

    A negation reaches forward to the end of its clause, and over "or" into the next one, for a few words only.
    """
    negated = [False] * len(words)
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if word in _NOT:
            if following in _HARMLESS:
                continue
            reach, first = _REACH, at + 1
        elif (word, following) in _INSTEAD:
            reach, first = _REACH_INSTEAD, at + 2
        else:
            continue
        for other in range(first, min(len(words), first + reach)):
            if clauses[other] != clauses[at] and (blocks[other] != blocks[at] or words[other - 1 : other] == ["and"]):
                break
            if clauses[other] != clauses[at] and not any(w in ("or", "nor") for w in words[first : other + 1]):
                break
            negated[other] = not negated[other]
    return tuple(negated)
