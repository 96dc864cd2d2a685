"""*I did say that*: a member's word that their answer made points which the grader did not find."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.grades import Grade, Verdict
from bot.domain.questions import Question
from bot.services.answering import Answering
from bot.services.feedback import Feedbacks
from bot.services.ports import Store


class Claiming:
    """Keeps such claims for whoever writes the evidence. They change no score."""

    def __init__(self, store: Store, answering: Answering, feedbacks: Feedbacks) -> None:
        self._store = store
        self._answering = answering
        self._feedbacks = feedbacks

    async def claim(
        self, user_id: int, key: str, rung: int, points: Sequence[str], at: datetime
    ) -> Sequence[str] | None:
        """The sentences of the points that were noted for the member's newest answer to that rung.

        Points that this answer shows are left out. None where there is no such question, or no answer to it that is
        judged.
        """
        found = await self._answering.find(key)
        return await self._claim(user_id, found[1], key, rung, points=points, at=at) if found else None

    async def claim_in_practice(
        self, user_id: int, question_id: str, rung: int, points: Sequence[str], at: datetime
    ) -> Sequence[str] | None:
        """The same in private practice."""
        question = self._answering.question(question_id)
        return await self._claim(user_id, question, None, rung, points=points, at=at) if question else None

    async def _claim(
        self, user_id: int, question: Question, key: str | None, rung: int, *, points: Sequence[str], at: datetime
    ) -> Sequence[str] | None:
        answer = await self._store.latest_answer(user_id, question.id, key, rung)
        if answer is None:
            return None
        judgement = self._feedbacks.judgement(question, rung, answer.text)
        if not isinstance(judgement, Grade):
            return None
        lacking = {point.id for point in judgement.points if point.verdict is not Verdict.SHOWN}
        says = self._feedbacks.sentences(question, rung)
        noted = [point for point in says if point in points and point in lacking]
        if noted:
            await self._store.record_claims(answer.source, noted, at)
        return [says[point] for point in noted]
