"""Whether a text can be judged at all: too little, another language, the question itself, or orders to the grader."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.domain.answers import is_answer
from bot.domain.grades import Reason
from bot.domain.grading import grammar
from bot.domain.grading.reading import MOST_CHARACTERS, Reading, read

_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.!?\n]{0,30}\b(?:instructions?|prompts?|rubrics?"
    r"|(?:previous|above|prior|earlier|your)\s+rules?)\b"
    r"|\b(?:give|award|grant|assign)\b[^.!?\n]{0,30}\b(?:full|maximum|max|top|perfect|highest)\b[^.!?\n]{0,15}"
    r"\b(?:marks?|scores?|points?|grades?|credit)\b"
    r"|\b(?:mark|grade|score|rate)\b[^.!?\n]{0,25}\b(?:this|my|the|it)\b[^.!?\n]{0,15}(?:answer|response|submission)?"
    r"[^.!?\n]{0,10}\bas\b[^.!?\n]{0,12}\b(?:strong|correct|perfect|excellent|full|passed|10)\b"
    r"|\b(?:dear|hey|hello|hi|note to(?: the)?|attention)\s+(?:grader|marker|examiner|judge|bot|ai)\b"
    r"|^\s*(?:system|assistant)\s*:\s*\S|\b(?:system|assistant)\s+(?:prompt|message|override)\s*:\s*\S"
    r"|\byou are now\b",
    re.IGNORECASE | re.MULTILINE,
)

# A dozen of the commonest short words of languages that members may write in; none is an English word.
_FOREIGN = {
    "de": "der die das und ist nicht ein eine mit für auf den von zu auch wird werden sich wenn weil aber bei wir man",
    "fr": "le les des est une dans pour que qui pas sur avec par plus sont ce cette mais nous vous du au",
    "es": "el los las una que del por con para como más pero es la se su cuando porque esto son al",
    "pt": "os uma que não com para por mais mas é da do em se são quando porque isso ao",
    "it": "il gli che di per non una con sono più della nel quando perché questo è anche si",
    "nl": "het een van dat niet en zijn voor met als maar ook wordt deze bij worden",
    "pl": "nie jest się na że do jak ale dla przez czy oraz gdy są",
    "tr": "ve bir bu için ile çok daha gibi olarak ama değil",
}
_FOREIGN_WORDS = {language: frozenset(words.split()) for language, words in _FOREIGN.items()}
_FOREIGN_AT_ALL = frozenset[str]().union(*_FOREIGN_WORDS.values())
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "is",
        "it",
        "that",
        "you",
        "to",
        "are",
        "this",
        "we",
        "with",
        "when",
        "because",
        "not",
        "if",
        "by",
        "on",
        "which",
        "be",
        "have",
        "as",
        "for",
        "what",
        "there",
        "was",
    ]
)
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_FOREIGN = 3
_COPIED = 0.8
"""The share of a sentence's words, in pairs, that must stand in the question for it to count as copied."""


_ECHO = 0.85
_INTRODUCTIONS = "explain describe compare discuss question answer model versus difference between talk"


def reason(text: str, asked: Sequence[frozenset[tuple[str, str]]], reading: Reading) -> Reason | None:
    """Why the text is not judged, as far as that can be told before looking for points."""
    if not text.strip():
        return Reason.EMPTY
    if _ORDERS.search(text[:MOST_CHARACTERS]):
        return Reason.INSTRUCTS_GRADER
    if _is_foreign(text[:MOST_CHARACTERS]):
        return Reason.OTHER_LANGUAGE
    if not is_answer(text):
        return Reason.TOO_SHORT
    if copied_words(reading, asked) >= _COPIED * len(reading.words):
        return Reason.COPIED_QUESTION
    return None


def pairs(text: str) -> frozenset[tuple[str, str]]:
    """The neighbouring words of a text, by which a copy of it is recognised."""
    words = read(text).words
    return frozenset(pairwise(words))


def copied_words(reading: Reading, asked: Sequence[frozenset[tuple[str, str]]]) -> int:
    """How many words stand in a run that was copied from what was asked."""
    words = reading.words
    copied = [False] * len(words)
    for one in asked:
        for at, pair in enumerate(pairwise(words)):
            if pair in one:
                copied[at] = copied[at + 1] = True
    return sum(copied)


def is_echo(reading: Reading, asked_words: frozenset[str]) -> bool:
    """Whether nearly all words with content are the question's own, in whatever order."""
    content = [word for word in reading.words if word not in grammar.FUNCTION]
    return len(content) > 0 and sum(word in asked_words for word in content) >= _ECHO * len(content)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """The words with content that these texts hold, and those with which one introduces an answer."""
    return frozenset(word for text in (*texts, _INTRODUCTIONS) for word in read(text).words) - grammar.FUNCTION


def _is_foreign(text: str) -> bool:
    if not text.isascii():
        letters = [c for c in text if c.isalpha()]
        if letters and sum(ord(c) > 0x24F and not 0x370 <= ord(c) < 0x400 for c in letters) > 0.4 * len(letters):  # noqa: PLR2004
            return True
    words = [word.casefold() for word in _PLAIN_WORD.findall(text)]
    suspects = [word for word in words if word in _FOREIGN_AT_ALL]
    if len(suspects) < _FEWEST_FOREIGN:
        return False
    foreign = max(sum(word in known for word in suspects) for known in _FOREIGN_WORDS.values())
    return foreign >= _FEWEST_FOREIGN and foreign > 2 * sum(word in _ENGLISH for word in words)
