"""`interview-coach content preview` and `watch`: what members will see of a question, and again at each save."""

import os
from pathlib import Path
from typing import Annotated

import typer

from bot.bank import Clean, default_folder, lint
from bot.cli_bank import ContentFolder, bank_or_exit, give_up
from bot.domain.bank import Bank
from bot.store.errors import StoreError

Port = Annotated[int, typer.Option(help="The port of the page; 0 takes any that is free")]
Browser = Annotated[bool, typer.Option(help="Open the page in a browser, where there is one")]


def preview(
    question: Annotated[str, typer.Argument(help="A question's id or slug, such as Q7.")],
    *,
    port: Port = 8765,
    browser: Browser = True,
    content: ContentFolder = None,
) -> None:
    """Open one question in the sandbox page: its card, feedback on what is typed there, the reveal.

    Example: interview-coach content preview Q7
    """
    _preview(bank_or_exit(content), question, port, open_browser=browser)


def watch(
    question: Annotated[str | None, typer.Argument(help="A question to preview as well, by id or slug.")] = None,
    *,
    port: Port = 8765,
    content: ContentFolder = None,
) -> None:
    """Lint the content again at each save and, if a question is named, start its preview again.

    Example: interview-coach content watch Q7
    """
    try:
        from watchfiles import run_process  # noqa: PLC0415 - the extra may not be installed
    except ModuleNotFoundError:
        give_up("Watching needs watchfiles: install it with `pip install 'interview-coach[sandbox]'`.")
    folder = content or default_folder()
    if not os.path.isdir(folder):  # noqa: PTH112 - never an error
        give_up(f"There is no folder {folder}: name the one that holds `packs` and `companies`.")
    typer.echo(f"Watching {folder} (Ctrl-C ends it).")
    run_process(folder, target=check, args=(folder, question, port))


def check(folder: Path, question: str | None, port: int) -> None:
    """Lint the folder and say what came of it; with a question and no problems, serve its preview."""
    outcome = lint(folder, seen_from=Path.cwd())
    if not isinstance(outcome, Clean):
        for problem in outcome:
            typer.echo(str(problem))
        typer.echo(f"Problems: {len(outcome)}. Mend them and save.")
    else:
        typer.echo(f"{outcome.summary}.")
        if question:
            _preview(bank_or_exit(folder), question, port, open_browser=False)


def _preview(bank: Bank, question: str, port: int, *, open_browser: bool) -> None:
    from bot.sandbox import SandboxError  # noqa: PLC0415 - as in `bot.cli`
    from bot.sandbox.demo import play  # noqa: PLC0415

    found = bank.find(question)
    if found is None:
        give_up(f"There is no question {question!r}: the ids are {bank.questions[0].id} to {bank.questions[-1].id}.")
    try:
        play(bank.only(found), port=port, open_browser=open_browser)
    except (SandboxError, StoreError) as error:
        give_up(str(error))
