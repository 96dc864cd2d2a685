"""A discord.py client with the bot's own settings that does nothing but acknowledge: what the bot is compared with.

Run as a script; the addresses and the token come from the environment.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).parents[2])

import aiohttp  # noqa: E402
import discord  # noqa: E402
import uvloop  # noqa: E402
import yarl  # noqa: E402

from bot.ui.client import intents  # noqa: E402


class BareClient(discord.AutoShardedClient):
    """Opens a form for a button, and says one word to a form."""

    def __init__(self) -> None:
        super().__init__(
            intents=intents(message_content=False),
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=75),
            allowed_mentions=discord.AllowedMentions.none(),
        )

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        if interaction.type is discord.InteractionType.component:
            form = discord.ui.Modal(title="A form", custom_id="form", timeout=None)
            form.add_item(discord.ui.Label(text="Text", component=discord.ui.TextInput(custom_id="text")))
            form.stop()
            await interaction.response.send_modal(form)
        else:
            await interaction.response.send_message("Seen.", ephemeral=True)


async def main() -> None:
    async with BareClient() as client:
        await client.start(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    discord.http.Route.BASE = os.environ["STANDIN_API"]
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["STANDIN_GATEWAY"])
    uvloop.run(main())
