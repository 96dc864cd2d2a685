"""Routes about channels: messages, their history, reactions and threads."""

from bisect import bisect_left, bisect_right
from typing import Any
from urllib.parse import unquote

from tests.wire.standin import payloads
from tests.wire.standin.errors import invalid_form, refusal
from tests.wire.standin.model import COMPONENTS_V2, DIRECT, TEXT, Channel, Message
from tests.wire.standin.nonces import remember, remembered
from tests.wire.standin.permissions import BITS
from tests.wire.standin.routing import Call, Reply, Routes

routes = Routes()
_SETTABLE = COMPONENTS_V2 | 1 << 2 | 1 << 12
"""Flags that a sender may set: Components V2, suppressed embeds, silence."""


def _channel(call: Call) -> Channel:
    """The channel of a request, if the bot may see it."""
    channel = call.world.channels.get(call.id("channel"))
    if channel is None:
        raise refusal(10003)
    if channel.kind == DIRECT:
        return channel
    if not call.world.guilds[channel.guild_id].has_bot:
        raise refusal(50001)
    if not call.world.rights(channel, call.world.bot) & BITS["VIEW_CHANNEL"]:
        raise refusal(50001)
    return channel


def _need(call: Call, channel: Channel, *names: str) -> None:
    rights = call.world.rights(channel, call.world.bot)
    if any(not rights & BITS[name] for name in names):
        raise refusal(50013)


def _message(call: Call, channel: Channel) -> Message:
    message = call.world.messages.get(call.id("message"))
    if message is None or message.channel_id != channel.id or message.seen_by is not None:
        raise refusal(10008)
    return message


def shown(call: Call, message: Message) -> dict[str, Any]:
    """A message as the bot gets it over HTTP: without words that it may not read."""
    may = call.world.config.message_content or call.world.is_open_to_bot(message)
    return call.world.payload(message, bare=not may)


@routes.add("GET /channels/{channel}")
def channel(call: Call) -> Reply:
    return 200, payloads.channel(_channel(call))


@routes.add("POST /channels/{channel}/messages")
def send(call: Call) -> Reply:
    place = _channel(call)
    _need(call, place, "SEND_MESSAGES_IN_THREADS" if place.is_thread else "SEND_MESSAGES")
    if place.recipient is not None and place.recipient.id in call.world.closed_to_bot:
        raise refusal(50007)
    body = call.check_body()
    if body.get("embeds"):
        _need(call, place, "EMBED_LINKS")
    if call.files:
        _need(call, place, "ATTACH_FILES")
    nonce = body.get("nonce")
    if body.get("enforce_nonce") and (former := remembered(call.world, nonce)):
        return 200, {**shown(call, former), "nonce": nonce}
    if not any((body.get("content"), body.get("embeds"), body.get("components"), call.files)):
        raise refusal(50006)
    message = Message(
        call.world.ids(),
        place.id,
        call.world.bot,
        content=body.get("content") or "",
        embeds=body.get("embeds") or [],
        components=payloads.numbered(body.get("components") or []),
        attachments=attached(call),
        flags=body.get("flags", 0) & _SETTABLE,
        nonce=nonce,
    )
    call.world.post(message, replied=_replied(call, place, body))
    remember(call.world, message)
    return 200, {**shown(call, message), "nonce": nonce}


def _replied(call: Call, place: Channel, body: dict[str, Any]) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    _need(call, place, "READ_MESSAGE_HISTORY")
    found = call.world.messages.get(int(reference["message_id"]))
    if found is None and reference.get("fail_if_not_exists", True):
        raise invalid_form(["message_reference: Unknown message"])
    return found


def attached(call: Call) -> list[dict[str, Any]]:
    """The attachments that a request's files become."""
    return [
        {
            "id": str(call.world.ids()),
            "filename": file["filename"],
            "size": file["size"],
            "content_type": file["type"],
            "url": f"https://cdn.invalid/{file['filename']}",
            "proxy_url": f"https://cdn.invalid/{file['filename']}",
        }
        for file in call.files
    ]


@routes.add("GET /channels/{channel}/messages")
def history(call: Call) -> Reply:
    """Newest first. Without Read Message History an empty list, not an error: it proves nothing."""
    place = _channel(call)
    limit = int(call.query.get("limit", "50"))
    if not 1 <= limit <= 100:
        call.world.record.violation(f"a history of {limit} messages of 1 to 100")
        raise invalid_form([f"limit: {limit}"])
    if not call.world.rights(place, call.world.bot) & BITS["READ_MESSAGE_HISTORY"]:
        return 200, []
    ids = _page(place.messages, {name: int(v) for name, v in call.query.items()}, limit)
    return 200, [shown(call, call.world.messages[id_]) for id_ in reversed(ids)]


def _page(ids: list[int], query: dict[str, int], limit: int) -> list[int]:
    if "after" in query:
        start = bisect_right(ids, query["after"])
        return ids[start : start + limit]
    if "around" in query:
        middle = bisect_left(ids, query["around"])
        return ids[max(0, middle - limit // 2) :][:limit]
    end = bisect_left(ids, query["before"]) if "before" in query else len(ids)
    return ids[max(0, end - limit) : end]


@routes.add("GET /channels/{channel}/messages/{message}")
def message(call: Call) -> Reply:
    place = _channel(call)
    _need(call, place, "READ_MESSAGE_HISTORY")
    return 200, shown(call, _message(call, place))


@routes.add("PATCH /channels/{channel}/messages/{message}")
def edit(call: Call) -> Reply:
    found = _message(call, _channel(call))
    if found.author is not call.world.bot:
        raise refusal(50005)
    change(call, found)
    call.world.edited(found)
    return 200, shown(call, found)


def change(call: Call, message: Message) -> None:
    """Edits a message of the bot's own, if Discord takes the body."""
    apply(call, message, call.check_body(flags=message.flags))


def apply(call: Call, message: Message, body: dict[str, Any]) -> None:
    """Edits a message with a body that has been checked."""
    if "content" in body:
        message.content = body["content"] or ""
    if "embeds" in body:
        message.embeds = body["embeds"] or []
    if "components" in body:
        message.components = payloads.numbered(body["components"] or [])
    if "attachments" in body:
        kept = {str(a.get("id")) for a in body["attachments"]}
        message.attachments = [a for a in message.attachments if a["id"] in kept]
    message.attachments += attached(call)
    message.flags |= (body.get("flags") or 0) & COMPONENTS_V2
    if message.flags & COMPONENTS_V2:
        message.content, message.embeds = "", []


@routes.add("DELETE /channels/{channel}/messages/{message}")
def delete(call: Call) -> Reply:
    place = _channel(call)
    found = _message(call, place)
    if found.author is not call.world.bot:
        _need(call, place, "MANAGE_MESSAGES")
    call.world.remove(found)
    return 204, None


@routes.add("PUT /channels/{channel}/messages/{message}/reactions/{emoji}/@me")
def react(call: Call) -> Reply:
    place = _channel(call)
    _need(call, place, "READ_MESSAGE_HISTORY", "ADD_REACTIONS")
    _message(call, place).reactions.setdefault(unquote(call.ids["emoji"]), set()).add(call.world.bot.id)
    return 204, None


@routes.add("POST /channels/{channel}/messages/{message}/threads")
def start_thread(call: Call) -> Reply:
    """The thread gets the message's id, and a message has at most one."""
    place = _channel(call)
    _need(call, place, "CREATE_PUBLIC_THREADS")
    body = call.check_body()
    if place.kind != TEXT:
        raise refusal(50024)
    return 201, payloads.channel(call.world.start_thread(_message(call, place), body["name"], call.world.bot))
