"""From files to domain values, or to everything that is wrong with them in one go."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.bank.document import Document
from bot.bank.file_rules import FILE_RULES, QUESTION_RULES
from bot.bank.problems import Problem, Problems, in_order
from bot.bank.shape import Model, shaped
from bot.bank.shelf import Shelf, read_file, shelf
from bot.bank.shelf_rules import SHELF_RULES
from bot.bank.tree import PACK_FILE
from bot.domain.questions import Bank, Company, Pack, Question


def load(folder: Path) -> Bank | Problems:
    """The bank in this content folder, or all problems of all its files. No content makes it raise."""
    whole = shelf(folder)
    problems = {*whole.problems, *_of_rules(whole)}

    def values(documents: Iterable[Document], model: type[Model]) -> list[Model]:
        fits = [shaped(document, model) for document in documents]
        problems.update(problem for fit in fits for problem in fit.problems)
        return [fit.value for fit in fits if fit.value is not None]

    packs, companies = values(whole.packs, Pack), values(whole.companies, Company)
    questions = values(whole.questions, Question)
    return Problems(in_order(problems)) if problems else Bank(packs, companies, questions)


def problems_of_file(file: Path) -> tuple[Problem, ...]:
    """What is wrong with one file, as far as it can be told without the rest of the content."""
    reading = read_file(file)
    problems = set(reading.problems)
    if reading.document is not None:
        model: type[Pack | Company | Question] = Question
        if file.name == PACK_FILE:
            model = Pack
        elif file.parent.name == "companies":
            model = Company
        problems.update(shaped(reading.document, model).problems)
        problems.update(_of_file_rules(reading.document, is_question=model is Question))
    return in_order(problems)


def _of_rules(whole: Shelf) -> Iterator[Problem]:
    for document in (*whole.packs, *whole.companies):
        yield from _of_file_rules(document, is_question=False)
    for document in whole.questions:
        yield from _of_file_rules(document, is_question=True)
    for rule in SHELF_RULES:
        yield from rule.problems(whole)


def _of_file_rules(document: Document, *, is_question: bool) -> Iterator[Problem]:
    for rule in (*FILE_RULES, *QUESTION_RULES) if is_question else FILE_RULES:
        yield from rule.problems(document)
