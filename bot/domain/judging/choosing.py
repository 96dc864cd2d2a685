"""Prompts with four options: which of them an answer means, by its letter or by its words."""

import re
from collections.abc import Sequence

from bot.domain.grading import grammar
from bot.domain.grading.reading import Reading, read
from bot.domain.judging.ruling import Named, Rejected, Ruling, ruled
from bot.domain.prompts import Option

LETTERS = "abcd"
_LETTER = re.compile(
    r"\s*(?:option|answer|choice|letter|it'?s|i(?:'d)?\s+(?:say|pick|choose|think)|is|:|\s)*"
    r"[(\[]?(?P<letter>[a-d])(?:[)\].:,!]|\s*$|\s*[-–]|\s+(?:because|since|as)\b)",  # noqa: RUF001 - people type dashes
    re.IGNORECASE,
)


def choose(options: Sequence[Option], answer: str) -> Ruling:
    """Rule on an answer to these options; naming two of them is no answer."""
    meant = _by_words(options, answer) or _by_letter(options, answer)
    named = [Named(option.id, quote) for option, quote in meant if option.right]
    return ruled(named, [Rejected(quote, option.why) for option, quote in meant if not option.right], 1)


def _by_letter(options: Sequence[Option], answer: str) -> list[tuple[Option, str]]:
    found = _LETTER.match(answer)
    at = LETTERS.index(found["letter"].casefold()) if found else len(options)
    return [(options[at], answer.strip()[:100])] if at < len(options) else []


def _by_words(options: Sequence[Option], answer: str) -> list[tuple[Option, str]]:
    """The options whose words stand in the answer in a row, or else whose words of content do so in their order."""
    if any(answer.strip().casefold() == option.id for option in options):
        return [(option, answer.strip()) for option in options if answer.strip().casefold() == option.id]
    said = read(answer)
    rows = [(option, span) for option in options if (span := _row(read(option.says).words, said))]
    rows = [(option, span) for option, span in rows if not any(_is_within(span, other) for _, other in rows)]
    if rows:
        return [(option, said.quote(*span)) for option, span in rows]
    affirmed = [word for word, no in zip(said.words, said.negated, strict=True) if not no]
    return [(option, answer.strip()[:100]) for option in options if _follows(_content(option.says), affirmed)]


def _row(words: Sequence[str], said: Reading) -> tuple[int, int] | None:
    for start in range(len(said.words) - len(words) + 1):
        end = start + len(words)
        if said.words[start:end] == tuple(words) and said.negated[start:end] == read_negations(words, said, start):
            return start, end
    return None


def read_negations(words: Sequence[str], said: Reading, start: int) -> tuple[bool, ...]:
    """The negations that the option itself has: an option that is negated from outside is not meant."""
    before = said.negated[start]
    return said.negated[start : start + len(words)] if not before else ()


def _is_within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return span != other and other[0] <= span[0] and span[1] <= other[1]


def _content(text: str) -> list[str]:
    return [word for word in read(text).words if word not in grammar.FUNCTION or word == "more"]


def _follows(words: Sequence[str], said: Sequence[str]) -> bool:
    """Whether the words, of which there is at least one, were said in this order, whatever stands between them."""
    rest = iter(said)
    return bool(words) and all(word in rest for word in words)
