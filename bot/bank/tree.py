"""Where content lies on disk: which file is what, and which lies in the wrong place."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.bank.problems import Place, Problem, quoted

PACK_FILE = "pack.yaml"

_QUESTION = "packs/<pack>/<cluster>/<slug>.yaml"
_COMPANY = "companies/<slug>.yaml"


@dataclass(frozen=True)
class Tree:
    """The files of a content folder, by what they are, each kind in alphabetical order."""

    packs: tuple[Path, ...]
    companies: tuple[Path, ...]
    questions: tuple[Path, ...]
    problems: tuple[Problem, ...]


def default_folder() -> Path:
    """The content that is installed with the package, or the repository's own."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_content"
    return installed if installed.is_dir() else package.parent / "content"


def root_of(path: Path) -> Path | None:
    """The content folder that an absolute path is, or that it lies in; None if there is none around it."""
    for folder in (path, *path.parents):
        inside = path.relative_to(folder).parts
        if is_folder(folder / "packs") and inside[:1] in {(), ("packs",), ("companies",)}:
            return folder
    return None


def is_folder(path: Path) -> bool:
    """Whether there is a folder that can be seen; unlike `Path.is_dir`, never an error."""
    return os.path.isdir(path)  # noqa: PTH112


def survey(folder: Path) -> Tree:
    """Sort the YAML files below `packs` and `companies`; hidden files and other kinds are left alone."""
    problems: list[Problem] = []
    found: dict[str, list[Path]] = {"pack": [], "company": [], "question": []}
    for path in (*_yaml_files(folder / "packs", problems), *_yaml_files(folder / "companies", problems)):
        kind = kind_of(path.relative_to(folder))
        if path.suffix != ".yaml":
            sentence = f"The file ends in {quoted(path.suffix)} and is passed over: let its name end in `.yaml`."
            problems.append(Problem(Place(path), "file-ending", sentence))
        elif kind is None:
            sentence = f"This file is in the wrong folder: put it at `{_QUESTION}` or `{_COMPANY}`."
            problems.append(Problem(Place(path), "misplaced-file", sentence))
        else:
            found[kind].append(path)
    problems += _gaps(folder, found["pack"], found["question"])
    return Tree(tuple(found["pack"]), tuple(found["company"]), tuple(found["question"]), tuple(problems))


def kind_of(path: Path) -> str | None:
    """`pack`, `company` or `question`, by the path from the content folder; None if nothing belongs there."""
    match path.parts:
        case ("packs", _, name) if name == PACK_FILE:
            return "pack"
        case ("packs", _, _, _):
            return "question"
        case ("companies", _):
            return "company"
        case _:
            return None


def _yaml_files(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    def unreadable(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            sentence = f"The folder cannot be read ({error.strerror}): check its permissions."
            problems.append(Problem(Place(Path(error.filename)), "unreadable", sentence))

    for where, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith((".yaml", ".yml")):
                yield Path(where, name)


def _gaps(folder: Path, packs: list[Path], questions: list[Path]) -> Iterator[Problem]:
    if not is_folder(folder / "packs"):
        sentence = "There is no folder `packs` here: name the folder that holds `packs` and `companies`."
        yield Problem(Place(folder), "no-packs", sentence)
    elif not questions:
        sentence = "There is no question here yet: write one with `interview-coach content new question`."
        yield Problem(Place(folder / "packs"), "no-questions", sentence)
    for pack in sorted({question.parent.parent for question in questions} - {pack.parent for pack in packs}):
        sentence = "The pack has no `pack.yaml`: write one with its slug, name, description, licence and clusters."
        yield Problem(Place(pack / "pack.yaml"), "no-pack-file", sentence)
