"""Telling a guild's admins something: a post to their log channel, or to one member where that can't be reached."""

from datetime import datetime

from bot.domain.posts import Post, PostKind, PostState, notice_key
from bot.services.ports import Store


async def notice(
    store: Store, place: tuple[int, str], cause: str, says: str, *, recipient: int | None, now: datetime
) -> Post:
    """A notice that is not stored yet. There is one for each `cause` of a guild, however often it is made.

    `place` is the guild, and the key of the occurrence or the id of the round that it is about.
    """
    guild_id, subject = place
    settings = await store.guild(guild_id)
    return Post(
        key=notice_key(guild_id, cause),
        kind=PostKind.NOTICE,
        subject=subject,
        guild_id=guild_id,
        channel_id=settings.log_channel_id or 0,
        rung=0,
        state=PostState.DUE,
        due=now,
        text=says,
        recipient=recipient,
    )
