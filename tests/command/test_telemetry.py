"""What operators can see."""

import json
import logging
from datetime import UTC, datetime, timedelta

from bot.telemetry import STALE, JsonLines, is_alive, write_pulse

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def line(message, **extra):
    record = logging.LogRecord("bot", logging.INFO, "file", 1, message, (), extra.get("exc_info"))
    return JsonLines().format(record)


def test_a_log_line_is_json_with_its_time_and_level():
    """Machines read it."""
    facts = json.loads(line("posted"))

    assert facts["event"] == "posted"
    assert facts["level"] == "info"
    assert datetime.fromisoformat(facts["ts"]).tzinfo is not None


def test_tokens_never_reach_the_log():
    """Neither the bot's nor an interaction's."""
    token = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GAbCdE.abcdefghijklmnopqrstuvwxyz0123456789AB"
    text = line(f"GET /webhooks/1/aW50ZXJhY3Rpb246MTIzNDU2 with {token}")

    assert token not in text
    assert "aW50ZXJhY3Rpb246" not in text
    assert text.count("[redacted]") == 2


def test_a_pulse_is_fresh_for_a_minute(tmp_path):
    """After that the bot counts as hanging, whether or not Discord is reachable."""
    file = tmp_path / "coach.db.health"
    write_pulse(file, NOW, ready=False)

    assert is_alive(file, NOW + STALE - timedelta(seconds=1))
    assert not is_alive(file, NOW + STALE)


def test_a_broken_pulse_is_no_pulse(tmp_path):
    """Half a file, or none, means not alive."""
    file = tmp_path / "coach.db.health"
    file.write_text('{"at": "2026', encoding="utf-8")

    assert not is_alive(file, NOW)
    assert not is_alive(tmp_path / "none", NOW)
