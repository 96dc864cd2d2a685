"""`interview-coach grade`, as other programs and people use it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.bank import default_folder, load
from bot.cli import cli
from bot.domain.answers import Answer
from bot.domain.answers import Path as Path_
from bot.domain.bank import Bank
from bot.domain.rapidfire import COUNTDOWN, GRACE, Drawn, TimePassed
from bot.services.rapidfire_ports import AppealState, AttemptId
from bot.store.sqlite import SqliteStore
from bot.store.sqlite_rounds import SqliteRounds
from tests.store import arena
from tests.store.scene import ANN, BEN, NINE

KEYS = {"id", "question", "score", "band", "stages", "points", "red_flags", "unscored"}
RIGHT = "Cosine compares the direction of two vectors and ignores their length, unlike the dot product."


def run(*arguments: str, lines: str | bytes = "") -> Result:
    return CliRunner().invoke(cli, ["grade", *arguments], input=lines)


def graded(*rows: object, options: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
    text = "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)
    result = run("--jsonl", *options, lines=text)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def row(number: int, answer: str, question: str = "Q1") -> dict[str, Any]:
    return {"id": number, "question": question, "answer": answer}


@pytest.fixture(scope="module")
def bank() -> Bank:
    loaded = load(default_folder())
    assert isinstance(loaded, Bank)
    return loaded


def test_every_line_gets_a_line_in_order_with_all_keys(bank: Bank) -> None:
    """A program sends lines and gets as many back, in order, each with every key of the contract."""
    code, lines = graded(*(row(n, RIGHT, q) for n, q in enumerate(["Q1", bank.questions[1].slug, "q1"])))
    assert code == 0
    assert [line["id"] for line in lines] == [0, 1, 2]
    assert [line["question"] for line in lines] == ["Q1", bank.questions[1].slug, "q1"]
    for line, question in zip(lines, (bank.questions[0], bank.questions[1], bank.questions[0]), strict=True):
        assert set(line) == KEYS
        assert set(line["stages"]) == {"definition", "mechanism", "tradeoff", "production"}
        assert [point["id"] for point in line["points"]] == [point.id for point in question.rubric]
        for point in line["points"]:
            assert set(point) == {"id", "verdict", "evidence"}
            assert point["verdict"] in {"shown", "contradicted", "not_shown", "unscored"}
        for flag in line["red_flags"]:
            assert set(flag) == {"id", "says", "evidence"}


def test_an_answer_that_is_not_judged_has_a_reason_and_no_score() -> None:
    """Empty text is no wrong answer: it has a reason, and neither score nor band."""
    code, [line] = graded(row(7, ""))
    assert code == 0
    assert (line["unscored"], line["score"], line["band"]) == ("empty", None, None)
    assert not any(line["stages"].values())


def test_a_scored_answer_has_a_score_a_band_and_the_members_words() -> None:
    """A right answer gets a score within bounds, and each point shown comes with the words that showed it."""
    code, [line] = graded(row(1, RIGHT))
    assert code == 0
    assert line["unscored"] is None
    assert 0 < line["score"] <= 1
    shown = [point for point in line["points"] if point["verdict"] == "shown"]
    assert shown
    assert all(point["evidence"] in RIGHT for point in shown)


@pytest.mark.parametrize(
    ("bad", "line_id"),
    [
        ("not json", None),
        ("[1, 2]", None),
        ("[" * 100_000, None),
        ('{"question": "Q1", "answer": "x"}', None),
        ('{"id": 5, "question": "Q9999", "answer": "x"}', 5),
        ('{"id": "a", "question": "Q1"}', "a"),
        ('{"id": "b", "question": 1, "answer": "x"}', "b"),
        ('{"id": "c", "question": "Q1", "answer": null}', "c"),
    ],
)
def test_a_bad_line_gets_an_error_and_the_rest_go_on(bad: str, line_id: object) -> None:
    """One bad line costs nothing but itself, and the command says at the end that there was one."""
    code, lines = graded(row(1, RIGHT), bad, row(2, RIGHT))
    assert code == 1
    assert [line["id"] for line in lines] == [1, line_id, 2]
    assert set(lines[1]) == {"id", "error"}
    assert lines[0]["score"] == lines[2]["score"]


def test_bytes_that_are_no_text_are_a_bad_line() -> None:
    """A line in another encoding is a bad line, not a crash."""
    result = run("--jsonl", lines=b'\xff\xfe\n{"id": 1, "question": "Q1", "answer": ""}\n')
    assert result.exit_code == 1
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == [None, 1]


def test_no_lines_are_no_results() -> None:
    """Nothing in, nothing out, and all is well."""
    assert graded() == (0, [])


def test_a_company_weighs_the_stages_its_own_way(bank: Bank) -> None:
    """The same answer is judged under every emphasis, by name or slug; the points stay the same."""
    scores = {}
    for company in bank.companies:
        code, [line] = graded(row(1, RIGHT), options=("--company", company.name))
        assert code == 0
        scores[company.slug] = line["score"]
        assert graded(row(1, RIGHT), options=("--company", company.slug))[1] == [line]
    assert len(set(scores.values())) > 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--jsonl", "--company", "initech"), "There is no company 'initech'"),
        (("--jsonl", "Q1"), "leave the arguments out"),
        (("Q1",), "Name a question and an answer"),
        ((), "Name a question and an answer"),
        (("Q9999", "some answer of mine"), "There is no question 'Q9999'"),
        (("--jsonl", "--content", "nowhere"), "problem"),
    ],
)
def test_what_cannot_be_carried_out_is_said_in_a_sentence(
    arguments: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong call ends with 2 and says what to do."""
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr


def test_a_person_reads_what_landed_and_what_to_add() -> None:
    """Without --jsonl the feedback is for reading: the member's words, and hints for what is missing."""
    result = run("Q1", RIGHT)
    assert result.exit_code == 0
    assert "ignores their length" in result.stdout
    assert "{" not in result.stdout


async def test_an_author_sees_what_members_say_was_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A claimed point is listed with the answer that was meant to make it, and without a name."""
    database = tmp_path / "coach.db"
    monkeypatch.setenv("COACH_DATABASE", str(database))
    assert CliRunner().invoke(cli, ["claims"]).stdout == "Nobody has claimed a point yet.\n"
    store = SqliteStore(database)
    await store.open()
    at = datetime(2026, 1, 1, tzinfo=UTC)
    answer = Answer("i:1", 1, 777, "Q1", None, 0, "It is all in the way they point.", Path_.MODAL, at)
    await store.record_answer(answer, None)
    await store.record_claims("i:1", ["cosine-is-normalised-dot"], at)
    shown = CliRunner().invoke(cli, ["claims", "Q1"]).stdout
    await store.close()
    assert "Q1: cosine-is-normalised-dot (1 member)" in shown
    assert "It is all in the way they point." in shown
    assert "777" not in shown
    assert CliRunner().invoke(cli, ["claims", "Q2"]).stdout == "Nobody has claimed a point yet.\n"


async def test_an_author_sees_rapid_fire_answers_that_moderators_let_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upheld appeal is listed with its prompt and the words, without a name; an open one is not."""
    database = tmp_path / "coach.db"
    monkeypatch.setenv("COACH_DATABASE", str(database))
    store = SqliteStore(database)
    await store.open()
    rounds = SqliteRounds(store)
    await arena.open_lobby(rounds)
    lobby = await rounds.round(arena.ROUND)
    drawn = (Drawn("cosine-over-dot-product", 1, 20), Drawn("label-leakage-signs", 2, 20))
    begun = await rounds.begin_round(lobby, lambda _: drawn, NINE)
    asking = await rounds.advance_round(begun, TimePassed(), NINE + COUNTDOWN)
    for who, text in ((ANN, "only where the arrow points"), (BEN, "no idea")):
        told = arena.given(who, asking.since, accepted=False, points=0, text=text)
        await rounds.record_attempt(arena.ROUND, 1, told)
    await rounds.advance_round(asking, TimePassed(), asking.until + GRACE)
    for who in (ANN, BEN):
        await rounds.put_appeal(AttemptId(arena.ROUND, 1, who), None, NINE)
    await rounds.decide_appeal(AttemptId(arena.ROUND, 1, ANN), 42, AppealState.UPHELD, NINE)

    shown = CliRunner().invoke(cli, ["claims", "Q1"]).stdout
    others = CliRunner().invoke(cli, ["claims", "Q2"]).stdout
    await store.close()

    assert shown == "cosine-over-dot-product: counted by a moderator\n    only where the arrow points\n"
    assert others == "Nobody has claimed a point yet.\n"
