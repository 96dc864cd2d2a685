"""`interview-coach run`, when something is in its way: one sentence and a non-zero exit."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

TOKEN = "not.a.token"


@pytest.fixture
def coach(tmp_path):
    """Runs `interview-coach` in an empty folder with the given settings; the exit code and what it says."""

    def run(*arguments, **settings):
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("DISCORD_", "COACH_"))}
        result = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=tmp_path,
            env={**inherited, "PYTHONPATH": str(Path(__file__).parents[2]), **settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert "Traceback" not in result.stderr
        return result.returncode, (result.stderr + result.stdout).strip()

    return run


def test_without_a_token_it_says_where_to_put_one(coach):
    """And that the sandbox needs none."""
    code, said = coach("run")

    assert code == 1
    assert "DISCORD_TOKEN" in said
    assert len(said.splitlines()) == 1


def test_an_unknown_setting_is_named(coach):
    """A wrong level of logging is one sentence, not a stack of validators."""
    code, said = coach("run", DISCORD_TOKEN=TOKEN, COACH_LOG_LEVEL="loud")

    assert code == 1
    assert "COACH_LOG_LEVEL" in said


def test_a_database_of_another_kind_is_refused(coach):
    """Only SQLite, so far."""
    code, said = coach("run", DISCORD_TOKEN=TOKEN, COACH_DATABASE="mysql://host/coach")

    assert code == 1
    assert "mysql" in said


def test_broken_content_is_listed_with_places(coach, tmp_path):
    """An operator sees which file, line and column to mend."""
    folder = tmp_path / "mine" / "packs" / "own"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("slug: own\nnmae: My own\n", encoding="utf-8")
    code, said = coach("run", DISCORD_TOKEN=TOKEN, COACH_CONTENT=str(tmp_path / "mine"))

    assert code == 1
    assert "pack.yaml:2:1:" in said
    assert "problem(s)" in said.splitlines()[-1]


def test_a_newer_database_is_left_alone(coach, tmp_path):
    """An older bot does not touch what a newer one has written."""
    coach("run", DISCORD_TOKEN=TOKEN, COACH_DATABASE="coach.db")
    db = sqlite3.connect(tmp_path / "coach.db")
    db.execute("PRAGMA user_version = 999")
    db.close()
    code, said = coach("run", DISCORD_TOKEN=TOKEN, COACH_DATABASE="coach.db")

    assert code == 1
    assert "newer" in said.splitlines()[-1]


def test_a_file_that_is_no_database_is_left_alone(coach, tmp_path):
    """It might be somebody's thesis."""
    (tmp_path / "thesis.txt").write_text("It was a dark and stormy night. " * 100, encoding="utf-8")
    code, said = coach("run", DISCORD_TOKEN=TOKEN, COACH_DATABASE="thesis.txt")

    assert code == 1
    assert "thesis.txt" in said.splitlines()[-1]
    assert (tmp_path / "thesis.txt").read_text(encoding="utf-8").startswith("It was a dark")


def test_health_is_bad_where_no_bot_runs(coach):
    """A container whose bot hangs is found out."""
    code, said = coach("health")

    assert code == 1
    assert "sign of life" in said


def test_the_doctor_looks_at_everything_and_names_what_is_wrong(coach, tmp_path):
    """Without a token nothing can run; the rest is told all the same, a line each."""
    (tmp_path / "thesis.txt").write_text("It was a dark and stormy night. " * 100, encoding="utf-8")
    code, said = coach("doctor", COACH_DATABASE="thesis.txt")
    verdicts = {line.split()[1].rstrip(":"): line.split()[0] for line in said.splitlines()}

    assert code == 1
    assert verdicts["database"] == "problem"
    assert verdicts["token"] == "problem"
    assert verdicts["content"] == "good"
    assert {"SQLite", "time", "clock", "bot"} <= verdicts.keys()
