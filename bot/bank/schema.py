"""JSON Schemas for editors, so that they complete keys and underline slips while an author types."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel

from bot.bank.kinds import KINDS

MODELS: Mapping[str, type[BaseModel]] = {kind.name: kind.model for kind in sorted(KINDS, key=lambda kind: kind.name)}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_text(model: type[BaseModel]) -> str:
    """The model's schema as it is kept in a file: the same bytes for the same model."""
    schema = {"$schema": _DIALECT, **model.model_json_schema()}
    return json.dumps(schema, indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def schema_files(content: Path) -> Iterator[tuple[Path, str]]:
    """Every schema file of a content folder, with the text that belongs in it."""
    for name, model in MODELS.items():
        yield content / "schema" / f"{name}.json", schema_text(model)


def stale_schema_files(content: Path) -> list[Path]:
    """The schema files that are missing or differ from what the models say. OSError if one can't be read."""
    return [file for file, text in schema_files(content) if not file.is_file() or file.read_bytes() != text.encode()]


def write_schema_files(content: Path) -> list[Path]:
    """Bring the schema files up to date and return those that changed. OSError if one can't be written."""
    stale = set(stale_schema_files(content))
    (content / "schema").mkdir(exist_ok=True)
    for file, text in schema_files(content):
        if file in stale:
            file.write_text(text, encoding="utf-8", newline="\n")
    return sorted(stale)
