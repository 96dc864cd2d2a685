"""Checks request bodies against Discord's own OpenAPI description, where that is at hand."""

import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_PLACES = (
    os.environ.get("DISCORD_OPENAPI", ""),
    str(Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"),
)
_ROOT = "urn:discord"


def discord_spec() -> "Spec":
    """The description; skips the test where the file is absent."""
    for place in _PLACES:
        if place and Path(place).is_file():
            return _load(place)
    return pytest.skip("Discord's OpenAPI file is not here; set DISCORD_OPENAPI to its path")


@cache
def _load(place: str) -> "Spec":
    return Spec(json.loads(Path(place).read_text(encoding="utf-8")))


class Spec:
    """Discord's routes and the schemas of their bodies."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._registry = Registry().with_resource(
            _ROOT, Resource.from_contents(document, default_specification=DRAFT202012)
        )
        self._routes = [
            (method.upper(), re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), self._body(path, method))
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if isinstance(operation, Mapping) and "requestBody" in operation
        ]
        self._document = document

    def problems(self, method: str, path: str, body: Any) -> list[str]:
        """What is wrong with a request, as sentences; empty if it fits. An unknown route is a problem."""
        path = unquote(path)
        for known, pattern, pointer in self._routes:
            if known == method and pattern.fullmatch(path):
                schema = {"$ref": f"{_ROOT}#{pointer}"}
                validator = Draft202012Validator(schema, registry=self._registry)
                return [f"{method} {path}: {error.message[:300]}" for error in validator.iter_errors(_numbered(body))]
        return [f"{method} {path} takes no body that the description knows"]

    @staticmethod
    def _body(path: str, method: str) -> str:
        escaped = path.replace("~", "~0").replace("/", "~1")
        return f"/paths/{escaped}/{method}/requestBody/content/application~1json/schema"


def _numbered(body: Any) -> Any:
    """The body with uploads numbered in text, as the description has it.

    discord.py numbers them 0, 1, ... without quotes, and Discord's guide to uploading files takes both.
    """
    if isinstance(body, dict):
        whole = {key: _numbered(value) for key, value in body.items()}
        if isinstance(body.get("attachments"), list):
            whole["attachments"] = [{**one, "id": str(one["id"])} for one in body["attachments"]]
        return whole
    return [_numbered(one) for one in body] if isinstance(body, list) else body
