"""Answering an interaction once and in time: work first, then the reply; a deferral only if the work is slow."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import aiohttp
import discord

from bot.ui.panels import Panel, note

T = TypeVar("T")

log = logging.getLogger(__name__)

PATIENCE = 1.2
"""Seconds of work before the interaction is deferred; Discord waits three. A deferral promises nothing."""

BROKEN = (aiohttp.ClientError, OSError)
"""What a request raises whose connection broke: it may have arrived or not."""

_TOKEN_LIFE = timedelta(minutes=15)
_SKEW = timedelta(minutes=1)
_EXPIRED = 10062
_ANSWERED_BEFORE = 40060

# Kept in the interaction's own `extras`.
_ANSWERED = "answered"
_UNSURE = "unsure"  # a response of ours may have arrived, or not


async def after(interaction: discord.Interaction, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; defers the interaction, privately, if that takes longer than `PATIENCE`."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done and not interaction.response.is_done():
        try:
            await _give(interaction, lambda: interaction.response.defer(ephemeral=True, thinking=True))
        except (discord.HTTPException, *BROKEN) as error:
            log.warning("interaction %s could not be deferred: %s", interaction.id, error)
    return await task


async def show(interaction: discord.Interaction, panel: Panel | str, *, in_place: bool = False) -> None:
    """Replies privately, as the first response or in place of the deferral.

    With `in_place`, a reply to a button of a private message takes that message's place.
    """
    view = note(panel) if isinstance(panel, str) else panel
    turns = in_place and interaction.message is not None and interaction.message.flags.ephemeral

    async def edit() -> None:
        await interaction.edit_original_response(view=view, attachments=view.files())

    async def send() -> None:
        nobody = discord.AllowedMentions.none()
        try:
            if turns:
                await interaction.response.edit_message(view=view, attachments=view.files(), allowed_mentions=nobody)
            else:
                await interaction.response.send_message(
                    view=view, files=view.files(), ephemeral=True, allowed_mentions=nobody
                )
        except discord.HTTPException as error:
            if error.code != _ANSWERED_BEFORE or _UNSURE not in interaction.extras:
                raise
            await edit()  # what answered it was the deferral, or this very reply, of which we were not told

    await _give(interaction, edit if interaction.response.is_done() else send)
    interaction.extras[_ANSWERED] = True


async def ask(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    """Opens a form."""
    await _give(interaction, lambda: interaction.response.send_modal(form))
    interaction.extras[_ANSWERED] = True


def is_answered(interaction: discord.Interaction) -> bool:
    """Whether the member has their reply; a deferral is none."""
    return _ANSWERED in interaction.extras


async def _give(interaction: discord.Interaction, respond: Callable[[], Awaitable[object]]) -> None:
    """Responds, once more if the connection breaks, which idle ones do: Discord takes one first response only.

    Lets pass that Discord takes no response any more: what was saved is saved, and the next rung still comes. The
    same event can also reach us twice (a resumed connection); then the first reply stands.
    """
    try:
        try:
            await respond()
        except BROKEN as error:
            log.info("interaction %s is responded to once more: %s", interaction.id, error)
            interaction.extras[_UNSURE] = True
            await respond()
    except discord.HTTPException as error:
        if error.code not in {_EXPIRED, _ANSWERED_BEFORE}:
            raise
        log.warning("interaction %s took no reply: %s", interaction.id, error)


def happened_at(created: datetime, now: datetime) -> datetime:
    """The instant of an event by Discord's clock (its snowflake), or ours where that makes no sense."""
    return created if now - _TOKEN_LIFE <= created <= now + _SKEW else now
