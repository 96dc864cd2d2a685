"""The web server of the sandbox: its own page, what that page asks for, and the proxy behind it.

It listens on loopback only, and yet a browser would let any web page send requests there. So the Host must be
loopback (against names that resolve to it), an Origin must be our own, and our own endpoints want a secret
of this run.
"""

import secrets
from importlib.resources import files
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox.driver import Driver, spoken
from bot.sandbox.proxy import UPLOAD_LIMIT, PreviewProxy
from bot.sandbox.requests import NextDay, PostNow, Request, Restart, Show
from bot.sandbox.world import SERVER_NAME

_LOOPBACK = frozenset({"127.0.0.1", "localhost"})
_TOKEN_HEADER = "X-Sandbox-Token"  # noqa: S105  the header's name
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_ASSETS = ("shell.css", "shell.js", "frame.js", "frame.css", "icon.svg")
_REQUESTS: dict[str, Request] = {"post-now": PostNow(), "next-day": NextDay(), "restart": Restart()}
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
}


class Pages:
    """The handlers, bound to one driver."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        self._serial = 0
        self._token = secrets.token_urlsafe(32)

    async def shell(self, _request: web.Request) -> web.Response:
        text = _read("shell.html").replace("{{token}}", self._token).replace("{{server}}", SERVER_NAME)
        return web.Response(text=text, content_type="text/html", headers=_HEADERS)

    async def asset(self, request: web.Request) -> web.Response:
        name = request.path.rpartition("/")[2]
        return web.Response(text=_read(name), content_type=_TYPES[name.rpartition(".")[2]], headers=_HEADERS)

    async def state(self, request: web.Request) -> web.Response:
        self._require_token(request)
        return self._state()

    async def act(self, request: web.Request) -> web.Response:
        """Carry out one request of the page and answer with the state that it led to."""
        self._require_token(request)
        if "Origin" not in request.headers:
            raise web.HTTPForbidden(text="Only the sandbox's own page may do this.")
        await self._driver.line.ask(await _wanted(request))
        return self._state()

    def _require_token(self, request: web.Request) -> None:
        if not secrets.compare_digest(request.headers.get(_TOKEN_HEADER, "").encode(), self._token.encode()):
            raise web.HTTPForbidden(text="This page belongs to an earlier run of the sandbox. Reload it.")

    def _state(self) -> web.Response:
        driver = self._driver
        self._serial += 1
        state: dict[str, Any] = {
            "serial": self._serial,
            "clock": {"instant": driver.now().isoformat(), "text": spoken(driver.now())},
            "places": driver.news.listing(),
            "view": {"id": str(driver.window.place_id), "address": driver.window.address},
            "news": {"number": driver.news.number, "text": driver.news.sentence},
        }
        return web.json_response(state, headers=_HEADERS)


def web_app(driver: Driver, proxy: PreviewProxy) -> web.Application:
    """The whole site for one driver."""
    pages = Pages(driver)
    app = web.Application(middlewares=[_only_our_page], client_max_size=UPLOAD_LIMIT)
    app.router.add_get("/", pages.shell)
    for name in _ASSETS:
        app.router.add_get(f"/sandbox/{name}", pages.asset)
    app.router.add_get("/sandbox/state", pages.state)
    app.router.add_post("/sandbox/act/{what}", pages.act)
    app.router.add_get("/view", proxy.page)
    app.router.add_route("*", "/{path:.*}", proxy.other)
    return app


@web.middleware
async def _only_our_page(request: web.Request, handler: Handler) -> web.StreamResponse:
    host = request.headers.get("Host", "")
    if host.rpartition(":")[0] not in _LOOPBACK and host not in _LOOPBACK:
        raise web.HTTPForbidden(text="The sandbox answers only to 127.0.0.1 and localhost.")
    if request.headers.get("Origin", f"http://{host}") != f"http://{host}":
        raise web.HTTPForbidden(text="Only the sandbox's own page may ask this.")
    return await handler(request)


async def _wanted(request: web.Request) -> Request:
    what = request.match_info["what"]
    if what == "show":
        place_id = request.query.get("id", "")
        if not place_id.isdecimal():
            raise web.HTTPBadRequest(text="The id of a conversation is a number.")
        return Show(int(place_id))
    if what not in _REQUESTS:
        raise web.HTTPNotFound(text=f"The sandbox cannot {what}.")
    return _REQUESTS[what]


def _read(name: str) -> str:
    return files("bot.sandbox").joinpath("page", name).read_text(encoding="utf-8")
