"""Which question comes next: every one once before any comes again, in an order of each guild's own.

An admin's queue goes first; then the rotation goes on where it was. A company's emphasis brings the clusters that it
cares for earlier in a pass; it leaves nothing out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from bot.domain.questions import Company, Question
from bot.domain.schedules import Selection, Slot

Pool = Mapping[str, int]
"""The ids of the questions that a schedule draws from, each with its weight: how early in a pass it tends to come."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Where a guild is in going through a pool of questions: the how-manieth pass (from 0), and who has come up."""

    number: int
    seen: frozenset[str]
    last: str | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A question to come. `is_queued` tells that an admin put it there."""

    slot: Slot
    schedule_id: str
    question_id: str
    is_queued: bool


def pool(questions: Iterable[Question], selection: Selection, company: Company | None = None) -> Pool:
    """The questions that a schedule draws from, under a company's emphasis."""
    return {
        q.id: company.cluster_weight(q.cluster) if company else 1
        for q in questions
        if selection.cluster in {None, q.cluster} and selection.easiest <= q.difficulty <= selection.hardest
    }


def order(questions: Pool, guild_id: int, number: int) -> list[str]:
    """The questions in the order of a guild's `number`-th pass (from 0): a weighted shuffle that anybody can repeat.

    Of two questions the heavier one comes first with a chance in proportion to their weights (Efraimidis and
    Spirakis, "Weighted random sampling with a reservoir", 2006).
    """
    chance = Random(f"{guild_id}:{number}")  # noqa: S311 - an order of questions is no secret
    keys = {question_id: chance.random() ** (1 / questions[question_id]) for question_id in sorted(questions)}
    return sorted(keys, key=lambda question_id: keys[question_id], reverse=True)


def present_pass(question_ids: Iterable[str], asked: Iterable[str]) -> Pass:
    """Where a guild that was asked `asked` (oldest first) is in these questions.

    A pass ends when every question now in the pool has come up in it, so a question that is added joins the
    pass under way and one that is taken out is not waited for.
    """
    everything = set(question_ids)
    number, seen, last = 0, set[str](), None
    for question_id in asked:
        if question_id in everything and question_id not in seen:
            seen.add(question_id)
            last = question_id
        if everything and seen >= everything:
            number, seen = number + 1, set()
    return Pass(number, frozenset(seen), last)


def left(question_ids: Pool, asked: Iterable[str]) -> int:
    """How many questions come before the first that repeats."""
    return len(set(question_ids)) - len(present_pass(question_ids, asked).seen)


def choose(questions: Pool, asked: Sequence[str], queued: Sequence[str], guild_id: int) -> str:
    """The next question: the first in the queue, else the rotation's. ValueError if the pool is empty."""
    if queued:
        return queued[0]
    if not questions:
        raise ValueError("there is no question to choose from")
    now = present_pass(questions, asked)
    rest = [q for q in order(questions, guild_id, now.number) if q not in now.seen]
    # A new pass does not open with the question that closed the old one.
    return next((q for q in rest if q != now.last), rest[0])


def upcoming(questions: Pool, asked: Sequence[str], guild_id: int, count: int) -> list[str]:
    """The next `count` questions of one pool, without a queue; empty for an empty pool."""
    said = list(asked)
    for _ in range(count if questions else 0):
        said.append(choose(questions, said, (), guild_id))
    return said[len(asked) :]


def forecast(
    slots: Iterable[tuple[Slot, str]],
    *,
    pools: Mapping[str, Pool],
    queues: Mapping[str, Sequence[str]],
    asked: Sequence[str],
    guild_id: int,
) -> list[Forecast]:
    """What a guild's schedules will ask in these slots (with each slot's schedule), in order of time.

    Schedules share one memory of what was asked, so what one of them asks the others pass over. A schedule
    whose pool and queue are empty asks nothing.
    """
    said = list(asked)
    waiting = {schedule_id: list(queue) for schedule_id, queue in queues.items()}
    result: list[Forecast] = []
    for slot, schedule_id in slots:
        queue = waiting.get(schedule_id, [])
        if not queue and not pools[schedule_id]:
            continue
        question_id = choose(pools[schedule_id], said, queue, guild_id)
        result.append(Forecast(slot, schedule_id, question_id, is_queued=bool(queue)))
        said.append(question_id)
        if queue:
            queue.remove(question_id)
    return result


def moved(upcoming_ids: Sequence[str], queued: Sequence[str], question_id: str, position: int) -> list[str]:
    """The queue that makes `question_id` the `position`-th question (from 1), all others keeping their order.

    `upcoming_ids` are the next questions as they stand: whatever comes before the position has to be queued too.
    """
    others = [q for q in upcoming_ids if q != question_id]
    head = others[: position - 1]
    tail = [q for q in queued if q != question_id and q not in head]
    return [*head, question_id, *tail]
