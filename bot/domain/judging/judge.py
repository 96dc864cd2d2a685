"""The judge: compiles the prompts of a bank once, then rules on answers one at a time."""

import re
from collections.abc import Iterable, Mapping

from bot.domain.evidence import Evidence, Glossary
from bot.domain.grading.claims import Claims
from bot.domain.grading.rubric import Vocabulary
from bot.domain.judging.choosing import choose
from bot.domain.judging.counting import count
from bot.domain.judging.naming import Naming, Terms
from bot.domain.judging.ruling import Ruling
from bot.domain.memory import without_collecting
from bot.domain.prompts import Prompt, Prompts
from bot.domain.questions import PromptKind

_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


class Judge:
    """Rules on short answers by authored items and near-misses. Compiling takes a while; ruling does not."""

    def __init__(self, files: Iterable[Prompts], evidence: Mapping[str, Evidence], glossary: Glossary) -> None:
        files = tuple(files)
        self._prompts = {prompt.id: prompt for one in files for prompt in one.prompts}
        self._naming: dict[str, Naming] = {}
        with without_collecting():
            for one in files:
                known = evidence.get(one.question)
                claims = Claims(_vocabulary(one, known, glossary))
                for prompt in one.prompts:
                    if prompt.items:
                        self._naming[prompt.id] = Naming(prompt, claims, known)
            self._terms = Terms(Claims(Vocabulary()), _terms(self._prompts.values()))

    def rule(self, prompt_id: str, answer: str) -> Ruling:
        """Rule on an answer to this prompt; KeyError if there is no such prompt."""
        prompt = self._prompts[prompt_id]
        if prompt.kind is PromptKind.CHOICE:
            return choose(prompt.options, answer)
        if prompt.number is not None:
            return count(prompt.number, prompt.rejects, answer)
        naming = self._naming[prompt_id]
        ruling = naming.rule(answer, self._terms)
        if not ruling.items and _HYPHEN.search(answer):
            joined = naming.rule(_HYPHEN.sub("", answer), self._terms)  # "over-fitting"
            return joined if joined.items else ruling
        return ruling


def _vocabulary(one: Prompts, evidence: Evidence | None, glossary: Glossary) -> Vocabulary:
    if evidence is None:
        return Vocabulary(glossary, one, rivals=one.rivals)
    return Vocabulary(glossary, evidence, one, rivals=(*one.rivals, *evidence.rivals))


def _terms(prompts: Iterable[Prompt]) -> list[str]:
    short = [prompt for prompt in prompts if prompt.kind is PromptKind.SHORT and prompt.number is None]
    return [term for prompt in short for entry in (*prompt.items, *prompt.rejects) for term in entry.terms]
