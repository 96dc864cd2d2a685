"""The real bot in the sandbox as a newcomer meets it: from the first card to a streak of two."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import ROOT, Visitor, started

pytestmark = pytest.mark.browser

_FIRST = (
    "It means that the model fits the noise of its training data, so training loss keeps falling while "
    "validation loss turns and rises. I would regularise, add data, or stop early, and watch both curves."
)
_SECOND = (
    "I would first define the terms, then say how it works step by step, weigh it against the plain "
    "alternative, and finish with what I would measure in production."
)


@pytest.fixture
def address() -> Iterator[str]:
    with started("-m", "bot", "sandbox", "--port", "0", "--no-browser") as address:
        yield address


def test_from_the_first_card_to_a_streak_of_two(visit: Callable[..., Visitor], address: str) -> None:
    """A member answers two days in a row, reads follow-up 1 in the thread, and old cards close but live."""
    visitor = visit(address)
    visitor.look_as("Noah")
    answer(visitor, _FIRST)
    expect(visitor.chat.get_by_text("Only you can see this").first).to_be_visible()

    visitor.go_to(re.compile(r"2026-01-01 New$"))
    expect(visitor.chat.get_by_text("Follow-up 1 of")).to_be_visible()
    visitor.go_to("#daily-question")
    visitor.command("/streak")
    expect(visitor.chat.get_by_text("1 day in a row").last).to_be_visible()

    visitor.control("Next day", "Friday 2 January 2026, 09:00 UTC. New in #daily-question.")
    expect(visitor.chat.get_by_text("1 member answered.")).to_be_visible()
    answer(visitor, _SECOND)
    visitor.picture(ROOT / "artifacts" / "sandbox.png")
    if folder := os.environ.get("SCREENSHOT_DIR"):
        visitor.picture(Path(folder) / "sandbox.png")
    visitor.command("/streak")
    expect(visitor.chat.get_by_text("2 days in a row").last).to_be_visible()

    visitor.control("Restart the bot", "was restarted")
    visitor.press(visitor.card_button("My feedback", card=0))
    expect(visitor.chat.get_by_text("Your answer").last).to_be_visible()
    assert visitor.chat.get_by_text(_FIRST[:40]).count() > 0
    assert not visitor.complaints


def answer(visitor: Visitor, text: str) -> None:
    """Answer the newest card, and read that it was saved."""
    receipts = visitor.chat.get_by_role("heading", name="Saved")
    before = receipts.count()
    visitor.press(visitor.card_button("Answer"))
    visitor.fill_and_submit(text)
    expect(receipts).to_have_count(before + 1)
