"""The Discord client: few intents, no caches we do not need, every interaction to the router or a command."""

import asyncio
import hashlib
import json
import logging
import secrets
import sys
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.domain.posts import key_of_nonce
from bot.services.errors import NotSaved
from bot.services.ports import Store
from bot.ui import replies, router, texts, threads
from bot.ui.coach import Coach
from bot.ui.cogs import add_all

log = logging.getLogger(__name__)

GOODBYE = 2.0
"""Seconds that Discord gets to confirm the end of a connection; a silent one never does."""

_SERVER_ERROR = 500
_GONE = "its channel was removed"

SYNCED = "commands_synced"
"""The name under which the store remembers which commands Discord was told of."""


def intents(*, message_content: bool) -> discord.Intents:
    """Two ordinary intents, and the privileged one only where the application holds it."""
    return discord.Intents(guilds=True, guild_messages=True, message_content=message_content)


def holds_message_content(flags: discord.ApplicationFlags) -> bool:
    """Whether the developer portal lets this application read messages."""
    return flags.gateway_message_content or flags.gateway_message_content_limited


class CoachClient(discord.AutoShardedClient):
    """The bot as Discord sees it. It starts no task of its own: `bot.app` drives everything that is timed.

    To be made while the event loop runs that it will run on.
    """

    def __init__(
        self,
        coach: Coach,
        store: Store,
        *,
        message_content: bool,
        http_trace: aiohttp.TraceConfig | None = None,
        shard_count: int | None = None,
    ) -> None:
        super().__init__(
            intents=intents(message_content=message_content),
            shard_count=shard_count,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            # The default opens a connection for each of a thousand clicks at once, and drops idle ones after 15 s.
            connector=aiohttp.TCPConnector(limit=100, keepalive_timeout=75),
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=http_trace or aiohttp.TraceConfig(),
        )
        self.coach = coach
        self._store = store
        self._reads_content = message_content
        self.when_ready: Callable[[], None] = lambda: None
        self._busy: set[asyncio.Task[Any]] = set()
        self.tree = CoachTree(self)
        add_all(self.tree, coach)

    async def setup_hook(self) -> None:
        await self._sync_commands()

    async def on_ready(self) -> None:
        self.track()
        await self._sync_commands()
        self.when_ready()

    def track(self) -> None:
        """Remembers the task that is running now, so that a shutdown waits for it."""
        if task := asyncio.current_task():
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)

    async def leave(self, seconds: float) -> None:
        """Hears nothing new from Discord, and waits for what is under way, at most that long."""
        goodbyes = [asyncio.ensure_future(shard.disconnect()) for shard in self.shards.values()]
        if goodbyes:
            await asyncio.wait(goodbyes, timeout=GOODBYE)
        if self._busy:
            await asyncio.wait(set(self._busy), timeout=seconds)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.track()
        await router.route(interaction, self.coach)

    async def on_message(self, message: discord.Message) -> None:
        self.track()
        if self.user and message.author.id == self.user.id:
            if key := key_of_nonce(message.nonce):
                await self.coach.posting.echoed(key, message.id)
        elif self.user:
            await threads.on_message(message, self.coach, self.user.id, reads_content=self._reads_content)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        self.track()
        if self.user:
            await threads.on_edit(payload.message, self.coach, self.user.id)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self.track()
        await self.coach.arena.conducting.removed([payload.message_id])

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        self.track()
        await self.coach.arena.conducting.removed(sorted(payload.message_ids))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        self.track()
        await self.coach.arena.conducting.halt_in(channel.id, _GONE)

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        self.track()
        await self.coach.arena.conducting.halt_in(payload.thread_id, _GONE)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.track()
        await self.coach.arena.conducting.halt_all(guild.id, "the bot was removed from the server")

    async def on_error(self, event_method: str, /, *args: Any, **_: Any) -> None:
        reference = secrets.token_hex(4)
        error = sys.exception()  # discord.py calls this while it handles one
        interaction = args[0] if args and isinstance(args[0], discord.Interaction) else None
        if isinstance(error, NotSaved):
            log.error("%s: %s", event_method, error)
            if interaction:
                await say_last(interaction, texts.NOT_SAVED.format(reason=error))
            return
        log.error("unexpected failure in %s (reference %s)", event_method, reference, exc_info=error)
        if interaction:
            await say_last(interaction, texts.SURPRISE.format(reference=reference))

    async def _sync_commands(self) -> None:
        """Tells Discord of our commands, unless it was told of just these."""
        wire = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        digest = hashlib.sha256(json.dumps([self.application_id, wire], sort_keys=True).encode()).hexdigest()
        if await self._store.recall(SYNCED) == digest:
            return
        try:
            await self.tree.sync()
        except discord.HTTPException as error:
            if error.status < _SERVER_ERROR:
                raise
            log.warning("Discord could not be told of the commands yet: %s", error)
            return
        try:
            await self._store.remember(SYNCED, digest)
        except NotSaved as error:  # Discord is told once more at the next start
            log.warning("that Discord knows the commands: %s", error)
        log.info("told Discord of %d commands", len(wire))


class CoachTree(app_commands.CommandTree[CoachClient]):
    """The commands, with one place for what goes wrong in any of them."""

    async def interaction_check(self, interaction: discord.Interaction[CoachClient], /) -> bool:
        interaction.client.track()
        return True

    async def on_error(
        self, interaction: discord.Interaction[CoachClient], error: app_commands.AppCommandError, /
    ) -> None:
        match error:
            case app_commands.MissingPermissions():
                await replies.show(interaction, texts.NOT_ADMIN)
            case app_commands.NoPrivateMessage():
                await replies.show(interaction, texts.NOT_HERE)
            case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
                await replies.show(interaction, texts.OLD_COMMAND)
            case app_commands.CommandInvokeError(original=NotSaved() as original):
                await replies.show(interaction, texts.NOT_SAVED.format(reason=original))
            case _:
                reference = secrets.token_hex(4)
                log.error("unexpected failure in a command (reference %s)", reference, exc_info=error)
                await say_last(interaction, texts.SURPRISE.format(reference=reference))


async def say_last(interaction: discord.Interaction[Any], sentence: str) -> None:
    """Tells a member that something went wrong, if Discord still takes a reply.

    Who has their reply keeps it: what failed came after it, and a receipt stays a receipt.
    """
    if replies.is_answered(interaction):
        return
    try:
        await replies.show(interaction, sentence)
    except (discord.HTTPException, *replies.BROKEN) as error:
        log.warning("interaction %s could not be told: %s", interaction.id, error)
