"""`content explain` and `content evaluate`, as an author uses them."""

import pytest
from typer.testing import CliRunner, Result

from bot.bank import default_folder, load
from bot.cli import cli
from bot.domain.bank import Bank


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["content", *arguments], env={"COLUMNS": "160"})


def test_an_author_sees_clause_by_clause_why_a_point_fired() -> None:
    """The clauses, the sets behind the words, each point's verdict and the pattern that decided it are shown."""
    result = run("explain", "Q1", "Cosine ignores the length of the vectors, but the dot product does not ignore it.")
    assert result.exit_code == 0
    assert "Cosine ignores the length of the vectors" in result.stdout
    assert "cosine-is-normalised-dot: shown" in result.stdout
    assert "met: " in result.stdout
    assert "under a negation" in result.stdout
    assert "Score " in result.stdout


def test_an_author_is_told_why_a_text_is_not_judged() -> None:
    """A text that is no answer gets its reason instead of a score."""
    assert "Not judged: too_short." in run("explain", "Q1", "cosine it is").stdout


@pytest.mark.parametrize("command", [("explain", "Q9999", "text"), ("evaluate", "Q9999")])
def test_an_unknown_question_is_said_to_be_unknown(command: tuple[str, ...]) -> None:
    """A slip in the question's name ends with 2 and a sentence."""
    result = run(*command)
    assert result.exit_code == 2
    assert "Q9999" in result.stderr


def test_an_author_sees_agreement_seen_and_held_out_apart() -> None:
    """The figures stand side by side, for all questions and for each."""
    result = run("evaluate", "Q1", "Q2")
    assert result.exit_code == 0
    for words in ("seen", "held out", "agreement on scored points", "kappa", "coverage", "red-flag recall", "Q1", "Q2"):
        assert words in result.stdout
    assert "Q3" not in result.stdout


def test_held_out_answers_are_never_listed() -> None:
    """Listing what was judged otherwise shows seen samples only, so that held-out ones stay unread."""
    bank = load(default_folder())
    assert isinstance(bank, Bank)
    listed = run("evaluate", "--failures").stdout
    held = {f"{q} {sample.id}:" for q, s in bank.samples.items() for sample in s.samples if sample.heldout}
    assert held
    assert not [name for name in held if name in listed]
