"""HTTP: what every request passes on its way to its handler and back: faults, limits, the token, the record."""

import asyncio
import time
from typing import Any, Literal

import orjson
from aiohttp import web

from tests.wire.standin import routes_application, routes_channels, routes_interactions
from tests.wire.standin.checks import Bodies
from tests.wire.standin.errors import Refusal, invalid_form, unauthorized
from tests.wire.standin.faults import ConnectionCut, Faults
from tests.wire.standin.gateway import Gateway
from tests.wire.standin.rates import Banned, Rates, scope_of
from tests.wire.standin.record import Exchange
from tests.wire.standin.routing import Call, Reply, Route, Routes
from tests.wire.standin.world import World

PREFIX = "/api/v10"
ROUTES = Routes((routes_application.routes, routes_channels.routes, routes_interactions.routes))
_BROKEN, _CUT, _UNKNOWN = -1, 0, 501


class Rest:
    """The API of one world."""

    def __init__(self, world: World, gateway: Gateway, bodies: Bodies) -> None:
        self.world = world
        self.gateway = gateway
        self.faults = Faults(world.record)
        self.rates = Rates(world.config, world.record)
        self._bodies = bodies

    @property
    def knows_the_spec(self) -> bool:
        return self._bodies.knows_the_spec

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One request, from its first byte to its record."""
        began = time.monotonic()
        path = request.path.removeprefix(PREFIX)
        found = ROUTES.find(request.method, path)
        name = found[0].name if found else f"{request.method} {path}"
        number = len(self.world.record.exchanges) + 1
        exchange = Exchange(number, began, request.method, path, name)
        self.world.record.begin(exchange)
        status, code, response = _BROKEN, None, web.Response(status=500)
        try:
            status, body, headers = await self._answer(request, path, found, exchange)
            code = body.get("code") if status >= 400 and isinstance(body, dict) else None
            response = _response(status, body, headers)
        except ConnectionCut:
            status = _CUT
            if request.transport is not None:
                request.transport.abort()
        except Banned:
            status = 429
            response = web.Response(status=status, text="error code: 1015", content_type="text/html")
        finally:
            if status == _BROKEN:
                self.world.record.violation(f"the stand-in itself failed at {name}; see its standard error")
            self.world.record.end(exchange, status, code, time.monotonic() - began)
        return response

    async def _answer(
        self,
        request: web.Request,
        path: str,
        found: tuple[Route, dict[str, str]] | None,
        exchange: Exchange,
    ) -> tuple[int, Any, dict[str, str]]:
        if found is None:
            self.world.record.violation(f"{request.method} {path} is not known here")
            return _UNKNOWN, {"message": "not known here", "code": 0}, {}
        route, ids = found
        headers: dict[str, str] = {}
        try:
            call = Call(self.world, self.gateway, self._bodies, request.method, path, ids, dict(request.query))
            await _read_body(request, call)
            exchange.body = call.body
            self.rates.check_ban()
            if self.world.config.latency:
                await asyncio.sleep(self.world.config.latency)
            await self._strike(request.method, path, "before")
            if route.needs_token:
                self._authorize(request)
                headers = self.rates.take(route.name, next(iter(ids.values()), ""))
            status, body = self._handled(route, call)
            await self._strike(request.method, path, "after")
        except Refusal as refused:
            self.rates.note(refused.status, scope_of(refused))
            return refused.status, refused.body, {**headers, **refused.headers}
        return status, body, headers

    async def _strike(self, method: str, path: str, when: Literal["before", "after"]) -> None:
        await self.faults.strike(f"{method} {path}", when)

    def _handled(self, route: Route, call: Call) -> Reply:
        """Handlers don't await: what they do is done at once, or not at all."""
        reply = route.handler(call)
        self.world.record.changed()
        return reply

    def _authorize(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.world.config.token}":
            raise unauthorized()


async def _read_body(request: web.Request, call: Call) -> None:
    """JSON, or a form with JSON and files, of which only the names and sizes are kept."""
    if request.content_type.startswith("multipart/"):
        form = await request.post()
        for name, part in form.items():
            if isinstance(part, web.FileField):
                data = part.file.read()
                call.files.append({"filename": part.filename, "size": len(data), "type": part.content_type})
            elif name == "payload_json":
                call.body = orjson.loads(part)
        call.body = call.body or {}
        return
    text = await request.read()
    try:
        call.body = orjson.loads(text) if text else None
    except orjson.JSONDecodeError as error:
        call.world.record.violation(f"{call.method} {call.path}: {error}")
        raise invalid_form([str(error)]) from error


def _response(status: int, body: Any, headers: dict[str, str]) -> web.Response:
    if body is None:
        return web.Response(status=status, headers=headers)
    return web.Response(status=status, body=orjson.dumps(body), content_type="application/json", headers=headers)
