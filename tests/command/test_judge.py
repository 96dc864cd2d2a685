"""`interview-coach judge`, as other programs and people use it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import cli

PROMPT = "cosine-over-dot-product"
RIGHT = "it ignores how long the vectors are"


def run(*arguments: str, lines: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["judge", *arguments], input=lines)


def ruled(*rows: object) -> tuple[int, list[dict[str, Any]]]:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    result = run("--jsonl", lines=text)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def test_every_line_gets_a_line_in_order_with_all_keys() -> None:
    """A program sends lines and gets as many back, in order, each with every key of the contract."""
    answers = [RIGHT, "it is cheaper to compute", ""]
    code, lines = ruled(*({"id": n, "prompt": PROMPT, "answer": answer} for n, answer in enumerate(answers)))
    assert code == 0
    assert [line["id"] for line in lines] == [0, 1, 2]
    assert [line["accepted"] for line in lines] == [True, False, False]
    for line in lines:
        assert set(line) == {"id", "accepted", "points", "items", "rejected"}
        assert line["points"] == len(line["items"])
        assert all(set(item) == {"id", "evidence"} for item in line["items"])
        assert all(set(one) == {"evidence", "why"} for one in line["rejected"])
    assert lines[0]["items"][0]["evidence"] in RIGHT
    assert lines[1]["rejected"][0]["why"].startswith("Cosine costs more")


@pytest.mark.parametrize(
    ("bad", "line_id"),
    [
        ("not json", None),
        ('{"prompt": "x", "answer": "x"}', None),
        ('{"id": 5, "prompt": "no-such-prompt", "answer": "x"}', 5),
        ('{"id": "c", "prompt": "x", "answer": null}', "c"),
    ],
)
def test_a_bad_line_gets_an_error_and_the_others_their_ruling(bad: str, line_id: object) -> None:
    """One broken line costs nobody else the answer, and the exit code tells."""
    code, lines = ruled(bad, {"id": 9, "prompt": PROMPT, "answer": RIGHT})
    assert code == 1
    assert lines[0]["id"] == line_id
    assert lines[0]["error"].endswith(".")
    assert lines[1]["accepted"]


def test_a_person_reads_what_counted_and_why() -> None:
    """At the terminal there are words, not keys."""
    said = run(PROMPT, RIGHT).stdout
    assert "Accepted: 1 of 1." in said
    assert "The dot product is cosine times both lengths" in said


@pytest.mark.parametrize("arguments", [(), (PROMPT,), ("no-such-prompt", "x"), ("--jsonl", PROMPT)])
def test_what_cannot_be_judged_is_one_sentence(arguments: tuple[str, ...]) -> None:
    """A slip in the command is told, and exits with 2."""
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stderr.strip().endswith(".")
