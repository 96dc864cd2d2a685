"""The bank: all content that the bot works with, side by side and easy to find. It reads and checks nothing."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Self

from bot.domain.evidence import Evidence, Glossary, Samples
from bot.domain.guides import Guide, GuideForm
from bot.domain.prompts import Prompt, Prompts
from bot.domain.questions import Cluster, Company, Pack, Question

NO_GLOSSARY = Glossary(sets={})


class Bank:
    """Every question that the bot can ask, in a fixed order, with the packs and companies around them.

    `questions` must have unique ids and slugs, which `bot.bank.load` has checked. `evidence` and `samples` are
    kept by the id of their question; a question without evidence can still be asked. Prompt ids must be unique.
    """

    def __init__(
        self,
        packs: Iterable[Pack],
        companies: Iterable[Company],
        questions: Iterable[Question],
        *,
        glossary: Glossary = NO_GLOSSARY,
        evidence: Iterable[Evidence] = (),
        samples: Iterable[Samples] = (),
        prompts: Iterable[Prompts] = (),
        guides: Iterable[Guide] = (),
    ) -> None:
        self.packs = tuple(packs)
        self.companies = tuple(companies)
        self.questions = tuple(sorted(questions, key=lambda q: int(q.id[1:])))
        self.glossary = glossary
        self.evidence: Mapping[str, Evidence] = {e.question: e for e in evidence}
        self.samples: Mapping[str, Samples] = {s.question: s for s in samples}
        self.guides: Mapping[str, Guide] = {guide.slug: guide for guide in guides}
        self.prompt_files = tuple(sorted(prompts, key=lambda p: int(p.question[1:])))

    @cached_property
    def clusters(self) -> tuple[Cluster, ...]:
        """The clusters of all packs, in the packs' order."""
        return tuple(cluster for pack in self.packs for cluster in pack.clusters)

    @cached_property
    def _by_name(self) -> Mapping[str, Question]:
        return {name.casefold(): q for q in self.questions for name in (q.id, q.slug)}

    def find(self, name: str) -> Question | None:
        """The question with this id or slug, in any letter case."""
        return self._by_name.get(name.strip().casefold())

    def question(self, question_id: str) -> Question:
        """The question with this id; KeyError if the bank no longer holds it."""
        return self._by_name[question_id.casefold()]

    def only(self, *questions: Question) -> Self:
        """The same bank with these questions alone."""
        return type(self)(
            self.packs,
            self.companies,
            questions,
            glossary=self.glossary,
            evidence=self.evidence.values(),
            samples=self.samples.values(),
            prompts=[one for one in self.prompt_files if one.question in {question.id for question in questions}],
            guides=self.guides.values(),
        )

    @cached_property
    def prompts(self) -> Mapping[str, Prompt]:
        """Every rapid-fire prompt by its id, in the order of the questions."""
        return {prompt.id: prompt for one in self.prompt_files for prompt in one.prompts}

    @cached_property
    def _question_of_prompt(self) -> Mapping[str, str]:
        return {prompt.id: one.question for one in self.prompt_files for prompt in one.prompts}

    def question_of(self, prompt_id: str) -> Question | None:
        """The question that a rapid-fire prompt belongs to; None if the bank has no such prompt."""
        return self.find(self._question_of_prompt.get(prompt_id, ""))

    @property
    def first_guide(self) -> Guide | None:
        """The guide for whoever asks for none in particular: the first one in steps, which is where to begin."""
        ordered = sorted(self.guides.values(), key=lambda guide: guide.form is not GuideForm.STEPS)
        return next(iter(ordered), None)

    @property
    def trees(self) -> tuple[Guide, ...]:
        """The guides that can be walked."""
        return tuple(guide for guide in self.guides.values() if guide.form is GuideForm.TREE)

    def company(self, slug: str | None) -> Company | None:
        """The company with this slug; None if there is none, or where no emphasis is in force."""
        return next((c for c in self.companies if c.slug == slug), None)

    def cluster_name(self, slug: str) -> str:
        """The cluster's name for people; the slug itself if no pack declares it."""
        return next((c.name for c in self.clusters if c.slug == slug), slug)

    def in_cluster(self, slug: str | None) -> tuple[Question, ...]:
        """The questions of one cluster, or all of them where `slug` is None."""
        return tuple(q for q in self.questions if slug is None or q.cluster == slug)
