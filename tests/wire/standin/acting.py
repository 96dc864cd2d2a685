"""What members do: press, type, fill in, write. Each act checks what a client would, then tells the bot."""

from collections.abc import Mapping
from typing import Any

from tests.support.limits import walk
from tests.wire.standin import forms, options, payloads, permissions
from tests.wire.standin.model import Channel, Interaction, Message, User
from tests.wire.standin.options import NotOffered
from tests.wire.standin.permissions import BITS
from tests.wire.standin.routes_interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL_SUBMIT
from tests.wire.standin.world import World

MESSAGE_COMMAND = 3
_BUTTON, _SELECTS = 2, {3, 5, 6, 7, 8}


def _need(world: World, channel: Channel, user: User, *names: str) -> None:
    held = world.rights(channel, user)
    if lacking := [name for name in names if not held & BITS[name]]:
        raise NotOffered(f"{user.name} lacks {lacking} in #{channel.name}")


def _may_use(world: World, channel: Channel, user: User, command: Mapping[str, Any]) -> None:
    _need(world, channel, user, "USE_APPLICATION_COMMANDS")
    wanted = int(command.get("default_member_permissions") or 0)
    lacking = wanted & ~world.rights(channel, user)
    if lacking:
        raise NotOffered(f"/{command['name']} is only shown with {permissions.names(lacking)}")


def slash(
    world: World, user: User, channel: Channel, line: str, given: Mapping[str, Any], *, unseen: bool = False
) -> Interaction:
    """`/line`. `unseen`: send it even if the command is not shown to this member."""
    guild = world.guilds[channel.guild_id]
    command, data = options.command_data(world.commands, line, given, guild)
    if not unseen:
        _may_use(world, channel, user, command)
    return world.new_interaction(COMMAND, user, channel, data)


def autocomplete(
    world: World, user: User, channel: Channel, line: str, given: Mapping[str, Any], *, focused: str
) -> Interaction:
    """Asks what to offer for the option that is being typed."""
    guild = world.guilds[channel.guild_id]
    _, data = options.command_data(world.commands, line, given, guild, focused)
    return world.new_interaction(AUTOCOMPLETE, user, channel, data)


def use_menu(world: World, user: User, message: Message, name: str) -> Interaction:
    """A message's context menu; the bot gets the message whole."""
    channel = world.channels[message.channel_id]
    command = options.find(world.commands, name, MESSAGE_COMMAND)
    _may_use(world, channel, user, command)
    data = {
        "id": command["id"],
        "name": name,
        "type": MESSAGE_COMMAND,
        "target_id": str(message.id),
        "resolved": {"messages": {str(message.id): world.payload(message)}},
    }
    return world.new_interaction(COMMAND, user, channel, data)


def click(
    world: World,
    user: User,
    message: Message,
    *,
    label: str | None = None,
    custom_id: str | None = None,
    values: list[str] | None = None,
) -> Interaction:
    """A button by its label or `custom_id`, or a select with the values chosen."""
    if message.seen_by not in (None, user.id):
        raise NotOffered(f"{user.name} does not see that message")
    channel = world.channels[message.channel_id]
    _need(world, channel, user, "VIEW_CHANNEL")
    here = [c for c in walk(message.components) if c["type"] in {_BUTTON, *_SELECTS}]
    for found in here:
        if custom_id == found.get("custom_id") or (label is not None and label == found.get("label")):
            break
    else:
        shown = [c.get("label") or c.get("custom_id") for c in here]
        raise NotOffered(f"nothing to press by the name {label or custom_id!r}, but {shown}")
    if found.get("disabled") or "custom_id" not in found:
        raise NotOffered(f"{found.get('label')!r} can't be pressed")
    data = {"id": found["id"], "custom_id": found["custom_id"], "component_type": found["type"]}
    if values is not None:
        data["values"] = values
    return world.new_interaction(COMPONENT, user, channel, data, source=message)


def submit(world: World, opened: Interaction, given: Mapping[str, Any]) -> Interaction:
    """The form that an interaction opened; it stays open in the client whatever becomes of the bot."""
    if opened.modal is None:
        raise NotOffered("no form was opened")
    data = forms.modal_data(opened.modal, given)
    return world.new_interaction(MODAL_SUBMIT, opened.user, opened.channel, data, source=opened.source)


def say(
    world: World, user: User, channel: Channel, text: str, reply_to: Message | None = None, *, ping: bool = True
) -> Message:
    """A message; a reply pings unless that is switched off."""
    _need(world, channel, user, "SEND_MESSAGES_IN_THREADS" if channel.is_thread else "SEND_MESSAGES")
    message = Message(world.ids(), channel.id, user, content=text, pinged=ping and reply_to is not None)
    return world.post(message, replied=reply_to)


def rewrite(world: World, message: Message, text: str) -> None:
    """A member edits a message of their own."""
    message.content = text
    world.edited(message)


def view(world: World, message: Message) -> dict[str, Any]:
    """A message as a member sees it."""
    shown = payloads.message(message, world.channels[message.channel_id].guild_id, me=world.bot.id)
    return {
        **shown,
        "nonce": message.nonce,
        "private_to": str(message.seen_by) if message.seen_by else None,
        "from_bot": message.author is world.bot,
    }
