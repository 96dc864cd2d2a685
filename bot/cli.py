"""The `interview-coach` command: reads settings, starts things, and turns every expected failure into a sentence.

What only the bot itself needs is imported where it is needed: an author's command would wait half a second for it.
"""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from rich.console import Console

from bot import telemetry
from bot.bank import Problems, default_folder, load
from bot.cli_content import app as content
from bot.cli_evidence import evaluate, explain
from bot.cli_grade import claims, grade
from bot.cli_judge import judge
from bot.cli_preview import preview, watch
from bot.cli_stats import stats
from bot.config import Settings
from bot.domain.bank import Bank
from bot.store.errors import StoreError

cli = typer.Typer(
    name="interview-coach",
    help="A Discord bot that turns a study server into a daily interview gym.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
content.command()(explain)
content.command()(evaluate)
content.command()(stats)
content.command()(preview)
content.command()(watch)
cli.add_typer(content, name="content")
cli.command()(grade)
cli.command()(judge)
cli.command()(claims)


def main() -> None:
    """The command's entry point."""
    cli()


@cli.command()
def run() -> None:
    """Run the bot. Set DISCORD_TOKEN, in the environment or in a `.env` file.

    Example: DISCORD_TOKEN=... COACH_DATABASE=coach.db interview-coach run
    """
    import aiohttp  # noqa: PLC0415
    import discord  # noqa: PLC0415

    from bot.app import App  # noqa: PLC0415
    from bot.serving import serve  # noqa: PLC0415

    settings = _settings()
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        _fail("No token: set DISCORD_TOKEN to the bot's token, or try `interview-coach sandbox`, which needs none.")
    bank = _bank(settings)
    telemetry.set_up_logging(settings.coach_log_level)
    try:
        _run(lambda: serve(App(bank, settings.database), settings, token))
    except StoreError as error:
        _fail(str(error))
    except discord.LoginFailure:
        _fail("Discord did not accept the token: copy it anew from the developer portal into DISCORD_TOKEN.")
    except (discord.HTTPException, discord.GatewayNotFound) as error:
        _fail(f"Discord refused to let the bot start ({error}); try again in a few minutes.")
    except (aiohttp.ClientError, OSError) as error:
        _fail(f"Discord could not be reached ({error}); check the network and start the bot again.")


@cli.command()
def sandbox(
    *,
    port: Annotated[int, typer.Option(help="The port of the page; 0 takes any that is free")] = 8765,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser, where there is one")] = True,
) -> None:
    """Try the bot in a simulated Discord, in your browser. No token, no network, nothing is kept.

    Example: interview-coach sandbox --port 8765
    """
    from bot.sandbox import SandboxError  # noqa: PLC0415
    from bot.sandbox.demo import play  # noqa: PLC0415

    bank = _bank(_settings())
    try:
        play(bank, port=port, open_browser=browser)
    except (SandboxError, StoreError) as error:
        _fail(str(error))


@cli.command()
def health() -> None:
    """Exit 0 if the bot that uses this database is alive, 1 if it hangs or is not running."""
    if not telemetry.is_alive(_settings().health_file, datetime.now(UTC)):
        _fail("The bot has not given a sign of life in the last minute.")
    typer.echo("alive")


@cli.command()
def doctor() -> None:
    """Check the installation: database, content, SQLite, clock, time zones, token.

    Example: COACH_DATABASE=coach.db interview-coach doctor
    """
    from bot.cli_doctor import check_up, printer  # noqa: PLC0415

    if not check_up(_settings(), printer(Console())):
        raise typer.Exit(1)


def _run(work: Callable[[], Coroutine[Any, Any, None]]) -> None:
    loop_factory = None
    if sys.platform != "win32":
        import uvloop  # noqa: PLC0415 - not to be had on Windows

        loop_factory = uvloop.new_event_loop
    with asyncio.Runner(loop_factory=loop_factory) as runner:
        runner.run(work())


def _settings() -> Settings:
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        _fail(f"These settings can't be used: {problems}.")


def _bank(settings: Settings) -> Bank:
    folder = settings.coach_content or default_folder()
    loaded = load(folder)
    if isinstance(loaded, Problems):
        typer.echo(str(loaded), err=True)
        _fail(f"The question bank in {folder} has {len(loaded)} problem(s), listed above; mend them first.")
    return loaded


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
