"""Whether a file has the shape of its model, with every error of pydantic put into our words and place."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.bank.document import Document, Steps, name_of
from bot.bank.nearest import nearest
from bot.bank.outline import Outline, key_outline, outline, purpose
from bot.bank.problems import Problem, quoted
from bot.bank.wording import Fault, worded

Model = TypeVar("Model", bound=BaseModel)

_KEY = "[key]"
"""What pydantic adds to the way to a value when it is the value's key that does not fit."""


@dataclass(frozen=True)
class Shaped(Generic[Model]):
    """The value of a file, if it has the right shape, and what is wrong with its shape."""

    value: Model | None
    problems: tuple[Problem, ...]


def shaped(document: Document, model: type[Model]) -> Shaped[Model]:
    """Fit the document to the model."""
    problems = [*_miscounted(document, model)]
    value = None
    try:
        # The strict rules of pydantic are made for JSON: there a list may become a tuple, and text a date.
        value = model.model_validate_json(json.dumps(document.data))
    except ValidationError as error:
        problems += _translated(document, model, error.errors(include_url=False))
    return Shaped(None if problems else value, tuple(problems))


def _translated(document: Document, model: type[BaseModel], errors: Sequence[ErrorDetails]) -> Iterator[Problem]:
    meant = {
        error["loc"]: _meant(document, model, error["loc"]) for error in errors if error["type"] == "extra_forbidden"
    }
    renamed = {(*steps[:-1], key) for steps, key in meant.items() if key}
    for error in errors:
        steps, kind = error["loc"], error["type"]
        if steps in meant:
            yield _unknown_key(document, model, steps, meant[steps])
        elif (
            kind in {"too_short", "too_long"}  # we count: pydantic counts only the entries without errors
            or document.is_settled(steps)
            or (kind == "missing" and steps in renamed)
        ):
            continue
        elif steps[-1:] == (_KEY,) and steps not in document.values:
            expected = key_outline(model, steps[:-2])
            words = worded(kind, Fault(None, steps[-2], expected, str(error["msg"])))
            yield Problem(document.key_place(steps[:-1]), words.rule, words.sentence)
        else:
            fault = Fault(steps, document.value(steps), outline(model, steps), str(error["msg"]))
            words = worded(kind, fault)
            yield Problem(document.place(steps), words.rule, words.sentence)


def _meant(document: Document, model: type[BaseModel], steps: Steps) -> str | None:
    group = document.value(steps[:-1])
    present = group if isinstance(group, dict) else {}
    open_keys = [key for key in outline(model, steps[:-1]).get("properties", {}) if key not in present]
    return nearest(str(steps[-1]), open_keys)


def _unknown_key(document: Document, model: type[BaseModel], steps: Steps, meant: str | None) -> Problem:
    known = ", ".join(map(quoted, outline(model, steps[:-1])["properties"]))
    hint = f"did you mean `{meant}`?" if meant else f"take it out, or use one of {known}."
    sentence = f"The key {quoted(steps[-1])} is unknown: {hint}"
    return Problem(document.key_place(steps), "unknown-key", sentence)


def _miscounted(document: Document, model: type[BaseModel], steps: Steps = ()) -> Iterator[Problem]:
    """Lists with too few or too many entries, and mappings without keys of theirs, wherever the model says so."""
    value = document.value(steps)
    if isinstance(value, dict):
        yield from _left_out(document, model, steps, value)
        for key, inner in value.items():
            if isinstance(inner, (dict, list)):
                yield from _miscounted(document, model, (*steps, key))
    if not isinstance(value, list):
        return
    yield from _count(document, steps, outline(model, steps), len(value))
    for index, inner in enumerate(value):
        if isinstance(inner, (dict, list)):
            yield from _miscounted(document, model, (*steps, index))


def _count(document: Document, steps: Steps, here: Outline, number: int) -> Iterator[Problem]:
    few, many = here.get("minItems", 0), here.get("maxItems", number)
    span = f"at least {few}" if "maxItems" not in here else f"{few} to {many}" if few < many else str(few)
    if number < few:
        sentence = f"{_entries(steps, number)} but needs {span}: add {few - number} more{purpose(here)}."
        yield Problem(document.place(steps), "too-few-entries", sentence)
    if number > many:
        sentence = f"{_entries(steps, number)} but may have {span}: take out {number - many}."
        yield Problem(document.place(steps), "too-many-entries", sentence)


def _left_out(
    document: Document, model: type[BaseModel], steps: Steps, value: Mapping[str, object]
) -> Iterator[Problem]:
    """The keys that a mapping lacks, where the model wants every key of a closed list."""
    keys = key_outline(model, steps).get("enum", ())
    missing = [key for key in keys if key not in value]
    if missing and len(keys) == outline(model, steps).get("minProperties") and set(value) <= set(keys):
        sentence = f"{name_of(steps)} has no {', '.join(map(quoted, missing))}: it needs all of its {len(keys)} keys."
        yield Problem(document.place(steps), "missing-key", sentence)


def _entries(steps: Steps, number: int) -> str:
    return f"{name_of(steps)} has {number} {'entry' if number == 1 else 'entries'}"
