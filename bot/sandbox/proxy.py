"""Passes the page's own traffic on to simcord's preview, which listens on a new port for each place.

The preview forbids frames and foreign origins. Our server has checked both before anything gets here.
"""

import json
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, TCPConnector, web

from bot.sandbox.driver import Driver
from bot.sandbox.requests import Show

UPLOAD_LIMIT = 32 * 1024 * 1024
_NOT_FORWARDED = frozenset({"host", "origin", "referer", "connection", "content-length", "accept-encoding"})
_NOT_RETURNED = frozenset({"x-frame-options", "connection", "content-length", "date", "server"})
_NEVER_CHANGES = ("/fonts/", "/vendor/")
_GONE = "This conversation was closed. Choose one from the list of channels."
_STYLE = '<link rel="stylesheet" href="/sandbox/frame.css">'


class PreviewProxy:
    """A reverse proxy with one upstream at a time; use as a context manager."""

    def __init__(self, driver: Driver) -> None:
        self._driver = driver
        # No connection is kept: the preview behind them goes away whenever the visitor goes elsewhere.
        self._session = ClientSession(
            connector=TCPConnector(force_close=True), timeout=ClientTimeout(total=None), auto_decompress=False
        )

    async def close(self) -> None:
        await self._session.close()

    async def page(self, request: web.Request) -> web.Response:
        """The preview's page, for our frame; it asks for everything else by absolute paths."""
        response = await self._pass_on(request, "/", b"")
        text = response.text
        if response.status == web.HTTPOk.status_code and text is not None:
            response.text = text.replace("</head>", f"{_STYLE}</head>", 1)
        return response

    async def other(self, request: web.Request) -> web.Response:
        """Anything else the preview's page asks for."""
        body = await request.read()
        if request.method == "POST" and request.path == "/api/action":
            async with self._driver.page_action():
                response = await self._pass_on(request, request.path_qs, body)
                self._learn(body, response)
            return response
        if request.method == "POST" and request.path == "/api/pages":
            body = self._as_last_viewer(body)
        return await self._pass_on(request, request.path_qs, body)

    async def _pass_on(self, request: web.Request, path: str, body: bytes) -> web.Response:
        origin = self._driver.window.origin
        if origin is None:
            raise web.HTTPGone(text=_GONE)
        headers = {key: value for key, value in request.headers.items() if key.lower() not in _NOT_FORWARDED}
        try:
            async with self._session.request(
                request.method, f"{origin}{path}", headers=headers, data=body or None, allow_redirects=False
            ) as answer:
                return web.Response(
                    body=await answer.read(), status=answer.status, headers=_returned(request, answer.headers)
                )
        except ClientError as error:
            raise web.HTTPGone(text=_GONE) from error

    def _learn(self, body: bytes, response: web.Response) -> None:
        """Remember as whom the visitor looks, and open the place again where they ended the preview."""
        asked = _json_object(body)
        if _json_object(response.body).get("rejected") is not False:
            return
        if asked.get("kind") == "viewer":
            self._driver.window.viewer_id = int(asked["viewer_id"])
        elif asked.get("kind") == "close":
            self._driver.line.ask(Show(self._driver.window.place_id))

    def _as_last_viewer(self, body: bytes) -> bytes:
        viewer_id = self._driver.window.viewer_for_new_page()
        if viewer_id is None:
            return body
        return json.dumps({"viewer_id": str(viewer_id), **_json_object(body)}).encode()


def _returned(request: web.Request, upstream: Any) -> dict[str, str]:
    headers = {key: value for key, value in upstream.items() if key.lower() not in _NOT_RETURNED}
    policy = headers.get("Content-Security-Policy", "")
    headers["Content-Security-Policy"] = policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
    if request.path.startswith(_NEVER_CHANGES):
        # Thirty megabytes of fonts, asked for again at every turn to another channel.
        headers.pop("Pragma", None)
        headers["Cache-Control"] = "private, max-age=86400"
    return headers


def _json_object(body: Any) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except (TypeError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}
