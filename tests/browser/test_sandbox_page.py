"""The sandbox's own page in a browser, around a stand-in for the app: list, clock, keyboard, phone."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import ROOT, Visitor, started

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


@pytest.fixture
def address() -> Iterator[str]:
    with started(str(ROOT / "tests" / "browser" / "practice_app.py"), "0") as address:
        yield address


def test_a_thread_can_be_reached_and_left(visit: Visit, address: str) -> None:
    """The thread of an answer appears in the list as new, opens as the same member, and Back comes back."""
    visitor = visit(address)
    visitor.look_as("Noah")
    visitor.press(visitor.card_button("Answer"))
    visitor.fill_and_submit("The model learns the noise of its training data.")
    expect(visitor.chat.get_by_text("Saved.")).to_be_visible()
    expect(visitor.place("Question of 01 January New")).to_be_visible()
    visitor.go_to(re.compile("Question of 01 January"))
    expect(visitor.chat.get_by_text("Follow-up 1")).to_be_visible()
    assert visitor.looks_as() == "Noah"
    expect(visitor.place("Question of 01 January New")).to_have_count(0)
    visitor.page.go_back()
    expect(visitor.card_button("Answer")).to_be_visible()
    assert not visitor.complaints


def test_a_link_into_the_server_leads_there(visit: Visit, address: str) -> None:
    """A link that Discord would follow to a thread opens that thread here, and not a real website."""
    visitor = visit(address)
    visitor.press(visitor.card_button("Answer"))
    visitor.fill_and_submit("The model learns the noise of its training data.")
    visitor.chat.get_by_role("link", name="Question of 01 January").click()
    expect(visitor.place("Question of 01 January")).to_have_attribute("aria-current", "page")
    expect(visitor.chat.get_by_text("Follow-up 1")).to_be_visible()
    assert len(visitor.page.context.pages) == 1


def test_days_go_by_and_the_bot_restarts(visit: Visit, address: str) -> None:
    """The controls move the date, count a streak, and leave yesterday's card usable after a restart."""
    visitor = visit(address)
    expect(visitor.page.get_by_text("Thursday 1 January 2026, 09:00 UTC", exact=True)).to_be_visible()
    visitor.press(visitor.card_button("Answer"))
    visitor.fill_and_submit("The first answer of a streak.")
    visitor.control("Next day", "It is now Friday 2 January 2026, 09:00 UTC. New in #daily-question.")
    visitor.press(visitor.card_button("Answer"))
    visitor.fill_and_submit("The second answer of a streak.")
    visitor.command("/streak")
    expect(visitor.chat.get_by_text("Your streak is 2.")).to_be_visible()
    visitor.control("Restart the bot", "was restarted")
    visitor.press(visitor.card_button("Answer", card=0))
    visitor.fill_and_submit("An answer to yesterday's card.")
    expect(visitor.chat.get_by_text("Saved.")).to_have_count(3)
    assert not visitor.complaints


def test_the_page_works_with_the_keyboard_alone(visit: Visit, address: str) -> None:
    """The first stop skips to the conversation, and a channel opened with Enter keeps the focus."""
    visitor = visit(address)
    keys, focused = visitor.page.keyboard, visitor.page.locator(":focus")
    keys.press("Tab")
    expect(focused).to_have_text("Skip to the conversation")
    keys.press("Tab")
    expect(focused).to_have_text("#daily-question")
    keys.press("Tab")
    keys.press("Enter")
    expect(visitor.place("#general")).to_have_attribute("aria-current", "page")
    expect(visitor.place("#daily-question")).not_to_have_attribute("aria-current", "page")
    expect(focused).to_have_text("#general")
    expect(visitor.page.get_by_title("Conversation in #general")).to_be_visible()
    keys.press("Tab")
    expect(focused).to_have_text("Post now")
    keys.press("Enter")
    expect(visitor.news).to_have_text("Posted one more question.")
    expect(visitor.place("#daily-question New")).to_be_visible()


def test_the_page_fits_a_phone(visit: Visit, address: str) -> None:
    """On a narrow screen the list is above the conversation, and nothing has to be scrolled sideways."""
    visitor = visit(address, width=390, height=844)
    rail, conversation = (
        visitor.page.locator(".rail").bounding_box(),
        visitor.page.locator("main").bounding_box(),
    )
    assert rail is not None
    assert conversation is not None
    assert rail["y"] + rail["height"] <= conversation["y"]
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 390
    visitor.go_to("#general")
    expect(visitor.page.get_by_title("Conversation in #general")).to_be_in_viewport(ratio=0.9)


def test_nothing_comes_from_anywhere_else(visit: Visit, address: str, browser: object) -> None:
    """The page and the preview ask this one server for everything."""
    visitor = visit(address)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.page.reload()
    visitor.wait_until_ready()
    visitor.go_to("#general")
    assert {urlsplit(url).netloc for url in asked if not url.startswith("blob:")} == {urlsplit(address).netloc}
    assert not visitor.complaints
