"""What a model expects at a place: keys, limits, descriptions. All of it is read off its JSON Schema."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel

from bot.bank.document import Steps

Outline = Mapping[str, Any]
"""A part of a JSON Schema without `$ref`."""


@cache
def _whole(model: type[BaseModel]) -> dict[str, Any]:
    return model.model_json_schema()


def outline(model: type[BaseModel], steps: Steps = ()) -> Outline:
    """What the model expects at these steps; empty where it expects nothing."""
    whole = _whole(model)
    here: Outline = whole
    for step in steps:
        inner = here.get("items") if isinstance(step, int) else here.get("properties", {}).get(step)
        here = _followed(inner or {}, whole)
    return here


def purpose(here: Outline) -> str:
    """What the value is for, in brackets and with a space before them; empty if the model does not say."""
    text = str(here.get("description", "")).partition("\n")[0].rstrip(".")
    plain = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return f" ({plain})" if plain else ""


def _followed(here: Outline, whole: Outline) -> Outline:
    """The part itself, or the definition it refers to with what the part adds."""
    if "$ref" not in here:
        return here
    return {**whole["$defs"][here["$ref"].rpartition("/")[2]], **here}
