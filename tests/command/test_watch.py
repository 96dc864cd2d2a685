"""`interview-coach content watch` and `preview`, in processes of their own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bank.example_content import GOOD, SECOND_FILE, write


@contextmanager
def running(*arguments: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-u", "-m", "bot", "content", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def line_with(process: "subprocess.Popen[str]", words: str) -> str:
    """The next line that holds these words; whatever comes before it is passed over."""
    assert process.stdout is not None
    return next(line for line in process.stdout if words in line)


def test_an_author_hears_of_a_slip_at_the_next_save_and_of_its_repair(tmp_path: Path) -> None:
    """Lint runs again whenever a file is saved."""
    content = write(tmp_path / "content", GOOD)
    with running("watch", "--content", str(content)) as process:
        assert "no problems" in line_with(process, "no problems")
        write(content, {SECOND_FILE: GOOD[SECOND_FILE].replace("difficulty: 2", "difficulty: 9")})
        assert "`difficulty` is too large" in line_with(process, "difficulty")
        write(content, {SECOND_FILE: GOOD[SECOND_FILE]})
        assert "no problems" in line_with(process, "no problems")


def test_a_question_can_be_previewed_alone(tmp_path: Path) -> None:
    """The sandbox page opens with that question."""
    content = write(tmp_path / "content", GOOD)
    with running("preview", "Q2", "--port", "0", "--no-browser", "--content", str(content)) as process:
        assert "http://127.0.0.1:" in line_with(process, "http://")


def test_a_question_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    """An author reads which ids there are."""
    content = write(tmp_path / "content", GOOD)
    with running("preview", "Q77", "--content", str(content)) as process:
        assert "the ids are Q1 to Q2." in line_with(process, "Q77")
