"""Private practice: choosing a question to work on alone, and remembering which answers a member has seen."""

from datetime import datetime
from random import Random

from bot.domain.bank import Bank
from bot.domain.questions import Company, Question
from bot.domain.reveal import Layer
from bot.services.ports import Store


class Practice:
    """Questions on demand, and the reveal of any question."""

    def __init__(self, store: Store, bank: Bank, rng: Random) -> None:
        self._store = store
        self._bank = bank
        self._rng = rng

    async def pick(
        self, user_id: int, cluster: str | None, name: str | None, company: Company | None = None
    ) -> Question | None:
        """The question called `name` (id or slug); else one of the cluster, preferably not answered before.

        Where no cluster is asked for, a company's weights make some clusters likelier.
        """
        if name:
            return self._bank.find(name)
        questions = self._bank.in_cluster(cluster)
        done = await self._store.practised(user_id)
        fresh = [q for q in questions if q.id not in done] or list(questions)
        weights = [company.cluster_weight(q.cluster) if company else 1 for q in fresh]
        return self._rng.choices(fresh, weights)[0] if fresh else None

    async def reveal(self, user_id: int, question_id: str, layer: Layer, at: datetime) -> Question | None:
        """The question whose `layer` a member asks to see; notes it where the layer gives the answer away."""
        question = self._bank.find(question_id)
        if question is not None and layer.gives_away:
            await self._store.record_reveal(user_id, question.id, at)
        return question
