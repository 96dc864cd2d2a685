"""What the commands that judge answers have in common: the bank they work on, and how they give up."""

from pathlib import Path
from typing import Annotated, NoReturn

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


def give_up(sentence: str) -> NoReturn:
    """Say why the command cannot be carried out, and end it with 2."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
