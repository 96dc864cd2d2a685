"""What counts as an answer to a rapid-fire prompt, as players would tell it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Glossary
from bot.domain.judging import Judge, Ruling
from bot.domain.prompts import Prompts

FRAME = {"stage": "definition", "difficulty": 1, "seconds": 20, "explains": "So it is."}
MODELS = {
    "id": "two-ensembles",
    "kind": "name",
    "asks": "Name two ways to build an ensemble of weak models.",
    "wanted": 2,
    "items": [
        {"id": "bagging", "says": "Bagging.", "terms": ["bagging", "bootstrap aggregating", "random forest"]},
        {"id": "boosting", "says": "Boosting.", "terms": ["boosting", "gradient boosting", "AdaBoost"]},
        {"id": "stacking", "says": "Stacking.", "terms": ["stacking", "stacked generalisation"]},
    ],
    "rejects": [{"id": "dropout", "why": "That is one network, thinned at random.", "terms": ["dropout"]}],
}
STOPPING = {
    "id": "one-reason",
    "kind": "name",
    "asks": "Name one reason to stop training early.",
    "items": [{"id": "validation-rises", "says": "Validation loss rises.", "patterns": ["validation loss > up"]}],
    "rejects": [{"id": "training", "why": "That is the training loss.", "patterns": ["training loss > up"]}],
}
ERROR = {
    "id": "false-alarm",
    "kind": "short",
    "asks": "What is a false alarm called?",
    "items": [{"id": "type-i", "says": "A Type I error.", "terms": ["Type I error", "Type I", "false positive"]}],
    "rejects": [
        {"id": "type-ii", "why": "That is the Type II error.", "terms": ["Type II error", "Type II", "false negative"]},
        {"id": "rate", "why": "That is how often it happens.", "terms": ["false positive rate"]},
    ],
}
MEMORY = {
    "id": "adam-memory",
    "kind": "short",
    "asks": "How many GB?",
    "number": {"value": 56, "unit": "GB", "within": 0.02},
    "rejects": [{"id": "one-moment", "why": "Adam keeps two averages.", "terms": ["28 GB"]}],
}
CURVE = {
    "id": "which-curve",
    "kind": "choice",
    "asks": "Which curve?",
    "options": [
        {"id": "validation", "says": "The validation loss", "why": "It tells of new data.", "right": True},
        {"id": "training", "says": "The training loss", "why": "It goes on falling."},
        {"id": "rate", "says": "The learning rate", "why": "It is set by hand."},
        {"id": "none", "says": "None of them", "why": "One of them does."},
    ],
}
SETS = {"validation": ["validation", "dev"], "loss": ["loss", "error"], "training": ["train loss", "training"]}


@pytest.fixture(scope="module")
def judge() -> Judge:
    prompts = [{**FRAME, **one} for one in (MODELS, STOPPING, ERROR, MEMORY, CURVE)]
    glossary = Glossary.model_validate({"sets": {**SETS, "up": ["rise", "go up"]}})
    return Judge([Prompts.model_validate({"question": "Q1", "prompts": prompts})], {}, glossary)


def ids(ruling: Ruling) -> list[str]:
    return [item.id for item in ruling.items]


def test_two_of_two_are_accepted_in_the_order_of_the_file(judge: Judge) -> None:
    """Whoever names what was asked gets a point for each."""
    ruling = judge.rule("two-ensembles", "stacking, and random forests")
    assert (ruling.accepted, ids(ruling), ruling.points) == (True, ["bagging", "stacking"], 2)
    assert [item.evidence for item in ruling.items] == ["random forests", "stacking"]


def test_two_names_of_one_thing_are_one(judge: Judge) -> None:
    """A random forest is bagging: saying both is naming one."""
    ruling = judge.rule("two-ensembles", "bagging and a random forest")
    assert (ruling.accepted, ids(ruling)) == (False, ["bagging"])


def test_more_than_asked_is_no_harm(judge: Judge) -> None:
    """All three count where two were asked for."""
    assert judge.rule("two-ensembles", "bagging, boosting, stacking").points == 3


def test_a_near_miss_is_told_by_name(judge: Judge) -> None:
    """A player learns what the wrong term is, in the player's own words."""
    ruling = judge.rule("false-alarm", "the type II error")
    assert not ruling.accepted
    assert [(one.evidence, one.why) for one in ruling.rejected] == [("type II error", "That is the Type II error.")]


def test_the_longer_name_is_meant(judge: Judge) -> None:
    """A false positive rate is no false positive."""
    assert not judge.rule("false-alarm", "false positive rate").accepted


@pytest.mark.parametrize(
    "answer",
    [
        "bagging, dropout, weight decay",
        "bagging, boosting, dropout, early stopping, weight decay",
        "dropout",
        "",
        "   ",
        "no idea",
        "Name two ways to build an ensemble of weak models.",
    ],
)
def test_a_list_of_guesses_loses(judge: Judge, answer: str) -> None:
    """Naming everything one can think of does not win, nor does giving the prompt back."""
    assert not judge.rule("two-ensembles", answer).accepted


@pytest.mark.parametrize("answer", ["type I or type II", "Type I / Type II", "type I vs type II", "type II, type I"])
def test_naming_both_is_no_answer(judge: Judge, answer: str) -> None:
    """Whoever names the term and its opposite has not decided."""
    assert not judge.rule("false-alarm", answer).accepted


@pytest.mark.parametrize("answer", ["type I, not type II", "type I rather than type II", "Type I (unlike type II)"])
def test_setting_it_apart_from_the_other_is_an_answer(judge: Judge, answer: str) -> None:
    """Saying what it is not, beside what it is, costs nothing."""
    assert judge.rule("false-alarm", answer).accepted


@pytest.mark.parametrize("answer", ["not type I", "it isn't a type I error", "never a false positive"])
def test_not_the_term_is_not_the_term(judge: Judge, answer: str) -> None:
    """A denied term earns nothing."""
    ruling = judge.rule("false-alarm", answer)
    assert not ruling.accepted
    assert ruling.rejected


@pytest.mark.parametrize(
    "answer",
    [
        "Type I, because the null hypothesis is true and gets rejected",
        "i think its type I error (rejecting although nothing is there)",
        "False positive, i.e. an alarm without a fire",
    ],
)
def test_a_reason_after_the_term_is_no_second_answer(judge: Judge, answer: str) -> None:
    """Explaining oneself costs nothing."""
    assert judge.rule("false-alarm", answer).accepted


def test_a_claim_counts_in_ones_own_words_and_its_neighbour_is_told(judge: Judge) -> None:
    """Where no term is asked for, what is claimed counts: of the right curve, in the right direction."""
    assert judge.rule("one-reason", "the error on the dev set keeps going up").accepted
    assert judge.rule("one-reason", "training loss rises").rejected[0].why == "That is the training loss."
    assert not judge.rule("one-reason", "validation loss").accepted


@pytest.mark.parametrize(
    "answer", ["56 GB", "56gb", "about 56", "56000 MB", "7e9*8 = 56 GB", "5.6e10 bytes", "56 GB because 8 bytes each"]
)
def test_a_number_counts_in_any_unit_of_its_kind(judge: Judge, answer: str) -> None:
    """Whether in gigabytes, bytes or without a unit: the amount is what counts."""
    assert judge.rule("adam-memory", answer).accepted


@pytest.mark.parametrize(
    "answer", ["65 GB", "56 seconds", "28 GB", "28 or 56 GB", "between 50 and 60", "not 56", "lots"]
)
def test_another_number_unit_or_two_numbers_do_not_count(judge: Judge, answer: str) -> None:
    """A wrong amount, an amount of something else and a range earn nothing."""
    assert not judge.rule("adam-memory", answer).accepted


def test_a_known_slip_of_the_sum_is_told(judge: Judge) -> None:
    """Whoever forgot half of the state is told so."""
    assert judge.rule("adam-memory", "28GB").rejected[0].why == "Adam keeps two averages."


@pytest.mark.parametrize(
    "answer", ["a", "A)", "(a)", "option A", "validation loss", "the validation loss.", "I'd say a"]
)
def test_an_option_is_chosen_by_letter_or_words(judge: Judge, answer: str) -> None:
    """Typing the letter or the option is the same."""
    assert judge.rule("which-curve", answer).accepted


@pytest.mark.parametrize("answer", ["b", "training loss", "the validation loss or the learning rate", "e", "", "loss"])
def test_another_option_or_two_of_them_do_not_count(judge: Judge, answer: str) -> None:
    """Naming two options is no choice."""
    assert not judge.rule("which-curve", answer).accepted


@given(st.sampled_from(["two-ensembles", "one-reason", "false-alarm", "adam-memory", "which-curve"]), st.text())
def test_whatever_is_typed_gets_a_ruling_by_the_rule(judge: Judge, prompt: str, answer: str) -> None:
    """No text breaks the judge, and what it accepts names enough and more right than wrong things."""
    ruling = judge.rule(prompt, answer)
    wanted = 2 if prompt == "two-ensembles" else 1
    assert ruling.accepted == (ruling.points >= wanted and len(ruling.rejected) < ruling.points)
    assert len(set(ids(ruling))) == ruling.points


@given(st.permutations(["bagging", "boosting", "dropout", "weight decay", "early stopping"]))
def test_the_order_of_a_list_does_not_matter(judge: Judge, entries: list[str]) -> None:
    """Guesses lose wherever in the list they stand."""
    assert not judge.rule("two-ensembles", ", ".join(entries)).accepted


def test_an_unknown_prompt_is_an_error(judge: Judge) -> None:
    """The judge does not guess which prompt is meant."""
    with pytest.raises(KeyError):
        judge.rule("no-such-prompt", "bagging")
