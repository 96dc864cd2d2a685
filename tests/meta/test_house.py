"""What people forget: sizes, documentation, and the habits of this house."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from discord import app_commands

from bot.app import App
from bot.bank import default_folder, load
from bot.config import Settings

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST_FILE, LONGEST_FUNCTION = 400, 60


def functions(file):
    """Every function of a file, with its number of lines."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or 0) - node.lineno + 1


def test_no_file_is_too_long_to_be_read():
    """A file that grows past the budget wants to be two."""
    assert {f.name: n for f in SOURCES if (n := len(f.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE} == {}


def test_no_function_is_too_long_to_be_seen_at_once():
    """A function that does not fit on a screen does more than one thing."""
    long = {f"{f.name}:{node.name}": n for f in SOURCES for node, n in functions(f) if n > LONGEST_FUNCTION}

    assert long == {}


def test_every_module_says_what_belongs_in_it():
    """In its first lines."""
    assert [f for f in SOURCES if not ast.get_docstring(ast.parse(f.read_text(encoding="utf-8")))] == []


def test_every_test_says_what_it_shows():
    """One sentence, as a member, admin, author or operator would tell it."""
    silent = [
        f"{f.name}:{node.name}"
        for f in TESTS
        for node, _ in functions(f)
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert silent == []


def test_nothing_is_mocked():
    """Fakes keep the promises of what they stand for; mocks keep none."""
    mocks = re.compile(r"^\s*(from unittest import mock|from unittest\.mock|import mock)", re.MULTILINE)

    assert [f for f in TESTS if mocks.search(f.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_is_in_the_readme(name):
    """By the name that it has in the environment."""
    assert f"`{name.upper()}`" in README


async def test_every_command_is_in_the_readme(tmp_path):
    """Groups by each of their commands."""
    client = App(load(default_folder()), tmp_path / "coach.db", shard_count=1).new_client()
    commands = chain.from_iterable(
        command.walk_commands() if isinstance(command, app_commands.Group) else [command]
        for command in client.tree.get_commands()
    )
    missing = []
    for command in commands:
        *_, last = command.qualified_name.split()
        if not re.search(rf"`(/[\w ]*)?{last}\b[^`]*`|`/{command.qualified_name}", README):
            missing.append(command.qualified_name)

    assert missing == []
