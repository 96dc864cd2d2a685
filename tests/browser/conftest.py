"""One browser for all browser tests, and a fresh visitor for each."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitor import Visitor, launch


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Opens a page on an address, at a window size."""
    pages = []

    def open_page(address: str, width: int = 1280, height: int = 800) -> Visitor:
        pages.append(browser.new_page(viewport={"width": width, "height": height}))
        return Visitor(pages[-1], address)

    yield open_page
    for page in pages:
        page.close()
