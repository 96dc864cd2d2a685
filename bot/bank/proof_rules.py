"""Rules that run patterns against test sentences and marked answers: `PROOF_RULES`, and `PROMPT_PROOF_RULES`.

To add a rule, write its check and add its row to the table. Unlike the other rules' checks, these see values: they
run for a question only when nothing is wrong with its files or with the glossary, save that something is missing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.bank.document import Document
from bot.bank.rule import Breach, Rule
from bot.domain.evidence import Evidence, Glossary, Samples
from bot.domain.grading.proof import failures
from bot.domain.judging import Judge
from bot.domain.prompts import Prompts
from bot.domain.questions import Question


@dataclass(frozen=True)
class Proof:
    """Everything by which the evidence of one question is put to the test, and the files for the places."""

    question: Question
    evidence: Evidence
    samples: Samples | None
    glossary: Glossary
    question_file: Document
    evidence_file: Document
    samples_file: Document | None

    @property
    def files(self) -> frozenset[Path]:
        """The question's own files."""
        documents = (self.question_file, self.evidence_file, self.samples_file)
        return frozenset(document.file for document in documents if document)


def failed_sentences(proof: Proof) -> Iterator[Breach]:
    for failure in failures(proof.question, proof.evidence, proof.glossary):
        place = proof.evidence_file.place(failure.steps)
        yield Breach(place, got=failure.got.replace("_", " "), wanted=failure.wanted.replace("_", " "))


@dataclass(frozen=True)
class PromptProof:
    """The prompts of one question with all that its judge needs, and the file for the places."""

    prompts: Prompts
    evidence: Evidence | None
    glossary: Glossary
    file: Document


def failed_answers(proof: PromptProof) -> Iterator[Breach]:
    known = {proof.prompts.question: proof.evidence} if proof.evidence else {}
    judge = Judge([proof.prompts], known, proof.glossary)
    for at, prompt in enumerate(proof.prompts.prompts):
        for side, answers in (("right", prompt.samples.right), ("wrong", prompt.samples.wrong)):
            for index, answer in enumerate(answers):
                ruling = judge.rule(prompt.id, answer)
                if ruling.accepted != (side == "right"):
                    place = proof.file.place(("prompts", at, "samples", side, index))
                    yield Breach(place, got="accepts" if ruling.accepted else "rejects", points=ruling.points)


PROOF_RULES: tuple[Rule[Proof], ...] = (
    Rule(
        "failed-sentence",
        "The patterns judge this sentence as {got}, not {wanted}",
        "change a pattern, or the sentence if it says something else",
        failed_sentences,
    ),
)

PROMPT_PROOF_RULES: tuple[Rule[PromptProof], ...] = (
    Rule(
        "failed-answer",
        "The judge {got} this answer, in which it finds {points} of the items",
        "widen or narrow terms and patterns, or move the answer if it is on the wrong side",
        failed_answers,
    ),
)
