"""A bank of eight small prompts."""

from bot.domain.bank import Bank
from bot.domain.prompts import Prompts
from tests.support.coaching import CURIOUS, PACK, SELF_CHECK, THRIFTY
from tests.support.grading import EVIDENCE, GLOSSARY, QUESTION

RIGHT = "apple"
"""Accepted by every prompt but the choices."""

WRONG = "pear"
"""A near-miss of every prompt but the choices."""

STAGES = ("definition", "mechanism", "tradeoff", "production")


def prompt(number: int, **changes) -> dict:
    """A prompt that wants an apple and knows what a pear is."""
    plain = {
        "id": f"fruit-{number}",
        "kind": "name",
        "asks": f"Name a fruit that keeps doctors away, number {number}.",
        "stage": STAGES[number % 4],
        "difficulty": 1 + number % 5,
        "seconds": 20,
        "items": [{"id": "apple", "says": "An apple a day.", "terms": ["apple"]}],
        "rejects": [{"id": "pear", "why": "That is a pear: nobody says it of pears.", "terms": ["pear"]}],
        "explains": "So the saying goes.",
    }
    return plain | changes


CHOICE = prompt(
    7,
    id="fruit-choice",
    kind="choice",
    items=[],
    rejects=[],
    options=[
        {"id": "apple", "says": "An apple", "why": "So the saying goes.", "right": True},
        {"id": "pear", "says": "A pear", "why": "Nobody says so."},
        {"id": "plum", "says": "A plum", "why": "Nobody says so."},
        {"id": "fig", "says": "A fig", "why": "Nobody says so."},
    ],
)

PROMPTS = Prompts.model_validate(
    {"question": QUESTION.id, "prompts": [*(prompt(number) for number in range(7)), CHOICE]}
)


def fruit_bank(*prompts: dict) -> Bank:
    """The bank of the coach's tests with prompts about fruit, or with the ones given."""
    given = Prompts.model_validate({"question": QUESTION.id, "prompts": list(prompts)}) if prompts else PROMPTS
    return Bank(
        [PACK],
        [THRIFTY, CURIOUS],
        [QUESTION, SELF_CHECK],
        glossary=GLOSSARY,
        evidence=[EVIDENCE],
        prompts=[given],
    )
