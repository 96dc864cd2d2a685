"""Telling admins what keeps a question from its channel: once for each cause, on a way that reaches them."""

from datetime import datetime

from bot.domain import rotation
from bot.domain.bank import Bank
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Post
from bot.domain.schedules import Schedule
from bot.domain.troubles import of_post
from bot.services.notices import notice
from bot.services.ports import Store

BATCH = 256
READS = "reads_messages"
"""The name under which the store remembers whether the bot may read messages."""

READING_LOST = (
    "I may no longer read ordinary messages (the Message Content intent was switched off), so plain messages in a "
    "question's thread do not count as answers now. The Answer button, `/answer`, a reply to me with the ping left "
    "on, a mention, and *Apps → Submit as my answer* all work as before."
)

LOW_STOCK = 14
"""Questions left before repeats begin, at which an admin is told."""


class Alerts:
    """Notices to admins. They are posts like any other, so a crash neither loses nor doubles them."""

    def __init__(self, store: Store, bank: Bank) -> None:
        self._store = store
        self._bank = bank

    async def tell_of_troubles(self, now: datetime) -> bool:
        """Tells of every message that is not where it should be; whether there was anything new to tell."""
        news = False
        while untold := await self._store.untold_posts(BATCH):
            for post in untold:
                occurrence = await self._store.occurrence(post.subject)
                trouble = of_post(post, occurrence, now) if occurrence else None
                notice = None
                if occurrence is not None and trouble is not None:
                    cause = f"{trouble.schedule_id}:{trouble.cause}@{now.isoformat()}"
                    notice = await self._notice(occurrence, cause, trouble.says, now)
                news |= await self._store.tell(post, trouble, notice)
        return news

    async def tell_of_low_stock(self, occurrence: Occurrence, schedule: Schedule, now: datetime) -> None:
        """Tells, once for each pass, that a schedule is about to have asked everything."""
        ids = rotation.pool(self._bank.questions, schedule.selection)
        asked = await self._store.asked(schedule.guild_id)
        current = rotation.present_pass(ids, asked)
        remaining = len(ids) - len(current.seen)
        if not current.seen or remaining > LOW_STOCK:
            return
        count = f"{remaining} question" + ("" if remaining == 1 else "s")
        says = (
            f"<#{schedule.channel_id}> has {count} left before questions repeat. More difficulty levels or another "
            "cluster (`/setup`), or further question packs, make it last longer."
        )
        # A pool that is never fuller than that is worth one notice, not one for each pass.
        which = current.number if len(ids) > LOW_STOCK else "always"
        await self._store.add_post(await self._notice(occurrence, f"low:{schedule.id}:{which}", says, now))

    async def tell_of_reading(self, now: datetime, *, reads: bool) -> None:
        """Notes whether the bot may read messages; where that was lost, tells every server that has questions."""
        former = await self._store.recall(READS)
        await self._store.remember(READS, "yes" if reads else "no")
        if reads or former != "yes":
            return
        for guild_id in {schedule.guild_id for schedule in await self._store.all_schedules()}:
            if occurrence := await self._store.latest_occurrence(guild_id):
                cause = f"reading@{now.isoformat()}"
                await self._store.add_post(await self._notice(occurrence, cause, READING_LOST, now))

    async def _notice(self, occurrence: Occurrence, cause: str, says: str, now: datetime) -> Post:
        schedule = await self._store.schedule(occurrence.schedule_id)
        recipient = schedule.created_by if schedule else None
        place = (occurrence.guild_id, occurrence.key)
        return await notice(self._store, place, cause, says, recipient=recipient, now=now)
