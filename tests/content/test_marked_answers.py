"""The shipped evidence against the marked answers: what is shown to members, and what is left to self-check."""

import pytest

from bot.bank import default_folder, load
from bot.domain.bank import Bank
from bot.domain.evidence import Mark
from bot.domain.grades import Grade
from bot.domain.grading.evaluation import SELF_CHECK_BELOW, Judged, report
from bot.domain.grading.grader import OfflineGrader


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    bank = load(default_folder())
    assert isinstance(bank, Bank)
    grader = OfflineGrader(bank.questions, bank.evidence, bank.glossary)
    return [
        Judged(name, sample, grader.grade(bank.question(name), sample.answer))
        for name, samples in bank.samples.items()
        for sample in samples.samples
    ]


def test_a_question_that_is_judged_wrongly_too_often_is_left_to_self_check(judged: list[Judged]) -> None:
    """Members see verdicts only where the grader agrees with people on enough of the answers that it was not made for."""
    bank = load(default_folder())
    assert isinstance(bank, Bank)
    for name, evidence in bank.evidence.items():
        held = [one for one in judged if one.question_id == name and one.sample.heldout]
        agreement = report(held).agreement
        assert agreement is not None
        assert agreement >= SELF_CHECK_BELOW or evidence.self_check_only, (name, agreement)


def test_a_strong_answer_outscores_a_wrong_one(judged: list[Judged]) -> None:
    """Of a strong and a wrong answer to the same question, the strong one scores higher, held out or not."""
    strong = report(judged).strong_over_wrong
    assert strong is not None
    assert strong > 0.95


def test_what_is_no_answer_is_not_judged(judged: list[Judged]) -> None:
    """Copied questions, other subjects, other languages and orders to the grader get their reason, not a score.

    Of the held-out ones, for which nobody has looked at a topic's words, nine in ten do.
    """
    unscored = [one for one in judged if one.sample.band is Mark.UNSCORED]
    wrong = [
        one for one in unscored if isinstance(one.judgement, Grade) or one.judgement.reason is not one.sample.reason
    ]
    assert [one.sample.id for one in wrong if not one.sample.heldout] == []
    assert 10 * len(wrong) <= sum(one.sample.heldout for one in unscored)
