"""What operators see: log lines as JSON, without secrets, and the pulse by which a container is judged healthy.

A leaf: it imports nothing of ours.
"""

import json
import logging
import re
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

STALE = timedelta(seconds=60)
"""A pulse older than this means that the bot hangs."""

# A bot token, and the token of an interaction as it stands in a request's path.
_SECRET = re.compile(r"[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}|aW50ZXJhY3Rpb246[\w-]+")


class JsonLines(logging.Formatter):
    """One JSON object a line; anything that looks like a token is struck out."""

    def format(self, record: logging.LogRecord) -> str:
        facts = {
            "ts": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if record.exc_info:
            facts["exception"] = self.formatException(record.exc_info)
        return _SECRET.sub("[redacted]", json.dumps(facts, ensure_ascii=False))


def set_up_logging(level: str) -> None:
    """Sends log lines of `level` and above to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # At DEBUG these print the bodies of requests, which hold members' answers.
    for name in ("discord.http", "discord.gateway", "discord.webhook", "aiosqlite"):
        logging.getLogger(name).setLevel(max(logging.INFO, logging.getLogger().level))


def write_pulse(file: Path, now: datetime, *, ready: bool) -> None:
    """Leaves word that the bot is alive, and whether it is connected to Discord."""
    text = json.dumps({"at": now.isoformat(), "ready": ready})
    fresh = file.with_name(file.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(file)  # a reader never sees half a file


def is_alive(file: Path, now: datetime) -> bool:
    """Whether the bot left a pulse lately. Being cut off from Discord is no reason to restart it."""
    try:
        pulse = json.loads(file.read_text(encoding="utf-8"))
        return now - datetime.fromisoformat(pulse["at"]) < STALE
    except (OSError, ValueError, KeyError, TypeError):
        return False
