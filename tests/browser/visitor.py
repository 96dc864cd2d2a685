"""A visitor of the sandbox in a real browser, in words of what a person does. Selectors live here only.

Only roles and visible names are used, apart from the preview's own report of whether it is ready for a click.
"""

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Locator, Page, Playwright, expect

ROOT = Path(__file__).parents[2]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_READY = "() => Boolean(window.simcordPreview?.ready)"
_REFUSED = "() => Boolean(window.simcordPreview.lastAction?.rejected)"


class Visitor:
    """One browser page on a running sandbox."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.on("console", lambda note: note.type == "error" and self._note(note.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto(address)
        self.wait_until_ready()

    def _note(self, text: str) -> None:
        """Keeps what went wrong; a request under way while a restart closes the preview is meant to get a 410."""
        if "410 (Gone)" not in text:
            self.complaints.append(text)

    @property
    def frame(self) -> Frame:
        """The preview's page as it is now; turning to another channel replaces it."""
        handle = self.page.locator("iframe").element_handle()
        frame = handle.content_frame() if handle is not None else None
        assert frame is not None
        return frame

    @property
    def chat(self) -> Locator:
        """The messages of the open conversation."""
        return self.page.frame_locator("iframe").get_by_role("log")

    @property
    def news(self) -> Locator:
        """The sentence beside the chat that says what just happened."""
        return self.page.locator(".rail").get_by_role("status")

    def wait_until_ready(self) -> None:
        """The preview has drawn what it last heard and takes a click."""
        expect(self.page.frame_locator("iframe").get_by_label("Viewing as")).to_be_visible()
        self.frame.wait_for_function(_READY)

    def look_as(self, name: str) -> None:
        self.page.frame_locator("iframe").get_by_label("Viewing as").select_option(label=name)
        self.wait_until_ready()

    def looks_as(self) -> str:
        picker = self.page.frame_locator("iframe").get_by_label("Viewing as")
        return picker.locator("option:checked").inner_text()

    def press(self, button: Locator) -> None:
        """Press a button of a message, and again where a redraw in the same instant voided the click."""
        for _ in range(3):
            self.wait_until_ready()
            button.click()
            self.wait_until_ready()
            if not self.frame.evaluate(_REFUSED):
                return
        pytest.fail("the preview refused the same click three times")

    def card_button(self, name: str, card: int = -1) -> Locator:
        """A button on one of the cards in the conversation: 0 is the oldest, -1 the newest."""
        return self.chat.get_by_role("button", name=name, exact=True).nth(card)

    def fill_and_submit(self, text: str) -> None:
        """Fill the first field of the open form and send it."""
        form = self.page.frame_locator("iframe").get_by_role("dialog")
        form.get_by_role("textbox").first.fill(text)
        form.get_by_role("button", name="Submit").click()
        expect(form).to_be_hidden(timeout=20_000)
        self.wait_until_ready()

    def command(self, name: str) -> None:
        """Type a slash command without options and send it."""
        frame = self.page.frame_locator("iframe")
        box = frame.get_by_role("textbox", name="Message")
        self.wait_until_ready()
        box.click()
        box.press_sequentially(name)
        expect(frame.get_by_role("option", name=name).first).to_be_visible()
        box.press("Enter")
        frame.get_by_role("button", name="Send").click()
        self.wait_until_ready()

    def place(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("navigation", name="Channels").get_by_role("link", name=name)

    def go_to(self, name: str | re.Pattern[str]) -> None:
        self.place(name).click()
        expect(self.place(name)).to_have_attribute("aria-current", "page")
        self.wait_until_ready()

    def control(self, name: str, said: str) -> None:
        """Press one of the time controls and wait for the sentence that it leads to."""
        self.page.get_by_role("button", name=name).click()
        expect(self.news).to_contain_text(said, timeout=30_000)
        self.wait_until_ready()

    def picture(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)


def launch(playwright: Playwright) -> Browser:
    """An installed Chromium or Chrome, else Playwright's own. Skips where there is neither, but not in CI."""
    found = next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if found is None and not Path(playwright.chromium.executable_path).exists() and os.environ.get("CI") != "true":
        pytest.skip("no Chromium or Chrome is installed")
    return playwright.chromium.launch(executable_path=found, args=_FLAGS)


@contextlib.contextmanager
def started(*command: str) -> Iterator[str]:
    """A sandbox in a process of its own: yields its address, then asks it to end, which must go well."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)
            assert address is not None, f"it did not say where it is: {line!r}"
            yield address.group()
        finally:
            process.terminate()
            status = process.wait(timeout=20)
    assert status == 0
