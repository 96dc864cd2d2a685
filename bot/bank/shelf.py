"""All files of a content folder as far as they can be read, before anything is said about what they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.bank.decoding import LARGEST
from bot.bank.document import Document
from bot.bank.kinds import Kind, beside
from bot.bank.problems import Place, Problem
from bot.bank.reader import Reading, read
from bot.bank.tree import Tree, survey
from bot.domain.questions import Content


@dataclass(frozen=True)
class Shelf:
    """The readable files of a content folder by their kind, and the problems met so far."""

    tree: Tree
    """All files, also those that could not be read."""
    documents: Mapping[Kind[Content], tuple[Document, ...]]
    problems: tuple[Problem, ...]

    def of(self, *kinds: Kind[Content]) -> tuple[Document, ...]:
        """The readable files of these kinds."""
        return tuple(document for kind in kinds for document in self.documents[kind])

    def beside(self, document: Document, kind: Kind[Content]) -> Document | None:
        """The readable file of this kind that belongs to the same question."""
        return self._by_file.get(beside(document.file, kind))

    def document(self, file: Path) -> Document:
        """The readable file at this path; KeyError if it could not be read."""
        return self._by_file[file]

    @cached_property
    def _by_file(self) -> Mapping[Path, Document]:
        return {document.file: document for some in self.documents.values() for document in some}

    def are_all_read(self, kind: Kind[Content]) -> bool:
        """Whether every file of the kind could be read, so that what is missing in them is truly missing."""
        return len(self.documents[kind]) == len(self.tree.files[kind])


def shelf(folder: Path) -> Shelf:
    """Read every file in its place below the folder."""
    tree = survey(folder)
    readings = {kind: [read_file(file) for file in files] for kind, files in tree.files.items()}
    documents = {kind: tuple(r.document for r in some if r.document is not None) for kind, some in readings.items()}
    problems = (problem for some in readings.values() for reading in some for problem in reading.problems)
    return Shelf(tree, documents, (*tree.problems, *problems))


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
