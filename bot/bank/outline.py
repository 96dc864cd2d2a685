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
    # The entries of a list are alike, and there are many of them.
    return _at(model, tuple(0 if isinstance(step, int) else step for step in steps))


@cache
def _at(model: type[BaseModel], steps: Steps) -> Outline:
    whole = _whole(model)
    here: Outline = whole
    for step in steps:
        here = _followed(here.get("items", {}) if isinstance(step, int) else _entry(here, step), whole)
    return here


def key_outline(model: type[BaseModel], steps: Steps) -> Outline:
    """What the model expects of the keys of the mapping at these steps, where an author chooses them."""
    here, whole = outline(model, steps), _whole(model)
    patterns = ({"pattern": pattern} for pattern in here.get("patternProperties", {}))
    return {**_followed(here.get("propertyNames", {}), whole), **next(patterns, {})}


def purpose(here: Outline) -> str:
    """What the value is for, in brackets and with a space before them; empty if the model does not say."""
    text = str(here.get("description", "")).partition("\n")[0].rstrip(".")
    plain = text if text[1:2].isupper() else text[:1].lower() + text[1:]
    return f" ({plain})" if plain else ""


def _entry(here: Outline, key: str) -> Outline:
    """What belongs behind a key: one of the model's own, or any key of a mapping."""
    if key in (own := here.get("properties", {})):
        return dict(own[key])
    free = here.get("patternProperties", {"": here.get("additionalProperties")})
    return dict(next(iter(free.values())) or {})


def _followed(here: Outline, whole: Outline) -> Outline:
    """The part itself, or the definition it refers to with what the part adds."""
    if "anyOf" in here:  # a value that may be left out: what it is when it is there
        here = {**here, **here["anyOf"][0]}
    if "$ref" not in here:
        return here
    return {**whole["$defs"][here["$ref"].rpartition("/")[2]], **here}
