"""Discord's refusals, with the codes of its documentation."""

from typing import Any


class Refusal(Exception):
    """An answer that is not 2xx. `extra` goes into the body, `headers` beside it."""

    def __init__(
        self,
        status: int,
        code: int,
        message: str,
        *,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.headers = headers or {}
        self.body = {"message": message, "code": code, **(extra or {})}


_KNOWN = {
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50013: (403, "Missing Permissions"),
    50024: (403, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    160004: (400, "A thread has already been created for this message"),
    160006: (400, "Maximum number of active threads reached"),
}


def refusal(code: int) -> Refusal:
    """The refusal of that code, as Discord words it."""
    status, message = _KNOWN[code]
    return Refusal(status, code, message)


def invalid_form(problems: list[str]) -> Refusal:
    """50035, with every problem in the place where Discord puts them."""
    errors = {"_errors": [{"code": "INVALID", "message": problem} for problem in problems]}
    return Refusal(400, 50035, "Invalid Form Body", extra={"errors": errors})


def unauthorized() -> Refusal:
    return Refusal(401, 0, "401: Unauthorized")
