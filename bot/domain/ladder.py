"""The follow-up ladder of a question: the order of its rungs, and which of them a message answers."""

from collections.abc import Callable, Collection, Sequence

from bot.domain.questions import Company, FollowUp, Question

QUESTION = 0
"""The rung number of the question itself; follow-ups count from 1."""


def rungs(question: Question, company: Company | None) -> tuple[FollowUp, ...]:
    """The public follow-ups in the order of the company in force, the kinds it prefers first, as deep as it goes.

    Without a company, all of them as they were written.
    """
    return tuple(sorted(question.follow_ups, key=_preference(company)))[: _depth(question, company)]


def follow_up(question: Question, company: Company | None, rung: int) -> FollowUp | None:
    """The follow-up asked at `rung` (from 1), or None past the top of the ladder."""
    ladder = rungs(question, company)
    return ladder[rung - 1] if 1 <= rung <= len(ladder) else None


def unlocked_by(question: Question, company: Company | None, rung: int) -> int | None:
    """The rung that an answer to `rung` unlocks, or None at the top."""
    return rung + 1 if rung < len(rungs(question, company)) else None


def private_rung(
    question: Question, company: Company | None, lacked: Collection[str], asked: Collection[str]
) -> FollowUp | None:
    """What to ask a member next in private, after an answer that lacked the rubric points `lacked`.

    Of all follow-ups whose ids are not in `asked`, the one that goes back to most of those points; between equals,
    the company's preference decides, then the order of the file. None once as many were asked as the company goes
    deep, or when none is left.
    """
    left = [f for f in question.follow_ups if f.id not in asked]
    if not left or len(set(asked)) >= _depth(question, company):
        return None
    preference, missed = _preference(company), frozenset(lacked)
    return min(left, key=lambda f: (-len(missed.intersection(f.about)), preference(f)))


def rung_of_message(*, answered: Collection[int], open_rungs: Sequence[int], replied_to: int | None) -> int:
    """Which rung a thread message answers.

    A reply answers the rung it replies to. Any other message answers the question first, for a member whose
    `answered` rungs do not hold it yet, and then the newest rung that is open in the thread.
    """
    if replied_to is not None:
        return replied_to
    if QUESTION not in answered:
        return QUESTION
    return max(open_rungs, default=QUESTION)


def _preference(company: Company | None) -> Callable[[FollowUp], int]:
    """A sort key: the place of the follow-up's kind among those that the company prefers; the others come last."""
    kinds = company.follow_ups if company else ()
    places = {kind: place for place, kind in enumerate(kinds)}
    return lambda follow_up: places.get(follow_up.kind, len(kinds))


def _depth(question: Question, company: Company | None) -> int:
    return company.depth if company else len(question.follow_ups)
