"""All files of a content folder as far as they can be read, before anything is said about what they hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from bot.bank.decoding import LARGEST
from bot.bank.document import Document
from bot.bank.problems import Place, Problem
from bot.bank.reader import Reading, read
from bot.bank.tree import survey


@dataclass(frozen=True)
class Shelf:
    """The readable files of a content folder, and the problems met so far."""

    packs: tuple[Document, ...]
    companies: tuple[Document, ...]
    questions: tuple[Document, ...]
    company_names: frozenset[str]
    """Also of company files that could not be read."""
    complete: bool
    """Whether every file could be read."""
    problems: tuple[Problem, ...]


def shelf(folder: Path) -> Shelf:
    """Read every file in its place below the folder."""
    tree = survey(folder)
    problems = list(tree.problems)

    def documents(files: Iterable[Path]) -> tuple[Document, ...]:
        readings = [read_file(file) for file in files]
        problems.extend(problem for reading in readings for problem in reading.problems)
        return tuple(reading.document for reading in readings if reading.document is not None)

    packs, companies = documents(tree.packs), documents(tree.companies)
    questions = documents(tree.questions)
    named = {slug.text for company in companies for slug in company.texts("slug")}
    return Shelf(
        packs,
        companies,
        questions,
        company_names=frozenset(named | {file.stem for file in tree.companies}),
        complete=len(questions) == len(tree.questions),
        problems=tuple(problems),
    )


def read_file(file: Path) -> Reading:
    """Read one file from disk."""
    try:
        if not file.is_file():  # opening a named pipe would wait for ever
            sentence = "This is not a file that can be read: put a plain file in its place."
            return Reading(None, (Problem(Place(file), "unreadable", sentence),))
        with file.open("rb") as opened:
            source = opened.read(LARGEST + 1)
    except OSError as error:
        sentence = f"The file cannot be read ({error.strerror}): check its permissions."
        return Reading(None, (Problem(Place(file), "unreadable", sentence),))
    return read(source, file)
