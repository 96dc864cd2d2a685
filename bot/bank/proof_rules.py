"""Rules that run patterns against test sentences and marked answers: `PROOF_RULES`.

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


PROOF_RULES: tuple[Rule[Proof], ...] = (
    Rule(
        "failed-sentence",
        "The patterns judge this sentence as {got}, not {wanted}",
        "change a pattern, or the sentence if it says something else",
        failed_sentences,
    ),
)
