"""Linting as an author asks for it: the whole content, a part of it, or one file wherever it lies."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from bot.bank.loading import load, problems_of_file
from bot.bank.problems import Place, Problem, Problems, quoted
from bot.bank.tree import root_of
from bot.domain.bank import Bank


@dataclass(frozen=True)
class Clean:
    """Nothing is wrong with what was asked about; `elsewhere` counts the problems of other files."""

    summary: str
    elsewhere: int = 0


def lint(path: Path, seen_from: Path) -> Clean | Problems:
    """Check the content at a path that exists, and give places by their paths from the folder `seen_from`.

    A part of a content folder is checked against the rest of it, but only its own problems are told. A file
    outside any content folder is checked on its own.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - `Path.absolute` would keep `..`, `resolve` follow links
    root = root_of(path)
    if path.is_file() and (root is None or path.suffix != ".yaml" or path.name.startswith(".")):
        found = problems_of_file(path) if path.suffix == ".yaml" else (_not_yaml(path),)
        return _seen(found, seen_from) or Clean(f"{path.name}: no problems")
    outcome = load(root or path, to_ship=True)
    match outcome:
        case Bank() as bank:
            return Clean(f"{_counted(bank)}: no problems")
        case Problems() as problems:
            mine = (p for p in problems if p.place.lies_in(path) or (p.other and p.other.lies_in(path)))
            return _seen(tuple(mine), seen_from) or Clean(f"{path.name}: no problems", len(problems))
        case _:
            assert_never(outcome)


def _seen(found: tuple[Problem, ...], seen_from: Path) -> Problems | None:
    return Problems(tuple(problem.seen_from(seen_from) for problem in found)) if found else None


def _not_yaml(path: Path) -> Problem:
    sentence = f"Content is written in YAML, and this file ends in {quoted(path.suffix)}: name a `.yaml` file."
    return Problem(Place(path), "file-ending", sentence)


def _counted(bank: Bank) -> str:
    counts = (
        (len(bank.questions), "question", "questions"),
        (len(bank.packs), "pack", "packs"),
        (len(bank.companies), "company", "companies"),
    )
    return ", ".join(f"{number} {one if number == 1 else many}" for number, one, many in counts)
