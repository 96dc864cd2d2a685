"""What the judge says about one answer, and the rule that makes of it a yes or a no."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Named:
    """A valid item that the answer names, with the player's own words."""

    id: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something in the answer that does not count, and what it was taken for."""

    evidence: str
    why: str


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether an answer counts. `items` and `rejected` are distinct, in the order of the prompt's file."""

    accepted: bool
    items: tuple[Named, ...]
    rejected: tuple[Rejected, ...]

    @property
    def points(self) -> int:
        """The number of distinct valid items."""
        return len(self.items)


def ruled(items: Iterable[Named], rejected: Iterable[Rejected], wanted: int) -> Ruling:
    """Accepted with as many valid items as wanted and fewer invalid than valid ones: a list of guesses loses."""
    valid, invalid = tuple(items), tuple(rejected)
    return Ruling(len(valid) >= wanted and len(invalid) < len(valid), valid, invalid)
