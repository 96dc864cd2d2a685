"""The answers on which the rules of other bots were measured: 19 that must be rejected, 15 that should count.

They are listed in the appendix of section 1e of the research on peers. Names and near-misses are written as an author
would write them for a prompt that asks for the term.
"""

from collections.abc import Sequence
from typing import Any

import pytest

from bot.domain.evidence import Glossary
from bot.domain.judging import Judge
from bot.domain.prompts import Prompts

MOST_IN_A_FILE = 20
TERMS: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "overfitting": (["overfitting"], ["underfitting"]),
    "l1-regularization": (["L1 regularization", "L1", "lasso"], ["L2 regularization", "L2", "ridge"]),
    "type-i-error": (["Type I error", "type 1 error"], ["Type II error", "type 2 error"]),
    "supervised": (["supervised", "supervised learning"], ["unsupervised", "unsupervised learning"]),
    "unsupervised": (["unsupervised", "unsupervised learning"], ["supervised", "supervised learning"]),
    "adam": (["Adam"], ["AdamW"]),
    "precision": (["precision"], ["recall"]),
    "bagging": (["bagging", "bootstrap aggregating"], ["boosting", "stacking"]),
    "homoscedasticity": (["homoscedasticity"], ["heteroscedasticity"]),
    "false-positive": (["false positive"], ["false negative"]),
    "low-bias": (["low bias"], ["low variance"]),
    "p-value": (["p-value"], ["f-value"]),
    "r-squared": (["R-squared", "R2"], ["chi-squared"]),
    "kl-divergence": (["KL divergence", "Kullback-Leibler divergence"], ["JS divergence"]),
    "gradient-descent": (["gradient descent"], ["gradient ascent"]),
    "sgd": (["stochastic gradient descent", "SGD"], ["batch gradient descent"]),
    "covariate-shift": (["covariate shift"], ["concept drift"]),
    "min-max-scaling": (["min-max scaling"], ["standardization"]),
    "cross-entropy": (["cross-entropy"], ["mean squared error"]),
    "relu": (["ReLU"], ["sigmoid"]),
    "bayes-theorem": (["Bayes' theorem"], ["central limit theorem"]),
    "vanishing-gradients": (["vanishing gradients"], ["exploding gradients"]),
}
WRONG = [
    ("l1-regularization", "L2 regularization"),
    ("type-i-error", "Type II error"),
    ("supervised", "unsupervised"),
    ("unsupervised", "supervised"),
    ("adam", "AdamW"),
    ("overfitting", "underfitting"),
    ("overfitting", "not overfitting"),
    ("precision", "precision or recall"),
    ("bagging", "bagging boosting stacking dropout"),
    ("homoscedasticity", "heteroscedasticity"),
    ("false-positive", "false positives vs false negatives"),
    ("low-bias", "low variance"),
    ("p-value", "f-value"),
    ("one-half", "0.05"),
    ("r-squared", "chi-squared"),
    ("kl-divergence", "JS divergence"),
    ("gradient-descent", "not gradient descent"),
    ("covariate-shift", "covariance shift"),
    ("min-max-scaling", "min-min scaling"),
]
RIGHT = [
    ("overfitting", "overfitting."),
    ("overfitting", "Overfiting"),
    ("overfitting", "it's overfitting!"),
    ("overfitting", "over-fitting"),
    ("kl-divergence", "kullback leibler divergence"),
    ("cross-entropy", "cross entropy"),
    ("cross-entropy", "cross entropy loss"),
    ("relu", "relu function"),
    ("gradient-descent", "Gradient  descent"),
    ("sgd", "SGD"),
    ("l1-regularization", "Lasso"),
    ("r-squared", "R²"),
    ("bayes-theorem", "bayes theorem"),
    ("bayes-theorem", "Bayes’ theorem"),  # noqa: RUF001 - phones type it so
    ("vanishing-gradients", "vanishing gradient"),
]


def short(prompt_id: str, **keys: Any) -> dict[str, Any]:
    frame = {"id": prompt_id, "kind": "short", "asks": "Which term?", "stage": "definition", "difficulty": 1}
    return {**frame, "seconds": 20, "explains": "So it is.", **keys}


@pytest.fixture(scope="module")
def judge() -> Judge:
    prompts = [
        short(
            name,
            items=[{"id": "it", "says": "It.", "terms": right}],
            rejects=[
                {"id": f"other-{at}", "why": "That is its sibling.", "terms": [term]} for at, term in enumerate(others)
            ],
        )
        for name, (right, others) in TERMS.items()
    ]
    prompts.append(short("one-half", number={"value": 0.5}))
    cut = [prompts[:MOST_IN_A_FILE], prompts[MOST_IN_A_FILE:]]
    files = [Prompts.model_validate({"question": f"Q{n}", "prompts": some}) for n, some in enumerate(cut, 1)]
    return Judge(files, {}, Glossary())


def test_the_lists_are_whole() -> None:
    """Nobody took a pair out because it was hard."""
    assert (len(WRONG), len(RIGHT)) == (19, 15)


@pytest.mark.parametrize(("prompt", "answer"), WRONG)
def test_a_sibling_an_opposite_and_a_list_of_guesses_are_rejected(judge: Judge, prompt: str, answer: str) -> None:
    """A player who names the neighbouring term, or several, gets no point."""
    assert not judge.rule(prompt, answer).accepted


@pytest.mark.parametrize(("prompt", "answer"), RIGHT)
def test_spelling_punctuation_and_synonyms_do_not_cost_the_point(judge: Judge, prompt: str, answer: str) -> None:
    """A player who knows the term gets the point, however the fingers slipped."""
    assert judge.rule(prompt, answer).accepted
