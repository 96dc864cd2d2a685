"""The websocket: sessions, what each of them may hear, and how they end."""

import asyncio
import secrets
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import zstandard
from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire.standin import payloads
from tests.wire.standin.world import GUILDS, MESSAGE_CONTENT, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME = 0, 1, 2, 3, 6
RECONNECT, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 7, 9, 10, 11
KNOWN_INTENTS = (1 << 17) - 1 | 1 << 20 | 1 << 21 | 1 << 24 | 1 << 25
PRIVILEGED = 1 << 1 | 1 << 8 | MESSAGE_CONTENT
REMEMBERED = 5000
"""Events that a session keeps for a RESUME."""
RESUMABLE = 120.0
"""Seconds that a session without a socket is kept."""
READS_MESSAGES = 1 << 18
"""The application's flag for the message content intent."""

Pack = Callable[[bytes], bytes | str]


@dataclass
class Session:
    """Outlives its sockets, until it is made invalid or its client says goodbye."""

    id: str
    shard: tuple[int, int]
    intents: int
    socket: "Socket | None" = None
    sequence: int = 0
    events: deque[tuple[int, bytes]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    left: float = 0.0
    """When its last socket ended, by the monotonic clock."""

    @property
    def is_over(self) -> bool:
        return self.socket is None and time.monotonic() - self.left > RESUMABLE

    def hears(self, guild_id: int) -> bool:
        index, number = self.shard
        return (guild_id >> 22) % number == index

    def dispatch(self, event: str, payload: dict[str, Any]) -> bool:
        """Whether it went to a socket; else it is kept for a RESUME."""
        self.sequence += 1
        frame = orjson.dumps({"op": DISPATCH, "t": event, "s": self.sequence, "d": payload})
        self.events.append((self.sequence, frame))
        if self.socket is None:
            return False
        self.socket.send(frame)
        return True


class Socket:
    """One connection. Frames leave in order, through a task of its own."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, pack: Pack) -> None:
        self._request = request
        self._ws = ws
        self._pack = pack
        self._frames: asyncio.Queue[bytes | int] = asyncio.Queue()
        self.session: Session | None = None
        self.is_silent = False
        self.closed_with: int | None = None
        self.heard = time.monotonic()

    def send(self, frame: bytes) -> None:
        if not self.is_silent and self.closed_with is None:
            self._frames.put_nowait(frame)

    def op(self, op: int, data: Any = None) -> None:
        self.send(orjson.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int) -> None:
        """After what is already queued; nothing is said after that."""
        if self.closed_with is None:
            self.closed_with = code
            self._frames.put_nowait(code)

    def cut(self) -> None:
        """No close frame: the other side sees 1006."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def write(self) -> None:
        """Sends until the connection is lost or is to be closed."""
        while isinstance(frame := await self._frames.get(), bytes):
            packed = self._pack(frame)
            try:
                if isinstance(packed, str):
                    await self._ws.send_str(packed)
                else:
                    await self._ws.send_bytes(packed)
            except ConnectionError:
                return


def packer(compress: str | None) -> Pack | None:
    """How frames travel on a connection that asked for `compress`; None for a kind that Discord has not."""
    match compress:
        case None:
            return lambda frame: frame.decode()
        case "zstd-stream":
            stream = zstandard.ZstdCompressor(level=1).compressobj()
            return lambda frame: stream.compress(frame) + stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        case "zlib-stream":
            old = zlib.compressobj(1)
            return lambda frame: old.compress(frame) + old.flush(zlib.Z_SYNC_FLUSH)
    return None


def application_flags(world: World) -> int:
    return READS_MESSAGES if world.config.reads_messages_flag else 0


class Gateway:
    """All sessions of one world."""

    def __init__(self, world: World, address: str) -> None:
        self._world = world
        self.address = address
        self.sessions: dict[str, Session] = {}
        self.sockets: set[Socket] = set()
        self._last_identify = float("-inf")
        self.withheld: set[str] = set()
        """Events that are lost on their way."""
        world.tell = self.dispatch

    def connected(self) -> list[Session]:
        return [s for s in self.sessions.values() if s.socket is not None]

    def dispatch(
        self,
        guild_id: int,
        event: str,
        payload: dict[str, Any],
        intent: int = GUILDS,
        bare: dict[str, Any] | None = None,
    ) -> int:
        """Tells every session of the guild's shard that wants to know; how many sockets that reached.

        `bare` is what those get that lack the message content intent.
        """
        guild = self._world.guilds.get(guild_id)
        if guild is not None and not guild.has_bot and event != "GUILD_DELETE":
            return 0
        if event in self.withheld:
            return 0
        reached = 0
        for session in list(self.sessions.values()):
            if session.is_over:
                del self.sessions[session.id]
            elif session.hears(guild_id) and session.intents & intent == intent:
                censored = bare is not None and not session.intents & MESSAGE_CONTENT
                reached += session.dispatch(event, bare if censored and bare else payload)
        return reached

    def chosen(self, shard: int | None) -> list[Socket]:
        """The identified sockets of a shard, or of all."""
        return [s for s in self.sockets if s.session and shard in (None, s.session.shard[0])]

    def forget_sessions(self, shard: int | None = None) -> None:
        """Nothing can be resumed any more."""
        for session in [s for s in self.sessions.values() if shard in (None, s.shard[0])]:
            del self.sessions[session.id]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from its handshake to its end."""
        ws = web.WebSocketResponse(max_msg_size=1 << 16, autoping=True)
        await ws.prepare(request)
        pack = packer(request.query.get("compress"))
        if pack is None or request.query.get("v") != "10" or request.query.get("encoding") != "json":
            self._world.record.violation(f"gateway asked for as {request.query_string!r}")
            await ws.close(code=4012)
            return ws
        socket = Socket(request, ws, pack)
        self.sockets.add(socket)
        socket.op(HELLO, {"heartbeat_interval": int(self._world.config.heartbeat * 1000), "_trace": []})
        work = [socket.write(), self._listen(socket, ws), self._watch(socket)]
        tasks = [asyncio.create_task(each) for each in work]
        await asyncio.wait(tasks[:2], return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                self._world.record.violation(f"the stand-in itself failed at its gateway: {outcome!r}")
        if socket.closed_with is not None:
            await ws.close(code=socket.closed_with)  # with nobody listening it waits for the other side's goodbye
        self._end(socket, socket.closed_with or ws.close_code)
        return ws

    async def _listen(self, socket: Socket, ws: web.WebSocketResponse) -> None:
        async for frame in ws:
            if frame.type is WSMsgType.TEXT:
                self._receive(socket, orjson.loads(frame.data))
            else:
                socket.close(4002)

    def _end(self, socket: Socket, code: int | None) -> None:
        self.sockets.discard(socket)
        session = socket.session
        if session is not None and session.socket is socket:
            session.socket, session.left = None, time.monotonic()
            if socket.closed_with is None and code in (WSCloseCode.OK, WSCloseCode.GOING_AWAY):
                self.sessions.pop(session.id, None)  # who says goodbye does not come back
        self._world.record.closes.append(code or 1006)
        self._world.record.changed()

    async def _watch(self, socket: Socket) -> None:
        """Ends a connection that has stopped beating."""
        patience = self._world.config.heartbeat * 2
        while time.monotonic() - socket.heard < patience:
            await asyncio.sleep(patience / 4)
        socket.close(4009)

    def _receive(self, socket: Socket, frame: dict[str, Any]) -> None:
        record = self._world.record
        match frame.get("op"):
            case op if op == HEARTBEAT:
                socket.heard = time.monotonic()
                record.heartbeats += 1
                socket.op(HEARTBEAT_ACK)
            case op if op == IDENTIFY:
                self._identify(socket, frame["d"])
            case op if op == RESUME:
                self._resume(socket, frame["d"])
            case op if op == PRESENCE and socket.session:
                pass
            case op:
                record.violation(f"gateway op {op} is not known here, or comes before IDENTIFY")
                socket.close(4001 if socket.session else 4003)

    def _identify(self, socket: Socket, data: dict[str, Any]) -> None:
        world = self._world
        now = time.monotonic()
        soon = now - self._last_identify < world.config.identify_every
        self._last_identify = now
        world.record.identifies.append(
            {"at": now, "shard": data.get("shard"), "intents": data["intents"], "too_soon": soon}
        )
        index, number = data.get("shard") or (0, 1)
        session = Session(secrets.token_hex(16), (index, number), data["intents"], socket)
        if (code := self._objection(socket, session, data["token"])) is not None:
            socket.close(code)
        elif soon:
            socket.op(INVALID_SESSION, data=False)
        else:
            self.sessions[session.id] = socket.session = session
            self._welcome(session)
        world.record.changed()

    def _objection(self, socket: Socket, session: Session, token: str) -> int | None:
        """The close code for an IDENTIFY that Discord would not take."""
        config = self._world.config
        allowed = MESSAGE_CONTENT if config.message_content else 0
        if socket.session is not None:
            return 4005
        if token.removeprefix("Bot ") != config.token:
            return 4004
        if session.intents & ~KNOWN_INTENTS:
            return 4013
        if session.intents & PRIVILEGED & ~allowed:
            return 4014
        index, number = session.shard
        return None if 0 <= index < number else 4010

    def _welcome(self, session: Session) -> None:
        world = self._world
        mine = [g for g in world.guilds.values() if g.has_bot and session.hears(g.id)]
        ready = {
            "v": 10,
            "user": payloads.user(world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in mine],
            "session_id": session.id,
            "resume_gateway_url": self.address,
            "shard": list(session.shard),
            "application": {"id": str(world.application_id), "flags": application_flags(world)},
            "private_channels": [],
        }
        session.dispatch("READY", ready)
        if session.intents & GUILDS:
            for guild in mine:
                session.dispatch("GUILD_CREATE", payloads.guild(guild, world.bot))

    def _resume(self, socket: Socket, data: dict[str, Any]) -> None:
        session = self.sessions.get(data["session_id"])
        first = session.events[0][0] if session and session.events else 0
        known = session is not None and data["seq"] is not None and data["seq"] >= first - 1
        self._world.record.resumes.append({"at": time.monotonic(), "accepted": known})
        if session is None or not known or data["token"] != self._world.config.token:
            socket.op(INVALID_SESSION, data=False)
        else:
            session.socket, socket.session = socket, session
            for sequence, frame in session.events:
                if sequence > data["seq"]:
                    socket.send(frame)
            session.dispatch("RESUMED", {"_trace": []})
        self._world.record.changed()
