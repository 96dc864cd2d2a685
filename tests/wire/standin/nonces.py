"""The memory that makes Discord post a message once: by author and nonce, over all channels, for a while."""

import time

from tests.wire.standin.errors import refusal
from tests.wire.standin.model import Message
from tests.wire.standin.world import Sent, World


def remember(world: World, message: Message) -> None:
    if message.nonce is not None:
        world.nonces[message.author.id, str(message.nonce)] = Sent(message.id, time.monotonic())


def remembered(world: World, nonce: str | int | None) -> Message | None:
    """What the bot sent under that nonce within the window. Raises `Refusal` 10008 if it is deleted."""
    sent = world.nonces.get((world.bot.id, str(nonce))) if nonce is not None else None
    if sent is None or time.monotonic() - sent.at > world.config.nonce_window:
        return None
    if sent.message_id not in world.messages:
        raise refusal(10008)
    return world.messages[sent.message_id]
