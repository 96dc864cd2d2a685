"""Starting up politely: a bot that crashes at every start must not use up Discord's daily connections."""

import json
from datetime import UTC, datetime, timedelta

from bot.services.ports import Store

STARTS = "starts"
"""The name under which the store remembers the latest starts."""

DAY = timedelta(days=1)
FREE_STARTS = 300
PAUSE = timedelta(seconds=150)
"""With this between further starts a day has at most 300 + 576 of them; at 1,000 Discord revokes the token."""


async def pause_before_start(store: Store, now: datetime) -> timedelta:
    """How long to wait before connecting, and notes this start: nothing until there were 300 in a day."""
    noted = [datetime.fromtimestamp(at, UTC) for at in json.loads(await store.recall(STARTS) or "[]")]
    starts = [at for at in noted if now - DAY < at <= now]
    kept = [*starts, now][-FREE_STARTS - 1 :]
    await store.remember(STARTS, json.dumps([int(at.timestamp()) for at in kept]))
    return PAUSE if len(starts) >= FREE_STARTS else timedelta(0)
