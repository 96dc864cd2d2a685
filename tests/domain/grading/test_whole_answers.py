"""What an answer as a whole says about its single claims."""

from bot.domain.grades import Band, Grade, Reason, Verdict
from tests.support.grading import FILLER, judge, reason


def _grade(*sentences: str) -> Grade:
    judgement = judge(" ".join((*sentences, FILLER)))
    assert isinstance(judgement, Grade), judgement
    return judgement


def _verdicts(grade: Grade) -> dict[str, Verdict]:
    return {point.id: point.verdict for point in grade.points}


def test_a_right_claim_beside_as_many_wrong_ones_is_left_open():
    """One point that seems right in an answer full of wrong claims is more likely a stray match."""
    grade = _grade("Cosine ignores the length.", "A cosine of 0.8 means 80 percent alike.")

    assert _verdicts(grade)["ignores-length"] is Verdict.UNSCORED
    assert grade.band is Band.WRONG


def test_one_slip_does_not_cost_a_good_answer_its_points():
    """Somebody who makes two points and one wrong claim keeps both points."""
    grade = _grade(
        "Cosine ignores the length.",
        "A higher threshold lowers recall.",
        "A cosine of 0.8 means 80 percent alike.",
    )

    assert _verdicts(grade)["ignores-length"] is Verdict.SHOWN
    assert _verdicts(grade)["strict-threshold"] is Verdict.SHOWN


def test_several_faults_outweigh_a_few_points():
    """With two wrong claims, two points are not believed either."""
    grade = _grade(
        "Cosine ignores the length.",
        "A higher threshold lowers recall.",
        "A cosine of 0.8 means 80 percent alike.",
        "And cosine is always better.",
    )

    assert Verdict.SHOWN not in _verdicts(grade).values()
    assert len(grade.red_flags) == 2


def test_who_names_both_ways_throughout_makes_no_point():
    """An answer that hedges every claim commits to nothing, whatever words it holds."""
    grade = _grade(
        "Cosine might ignore the length or it might not.",
        "A higher threshold could lower recall or raise it, depending on the case.",
        "It may take less memory or more.",
    )

    assert Verdict.SHOWN not in _verdicts(grade).values()
    assert grade.band is Band.WEAK


def test_a_claim_about_something_else_is_off_topic_whatever_it_sounds_like():
    """Words of a red flag in an answer to another question do not make it an answer to this one."""
    answer = "A cosine of 80 percent is what I got at the fair last summer, and it was great fun for all of us."

    assert reason(answer) is Reason.OFF_TOPIC


def test_one_hedge_among_clear_claims_is_no_wavering():
    """An honest "it depends" beside clear claims takes nothing away."""
    grade = _grade(
        "Cosine ignores the length.",
        "A higher threshold lowers recall.",
        "Which one is quicker may depend on the index or on the hardware.",
    )

    assert _verdicts(grade)["ignores-length"] is Verdict.SHOWN
