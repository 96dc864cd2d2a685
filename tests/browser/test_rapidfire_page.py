"""A rapid-fire round as two people play it on the sandbox page."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor, started

pytestmark = pytest.mark.browser

A_PROMPT = 120_000
"""Milliseconds after which the test gives up on a prompt's reveal; the longest one is half of that."""


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Iterator[Visitor]:
    with started("-m", "bot", "sandbox", "--port", "0", "--no-browser") as address:
        yield visit(address)


def answer(visitor: Visitor, name: str, text: str) -> None:
    """Answers the open prompt, of whatever kind it is."""
    visitor.look_as(name)
    if visitor.chat.get_by_role("button", name="My answer", exact=True).count():
        visitor.press(visitor.card_button("A"))
    else:
        visitor.press(visitor.card_button("Answer"))
        visitor.fill_and_submit(text)
    expect(visitor.chat.get_by_text("You may change it until the time is up").last).to_be_visible()


def test_two_people_play_from_the_lobby_to_the_podium(visitor: Visitor) -> None:
    """One opens, the other joins, both answer, the reveal says what counts, and a stop brings the podium."""
    visitor.look_as("Mia")
    visitor.command("/rapidfire start")
    expect(visitor.chat.get_by_text("In: 1")).to_be_visible(timeout=20_000)
    visitor.look_as("Noah")
    visitor.press(visitor.card_button("Join"))
    expect(visitor.chat.get_by_text("In: 2")).to_be_visible(timeout=20_000)
    visitor.look_as("Mia")
    visitor.press(visitor.card_button("Start now"))
    expect(visitor.chat.get_by_text("Prompt 1 of 10")).to_be_visible(timeout=30_000)
    answer(visitor, "Mia", "overfitting")
    answer(visitor, "Noah", "underfitting")
    expect(visitor.chat.get_by_text("What counts")).to_be_visible(timeout=A_PROMPT)
    expect(visitor.chat.get_by_role("button", name="Mine counts")).to_be_visible()

    visitor.look_as("Mia")
    visitor.command("/rapidfire stop")
    podium = visitor.chat.get_by_alt_text("Podium of the round").last
    expect(podium).to_be_visible(timeout=20_000)
    expect(podium).to_have_js_property("naturalWidth", 900)
    visitor.press(visitor.card_button("My review"))
    expect(visitor.chat.get_by_text("of 1 prompt").last).to_be_visible()
