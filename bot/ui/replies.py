"""Answering an interaction once and in time: work first, then the reply; a deferral only if the work is slow."""

import asyncio
import logging
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord

from bot.ui.panels import Panel, note

T = TypeVar("T")

log = logging.getLogger(__name__)

PATIENCE = 1.2
"""Seconds of work before the interaction is deferred; Discord waits three. A deferral promises nothing."""

_TOKEN_LIFE = timedelta(minutes=15)
_SKEW = timedelta(minutes=1)
_EXPIRED = 10062
_ANSWERED_BEFORE = 40060


async def after(interaction: discord.Interaction, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; defers the interaction, privately, if that takes longer than `PATIENCE`."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done and not interaction.response.is_done():
        with _too_late(interaction):
            await interaction.response.defer(ephemeral=True, thinking=True)
    return await task


async def show(interaction: discord.Interaction, panel: Panel | str) -> None:
    """Replies privately, as the first response or in place of the deferral."""
    view = note(panel) if isinstance(panel, str) else panel
    with _too_late(interaction):
        if interaction.response.is_done():
            await interaction.edit_original_response(view=view)
        else:
            await interaction.response.send_message(
                view=view, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
            )


async def ask(interaction: discord.Interaction, form: discord.ui.Modal) -> None:
    """Opens a form."""
    with _too_late(interaction):
        await interaction.response.send_modal(form)


@contextmanager
def _too_late(interaction: discord.Interaction) -> Iterator[None]:
    """Lets pass that Discord takes no reply any more: what was saved is saved, and the next rung still comes.

    The same event can reach us twice (a resumed connection); then the first reply stands.
    """
    try:
        yield
    except discord.HTTPException as error:
        if error.code not in {_EXPIRED, _ANSWERED_BEFORE}:
            raise
        log.warning("interaction %s took no reply: %s", interaction.id, error)


def happened_at(created: datetime, now: datetime) -> datetime:
    """The instant of an event by Discord's clock (its snowflake), or ours where that makes no sense."""
    return created if now - _TOKEN_LIFE <= created <= now + _SKEW else now
