"""The follow-up ladder of a question: the order of its rungs, and which of them a message answers."""

from collections.abc import Collection, Sequence

from bot.domain.questions import FollowUp, Question

QUESTION = 0
"""The rung number of the question itself; follow-ups count from 1."""


def rungs(question: Question, company: str | None) -> tuple[FollowUp, ...]:
    """The follow-ups in the order of the company in force: those it prefers first, then as they were written."""
    return tuple(sorted(question.follow_ups, key=lambda f: company not in f.companies if company else False))


def follow_up(question: Question, company: str | None, rung: int) -> FollowUp | None:
    """The follow-up asked at `rung` (from 1), or None past the top of the ladder."""
    ladder = rungs(question, company)
    return ladder[rung - 1] if 1 <= rung <= len(ladder) else None


def unlocked_by(question: Question, rung: int) -> int | None:
    """The rung that an answer to `rung` unlocks, or None at the top."""
    return rung + 1 if rung < len(question.follow_ups) else None


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
