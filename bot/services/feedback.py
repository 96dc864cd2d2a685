"""What a member is told of an answer: how it was judged, under which emphasis, and what to take on next."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain import ladder
from bot.domain.grades import Grade, Judgement, Reason, Unscored, Verdict
from bot.domain.occurrences import Occurrence
from bot.domain.questions import Company, FollowUp, Question
from bot.services.emphasis import Emphases
from bot.services.ports import MemberGrader, Store


@dataclass(frozen=True, slots=True)
class Feedback:
    """What can be said of an answer.

    `company` is the emphasis in force for this member, and `wanted` the one that their command asked for, if it did.
    `following` is the next rung of the member's own ladder, None at its top. `occurrence` is None in practice.
    """

    question: Question
    company: Company | None
    occurrence: Occurrence | None
    rung: int
    text: str
    judgement: Judgement
    following: FollowUp | None
    wanted: str | None = None

    @property
    def follow_up(self) -> FollowUp | None:
        """The follow-up that was answered; None for an answer to the question itself."""
        return ladder.follow_up(self.question, self.rung)


class Feedbacks:
    """Judges answers and chooses what to ask next. Nothing of a judgement is stored: it is made anew each time."""

    def __init__(self, store: Store, judge: MemberGrader, emphases: Emphases) -> None:
        self._store = store
        self._judge = judge
        self._emphases = emphases

    def judgement(self, question: Question, rung: int, text: str, company: Company | None = None) -> Judgement:
        """How an answer to the question or to one of its follow-ups is judged."""
        if self._judge.is_self_check_only(question):
            return Unscored(Reason.NOT_COVERED)
        if follow_up := ladder.follow_up(question, rung):
            return self._judge.grade_follow_up(question, follow_up, text)
        return self._judge.grade(question, text, company)

    def sentences(self, question: Question, rung: int) -> Mapping[str, str]:
        """What each point of the question, or of one of its follow-ups, says, by the point's id."""
        follow_up = ladder.follow_up(question, rung)
        points = follow_up.points if follow_up else question.rubric
        return {point.id: point.says for point in points}

    async def feedback(
        self,
        guild_id: int,
        user_id: int,
        question: Question,
        occurrence: Occurrence | None,
        *,
        rung: int,
        text: str,
        wanted: str | None = None,
    ) -> Feedback:
        """What to tell a member of `text`, their newest answer to that rung."""
        company = await self._emphases.of_member(guild_id, user_id, occurrence, wanted)
        judgement = self.judgement(question, rung, text, company)
        key = occurrence.key if occurrence else None
        heard = {*await self._store.answered_rungs(user_id, question.id, key), rung}
        asked = {f.id for number in heard if (f := ladder.follow_up(question, number))}
        lacked = await self._lacked(user_id, question, key, judgement if rung == ladder.QUESTION else None)
        following = ladder.private_rung(question, company, lacked, asked)
        return Feedback(question, company, occurrence, rung, text, judgement, following, wanted)

    async def _lacked(
        self, user_id: int, question: Question, occurrence: str | None, judgement: Judgement | None
    ) -> frozenset[str]:
        """The rubric points that the member's newest answer to the question itself does not show."""
        if judgement is None:
            answer = await self._store.latest_answer(user_id, question.id, occurrence, ladder.QUESTION)
            judgement = self.judgement(question, ladder.QUESTION, answer.text) if answer else None
        if not isinstance(judgement, Grade):
            return frozenset()
        return frozenset(point.id for point in judgement.points if point.verdict is not Verdict.SHOWN)
