"""`python -m tests.wire.standin`: prints the port as a line of JSON, and serves until its input ends."""

import asyncio
import json
import sys
from typing import Any

import orjson
import uvloop
from aiohttp import web

from tests.wire.standin.checks import Bodies
from tests.wire.standin.config import Config
from tests.wire.standin.control import Control
from tests.wire.standin.gateway import Gateway
from tests.wire.standin.options import NotOffered
from tests.wire.standin.record import Record
from tests.wire.standin.rest import PREFIX, Rest
from tests.wire.standin.waiting import TimeIsUp
from tests.wire.standin.world import World


class Discord:
    """One world with its three doors."""

    def __init__(self, address: str, bodies: Bodies, settings: dict[str, Any]) -> None:
        world = World(Config.of(settings), Record())
        self.gateway = Gateway(world, address)
        self.rest = Rest(world, self.gateway, bodies)
        self.control = Control(world, self.gateway, self.rest)

    def end(self) -> None:
        """Cuts every connection, and lets go whatever is held."""
        self.rest.faults.lift()
        for socket in list(self.gateway.sockets):
            socket.cut()


class Process:
    """Holds the current world; the verb `reset` begins a new one, `all` does several things in one go."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        self._address = ""
        self._discord = Discord("", bodies, {})

    async def run(self) -> None:
        """Serves until standard input ends, as it does when the parent dies."""
        app = web.Application(client_max_size=32 << 20)
        app.router.add_post("/control/{verb}", self._obey)
        app.router.add_get("/gateway", self._gateway)
        app.router.add_get("/gateway/", self._gateway)
        app.router.add_route("*", PREFIX + "/{rest:.*}", self._rest)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, backlog=4096).start()
        port = runner.addresses[0][1]
        self._address = f"ws://127.0.0.1:{port}/gateway"
        sys.stdout.write(json.dumps({"port": port}) + "\n")
        sys.stdout.flush()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        self._discord.end()
        await runner.cleanup()

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        return await self._discord.gateway.serve(request)

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        return await self._discord.rest.serve(request)

    async def _obey(self, request: web.Request) -> web.Response:
        verb = request.match_info["verb"]
        arguments = orjson.loads(await request.read())
        try:
            if verb == "reset":
                self._discord.end()
                self._discord = Discord(self._address, self._bodies, arguments)
                return _said(self._discord.control.about())
            if verb == "all":
                return _said([await self._do(each, given) for each, given in arguments["acts"]])
            return _said(await self._do(verb, arguments))
        except NotOffered as error:
            return _said(str(error), status=409)
        except TimeIsUp as error:
            return _said(str(error), status=408)

    async def _do(self, verb: str, arguments: dict[str, Any]) -> Any:
        if verb.startswith("_") or not hasattr(Control, verb):
            raise NotOffered(f"no verb {verb!r}")
        outcome = getattr(self._discord.control, verb)(**arguments)
        return await outcome if asyncio.iscoroutine(outcome) else outcome


def _said(outcome: Any, status: int = 200) -> web.Response:
    return web.Response(status=status, body=orjson.dumps(outcome), content_type="application/json")


if __name__ == "__main__":
    uvloop.run(Process(Bodies()).run())
