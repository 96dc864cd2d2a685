"""The content that the bot is shipped with: it lints clean, and every program prints what its card says."""

import math
import re
import subprocess
import sys

import pint
import pytest

from bot.bank import Clean, Problems, default_folder, lint, load
from bot.domain.questions import Check
from tests.support.figures import bears_out

OUTCOME = load(default_folder())
QUESTIONS = () if isinstance(OUTCOME, Problems) else OUTCOME.questions
SECONDS = 60  # a program that needs more is broken; good ones need one or two
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def same_output(shown, printed, tolerance=1e-6):
    """Whether two outputs agree: numbers up to the relative tolerance, everything else exactly."""
    numbers = zip(NUMBER.findall(shown), NUMBER.findall(printed), strict=False)
    return NUMBER.split(shown.strip()) == NUMBER.split(printed.strip()) and all(
        math.isclose(float(one), float(other), rel_tol=tolerance) for one, other in numbers
    )


def test_the_shipped_content_is_clean():
    """What a member is asked has passed every rule that an author is held to."""
    outcome = lint(default_folder(), seen_from=default_folder())

    assert isinstance(outcome, Clean), str(outcome)


def test_there_is_something_to_ask():
    """A bot without questions is not shipped."""
    assert QUESTIONS


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_program_prints_what_its_card_says(question, tmp_path):
    """Whoever copies the program from the card sees the card's numbers."""
    command = [sys.executable, "-I", "-X", "utf8", "-W", "error", "-c", question.code.source]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False)

    assert done.stderr == ""
    assert done.returncode == 0
    assert same_output(question.code.output, done.stdout), f"it printed:\n{done.stdout}"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_every_figure_on_a_card_can_be_worked_out(question):
    """A number that a member reads was computed, with its units, and not remembered."""
    wrong = [
        f"{check.claim} {check.computes} is not {check.gives}" for check in question.checks if not bears_out(check)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("computes", "gives"),
    [("7e9 * 8 * byte", "56 GB"), ("2**30 * byte", "1 GiB"), ("1 / 55", "1.8 percent"), ("comb(4, 2)", "6")],
)
def test_a_figure_that_its_sum_bears_out(computes, gives):
    """Units are converted, and a figure may be rounded as people round."""
    assert bears_out(Check(claim="One.", computes=computes, gives=gives, within=0.02))


@pytest.mark.parametrize(("computes", "gives"), [("7e9 * 8 * byte", "65 GB"), ("2 * 3", "5"), ("0.5", "5 percent")])
def test_a_figure_that_its_sum_does_not_bear_out(computes, gives):
    """A slip of the pen in a number is found."""
    assert not bears_out(Check(claim="One.", computes=computes, gives=gives))


def test_a_figure_in_the_wrong_kind_of_unit_is_refused():
    """Seconds are not gigabytes, whatever the number says."""
    with pytest.raises(pint.DimensionalityError):
        bears_out(Check(claim="One.", computes="3 * second", gives="3 GB"))


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("loss 0.25", "loss 0.25\n"),
        ("loss 0.25", "loss 0.25000001"),
        ("1e3 steps", "1000 steps"),
        ("-0.5, +2", "-.5, 2.0"),
        ("a\nb", "a\nb\n"),
    ],
)
def test_outputs_that_agree(shown, printed):
    """The last digits of a number may differ between machines, and so may its spelling."""
    assert same_output(shown, printed)


@pytest.mark.parametrize(
    ("shown", "printed"),
    [
        ("loss 0.25", "loss 0.2501"),
        ("loss 0.25", "loss -0.25"),
        ("loss 0.25", "Loss 0.25"),
        ("a b", "a  b"),
        ("1 2", "1"),
        ("1", "1 2"),
        ("0", "0.0000001"),
        ("nan", "inf"),
        ("a", ""),
    ],
)
def test_outputs_that_do_not_agree(shown, printed):
    """A changed word, sign, number or line is not let through."""
    assert not same_output(shown, printed)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_a_shipped_question_is_complete(question):
    """Enough points, red flags and rungs for a real interview, and a rung that each company would ask first."""
    kinds = {follow_up.kind for follow_up in question.follow_ups}
    without = [company.slug for company in OUTCOME.companies if kinds.isdisjoint(company.follow_ups)]

    assert len(question.rubric) >= 6
    assert len(question.red_flags) >= 3
    assert len(question.follow_ups) >= 4
    assert without == []
    assert sum(bool(line.strip()) for line in question.code.source.splitlines()) < 40
