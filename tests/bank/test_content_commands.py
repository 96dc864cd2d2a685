"""The commands of an author, as they look at a terminal."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.cli_content import app
from tests.bank.example_content import (
    COMPANY_FILE,
    GOOD,
    ON_DISK,
    QUESTION,
    QUESTION_FILE,
    SECOND_FILE,
    edited,
    write,
)

RUNNER = CliRunner()
NEW = ["new", "question", "Why is it small?", "--cluster", "metrics", "--pack", "basics"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The author's working folder, with good content in it and no environment of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COACH_CONTENT", raising=False)
    write(tmp_path / "content", GOOD)
    return tmp_path


def run(*arguments, **environment):
    result = RUNNER.invoke(app, [str(argument) for argument in arguments], env=environment)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def test_good_content_gets_one_line(here):
    """When all is well, the author sees how much there is, and the shell sees success."""
    assert run("lint", "content") == (0, "2 questions, 1 pack, 1 company: no problems.\n", "")


def test_problems_are_listed_one_a_line(here):
    """Each problem can be clicked in a terminal; the count goes to standard error, out of the way of tools."""
    write(here / "content", {QUESTION_FILE: edited(QUESTION, "difficulty: 2", "difficulty: 9"), COMPANY_FILE: "x\n"})

    code, out, err = run("lint", "content")

    assert code == 1
    assert out.splitlines() == [
        "content/companies/startup.yaml:1:1: The file must be a group of keys: "
        "write `slug`, `name`, `listens_for`, `coaching`, `stages`, `clusters`, `follow_ups`, `depth`, `kinds`, `worth`, `time_percent`, each on its own line with a colon. [not-a-group]",
        f"content/{QUESTION_FILE}:5:13: `difficulty` is too large: write a number from 1 to 5. [out-of-range]",
    ]
    assert err == "2 problems in 2 files.\n"


def test_the_second_place_is_short_as_well(here):
    """Both files of a clash are named from where the author is."""
    write(here / "content", {SECOND_FILE: edited(GOOD[SECOND_FILE], "id: Q2", "id: Q1")})

    _, out, _ = run("lint", here / "content" / SECOND_FILE)

    assert out.splitlines(keepends=True)[-1] == (
        f"content/{SECOND_FILE}:1:5: The id `Q1` is already taken at content/{QUESTION_FILE}:1:5: "
        "take the next free number here. [duplicate-id]\n"
    )


def test_one_file_can_be_linted(here):
    """A good file among bad ones passes, with a word about the others."""
    write(here / "content", {COMPANY_FILE: "x\n"})

    assert run("lint", f"content/{SECOND_FILE}") == (
        0,
        "why-shuffle.yaml: no problems (1 problem elsewhere: lint the whole folder).\n",
        "",
    )


def test_the_environment_can_name_the_content(here):
    """An operator with content of their own need not repeat its path."""
    assert run("lint", COACH_CONTENT="content")[:2] == (0, "2 questions, 1 pack, 1 company: no problems.\n")


def test_without_a_path_the_shipped_content_is_linted(here):
    """A fresh checkout can be linted without knowing any path."""
    code, out, _ = run("lint")

    assert code == 0
    assert out.endswith(": no problems.\n")


@pytest.mark.parametrize("path", ["nowhere", "x" * 5000, "content/companies/startup.yaml/x"])
@pytest.mark.parametrize("command", [["lint"], ["schema", "--content"]])
def test_a_path_that_does_not_exist_is_one_sentence(here, command, path):
    """A mistyped path brings no traceback, and another exit code than a problem does."""
    code, out, err = run(*command, path)

    assert (code, out) == (2, "")
    assert err.startswith("There is no file or folder `")
    assert err.endswith("`: check the path.\n")


@pytest.mark.parametrize("name", ["notes.md", "image.png", "no-ending"])
def test_a_file_of_another_kind_is_not_praised(here, name):
    """Linting a picture does not say that it is good."""
    write(here, {name: b"\x89PNG\r\n"})

    assert run("lint", name)[0] == 1


def test_a_file_name_that_is_not_text_can_be_shown(here):
    """Even a name that no terminal can print does not stop the linter."""
    bad = os.fsdecode(b"content/companies/\xff\x1b[31m.yaml")
    (here / bad).write_text("slug: x\n", encoding="utf-8")

    code, out, _ = run("lint", "content")

    assert code == 1
    assert out.startswith("content/companies/??[31m.yaml:1:1: ")


def test_the_linter_speaks_on_a_terminal_without_unicode(here):
    """An old terminal shows an escape instead of stopping."""
    write(here / "content", {COMPANY_FILE: GOOD[COMPANY_FILE] + "größe: 3\n"})
    result = CliRunner(charset="ascii").invoke(app, ["lint", "content"])

    assert result.exit_code == 1
    assert "`gr\\xf6\\xdfe` is unknown" in result.stdout


def test_a_new_question_is_written_and_the_next_step_named(here):
    """The author learns which file to open and what to run then."""
    code, out, _ = run(*NEW, "--content", "content")
    file = "content/packs/basics/metrics/why-is-it-small.yaml"

    assert (code, out) == (
        0,
        f"{file} is written: replace every TODO, then run `interview-coach content lint {file}`.\n",
    )
    assert run("lint", file)[0] == 1


def test_a_new_question_never_overwrites(here):
    """The second attempt is refused and leaves the first file alone."""
    run(*NEW, "--content", "content")
    file = here / "content/packs/basics/metrics/why-is-it-small.yaml"
    file.write_text("id: Q77\n", encoding="utf-8")

    code, _, err = run(*NEW, COACH_CONTENT="content")

    assert code == 2
    assert "There is already a question `why-is-it-small` at " in err
    assert file.read_text(encoding="utf-8") == "id: Q77\n"


def test_a_file_in_the_place_of_a_folder_is_told(here):
    """If the folder cannot be made, one sentence says so."""
    (here / "content/packs/basics/empty").write_text("", encoding="utf-8")
    write(
        here / "content", {"packs/basics/pack.yaml": GOOD["packs/basics/pack.yaml"] + "  - slug: empty\n    name: E\n"}
    )

    code, _, err = run("new", "question", "Why?", "--cluster", "empty", "--pack", "basics", "--content", "content")

    assert code == 2
    assert err == "`content/packs/basics/empty` cannot be used (Not a directory): check its name and permissions.\n"


def test_schemas_are_written_and_checked(here):
    """A check changes nothing and fails until the schemas are written."""
    missing = run("schema", "--check", "--content", "content")
    written = run("schema", "--content", "content")
    fresh = run("schema", "--check", "--content", "content")

    assert missing[0] == 1
    assert missing[1].splitlines()[0] == (
        "content/schema/company.json is out of date: run `interview-coach content schema`."
    )
    assert written[0] == 0
    assert written[1].splitlines()[0] == "content/schema/company.json is written."
    assert fresh == (0, "The schemas are up to date.\n", "")


@ON_DISK
@given(source=st.one_of(st.binary(max_size=80), st.text(max_size=80).map(lambda text: text.encode("utf-8", "replace"))))
def test_no_file_brings_a_traceback(here, source):
    """Whatever an author saves, the linter ends with its own words and exit code."""
    write(here / "content", {SECOND_FILE: source})

    code, out, _ = run("lint", "content")

    assert code == 1
    assert f"content/{SECOND_FILE}:" in out
