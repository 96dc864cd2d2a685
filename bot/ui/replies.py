"""Answering an interaction once and in time: work first, then the reply; a deferral only if the work is slow."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

import discord

from bot.ui.panels import Panel, note

T = TypeVar("T")

PATIENCE = 1.2
"""Seconds of work before the interaction is deferred; Discord waits three. A deferral promises nothing."""

_TOKEN_LIFE = timedelta(minutes=15)
_SKEW = timedelta(minutes=1)


async def after(interaction: discord.Interaction, work: Coroutine[Any, Any, T]) -> T:
    """The result of `work`; defers the interaction, privately, if that takes longer than `PATIENCE`."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait({task}, timeout=PATIENCE)
    if not done and not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    return await task


async def show(interaction: discord.Interaction, panel: Panel | str) -> None:
    """Replies privately, as the first response or in place of the deferral."""
    view = note(panel) if isinstance(panel, str) else panel
    if interaction.response.is_done():
        await interaction.edit_original_response(view=view)
    else:
        await interaction.response.send_message(
            view=view, ephemeral=True, allowed_mentions=discord.AllowedMentions.none()
        )


def happened_at(created: datetime, now: datetime) -> datetime:
    """The instant of an event by Discord's clock (its snowflake), or ours where that makes no sense."""
    return created if now - _TOKEN_LIFE <= created <= now + _SKEW else now
