"""Prompts that ask for a number: which of the numbers in an answer are claimed, and whether they are the right one."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.judging.quantities import Quantity, is_same, quantities
from bot.domain.judging.ruling import Named, Rejected, Ruling, ruled
from bot.domain.prompts import Number, Reject

_REASONS = re.compile(r"\b(?:because|since|given|when|if|for example|e\.g)\b|\s\(", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|never|isn'?t|rather than|instead of)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OTHER = "That is another number."


def count(number: Number, rejects: Sequence[Reject], answer: str) -> Ruling:
    """Rule on an answer to a prompt for this number; a second, other number is a guess."""
    right: list[Named] = []
    wrong: dict[str, Rejected] = {}
    for said in _claimed(answer):
        if is_same(said, number.value, number.unit, number.within):
            right = right or [Named("number", said.quote)]
        else:
            wrong.setdefault(said.quote, Rejected(said.quote, _why(said, number, rejects)))
    return ruled(right, wrong.values(), 1)


def _claimed(answer: str) -> list[Quantity]:
    """The numbers that are offered as the answer, not those of its reasons; words for numbers where no digits are."""
    cut = _REASONS.search(answer)
    said = list(_not_denied(answer[: cut.start()])) if cut else []
    said = said or list(_not_denied(answer))
    digits = [one for one in said if any(sign.isdigit() for sign in one.quote)]
    return digits or said


def _not_denied(answer: str) -> Iterator[Quantity]:
    for one in quantities(answer):
        before = answer[: answer.find(one.quote)] if one.quote in answer else ""
        if not _NOT.search(before):
            yield one


def _why(said: Quantity, number: Number, rejects: Sequence[Reject]) -> str:
    for reject in rejects:
        for term in reject.terms:
            for known in quantities(term):
                if is_same(said, known.value, known.unit or number.unit, number.within):
                    return reject.why
    return _OTHER
