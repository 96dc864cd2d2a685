"""Browsing the bank: its questions page by page, with what a member has shown of each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.domain import ladder
from bot.domain.bank import Bank
from bot.domain.grades import Grade
from bot.domain.questions import Cluster, Question, Stage
from bot.services.feedback import Feedbacks
from bot.services.ports import Store

PER_PAGE = 10
"""Questions on one page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question as one member stands with it.

    `stages` are the steps that their newest answer takes; empty where it was not judged.
    """

    question: Question
    is_answered: bool
    stages: Mapping[Stage, bool]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a cluster's questions. Pages are numbered from 0 through all clusters; `pages` is how many there are.

    `answered` of the `total` questions of the cluster have an answer of the member's.
    """

    cluster: Cluster
    number: int
    pages: int
    entries: tuple[Entry, ...]
    answered: int
    total: int


class Browsing:
    """The pages of the bank, made anew for each look."""

    def __init__(self, store: Store, bank: Bank, feedbacks: Feedbacks) -> None:
        self._store = store
        self._feedbacks = feedbacks
        self._clusters = {cluster.slug: bank.in_cluster(cluster.slug) for cluster in bank.clusters}
        self._pages = [
            (cluster, questions[start : start + PER_PAGE])
            for cluster in bank.clusters
            for questions in [self._clusters[cluster.slug]]
            for start in range(0, len(questions), PER_PAGE)
        ]

    def first_page_of(self, cluster: str | None) -> int:
        """The number of the cluster's first page; the very first where none is asked for or it has no questions."""
        return next((n for n, (held, _) in enumerate(self._pages) if held.slug == cluster), 0)

    async def page(self, user_id: int, number: int) -> Page | None:
        """The page with this number, or the nearest one; None for a bank without questions."""
        if not self._pages:
            return None
        number = min(max(number, 0), len(self._pages) - 1)
        cluster, questions = self._pages[number]
        answers = await self._store.newest_answers(user_id)
        every = self._clusters[cluster.slug]
        return Page(
            cluster,
            number,
            len(self._pages),
            tuple(self._entries(questions, answers)),
            sum(question.id in answers for question in every),
            len(every),
        )

    def _entries(self, questions: Iterable[Question], answers: Mapping[str, str]) -> Iterable[Entry]:
        for question in questions:
            text = answers.get(question.id)
            judgement = None if text is None else self._feedbacks.judgement(question, ladder.QUESTION, text)
            yield Entry(question, text is not None, judgement.stages if isinstance(judgement, Grade) else {})
