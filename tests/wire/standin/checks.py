"""Whether Discord would take a body: its OpenAPI description where that is at hand, and the limits beside it."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support import limits
from tests.support.openapi import Spec, discord_spec
from tests.wire.standin.model import COMPONENTS_V2


def spec_at_hand() -> Spec | None:
    """None where the file is absent; bodies are then checked against the limits alone."""
    try:
        return discord_spec()
    except pytest.skip.Exception:
        return None


class Bodies:
    """The judge of request bodies."""

    def __init__(self) -> None:
        self._spec = spec_at_hand()

    @property
    def knows_the_spec(self) -> bool:
        return self._spec is not None

    def problems(self, method: str, path: str, body: Any, *, flags: int = 0) -> list[str]:
        """`flags` are those of a message that is edited: Components V2 can't be taken back."""
        found = self._spec.problems(method, path, body) if self._spec else []
        found = [sentence.removeprefix(f"{method} {path}: ") for sentence in found]
        if flags & COMPONENTS_V2 and isinstance(body, dict):
            body = {**body, "flags": body.get("flags", 0) | COMPONENTS_V2}
        return found + _safely(limits.problems, body)


def _safely(check: Callable[[Any], list[str]], body: Any) -> list[str]:
    try:
        return check(body)
    except (KeyError, TypeError, AttributeError) as error:
        return [f"a body of the wrong shape ({type(error).__name__}: {error})"]
