"""The sandbox's server and driver over real sockets, without a browser: who is let in, what time does."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import discord
import pytest
import simcord
from yarl import URL

from bot import sandbox
from bot.sandbox.driver import BEAT_EVERY, Driver
from bot.sandbox.requests import PassTime, Show
from bot.sandbox.session import driving, serving
from tests.browser.practice_app import PracticeApp


@dataclass
class Site:
    """A running sandbox and a visitor's browser reduced to its requests."""

    app: PracticeApp
    driver: Driver
    address: str
    http: aiohttp.ClientSession
    token: str = ""

    @property
    def origin(self) -> str:
        return self.address.rstrip("/")

    async def get(self, path: str, **headers: str) -> aiohttp.ClientResponse:
        return await self.http.get(self.origin + path, headers=headers)

    async def state(self) -> dict[str, Any]:
        return await (await self.get("/sandbox/state", **{"X-Sandbox-Token": self.token})).json()

    async def act(self, what: str) -> dict[str, Any]:
        headers = {"X-Sandbox-Token": self.token, "Origin": self.origin}
        answer = await self.http.post(f"{self.origin}/sandbox/act/{what}", headers=headers)
        assert answer.status == 200, await answer.text()
        return await answer.json()

    async def open_page(self) -> tuple[dict[str, str], dict[str, Any]]:
        """What the preview's page does first: it trades the fragment of its address for a context."""
        capability = URL((await self.state())["view"]["address"]).fragment
        headers = {"X-Simcord-Capability": capability, "Origin": self.origin}
        answer = await self.http.post(f"{self.origin}/api/pages", headers=headers, json={})
        assert answer.status == 200, await answer.text()
        page = await answer.json()
        return headers | {"X-Simcord-Context": page["context"]["id"]}, page

    async def page_action(self, kind: str, **fields: Any) -> dict[str, Any]:
        headers, page = await self.open_page()
        body = {
            "protocol_version": 3,
            "sequence": 1,
            "request_id": "r1",
            "generation": page["context"]["generation"],
            "bot_generation": page["botGeneration"],
            "published_revision": page["publishedRevision"],
            "kind": kind,
            **fields,
        }
        answer = await self.http.post(f"{self.origin}/api/action", headers=headers, json=body)
        return await answer.json()

    def place(self, label: str) -> int:
        rows = self.driver.news.listing()
        return next(int(row["id"]) for row in rows for row in (row, *row["threads"]) if label in row["label"])

    def person(self, name: str) -> simcord.MemberActor:
        return next(one for one in self.driver.world.people if one.name == name)


@contextlib.asynccontextmanager
async def running() -> AsyncIterator[Site]:
    clock = sandbox.SandboxClock()
    app = PracticeApp(clock)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        async with (
            driving(app, clock) as driver,
            serving(driver, listener) as address,
            aiohttp.ClientSession() as http,
        ):
            work = asyncio.create_task(driver.work())
            page = await (await http.get(address)).text()
            token = page.split('name="sandbox-token" content="')[1].split('"')[0]
            try:
                yield Site(app, driver, address, http, token)
            finally:
                work.cancel()
                await asyncio.gather(work, return_exceptions=True)


async def test_it_answers_only_to_loopback_names() -> None:
    """A name that somebody points at this machine gets nothing out of the sandbox."""
    async with running() as site:
        for path in ("/", "/view", "/sandbox/state", "/api/state", "/app.js"):
            assert (await site.get(path, Host="sandbox.example")).status == 403
        assert (await site.get("/", Host="localhost:8765")).status == 200


async def test_another_origin_is_refused() -> None:
    """A script on another page cannot send anything, to our endpoints or to the preview's."""
    async with running() as site:
        for path in ("/sandbox/act/next-day", "/api/pages", "/api/action"):
            answer = await site.http.post(site.origin + path, headers={"Origin": "http://evil.example"})
            assert answer.status == 403
        assert not (await site.http.post(site.origin + "/api/pages", headers={"Origin": site.origin})).ok


async def test_our_endpoints_want_the_token_of_this_run() -> None:
    """Without the page of this very run, nobody reads the state or moves the clock."""
    async with running() as site:
        before = site.driver.now()
        assert (await site.get("/sandbox/state")).status == 403
        for headers in ({"Origin": site.origin}, {"X-Sandbox-Token": site.token}):
            answer = await site.http.post(f"{site.origin}/sandbox/act/next-day", headers=headers)
            assert answer.status == 403
        assert site.driver.now() == before


async def test_only_our_page_may_frame_the_preview() -> None:
    """The preview may sit in our frame and nobody else's; our page sits in nobody's."""
    async with running() as site:
        ours, preview = await site.get("/"), await site.get("/view")
        assert "frame-ancestors 'none'" in ours.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in preview.headers["Content-Security-Policy"]
        assert "X-Frame-Options" not in preview.headers
        assert "/sandbox/frame.css" in await preview.text()
        assert "unsafe" not in ours.headers["Content-Security-Policy"]


async def test_fonts_are_kept_by_the_browser_and_the_chat_is_not() -> None:
    """Turning to another channel does not fetch thirty megabytes of fonts again."""
    async with running() as site:
        font = await site.get("/fonts/noto-sans-hebrew-v3.001.ttf")
        assert font.status == 200
        assert "max-age" in font.headers["Cache-Control"]
        assert (await site.get("/app.js")).headers["Cache-Control"] == "no-store"


async def test_a_visitor_goes_to_another_channel_and_comes_back() -> None:
    """Each turn opens a new preview, and the address of the one before stops working."""
    async with running() as site:
        first = (await site.state())["view"]
        assert first["id"] == str(site.place("#daily-question"))
        old, _ = await site.open_page()
        general = (await site.act(f"show?id={site.place('#general')}"))["view"]
        assert general["id"] == str(site.place("#general"))
        assert (await site.get("/api/state", **old)).status == 401
        assert (await site.open_page())[1]["channel"]["name"] == "general"
        assert (await site.act(f"show?id={first['id']}"))["view"]["id"] == first["id"]


async def test_a_channel_that_is_gone_is_said_to_be_gone() -> None:
    """A stale link leaves the visitor where they are and tells them so."""
    async with running() as site:
        state = await site.act("show?id=1")
        assert "gone" in state["news"]["text"]
        assert state["view"]["id"] == str(site.place("#daily-question"))


async def test_the_chosen_member_is_kept_in_the_next_channel() -> None:
    """Whoever looks as Noah goes on looking as Noah in another channel."""
    async with running() as site:
        noah = site.person("noah").id
        assert (await site.open_page())[1]["viewerId"] != str(noah)
        assert (await site.page_action("viewer", viewer_id=str(noah)))["rejected"] is False
        await site.act(f"show?id={site.place('#general')}")
        assert (await site.open_page())[1]["viewerId"] == str(noah)


async def test_ending_the_preview_does_not_end_the_sandbox() -> None:
    """The preview's own way out opens the same place again."""
    async with running() as site:
        before = (await site.state())["view"]
        await site.page_action("close")
        await site.driver.line.ask(PassTime())
        after = (await site.state())["view"]
        assert after["id"] == before["id"]
        assert after["address"] != before["address"]
        assert (await site.open_page())[1]["channel"]["name"] == "daily-question"


async def test_the_sandbox_begins_with_a_question() -> None:
    """A visitor finds a card in the channel, posted at nine, in a world that began at midnight."""
    async with running() as site:
        assert [instant.hour for instant in site.app.posted] == [9]
        assert simcord.Env(discord.Client(intents=discord.Intents.none())).now() == sandbox.SIMULATION_START


async def test_next_day_moves_to_the_next_post_with_the_heart_beating() -> None:
    """Next day posts one more question, and the bot never looks as if it had been down."""
    async with running() as site:
        state = await site.act("next-day")
        assert [instant.day for instant in site.app.posted] == [1, 2]
        assert "Friday 2 January 2026, 09:00 UTC" in state["news"]["text"]
        assert "#daily-question" in state["news"]["text"]
        gaps = [after - before for before, after in zip(site.app.beats, site.app.beats[1:], strict=False)]
        assert max(gaps) <= BEAT_EVERY


async def test_time_runs_on_by_itself() -> None:
    """A second of a visitor's time is a second in the simulated server."""
    async with running() as site:
        before = site.driver.now()
        pulse = asyncio.create_task(site.driver.pulse())
        site.app.ticked.clear()
        async with asyncio.timeout(10):
            await site.app.ticked.wait()
        pulse.cancel()
        assert site.driver.now() - before == timedelta(seconds=1)


async def test_a_thread_is_marked_new_until_it_is_looked_at() -> None:
    """The thread that an answer opens is in the list at once, and its mark goes with the first look."""
    async with running() as site:
        await answer_as(site, "mia")
        rows = (await site.state())["places"]
        [thread] = rows[0]["threads"]
        assert thread["new"]
        assert thread["label"] in site.driver.news.sentence
        state = await site.act(f"show?id={thread['id']}")
        assert not state["places"][0]["threads"][0]["new"]
        assert (await site.open_page())[1]["channel"]["name"] == thread["label"]


async def test_the_restarted_bot_hears_old_buttons() -> None:
    """After a restart there is another client, and yesterday's card still takes answers."""
    async with running() as site:
        before = site.app.client
        await site.act("restart")
        assert site.app.client is not before
        await answer_as(site, "priya")
        assert len(site.app.answered) == 1


async def test_the_controls_are_commands_too() -> None:
    """The page's buttons exist as slash commands, before and after a restart."""
    async with running() as site:
        for command, days in (
            ("sandbox post-now", [1, 1]),
            ("sandbox restart", [1, 1]),
            ("sandbox next-day", [1, 1, 2]),
        ):
            async with site.driver.page_action():
                result = await site.person("ada").slash(site.driver.world.daily, command)
            assert result.response is not None
            await site.driver.line.ask(PassTime())
            assert [instant.day for instant in site.app.posted] == days


async def test_a_private_conversation_is_listed_and_shown_to_its_owner() -> None:
    """Where the bot wrote to a member in private, the visitor can read it as that member."""
    async with running() as site:
        async with site.driver.page_action():
            await site.person("mia").send_dm("hello")
        place = site.place("Messages to Mia")
        await site.driver.line.ask(Show(place))
        headers, page = await site.open_page()
        assert page["viewerId"] == str(site.person("mia").id)
        assert headers["X-Simcord-Context"]


async def test_an_error_of_the_bot_is_said_on_the_page() -> None:
    """A visitor who runs into a bug reads which one, instead of silence."""
    async with running() as site:

        async def broken(_message: discord.Message) -> None:
            raise LookupError("no such question")

        site.app.client.on_message = broken  # type: ignore[attr-defined]
        async with site.driver.page_action():
            await site.person("mia").send(site.driver.world.daily, f"<@{site.app.client.user.id}> hi")
        assert "LookupError: no such question" in (await site.state())["news"]["text"]


async def test_a_taken_port_is_one_sentence() -> None:
    """Starting it twice on one port says so, before anything else happens."""
    clock = sandbox.SandboxClock()
    app = PracticeApp(clock)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(sandbox.SandboxError, match=f"Port {port} cannot be used"):
            await sandbox.run(app, clock, port=port, open_browser=False)
    assert not app.running


async def test_a_failing_tick_ends_the_sandbox_with_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    """Time does not stop silently: when a tick fails, the sandbox ends and says why."""

    class Failing(PracticeApp):
        async def tick(self, now: Any) -> None:
            if self.posted:
                raise LookupError("no such schedule")
            await super().tick(now)

    clock = sandbox.SandboxClock()
    app = Failing(clock)
    with pytest.raises(sandbox.SandboxError, match="no such schedule"):
        await sandbox.run(app, clock, port=0, open_browser=False)
    assert "Interview Coach sandbox: http://127.0.0.1:" in capsys.readouterr().out
    assert not app.running


async def test_without_simcord_it_says_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Someone who has not installed the extra is told which command does."""
    monkeypatch.setitem(sys.modules, "simcord", None)
    monkeypatch.delitem(sys.modules, "bot.sandbox.session")
    clock = sandbox.SandboxClock()
    with pytest.raises(sandbox.SandboxError, match="make sandbox"):
        await sandbox.run(PracticeApp(clock), clock, port=0, open_browser=False)


async def answer_as(site: Site, name: str) -> None:
    """Press Answer on the newest card and send the form, as the page would."""
    person = site.person(name)
    async with site.driver.page_action():
        cards = [message for message in site.driver.world.daily.history() if message.components]
        form = await person.click(cards[-1], custom_id="answer")
        await person.submit_modal(form, {"text": "It learns the noise of its training data."})
