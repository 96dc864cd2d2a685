"""`interview-coach content`: what an author does at a terminal. Only options, words and exit codes are here.

Exit codes: 0 all is well, 1 the content has problems, 2 the command itself could not be carried out.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.bank import Clean, Problems, default_folder, lint
from bot.bank.drafting import Draft, Refused, draft_company, draft_guide, draft_prompt, draft_question, write
from bot.bank.problems import quoted
from bot.bank.schema import stale_schema_files, write_schema_files
from bot.cli_bank import ContentFolder
from bot.domain.guides import GuideForm
from bot.domain.questions import PromptKind

app = typer.Typer(name="content", help="Write and check questions.", no_args_is_help=True)
new_app = typer.Typer(help="Start a file from a template.", no_args_is_help=True)
app.add_typer(new_app, name="new")

_ENVVAR = "COACH_CONTENT"


@app.command("lint")
def lint_command(
    path: Annotated[
        Path | None,
        typer.Argument(envvar=_ENVVAR, help="A file or a folder; without it, the whole content."),
    ] = None,
) -> None:
    """Check content and print every problem as file:line:column: sentence [rule]."""
    with _plain_errors():
        asked = _existing(path)
        outcome = lint(asked, seen_from=Path.cwd())
        if isinstance(outcome, Problems):
            for problem in outcome:
                _say(f"{problem} [{problem.rule}]")
            files = len({problem.place.file for problem in outcome})
            _say(f"{_several(len(outcome), 'problem')} in {_several(files, 'file')}.", error=True)
            raise typer.Exit(1)
        _say(_praise(outcome))


@app.command("schema")
def schema_command(
    *,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; exit with 1 if a file is stale.")] = False,
    content: ContentFolder = None,
) -> None:
    """Write the JSON Schemas that editors use to complete and check keys."""
    with _plain_errors():
        folder = _existing(content)
        stale = stale_schema_files(folder) if check else write_schema_files(folder)
        for file in stale:
            what = "is out of date: run `interview-coach content schema`" if check else "is written"
            _say(f"{_from_here(file)} {what}.")
        if not stale:
            _say("The schemas are up to date.")
        if check and stale:
            raise typer.Exit(1)


@new_app.command("question")
def new_question_command(
    title: Annotated[str, typer.Argument(help="The question's title, in a few words.")],
    cluster: Annotated[str, typer.Option(help="The cluster's slug, as in the pack's pack.yaml.")],
    pack: Annotated[str, typer.Option(help="The pack's folder.")] = "ml-fundamentals",
    slug: Annotated[str | None, typer.Option(help="The file's name, if the title makes no good one.")] = None,
    content: ContentFolder = None,
) -> None:
    """Write a question's template to the right file, with the next free id."""
    with _plain_errors():
        _start(draft_question(_existing(content), title=title, cluster=cluster, pack=pack, slug=slug))


@new_app.command("prompt")
def new_prompt_command(
    question: Annotated[str, typer.Argument(help="The question that it belongs to, by id or slug.")],
    prompt: Annotated[str, typer.Argument(help="The prompt's own id, such as label-leakage-signs.")],
    kind: Annotated[PromptKind, typer.Option(help="What kind of answer it asks for.")] = PromptKind.NAME,
    content: ContentFolder = None,
) -> None:
    """Put a rapid-fire prompt's template at the end of its question's prompts."""
    with _plain_errors():
        _start(draft_prompt(_existing(content), question=question, slug=prompt, kind=kind))


@new_app.command("company")
def new_company_command(
    name: Annotated[str, typer.Argument(help="The emphasis' name, as members see it.")],
    slug: Annotated[str | None, typer.Option(help="The file's name, if the name makes no good one.")] = None,
    content: ContentFolder = None,
) -> None:
    """Write a company emphasis' template to the right file."""
    with _plain_errors():
        _start(draft_company(_existing(content), name=name, slug=slug))


@new_app.command("guide")
def new_guide_command(
    title: Annotated[str, typer.Argument(help="The guide's title, in a few words.")],
    form: Annotated[GuideForm, typer.Option(help="How it is laid out.")] = GuideForm.STEPS,
    slug: Annotated[str | None, typer.Option(help="The file's name, if the title makes no good one.")] = None,
    content: ContentFolder = None,
) -> None:
    """Write a guide's template to the right file."""
    with _plain_errors():
        _start(draft_guide(_existing(content), title=title, form=form, slug=slug))


def _start(draft: Draft | Refused) -> None:
    if isinstance(draft, Refused):
        _fail(draft.sentence)
    shown = _from_here(draft.file)
    try:
        write(draft)
    except FileExistsError:
        _fail(f"{shown} exists already: edit it, or choose another --slug.")
    said = "has a new prompt at its end" if draft.appends else "is written"
    _say(f"{shown} {said}: replace every TODO, then run `interview-coach content lint {shown}`.")


def _praise(clean: Clean) -> str:
    if not clean.elsewhere:
        return f"{clean.summary}."
    return f"{clean.summary} ({_several(clean.elsewhere, 'problem')} elsewhere: lint the whole folder)."


def _existing(path: Path | None) -> Path:
    found = default_folder() if path is None else path
    if not os.path.exists(found):  # noqa: PTH110 - `Path.exists` raises for a path that is too long
        _fail(f"There is no file or folder {quoted(found, 200)}: check the path.")
    return found


def _from_here(file: Path) -> Path:
    whole = file.absolute()
    return whole.relative_to(Path.cwd()) if whole.is_relative_to(Path.cwd()) else whole


def _several(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _say(text: str, *, error: bool = False) -> None:
    stream = sys.stderr if error else sys.stdout
    encoding = stream.encoding or "utf-8"
    typer.echo(text.encode(encoding, "backslashreplace").decode(encoding), err=error)


def _fail(sentence: str) -> NoReturn:
    _say(sentence, error=True)
    raise typer.Exit(2)


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Turn what the operating system refuses into one sentence."""
    try:
        yield
    except OSError as error:
        where = quoted(error.filename, 200) if error.filename else "A file"
        _fail(f"{where} cannot be used ({error.strerror}): check its name and permissions.")
