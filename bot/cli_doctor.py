"""`interview-coach doctor`: what an operator wants to know before, or instead of, asking why nothing is posted."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from enum import StrEnum
from importlib.metadata import version
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import aiohttp
import discord
from rich.console import Console
from rich.markup import escape

from bot import telemetry
from bot.bank import Problems, default_folder, load
from bot.config import Settings
from bot.domain.schedules import zone_names
from bot.store.errors import StoreError
from bot.store.examining import examine, is_safe
from bot.ui.client import holds_message_content

CLOCK_TOLERANCE = timedelta(seconds=5)
_PATIENCE = 10.0


class Verdict(StrEnum):
    """How a finding is told; in words, since colours can't be heard."""

    GOOD = "good"
    NOTE = "note"
    BAD = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    verdict: Verdict
    about: str
    says: str


def check_up(settings: Settings, print_: Callable[[Finding], None]) -> bool:
    """Looks at everything, telling each finding as it is made; whether nothing was a problem."""
    well = True
    for finding in _findings(settings):
        print_(finding)
        well &= finding.verdict is not Verdict.BAD
    return well


def printer(console: Console) -> Callable[[Finding], None]:
    """Prints findings a line each, the verdict first."""
    styles = {Verdict.GOOD: "green", Verdict.NOTE: "yellow", Verdict.BAD: "bold red"}

    def print_(finding: Finding) -> None:
        style = styles[finding.verdict]
        said = escape(f"{finding.about}: {finding.says}.")
        console.print(f"[{style}]{finding.verdict:<8}[/{style}] {said}", highlight=False, soft_wrap=True)

    return print_


def _findings(settings: Settings) -> Iterator[Finding]:
    yield _database(settings)
    yield _sqlite()
    yield _content(settings)
    yield _zones()
    yield _pulse(settings)
    yield from asyncio.run(_discord(settings))


def _database(settings: Settings) -> Finding:
    try:
        return Finding(Verdict.GOOD, "database", examine(settings.database))
    except StoreError as error:
        return Finding(Verdict.BAD, "database", str(error).rstrip("."))


def _sqlite() -> Finding:
    if is_safe(sqlite3.sqlite_version_info):
        return Finding(Verdict.GOOD, "SQLite", sqlite3.sqlite_version)
    says = (
        f"{sqlite3.sqlite_version} has the WAL-reset bug; the bot itself is not exposed, but let no other program "
        "write to its database"
    )
    return Finding(Verdict.NOTE, "SQLite", says)


def _content(settings: Settings) -> Finding:
    folder = settings.coach_content or default_folder()
    loaded = load(folder)
    if isinstance(loaded, Problems):
        says = f"{len(loaded)} problem(s) in {folder}; `interview-coach content lint` lists them"
        return Finding(Verdict.BAD, "content", says)
    return Finding(Verdict.GOOD, "content", f"{len(loaded.questions)} questions in {folder}")


def _zones() -> Finding:
    broken = [name for name in zone_names() if not _is_usable(name)]
    if broken:
        return Finding(Verdict.BAD, "time zones", f"{len(broken)} can't be loaded, such as {broken[0]}")
    return Finding(Verdict.GOOD, "time zones", f"{len(zone_names())} of them, tzdata {version('tzdata')}")


def _is_usable(name: str) -> bool:
    try:
        return datetime.now(ZoneInfo(name)).tzinfo is not None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def _pulse(settings: Settings) -> Finding:
    if telemetry.is_alive(settings.health_file, datetime.now(UTC)):
        return Finding(Verdict.GOOD, "bot", "it is running on this database")
    return Finding(Verdict.NOTE, "bot", "none is running on this database")


async def _discord(settings: Settings) -> list[Finding]:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    findings = [await _clock()]
    if not token:
        return [*findings, Finding(Verdict.BAD, "token", "DISCORD_TOKEN is not set; `run` needs it")]
    try:
        async with asyncio.timeout(_PATIENCE), discord.Client(intents=discord.Intents(guilds=True)) as client:
            await client.login(token)
            reads = holds_message_content(client.application_flags)
            says = f"it is {client.user}'s, and may {'' if reads else 'not '}read messages (either is fine)"
            findings.append(Finding(Verdict.GOOD, "token", says))
    except discord.LoginFailure:
        findings.append(Finding(Verdict.BAD, "token", "Discord does not accept it"))
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        findings.append(Finding(Verdict.NOTE, "token", f"not checked, Discord can't be reached ({error})"))
    return findings


async def _clock() -> Finding:
    """Compares our clock with the time that Discord puts on its replies."""
    address = f"{discord.http.Route.BASE}/gateway"
    try:
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(address) as reply:
            theirs = parsedate_to_datetime(reply.headers["Date"])
    except (aiohttp.ClientError, OSError, KeyError, ValueError) as error:
        return Finding(Verdict.NOTE, "clock", f"not compared, Discord can't be reached ({type(error).__name__})")
    off = abs(datetime.now(UTC) - theirs)
    if off > CLOCK_TOLERANCE:
        says = f"{off.total_seconds():.0f} seconds off Discord's; posts would be as early or late as that"
        return Finding(Verdict.BAD, "clock", says)
    return Finding(Verdict.GOOD, "clock", "the same as Discord's, to a few seconds")
