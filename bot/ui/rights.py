"""The Discord rights that questions and rounds need in their channels, by the names that admins see."""

from collections.abc import Sequence

import discord

FOR_MESSAGES = (
    ("view_channel", "View Channel"),
    ("send_messages", "Send Messages"),
    ("embed_links", "Embed Links"),
    ("read_message_history", "Read Message History"),
)
"""What a message with a frame and buttons needs."""

NEEDED = (
    *FOR_MESSAGES,
    ("create_public_threads", "Create Public Threads"),
    ("send_messages_in_threads", "Send Messages in Threads"),
    ("add_reactions", "Add Reactions"),
)
"""What a daily question needs with its thread."""

_IN_THREADS = {"send_messages": ("send_messages_in_threads", "Send Messages in Threads")}
"""A thread takes its rights from its channel, but for this one."""


def permissions(client: discord.Client, guild_id: int, channel_id: int) -> discord.Permissions | None:
    """The bot's rights in a channel as the cache knows them; None where it does not (yet) know."""
    guild = client.get_guild(guild_id)
    if guild is None or guild.unavailable:
        return None
    # `me` comes with the guild; a server that leaves it out leaves us without an opinion.
    me: discord.Member | None = guild.me
    channel = guild.get_channel_or_thread(channel_id)
    if me is None or channel is None or (isinstance(channel, discord.Thread) and channel.parent is None):
        return None
    return channel.permissions_for(me)


def missing(
    client: discord.Client, guild_id: int, channel_id: int, needed: Sequence[tuple[str, str]] = NEEDED
) -> Sequence[str]:
    """The names of the rights that the bot lacks there; empty if it has them all, or can't know."""
    guild = client.get_guild(guild_id)
    channel = guild.get_channel_or_thread(channel_id) if guild else None
    if client.is_ready():
        if guild is None:
            return ["a place in this server, which it is no longer in"]
        if not guild.unavailable and channel is None:
            return ["the channel itself, which is gone or hidden"]
    held = permissions(client, guild_id, channel_id)
    if held is None:
        return []
    instead = _IN_THREADS if isinstance(channel, discord.Thread) else {}
    wanted = dict(instead.get(flag, (flag, name)) for flag, name in needed)
    return [name for flag, name in wanted.items() if not getattr(held, flag)]
