"""The kinds of content file: where each lies, and the model that its content has. `KINDS` is the whole list.

To add a kind, add its row; reading, shape, schema and placing then know it. Its rules go into `bot.bank.loading`.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bot.domain.evidence import Evidence, Glossary, Samples
from bot.domain.guides import Guide
from bot.domain.prompts import Prompts
from bot.domain.questions import Company, Content, Pack, Question

Model_co = TypeVar("Model_co", bound=Content, covariant=True)


@dataclass(frozen=True)
class Kind(Generic[Model_co]):
    """One kind of file. In its patterns, `<...>` stands for a name, and `<slug>` for one without dots."""

    name: str
    model: type[Model_co]
    path: str
    """Where such a file lies, from the content folder."""
    alone: str
    """The end of the path by which such a file is known outside any content folder."""


PACK = Kind("pack", Pack, "packs/<pack>/pack.yaml", "pack.yaml")
EVIDENCE = Kind("evidence", Evidence, "packs/<pack>/<cluster>/<slug>.evidence.yaml", "<slug>.evidence.yaml")
SAMPLES = Kind("samples", Samples, "packs/<pack>/<cluster>/<slug>.samples.yaml", "<slug>.samples.yaml")
PROMPTS = Kind("prompts", Prompts, "packs/<pack>/<cluster>/<slug>.prompts.yaml", "<slug>.prompts.yaml")
QUESTION = Kind("question", Question, "packs/<pack>/<cluster>/<slug>.yaml", "<slug>.yaml")
COMPANY = Kind("company", Company, "companies/<slug>.yaml", "companies/<slug>.yaml")
GUIDE = Kind("guide", Guide, "guides/<slug>.yaml", "guides/<slug>.yaml")
GLOSSARY = Kind("glossary", Glossary, "glossary.yaml", "glossary.yaml")

KINDS = (PACK, EVIDENCE, SAMPLES, PROMPTS, COMPANY, GUIDE, GLOSSARY, QUESTION)
"""The first kind that fits is a file's kind, so those with the narrower patterns come first."""

TOPS = frozenset(kind.path.partition("/")[0] for kind in KINDS)
"""The names of files and folders directly in the content folder."""


def kind_at(path: Path) -> Kind[Content] | None:
    """The kind of the file with this path from the content folder; None if nothing belongs there."""
    return next((kind for kind in KINDS if re.fullmatch(_expression(kind.path), path.as_posix(), re.DOTALL)), None)


def kind_alone(file: Path) -> Kind[Content]:
    """The kind that a file outside any content folder is taken for: a question unless its name says otherwise."""
    name = file.as_posix()
    fits = (kind for kind in KINDS if re.fullmatch(f"(.*/)?{_expression(kind.alone)}", name, re.DOTALL))
    return next(fits, QUESTION)


def beside(file: Path, kind: Kind[Content]) -> Path:
    """The file of this kind that belongs to the same question as `file`, which may be of any kind."""
    return file.with_name(kind.alone.replace("<slug>", stem(file)))


def stem(file: Path) -> str:
    """The part of a file's name that says which question it belongs to."""
    return file.name.partition(".")[0]


def _expression(pattern: str) -> str:
    names = {"<slug>": "[^/.]+", "<pack>": "[^/]+", "<cluster>": "[^/]+"}
    return "".join(names.get(part) or re.escape(part) for part in re.split("(<[a-z]+>)", pattern))
