"""Where content lies on disk: which file is what, and which lies in the wrong place."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.bank.kinds import KINDS, PACK, QUESTION, TOPS, Kind, kind_at
from bot.bank.problems import Place, Problem, quoted
from bot.domain.questions import Content


@dataclass(frozen=True)
class Tree:
    """The files of a content folder by their kind, each kind in alphabetical order."""

    files: Mapping[Kind[Content], tuple[Path, ...]]
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
        if is_folder(folder / "packs") and (not inside or inside[0] in TOPS):
            return folder
    return None


def is_folder(path: Path) -> bool:
    """Whether there is a folder that can be seen; unlike `Path.is_dir`, never an error."""
    return os.path.isdir(path)  # noqa: PTH112


def survey(folder: Path) -> Tree:
    """Sort the YAML files that are where content can be; hidden files and other kinds are left alone."""
    problems: list[Problem] = []
    found: dict[Kind[Content], list[Path]] = {kind: [] for kind in KINDS}
    for path in _candidates(folder, problems):
        inside = path.relative_to(folder)
        kind = kind_at(inside)
        if path.suffix != ".yaml":
            sentence = f"The file ends in {quoted(path.suffix)} and is passed over: let its name end in `.yaml`."
            problems.append(Problem(Place(path), "file-ending", sentence))
        elif kind is None:
            *some, last = (f"`{kind.path}`" for kind in KINDS if kind.path.startswith(f"{inside.parts[0]}/"))
            wanted = f"{', '.join(some)} or {last}" if some else last
            sentence = f"This file has a wrong name or is in the wrong folder: put it at {wanted}."
            problems.append(Problem(Place(path), "misplaced-file", sentence))
        else:
            found[kind].append(path)
    problems += _gaps(folder, found[PACK], found[QUESTION])
    return Tree({kind: tuple(files) for kind, files in found.items()}, tuple(problems))


def _candidates(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Every YAML file in a folder of content, and those directly in `folder` that have a place there."""
    for top in sorted(TOPS, reverse=True):
        if not top.endswith(".yaml"):
            yield from _yaml_files(folder / top, problems)
            continue
        for name in (top, top.replace(".yaml", ".yml")):
            if os.path.lexists(folder / name):
                yield folder / name


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


def _gaps(folder: Path, packs: Sequence[Path], questions: Sequence[Path]) -> Iterator[Problem]:
    if not is_folder(folder / "packs"):
        sentence = "There is no folder `packs` here: name the folder that holds `packs` and `companies`."
        yield Problem(Place(folder), "no-packs", sentence)
    elif not questions:
        sentence = "There is no question here yet: write one with `interview-coach content new question`."
        yield Problem(Place(folder / "packs"), "no-questions", sentence)
    for pack in sorted({question.parent.parent for question in questions} - {pack.parent for pack in packs}):
        sentence = "The pack has no `pack.yaml`: write one with its slug, name, description, licence and clusters."
        yield Problem(Place(pack / "pack.yaml"), "no-pack-file", sentence)
