"""From files to domain values, or to everything that is wrong with them in one go."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.bank.document import Document
from bot.bank.evidence_rules import COMPLETENESS_OF_EVIDENCE, EVIDENCE_RULES
from bot.bank.file_rules import COMPANY_RULES, FILE_RULES, QUESTION_RULES
from bot.bank.guide_rules import GUIDE_RULES, GUIDE_SHELF_RULES
from bot.bank.kinds import (
    COMPANY,
    EVIDENCE,
    GLOSSARY,
    GUIDE,
    KINDS,
    PACK,
    PROMPTS,
    QUESTION,
    SAMPLES,
    Kind,
    Model_co,
    beside,
    kind_alone,
)
from bot.bank.problems import Problem, Problems, in_order
from bot.bank.prompt_rules import COMPLETENESS_OF_PROMPTS, PROMPT_RULES, PROMPT_SHELF_RULES
from bot.bank.proof_rules import PROMPT_PROOF_RULES, PROOF_RULES, PromptProof, Proof
from bot.bank.rule import Rule
from bot.bank.sample_rules import SAMPLE_RULES, SAMPLE_SHELF_RULES
from bot.bank.shape import shaped
from bot.bank.shelf import Shelf, read_file, shelf
from bot.bank.shelf_rules import COMPLETENESS_RULES, SHELF_RULES
from bot.domain.bank import NO_GLOSSARY, Bank
from bot.domain.evidence import Evidence, Glossary, Samples
from bot.domain.memory import without_collecting
from bot.domain.questions import Content, Question

RULES_OF_KIND: Mapping[Kind[Content], tuple[Rule[Document], ...]] = {
    QUESTION: QUESTION_RULES,
    COMPANY: COMPANY_RULES,
    SAMPLES: SAMPLE_RULES,
    PROMPTS: PROMPT_RULES,
    GUIDE: GUIDE_RULES,
}
"""The rules about one file, beside `FILE_RULES`."""

RULES_OF_ALL = (*SHELF_RULES, *EVIDENCE_RULES, *SAMPLE_SHELF_RULES, *PROMPT_SHELF_RULES, *GUIDE_SHELF_RULES)
"""The rules about the content folder as a whole."""

RULES_OF_SHIPPED = (*COMPLETENESS_OF_EVIDENCE, *COMPLETENESS_RULES, *COMPLETENESS_OF_PROMPTS)
"""What only content to ship has to keep, beside `PROOF_RULES`."""


def load(folder: Path, *, to_ship: bool = False) -> Bank | Problems:
    """The bank in this content folder, or all problems of all its files. No content makes it raise.

    Content `to_ship` must also be complete and its patterns must pass their tests, which takes seconds. The bot can
    run without: where evidence is missing, members check themselves.
    """
    with without_collecting():
        return _load(folder, to_ship=to_ship)


def _load(folder: Path, *, to_ship: bool) -> Bank | Problems:
    whole = shelf(folder)
    problems = {*whole.problems, *_of_rules(whole)}

    def values(kind: Kind[Model_co]) -> dict[Path, Model_co]:
        fits = {document.file: shaped(document, kind.model) for document in whole.of(kind)}
        problems.update(problem for fit in fits.values() for problem in fit.problems)
        return {file: fit.value for file, fit in fits.items() if fit.value is not None}

    packs, companies, glossaries = values(PACK), values(COMPANY), values(GLOSSARY)
    questions, evidence, samples = values(QUESTION), values(EVIDENCE), values(SAMPLES)
    prompts, guides = values(PROMPTS), values(GUIDE)
    glossary = next(iter(glossaries.values()), NO_GLOSSARY)
    if to_ship:
        faulty = frozenset(problem.place.file for problem in problems)
        problems.update(problem for rule in RULES_OF_SHIPPED for problem in rule.problems(whole))
        for proof in _proofs(whole, questions, evidence, samples, glossary):
            if faulty.isdisjoint((*proof.files, *whole.tree.files[GLOSSARY])):
                problems.update(problem for rule in PROOF_RULES for problem in rule.problems(proof))
        for file, some in prompts.items():
            lender = beside(file, EVIDENCE)
            if faulty.isdisjoint((file, lender, *whole.tree.files[GLOSSARY])):
                tried = PromptProof(some, evidence.get(lender), glossary, whole.document(file))
                problems.update(problem for rule in PROMPT_PROOF_RULES for problem in rule.problems(tried))
    if problems:
        return Problems(in_order(problems))
    return Bank(
        packs.values(),
        companies.values(),
        questions.values(),
        glossary=glossary,
        evidence=evidence.values(),
        samples=samples.values(),
        prompts=prompts.values(),
        guides=guides.values(),
    )


def _proofs(
    whole: Shelf,
    questions: Mapping[Path, Question],
    evidence: Mapping[Path, Evidence],
    samples: Mapping[Path, Samples],
    glossary: Glossary,
) -> Iterator[Proof]:
    """One for each question whose evidence could be read."""
    for document in whole.of(EVIDENCE):
        judged_by, asked, marked = document.file, whole.beside(document, QUESTION), whole.beside(document, SAMPLES)
        if asked is not None and asked.file in questions and judged_by in evidence:
            answers = samples.get(marked.file) if marked else None
            yield Proof(questions[asked.file], evidence[judged_by], answers, glossary, asked, document, marked)


def problems_of_file(file: Path) -> tuple[Problem, ...]:
    """What is wrong with one file, as far as it can be told without the rest of the content."""
    reading = read_file(file)
    problems = set(reading.problems)
    if reading.document is not None:
        kind = kind_alone(file)
        problems.update(shaped(reading.document, kind.model).problems)
        problems.update(_of_file_rules(reading.document, kind))
    return in_order(problems)


def _of_rules(whole: Shelf) -> Iterator[Problem]:
    for kind in KINDS:
        for document in whole.of(kind):
            yield from _of_file_rules(document, kind)
    for rule in RULES_OF_ALL:
        yield from rule.problems(whole)


def _of_file_rules(document: Document, kind: Kind[Content]) -> Iterator[Problem]:
    for rule in (*FILE_RULES, *RULES_OF_KIND.get(kind, ())):
        yield from rule.problems(document)
