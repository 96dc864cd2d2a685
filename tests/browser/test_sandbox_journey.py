"""The real bot in the sandbox as a newcomer meets it: from the first card to a streak of two."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.bank import load
from bot.domain.bank import Bank
from tests.browser.visitor import ROOT, Visitor, started
from tests.support.content import self_check_folder

pytestmark = pytest.mark.browser

_CARD = re.compile(r"Question of the day: (Q\d+)")


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("COACH_CONTENT", str(self_check_folder()))
    with started("-m", "bot", "sandbox", "--port", "0", "--no-browser") as address:
        yield address


def test_from_the_first_card_to_a_streak_of_two(visit: Callable[..., Visitor], address: str) -> None:
    """A member answers two days in a row, reads follow-up 1 in the thread, and old cards close but live."""
    visitor = visit(address)
    visitor.look_as("Noah")
    answer(visitor)
    expect(visitor.chat.get_by_text("Only you can see this").first).to_be_visible()

    expect(visitor.place(re.compile(r"2026-01-01 New$"))).to_be_visible()
    visitor.go_to(re.compile(r"2026-01-01"))
    expect(visitor.chat.get_by_text("Follow-up 1 of")).to_be_visible()
    assert visitor.looks_as() == "Noah"
    visitor.go_to("#daily-question")
    visitor.command("/streak")
    expect(visitor.chat.get_by_text("1 day in a row").last).to_be_visible()

    visitor.control("Next day", "Friday 2 January 2026, 09:00 UTC. New in #daily-question.")
    expect(visitor.chat.get_by_text("1 member answered.")).to_be_visible()
    expect(visitor.card_button("Answer")).to_be_in_viewport()
    take_pictures(visitor)
    answer(visitor)
    visitor.command("/streak")
    expect(visitor.chat.get_by_text("2 days in a row").last).to_be_visible()

    visitor.control("Restart the bot", "was restarted")
    visitor.press(visitor.card_button("My feedback", card=0))
    expect(visitor.chat.get_by_role("heading", name="Your answer")).to_be_visible()
    assert not visitor.complaints


def answer(visitor: Visitor) -> None:
    """Answer the newest card with words of the question's own answer, and read that it was saved."""
    card = _CARD.search(visitor.chat.get_by_text(_CARD).last.inner_text())
    bank = load(self_check_folder())
    assert card is not None
    assert isinstance(bank, Bank)
    receipts = visitor.chat.get_by_role("heading", name="Saved")
    before = receipts.count()
    visitor.press(visitor.card_button("Answer"))
    visitor.fill_and_submit(bank.question(card[1]).direct_answer)
    expect(receipts).to_have_count(before + 1)


def take_pictures(visitor: Visitor) -> None:
    """One for the run's artifacts, and one for the documentation where that is asked for."""
    visitor.picture(ROOT / "artifacts" / "sandbox.png")
    if folder := os.environ.get("SCREENSHOT_DIR"):
        visitor.picture(Path(folder) / "sandbox.png")
