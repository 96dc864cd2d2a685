"""Which question comes next: every one once before any comes again, in an order of each guild's own."""

from collections.abc import Sequence
from random import Random


def order(question_ids: Sequence[str], guild_id: int, cycle: int) -> list[str]:
    """The questions in the order of a guild's `cycle`-th pass (from 0): a shuffle that anybody can repeat."""
    shuffled = sorted(question_ids)
    Random(f"{guild_id}:{cycle}").shuffle(shuffled)  # noqa: S311 - an order of questions is no secret
    return shuffled


def upcoming(question_ids: Sequence[str], asked: Sequence[str], guild_id: int, count: int) -> list[str]:
    """The next `count` questions for a guild that was asked `asked` (oldest first); empty for an empty bank.

    A pass ends when every question now in the bank has come up in it, so a question that is added joins the
    pass under way and one that is taken out is not waited for.
    """
    if not question_ids:
        return []
    bank = set(question_ids)
    cycle, seen, last = 0, set[str](), None
    for question_id in asked:
        if question_id in bank and question_id not in seen:
            seen.add(question_id)
            last = question_id
        if seen >= bank:
            cycle, seen = cycle + 1, set()
    result: list[str] = []
    while len(result) < count:
        rest = [q for q in order(question_ids, guild_id, cycle) if q not in seen]
        # A new pass does not open with the question that closed the old one.
        last = next((q for q in rest if q != last), rest[0])
        result.append(last)
        seen.add(last)
        if seen >= bank:
            cycle, seen = cycle + 1, set()
    return result
