"""A bot without a library: plain requests and a plain websocket, to test the stand-in itself."""

import asyncio
import json
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self

import aiohttp

from tests.wire.control import PATIENCE, Discord
from tests.wire.people import Place

INTENTS = 1 << 0 | 1 << 9


@dataclass(frozen=True)
class Answer:
    """What came back; `status` 0: the connection was cut."""

    status: int
    body: Any
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def code(self) -> int:
        return int(self.body["code"])


class BareBot:
    """Requests under the world's token."""

    def __init__(self, discord: Discord) -> None:
        self.discord = discord

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Answer:
        headers = {"Authorization": f"Bot {token or self.discord.token}"}
        try:
            async with self._session.request(method, self.discord.api + path, json=body, headers=headers) as answer:
                said = await answer.json() if answer.content_type == "application/json" else None
                return Answer(answer.status, said, answer.headers)
        except aiohttp.ServerDisconnectedError:
            return Answer(0, None)

    async def post(self, place: Place, content: str = "hello", **more: Any) -> Answer:
        return await self.ask("POST", f"/channels/{place.id}/messages", {"content": content, **more})

    @asynccontextmanager
    async def gateway(self, compress: str | None = None) -> AsyncIterator["Socket"]:
        """A connection that has said hello."""
        query = "?v=10&encoding=json" + (f"&compress={compress}" if compress else "")
        async with self._session.ws_connect(self.discord.gateway + query, autoclose=False) as ws:
            socket = Socket(ws, self.discord.token)
            assert (await socket.receive())["op"] == 10
            yield socket


class Socket:
    """One gateway connection."""

    def __init__(self, ws: aiohttp.ClientWebSocketResponse, token: str) -> None:
        self._ws = ws
        self._token = token
        self._unpack = zlib.decompressobj()

    async def send(self, op: int, data: Any) -> None:
        await self._ws.send_json({"op": op, "d": data})

    async def identify(self, *, intents: int = INTENTS, token: str | None = None) -> None:
        await self.send(2, {"token": token or self._token, "intents": intents, "properties": {}})

    async def resume(self, session: str, sequence: int) -> None:
        await self.send(6, {"token": self._token, "session_id": session, "seq": sequence})

    async def receive(self) -> dict[str, Any]:
        """The next frame; `{"closed": code}` at the end."""
        async with asyncio.timeout(PATIENCE):
            frame = await self._ws.receive()
        if frame.type is aiohttp.WSMsgType.TEXT:
            return dict(frame.json())
        if frame.type is aiohttp.WSMsgType.BINARY:
            return dict(json.loads(self._unpack.decompress(frame.data)))
        return {"closed": self._ws.close_code}

    async def event(self, name: str) -> dict[str, Any]:
        """The next event of that name; others are passed over."""
        while (frame := await self.receive()).get("t") != name:
            assert "closed" not in frame, frame
        return frame
