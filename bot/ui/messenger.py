"""Saying things at Discord on the bot's own account, with each of Discord's replies turned into an outcome."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import aiohttp
import discord

from bot.domain.bank import Bank
from bot.domain.occurrences import Occurrence
from bot.domain.posts import (
    CLAIM,
    FIRST_APPEAL,
    LONGEST_APPEAL,
    Delivered,
    Event,
    Failed,
    Post,
    PostKind,
    Refused,
    Vanished,
    nonce,
)
from bot.services.pages import Page, PodiumPage
from bot.services.ports import Absent, Found, Subject, Unreadable
from bot.ui import cards, notices, rights, rounds
from bot.ui.pacer import Limited, claimed_until, patience, waiting_out

log = logging.getLogger(__name__)

ATTEMPT = 20.0
"""Seconds for one attempt; less than a claim holds."""

TROUBLES = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
"""What an attempt may raise because of Discord or the network; anything else is our own mistake."""

NOT_CONNECTED = Failed("the bot is not connected to Discord yet")

CLOCK_SKEW = timedelta(seconds=10)
WRONG_CLOCK = timedelta(days=1)
"""A clock that was ahead at the first attempt makes a message seem older than it; more than this is not allowed for."""

_SCAN_MESSAGES = 500
_NEWEST_MESSAGES = 200
_UNKNOWN_CHANNEL = 10003
_UNKNOWN_MESSAGE = 10008
_THREAD_EXISTS = 160004
_UNAUTHORIZED = 401


class DiscordMessenger:
    """The `Messenger` of the real bot. `attach` gives it the client that is running now."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank
        self._client: discord.Client | None = None

    def attach(self, client: discord.Client) -> None:
        self._client = client

    def missing_rights(self, guild_id: int, channel_id: int, *, threads: bool = True) -> Sequence[str]:
        needed = rights.NEEDED if threads else rights.FOR_MESSAGES
        return rights.missing(self._client, guild_id, channel_id, needed) if self._client else []

    def hears(self, guild_id: int) -> bool:
        if not isinstance(self._client, discord.AutoShardedClient):
            return False
        shards = self._client.shard_count
        # https://discord.com/developers/docs/events/gateway#sharding-sharding-formula
        shard = self._client.get_shard((guild_id >> 22) % shards) if shards else None
        return shard is not None and not shard.is_closed()

    async def send(self, post: Post, subject: Subject) -> Event:
        if self._client is None:
            return NOT_CONNECTED
        client = self._client

        def work() -> Awaitable[int]:
            if post.kind is PostKind.NOTICE:
                return notices.send(client, post)
            if isinstance(subject, Occurrence):
                return self._post_of_occurrence(client, post, subject)
            return self._post_of_round(client, post, subject)

        try:
            async with _attempt(post):
                return Delivered(await waiting_out(work))
        except TROUBLES as error:
            return self._outcome(post, _channel(post, subject), error)

    async def edit(self, post: Post, page: Page) -> Event:
        if self._client is None:
            return NOT_CONNECTED
        if post.message_id is None:
            raise ValueError("a message is edited once it is at Discord")
        channel = self._client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
        try:
            async with patience(ATTEMPT):
                message = await self._of_round(self._client, post, page)
                await channel.get_partial_message(post.message_id).edit(
                    content=message.content,
                    embed=message.embed,
                    view=message.view,
                    attachments=message.files(),
                    allowed_mentions=discord.AllowedMentions.none(),
                )
        except TROUBLES as error:
            return self._outcome(post, post.channel_id, error)
        return Delivered(post.message_id)

    async def _post_of_round(self, client: discord.Client, post: Post, page: Page) -> int:
        return await self._say(client, post, await self._of_round(client, post, page))

    async def _of_round(self, client: discord.Client, post: Post, page: Page) -> cards.Message:
        """The message that shows `page`, with its picture where one may be sent."""
        message = rounds.message(page, self._bank)
        held = rights.permissions(client, post.guild_id, post.channel_id)
        if isinstance(page, PodiumPage) and page.board and (held is None or held.attach_files):
            message = await asyncio.to_thread(rounds.with_picture, message, page)
        return message

    async def _post_of_occurrence(self, client: discord.Client, post: Post, occurrence: Occurrence) -> int:
        question = self._bank.question(occurrence.question_id or "")
        message = cards.build(post, occurrence, question, self._bank)
        if cards.opens_thread(post, occurrence, question, self._bank):
            await self._open_thread(client, occurrence, cards.thread_name(occurrence, question))
        return await self._say(client, post, message)

    async def _say(self, client: discord.Client, post: Post, message: cards.Message) -> int:
        channel = client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
        sent = await channel.send(
            message.content,
            embed=message.embed or discord.utils.MISSING,
            view=message.view or discord.utils.MISSING,
            files=message.files(),
            nonce=nonce(post.key),
            allowed_mentions=discord.AllowedMentions.none(),
        )
        return sent.id

    async def find(self, post: Post, subject: Subject) -> Found | Absent | Unreadable | Failed:
        if self._client is None:
            return NOT_CONNECTED
        if post.kind is PostKind.NOTICE:
            return await self._find_notice(self._client, post)
        # A thread has the rights of its channel, and need not exist yet.
        held = rights.permissions(self._client, post.guild_id, _channel(post, subject))
        if held is not None and not held.read_message_history:
            # Without this right Discord answers with an empty list, which proves nothing.
            return Unreadable("without Read Message History I can't tell")
        channel = self._client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
        try:
            async with _reading():
                async for message in self._own(channel, post):
                    if cards.marker(post) in _custom_ids(message):
                        return Found(message.id)
        except discord.NotFound:
            return Absent()  # no channel or thread, so no message in it
        except discord.Forbidden as error:
            pause = min(LONGEST_APPEAL, FIRST_APPEAL * post.attempts)  # each such request counts against us
            return Failed(f"the channel could not be read ({error.text})", pause)
        except TROUBLES as error:
            return Failed(f"the channel could not be read ({error})")
        return Absent() if held is not None else Failed("the bot has not heard of the channel from Discord yet")

    async def _find_notice(self, client: discord.Client, post: Post) -> Found | Absent | Failed:
        try:
            async with _reading():
                async for channel in notices.ways(client, post):
                    async for message in self._own(channel, post):
                        if message.content == post.text:
                            return Found(message.id)
        except TROUBLES as error:
            return Failed(f"the notices could not be read ({error})")
        return Absent()

    async def _own(self, channel: discord.abc.Messageable, post: Post) -> AsyncIterator[discord.Message]:
        """Our own messages in a channel since a post's first attempt, with room for a clock that was wrong.

        A notice is known by its words alone, and an old one may have the same, so it gets no such room.
        """
        me = self._client.user if self._client else None
        since = (post.first_attempt or post.due) - CLOCK_SKEW
        horizon = since if post.kind is PostKind.NOTICE else since - WRONG_CLOCK
        read = 0
        async for message in channel.history(limit=_NEWEST_MESSAGES):
            if message.created_at < horizon:
                return
            read += 1
            if me and message.author.id == me.id:
                yield message
        if read < _NEWEST_MESSAGES:
            return
        # Much has been written there; what we look for is among the first of it, if our clock was right.
        async for message in channel.history(limit=_SCAN_MESSAGES, after=since, oldest_first=True):
            if me and message.author.id == me.id:
                yield message

    async def show_closed(self, occurrence: Occurrence, members: int) -> bool:
        post = occurrence.post
        question = self._bank.find(occurrence.question_id or "")
        if question is None or post.message_id is None:
            return True
        if self._client is None:
            return False
        card = cards.card(occurrence, question, self._bank, members=members)
        channel = self._client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
        try:
            async with patience(ATTEMPT):
                await channel.get_partial_message(post.message_id).edit(
                    content=card.content, embed=card.embed, view=card.view
                )
        except (discord.Forbidden, discord.NotFound) as error:
            log.warning("card %s can't be shown as closed: %s", occurrence.key, error)
        except TROUBLES as error:
            log.warning("card %s is to be shown as closed later: %s", occurrence.key, error)
            return False
        return True

    async def _open_thread(self, client: discord.Client, occurrence: Occurrence, name: str) -> None:
        if occurrence.post.message_id is None:
            return
        channel = client.get_partial_messageable(occurrence.post.channel_id, guild_id=occurrence.guild_id)
        if channel.guild is None:
            raise ConnectionError("Discord has not told us of the server yet")
        if channel.guild.get_thread(occurrence.post.message_id):
            return  # threads are limited, and hardly anything else is for so long
        try:
            await channel.get_partial_message(occurrence.post.message_id).create_thread(name=name)
        except discord.HTTPException as error:
            if error.code != _THREAD_EXISTS:
                raise

    def _outcome(self, post: Post, channel_id: int, error: Exception) -> Event:
        log.warning("post %s (%s): %s", post.key, post.kind, error)
        match error:
            case discord.NotFound(code=code) if code == _UNKNOWN_MESSAGE:
                return Vanished("it was posted and then removed")
            case discord.NotFound(code=code) if code == _UNKNOWN_CHANNEL and post.channel_id == channel_id:
                return Refused("its channel is gone")
            case discord.NotFound(code=code) if code == _UNKNOWN_CHANNEL:
                return Vanished("its thread was removed")
            case discord.Forbidden():
                lacks = self.missing_rights(post.guild_id, channel_id, threads=not post.kind.is_of_round)
                return Refused("the bot lacks " + ", ".join(lacks) if lacks else f"Discord refused it ({error.text})")
            case discord.HTTPException(status=status) if status == _UNAUTHORIZED:
                raise error
            case discord.HTTPException(status=status) if 400 <= status < 500 and status != 429:  # noqa: PLR2004
                return Refused(f"Discord did not accept the message: {error.text}")
            case discord.RateLimited(retry_after=seconds) | Limited(seconds=seconds):
                return Failed("Discord asked the bot to slow down", timedelta(seconds=seconds))
            case TimeoutError():
                return Failed("Discord did not answer in time")
            case notices.NobodyReached():
                return Refused(str(error))
            case _:
                return Failed(f"Discord could not be reached ({type(error).__name__})")


@asynccontextmanager
async def _attempt(post: Post) -> AsyncIterator[None]:
    """The time that an attempt may take, for as long as its claim holds."""
    until = post.claim_until
    if until is None:
        raise ValueError("a post is claimed before it is sent")
    with claimed_until(until, CLAIM.total_seconds()):
        async with patience(ATTEMPT):
            yield


@asynccontextmanager
async def _reading() -> AsyncIterator[None]:
    """The same for looking whether a post is there: members do not queue behind that, and it may come late."""
    with claimed_until(datetime.max.replace(tzinfo=UTC), ATTEMPT):
        async with patience(ATTEMPT):
            yield


def _channel(post: Post, subject: Subject) -> int:
    """The channel whose rights a post needs: a thread has those of its channel."""
    return subject.post.channel_id if isinstance(subject, Occurrence) else post.channel_id


def _custom_ids(message: discord.Message) -> set[str]:
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    return {child.custom_id for row in rows for child in row.children if child.custom_id}
