"""The follow-up ladder of a question: the order of its rungs, and which of them a message answers."""

from collections.abc import Callable, Collection

from bot.domain.questions import Company, FollowUp, Question

QUESTION = 0
"""The rung number of the question itself. A follow-up's number is its place in the question's file, from 1, whatever
the order in which it is asked: so an answer to it in the thread and one in private are answers to the same rung."""


def rungs(question: Question, company: Company | None) -> tuple[FollowUp, ...]:
    """The public follow-ups in the order of the company in force, the kinds it prefers first, as deep as it goes.

    Without a company, all of them as they were written.
    """
    return tuple(sorted(question.follow_ups, key=_preference(company)))[: _depth(question, company)]


def follow_up(question: Question, rung: int) -> FollowUp | None:
    """The follow-up with this number, or None if the question has no such one."""
    return question.follow_ups[rung - 1] if 1 <= rung <= len(question.follow_ups) else None


def number(question: Question, asked: FollowUp) -> int:
    """The number of a follow-up of the question; ValueError if it is none of its."""
    return question.follow_ups.index(asked) + 1


def public(question: Question, company: Company | None) -> tuple[int, ...]:
    """The numbers of the public follow-ups, in the order in which the thread asks them."""
    return tuple(number(question, asked) for asked in rungs(question, company))


def unlocked_by(question: Question, company: Company | None, rung: int, open_rungs: Collection[int]) -> int | None:
    """The rung that an answer to `rung` opens in the thread, where `open_rungs` are open already.

    The question opens the first; an open rung opens the one after it, and the last one nothing. An answer to a rung
    that is not open there was given on a private ladder, and opens nothing.
    """
    order = public(question, company)
    if rung == QUESTION:
        return order[0]
    if rung not in open_rungs or rung not in order:
        return None
    return next(iter(order[order.index(rung) + 1 :]), None)


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


def rung_of_message(
    question: Question,
    company: Company | None,
    *,
    answered: Collection[int],
    open_rungs: Collection[int],
    replied_to: int | None,
) -> int:
    """Which rung a thread message answers.

    A reply answers the rung it replies to. Any other message answers the question first, for a member whose
    `answered` rungs do not hold it yet, and then the newest open rung: the last in the order of the thread.
    """
    if replied_to is not None:
        return replied_to
    if QUESTION not in answered:
        return QUESTION
    return next((rung for rung in reversed(public(question, company)) if rung in open_rungs), QUESTION)


def _preference(company: Company | None) -> Callable[[FollowUp], int]:
    """A sort key: the place of the follow-up's kind among those that the company prefers; the others come last."""
    kinds = company.follow_ups if company else ()
    places = {kind: place for place, kind in enumerate(kinds)}
    return lambda follow_up: places.get(follow_up.kind, len(kinds))


def _depth(question: Question, company: Company | None) -> int:
    return company.depth if company else len(question.follow_ups)
