"""Reaching an admin: the guild's log channel, else the one who set the schedule up, else the server's owner."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast

import discord

from bot.domain.posts import Post, nonce

log = logging.getLogger(__name__)


class NobodyReached(ConnectionError):
    """No channel and no person took a notice."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A member's id as text: discord.py passes it on as it is, and Discord's description asks for text."""

    id: str


async def send(client: discord.Client, post: Post) -> int:
    """The id of the message in the first place that took it; raises `NobodyReached` if none did."""
    async for channel in ways(client, post):
        try:
            sent = await channel.send(post.text, nonce=nonce(post.key), allowed_mentions=discord.AllowedMentions.none())
        except (discord.Forbidden, discord.NotFound) as error:
            log.warning("notice %s was not taken by %s: %s", post.key, channel, error)
            continue
        return sent.id
    raise NobodyReached("neither a log channel nor a person could be told; set one with /setup log_channel")


async def ways(client: discord.Client, post: Post) -> AsyncIterator[discord.abc.Messageable]:
    """Where a notice may go, best first; nowhere once the bot is no longer in the server."""
    guild = client.get_guild(post.guild_id)
    if guild is None and client.is_ready():
        return  # those who showed it the door are left in peace
    if post.channel_id:
        yield client.get_partial_messageable(post.channel_id, guild_id=post.guild_id)
    people = [post.recipient, guild.owner_id if guild else None]
    for person in dict.fromkeys(p for p in people if p):
        try:
            yield await client.create_dm(cast("discord.Object", _Person(str(person))))
        except (discord.Forbidden, discord.NotFound) as error:
            log.warning("member %s can't be written to: %s", person, error)
