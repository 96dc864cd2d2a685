"""What a lint rule is: an id, a sentence, a fix, and a check that finds the breaches; not the rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.bank.problems import Place, Problem

Subject = TypeVar("Subject")


class Breach:
    """A place where a rule does not hold, with the words that complete the rule's sentence."""

    def __init__(self, place: Place, other: Place | None = None, **words: object) -> None:
        self.place = place
        self.other = other
        self.words = words


@dataclass(frozen=True)
class Rule(Generic[Subject]):
    """One rule; `says` and `fix` may name the breach's words in braces, and its other place as `{other}`."""

    id: str
    says: str
    fix: str
    check: Callable[[Subject], Iterator[Breach]]

    def problems(self, subject: Subject) -> Iterator[Problem]:
        """Every breach in the subject, worded."""
        for breach in self.check(subject):
            sentence = f"{self.says}: {self.fix}".format(**breach.words, other=breach.other)
            end = "" if sentence.endswith((".", "?")) else "."
            yield Problem(breach.place, self.id, sentence + end, breach.other)
