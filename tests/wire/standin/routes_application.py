"""Routes about the bot itself: who it is, where its gateway is, which commands it has."""

import time
from typing import Any

from tests.wire.standin import payloads
from tests.wire.standin.errors import refusal
from tests.wire.standin.gateway import application_flags
from tests.wire.standin.routing import Call, Reply, Routes

routes = Routes()


@routes.add("GET /users/@me")
def me(call: Call) -> Reply:
    own = {"verified": True, "mfa_enabled": False, "locale": "en-US", "flags": 0, "email": None}
    return 200, {**payloads.user(call.world.bot), **own}


@routes.add("GET /oauth2/applications/@me")
def application(call: Call) -> Reply:
    return 200, {
        "id": str(call.world.application_id),
        "name": "Interview Coach",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": application_flags(call.world),
        "owner": payloads.user(call.world.bot),
        "team": None,
        "summary": "",
        "interactions_endpoint_url": None,
        "approximate_guild_count": len(call.world.guilds),
    }


@routes.add("POST /users/@me/channels")
def open_direct_channel(call: Call) -> Reply:
    """A user's private channel; whether they take messages is only told when one is sent."""
    user = call.world.users.get(int(call.check_body()["recipient_id"]))
    if user is None or user.bot:
        raise refusal(50007)
    return 200, payloads.channel(call.world.direct_channel(user))


@routes.add("GET /gateway")
def gateway(call: Call) -> Reply:
    return 200, {"url": call.gateway.address}


@routes.add("GET /gateway/bot")
def gateway_for_bots(call: Call) -> Reply:
    config = call.world.config
    spent = len(call.world.record.identifies)
    return 200, {
        "url": call.gateway.address,
        "shards": config.shards,
        "session_start_limit": {
            "total": config.session_starts,
            "remaining": max(0, config.session_starts - spent),
            "reset_after": 86_400_000,
            "max_concurrency": 1,
        },
    }


@routes.add("GET /applications/{application}/commands")
def commands(call: Call) -> Reply:
    return 200, call.world.commands


@routes.add("PUT /applications/{application}/commands")
def replace_commands(call: Call) -> Reply:
    """All global commands at once; one that was there before keeps its id."""
    former = {(c["type"], c["name"]): c["id"] for c in call.world.commands}
    version = str(int(time.time() * 1000))

    def stored(command: dict[str, Any]) -> dict[str, Any]:
        kind = command.get("type", 1)
        id_ = former.get((kind, command["name"])) or str(call.world.ids())
        fixed = {"type": kind, "id": id_, "application_id": str(call.world.application_id), "version": version}
        if (rights := command.get("default_member_permissions")) is not None:
            fixed["default_member_permissions"] = str(rights)
        return {"description": "", "options": [], **command, **fixed}

    call.world.commands = [stored(command) for command in call.check_body()]
    return 200, call.world.commands


@routes.add("GET /guilds/{guild}/members/{user}")
def member(call: Call) -> Reply:
    guild = call.world.guilds.get(call.id("guild"))
    if guild is None or not guild.has_bot:
        raise refusal(10004)
    found = guild.members.get(call.id("user"))
    if found is None:
        raise refusal(10007)
    return 200, payloads.member(found)
