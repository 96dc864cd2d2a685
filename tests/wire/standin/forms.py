"""What a client sends for a filled-in modal, with the checks that it makes before."""

from collections.abc import Mapping
from typing import Any

from tests.support.limits import walk
from tests.wire.standin.options import NotOffered

LABEL, ROW, TEXT_DISPLAY, TEXT_INPUT = 18, 1, 10, 4
_SEVERAL = {3, 5, 6, 7, 8, 19, 22}


def modal_data(modal: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The submission of a modal. Fields are named by `custom_id`; one left out keeps what it was filled with."""
    names = {c["custom_id"] for c in walk(modal["components"]) if "custom_id" in c}
    if unknown := given.keys() - names:
        raise NotOffered(f"no fields {sorted(unknown)} in the form, which has {sorted(names)}")
    return {
        "custom_id": modal["custom_id"],
        "components": [_part(component, given) for component in modal["components"]],
    }


def _part(component: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    own = {"type": component["type"], "id": component["id"]}
    match component["type"]:
        case kind if kind == LABEL:
            return {**own, "component": _field(component["component"], given)}
        case kind if kind == ROW:
            return {**own, "components": [_field(inner, given) for inner in component["components"]]}
        case kind if kind == TEXT_DISPLAY:
            return own
        case kind:
            raise NotOffered(f"modal parts of type {kind} are not known here")


def _field(field: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    name, kind = field["custom_id"], field["type"]
    own = {"type": kind, "id": field["id"], "custom_id": name}
    if kind in _SEVERAL:
        return {**own, "values": list(given.get(name, []))}
    value = given.get(name, field.get("value"))
    if kind != TEXT_INPUT:
        return {**own, "value": value}
    text = value or ""
    if field.get("required", True) and not text:
        raise NotOffered(f"the field {name} must be filled in")
    if text and not field.get("min_length", 0) <= len(text) <= field.get("max_length", 4000):
        raise NotOffered(f"{len(text)} characters are too few or too many for the field {name}")
    return {**own, "value": text}
