"""Routes of interactions: the one first response, the message it made, and those that follow for 15 minutes."""

import time
from typing import Any

from tests.wire.standin import payloads
from tests.wire.standin.errors import Refusal, invalid_form, refusal
from tests.wire.standin.model import COMPONENTS_V2, EPHEMERAL, LOADING, Interaction, Message
from tests.wire.standin.routes_channels import apply, attached, change
from tests.wire.standin.routing import Call, Reply, Routes

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9

routes = Routes()


@routes.add("POST /interactions/{interaction}/{token}/callback", needs_token=False)
def respond(call: Call) -> Reply:
    """The first response; a second one is 40060, one that comes too late 10062."""
    arrived = time.monotonic()
    interaction = call.world.interactions.get(call.id("interaction"))
    if interaction is None or interaction.token != call.ids["token"]:
        raise refusal(10062)
    if interaction.callback is not None:
        interaction.second_responses += 1
        raise refusal(40060)
    limit = call.world.config.ack_within
    if limit is not None and arrived - interaction.emitted > limit:
        raise refusal(10062)
    body = call.check_body()
    kind, data = body["type"], body.get("data") or {}
    if problem := _misfit(interaction, kind, data):
        call.world.record.violation(f"{call.method} {call.path}: {problem}")
        raise invalid_form([problem])
    _apply(call, interaction, kind, data)
    interaction.callback, interaction.acked = kind, arrived
    if call.query.get("with_response") not in ("1", "true"):
        return 204, None
    return 200, _callback_response(call, interaction)


def _misfit(interaction: Interaction, kind: int, data: dict[str, Any]) -> str | None:
    """Why this kind of response does not go with this interaction."""
    if (kind == CHOICES) != (interaction.kind == AUTOCOMPLETE):
        return f"a response of type {kind} to an interaction of type {interaction.kind}"
    if kind == MODAL and interaction.kind == MODAL_SUBMIT:
        return "a modal in response to a modal"
    if kind in (DEFERRED_UPDATE, UPDATE) and interaction.source is None:
        return "an update without a message"
    if kind == DEFERRED and data.get("flags", 0) & ~EPHEMERAL:
        return "a deferral with more flags than EPHEMERAL"
    return None


def _apply(call: Call, interaction: Interaction, kind: int, data: dict[str, Any]) -> None:
    match kind:
        case k if k in (MESSAGE, DEFERRED):
            loading = LOADING if kind == DEFERRED else 0
            interaction.original = _post(call, interaction, data, loading)
        case k if k == UPDATE and interaction.source is not None:
            interaction.original = interaction.source
            apply(call, interaction.source, data)
            call.world.edited(interaction.source)
        case k if k == DEFERRED_UPDATE:
            interaction.original = interaction.source
        case k if k == CHOICES:
            interaction.choices = data["choices"]
        case k if k == MODAL:
            interaction.modal = {**data, "components": payloads.numbered(data["components"])}
        case _:
            problem = f"responses of type {kind} are not known here"
            call.world.record.violation(problem)
            raise Refusal(501, 0, problem)


def _post(call: Call, interaction: Interaction, data: dict[str, Any], more_flags: int = 0) -> Message:
    flags = data.get("flags", 0) & (EPHEMERAL | COMPONENTS_V2) | more_flags
    content, embeds, components = data.get("content"), data.get("embeds"), data.get("components")
    if not flags & LOADING and not any((content, embeds, components, call.files)):
        raise refusal(50006)
    message = Message(
        call.world.ids(),
        interaction.channel.id,
        call.world.bot,
        content=content or "",
        embeds=embeds or [],
        components=payloads.numbered(components or []),
        attachments=attached(call),
        flags=flags,
        kind=20 if interaction.kind == COMMAND else 19,
        interaction=interaction.id,
        seen_by=interaction.user.id if flags & EPHEMERAL else None,
    )
    return call.world.post(message)


def _callback_response(call: Call, interaction: Interaction) -> dict[str, Any]:
    made = interaction.original if interaction.callback in (MESSAGE, DEFERRED, UPDATE) else None
    found: dict[str, Any] = {
        "interaction": {
            "id": str(interaction.id),
            "type": interaction.kind,
            "response_message_id": str(made.id) if made else None,
            "response_message_loading": interaction.is_deferred,
            "response_message_ephemeral": bool(made and made.flags & EPHEMERAL),
        },
        "resource": {"type": interaction.callback},
    }
    if made:
        found["resource"]["message"] = call.world.payload(made)
    return found


def _by_token(call: Call) -> Interaction:
    interaction = call.world.tokens.get(call.ids["token"])
    if interaction is None or call.id("application") != call.world.application_id:
        raise refusal(10015)
    if time.monotonic() - interaction.emitted > call.world.config.token_life:
        raise refusal(50027)
    if interaction.callback is None:
        raise refusal(10015)
    return interaction


def _response(call: Call) -> tuple[Interaction, Message]:
    """The message of a webhook request: the original response, or a follow-up."""
    interaction = _by_token(call)
    wanted = call.ids.get("message", "@original")
    made = [m for m in (interaction.original, *interaction.follow_ups) if m is not None]
    for message in made:
        if wanted in ("@original", str(message.id)) and message.id in call.world.messages:
            return interaction, message
    raise refusal(10008)


@routes.add("GET /webhooks/{application}/{token}/messages/{message}", needs_token=False)
def response(call: Call) -> Reply:
    return 200, call.world.payload(_response(call)[1])


@routes.add("PATCH /webhooks/{application}/{token}/messages/{message}", needs_token=False)
def edit_response(call: Call) -> Reply:
    """Fills in a deferral, or changes what was said."""
    interaction, message = _response(call)
    change(call, message)
    message.flags &= ~LOADING
    interaction.edits += 1
    call.world.edited(message)
    return 200, call.world.payload(message)


@routes.add("DELETE /webhooks/{application}/{token}/messages/{message}", needs_token=False)
def delete_response(call: Call) -> Reply:
    call.world.remove(_response(call)[1])
    return 204, None


@routes.add("POST /webhooks/{application}/{token}", needs_token=False)
def follow_up(call: Call) -> Reply:
    """One more message. The first after a deferral takes the deferral's place."""
    interaction = _by_token(call)
    body = call.check_body()
    if interaction.is_deferred and interaction.original:
        message = interaction.original
        change(call, message)
        message.flags &= ~LOADING
        call.world.edited(message)
    else:
        message = _post(call, interaction, body)
        interaction.follow_ups.append(message)
    return 200, call.world.payload(message)
