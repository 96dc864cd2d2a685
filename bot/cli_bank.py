"""What the commands that judge answers have in common: the bank they work on, and how they give up."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.bank import Problems, default_folder, load
from bot.domain.bank import Bank

ContentFolder = Annotated[
    Path | None, typer.Option("--content", envvar="COACH_CONTENT", help="The content folder, if not the bot's own.")
]


def bank_or_exit(folder: Path | None) -> Bank:
    """The bank in this folder, the shipped one if None; ends the command where it has problems."""
    loaded = load(folder or default_folder())
    if isinstance(loaded, Problems):
        typer.echo(str(loaded), err=True)
        give_up(f"The question bank has {len(loaded)} problem(s), listed above; mend them first.")
    return loaded


def results(lines: Iterable[bytes], key: str, work: Callable[[str, str], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """A result for each line of JSON that is not blank, in order; a bad line gets its id, if it has one, and an error.

    A line holds `id`, `answer` and, under `key`, the name of what is answered; `work` gets the name and the answer.
    """
    for raw in lines:
        if raw.strip():
            yield _result(raw, key, work)


def _result(raw: bytes, key: str, work: Callable[[str, str], dict[str, Any]]) -> dict[str, Any]:
    try:
        line = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return {"id": None, "error": "The line is not JSON in UTF-8."}
    if not isinstance(line, dict):
        return {"id": None, "error": f'The line is not an object: write {{"id", "{key}", "answer"}}.'}
    line_id = line.get("id")
    name, answer = line.get(key), line.get("answer")
    if line_id is None:
        return {"id": None, "error": "The key `id` is missing."}
    if not isinstance(name, str) or not isinstance(answer, str):
        return {"id": line_id, "error": f"`{key}` and `answer` must both be text."}
    return {"id": line_id, **work(name, answer)}


def give_up(sentence: str) -> NoReturn:
    """Say why the command cannot be carried out, and end it with 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
