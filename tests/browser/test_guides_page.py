"""Guides as somebody meets them on the sandbox page."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.visitor import Visitor, started
from tests.support.content import self_check_folder

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(visit: Callable[..., Visitor], monkeypatch: pytest.MonkeyPatch) -> Iterator[Visitor]:
    monkeypatch.setenv("COACH_CONTENT", str(self_check_folder()))
    with started("-m", "bot", "sandbox", "--port", "0", "--no-browser") as address:
        visitor = visit(address)
        visitor.look_as("Mia")
        yield visitor


def test_a_guide_shows_its_picture_with_what_a_screen_reader_says(visitor: Visitor) -> None:
    """The picture loads, has its text alternative, and the same words stand below."""
    visitor.command("/guide")
    picture = visitor.chat.get_by_alt_text("The shape of a strong answer").last
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 900
    expect(visitor.chat.get_by_text("Say what you would do").last).to_be_visible()


def test_the_tree_is_walked_with_buttons_and_back(visitor: Visitor) -> None:
    """Three presses lead to a leaf, and one leads back, all in one message."""
    visitor.command("/triage")
    for answer in ("Yes, it is real", "Yes"):
        visitor.press(visitor.frame.get_by_role("button", name=answer, exact=True).last)
    expect(visitor.chat.get_by_text("Inspect: Leaks, then skew")).to_be_visible()
    visitor.press(visitor.frame.get_by_role("button", name="Back", exact=True).last)
    expect(visitor.chat.get_by_text("Offline fine, live bad?")).to_be_visible()
    expect(visitor.chat.get_by_text("Triage of a model that got worse")).to_have_count(1)
