"""The `Store` on one SQLite file: binds each promise to its function, on the writer or a reader. No SQL."""

import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import date, datetime
from pathlib import Path
from typing import Concatenate, Literal, ParamSpec, TypeVar

from bot.domain.answers import Answer
from bot.domain.occurrences import Occurrence
from bot.domain.posts import Event, Post, PostState
from bot.domain.schedules import Schedule
from bot.domain.streaks import Streak, Uptime
from bot.domain.troubles import Trouble
from bot.services.ports import Choose, ClaimedPoint, GuildSettings, Recorded, Store, StreakFacts
from bot.store import (
    answers,
    cards,
    claims,
    closing,
    facts,
    guilds,
    members,
    occurrences,
    opening,
    planning,
    posts,
    rotation,
    schedules,
    streaks,
    troubles,
    uptime,
)
from bot.store.connection import Connection, read
from bot.store.lock import Lock
from bot.store.migrate import shipped
from bot.store.writer import Writer, not_saved

P = ParamSpec("P")
T = TypeVar("T")

READERS = 2
"""Read-only connections: enough that one long report leaves room for the short questions."""


class SqliteStore:
    """Every fact, in the file at `path`; see `bot.services.ports.Store` for what each method promises.

    A write that the disk does not take raises `bot.services.errors.NotSaved`. `choose` of `claim_card` runs
    on the store's own thread.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()  # so that two names of one file share one lock
        self._open = AsyncExitStack()
        self._readers: list[Connection] = []
        self._writer: Writer | None = None

    async def open(self) -> None:
        """Takes the file and brings its schema up to date; raises `bot.store.errors.StoreError`."""
        opening.check_place(self.path)
        async with AsyncExitStack() as stack:
            stack.callback(Lock(self.path).release)
            try:
                connection = await self._connect(stack, "rwc")
                await connection.run(lambda db: opening.prepare(db, self.path, shipped()))
                self._readers = [await self._connect(stack, "ro") for _ in range(READERS)]
            except sqlite3.Error as error:
                raise opening.explain(error, self.path) from error
            self._writer = Writer(connection)
            stack.push_async_callback(self._writer.close)
            self._open = stack.pop_all()

    async def _connect(self, stack: AsyncExitStack, mode: Literal["rwc", "ro"]) -> Connection:
        connection = await Connection.open_at(self.path, mode)
        stack.push_async_callback(connection.close)
        return connection

    async def close(self) -> None:
        """Answers the writes that were taken, takes no more, and lets go of the file."""
        await self._open.aclose()

    async def supervise(self) -> None:
        """Returns once the store is closed; raises what its writer died of, and the process is to end."""
        if self._writer is not None:
            await self._writer.supervise()

    async def read(
        self, query: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `query` finds, all of it in one snapshot."""
        return await read(self._readers, lambda db: query(db, *args, **kwargs))

    async def write(
        self, unit: Callable[Concatenate[sqlite3.Connection, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """What `unit` returns, once its changes are durable."""
        if self._writer is None:
            raise not_saved("the bot is still starting")
        return await self._writer.run(lambda db: unit(db, *args, **kwargs))

    # -- small facts about the installation

    async def recall(self, name: str) -> str | None:
        return await self.read(facts.recall, name)

    async def remember(self, name: str, text: str) -> None:
        await self.write(facts.remember, name, text)

    # -- schedules

    async def save_schedule(self, schedule: Schedule) -> None:
        await self.write(schedules.save, schedule)

    async def schedule(self, schedule_id: str) -> Schedule | None:
        return await self.read(schedules.get, schedule_id)

    async def schedules_of(self, guild_id: int) -> Sequence[Schedule]:
        return await self.read(schedules.of_guild, guild_id)

    async def all_schedules(self) -> Sequence[Schedule]:
        return await self.read(schedules.every)

    async def due_schedules(self, now: datetime) -> Sequence[Schedule]:
        return await self.read(schedules.due, now)

    async def apply_plan(
        self, schedule: Schedule, occurrences: Sequence[Occurrence], next_due: datetime | None
    ) -> bool:
        return await self.write(planning.apply_plan, schedule, occurrences, next_due)

    # -- occurrences and their cards

    async def add_occurrence(self, occurrence: Occurrence) -> bool:
        return await self.write(occurrences.add, occurrence)

    async def occurrence(self, key: str) -> Occurrence | None:
        return await self.read(occurrences.get, key)

    async def occurrence_on(self, schedule_id: str, day: date) -> Occurrence | None:
        return await self.read(occurrences.on, schedule_id, day)

    async def occurrence_of_thread(self, thread_id: int) -> Occurrence | None:
        return await self.read(occurrences.of_thread, thread_id)

    async def open_occurrences(self, guild_id: int) -> Sequence[Occurrence]:
        return await self.read(occurrences.opened, guild_id)

    async def latest_occurrence(self, guild_id: int) -> Occurrence | None:
        return await self.read(occurrences.latest, guild_id)

    async def days_taken(self, schedule_id: str, since: date) -> dict[date, PostState]:
        return await self.read(occurrences.days_taken, schedule_id, since)

    async def asked(self, guild_id: int) -> Sequence[str]:
        return await self.read(rotation.asked, guild_id)

    async def history(self, schedule_id: str, limit: int) -> Sequence[Occurrence]:
        return await self.read(occurrences.history, schedule_id, limit)

    async def closable(self, now: datetime) -> Sequence[Occurrence]:
        return await self.read(closing.closable, now)

    async def close_occurrence(self, key: str, now: datetime, outage: str | None) -> None:
        await self.write(closing.close, key, now, outage)

    async def cards_to_close(self) -> Sequence[Occurrence]:
        return await self.read(closing.cards_to_close)

    async def card_closed(self, key: str) -> None:
        await self.write(closing.card_closed, key)

    async def members_answered(self, key: str) -> int:
        return await self.read(occurrences.members, key)

    # -- the queue

    async def queue(self, schedule_id: str) -> Sequence[str]:
        return await self.read(rotation.queue, schedule_id)

    async def set_queue(self, schedule_id: str, question_ids: Sequence[str]) -> None:
        await self.write(rotation.set_queue, schedule_id, question_ids)

    async def pass_over(self, guild_id: int, question_id: str, at: datetime) -> None:
        await self.write(rotation.pass_over, guild_id, question_id, at)

    # -- posts

    async def post(self, key: str) -> Post | None:
        return await self.read(posts.get, key)

    async def add_post(self, post: Post) -> bool:
        return await self.write(posts.add, post)

    async def due_posts(self, now: datetime, limit: int) -> Sequence[Post]:
        return await self.read(posts.due, now, limit)

    async def blocked_posts(self) -> Sequence[Post]:
        return await self.read(posts.blocked)

    async def claim_card(
        self, key: str, now: datetime, choose: Choose, promised_until: datetime | None, company: str | None
    ) -> Occurrence | None:
        return await self.write(cards.claim, key, now, choose, promised_until, company=company)

    async def advance_post(self, post: Post, event: Event, now: datetime) -> Post | None:
        return await self.write(cards.advance, post, event, now)

    async def rung_of(self, occurrence: str, message_id: int) -> int | None:
        return await self.read(posts.rung_of, occurrence, message_id)

    async def open_rungs(self, occurrence: str) -> Sequence[int]:
        return await self.read(posts.open_rungs, occurrence)

    # -- troubles

    async def untold_posts(self, limit: int) -> Sequence[Post]:
        return await self.read(troubles.untold, limit)

    async def tell(self, post: Post, trouble: Trouble | None, notice: Post | None) -> bool:
        return await self.write(troubles.tell, post, trouble, notice)

    async def troubles(self, guild_id: int) -> Sequence[Trouble]:
        return await self.read(troubles.lasting, guild_id)

    # -- guilds

    async def guild(self, guild_id: int) -> GuildSettings:
        return await self.read(guilds.get, guild_id)

    async def save_guild(self, settings: GuildSettings) -> None:
        await self.write(guilds.save, settings)

    # -- members

    async def member_company(self, guild_id: int, user_id: int) -> str | None:
        return await self.read(members.company, guild_id, user_id)

    async def save_member_company(self, guild_id: int, user_id: int, company: str | None) -> None:
        await self.write(members.save_company, guild_id, user_id, company)

    # -- answers

    async def record_answer(self, answer: Answer, unlocks: Post | None) -> Recorded:
        return await self.write(answers.record, answer, unlocks)

    async def latest_answer(self, user_id: int, question_id: str, occurrence: str | None, rung: int) -> Answer | None:
        return await self.read(answers.latest, user_id, question_id, occurrence, rung)

    async def answered_rungs(self, user_id: int, question_id: str, occurrence: str | None) -> Collection[int]:
        return await self.read(answers.rungs, user_id, question_id, occurrence)

    async def answer_from(self, source: str) -> Answer | None:
        return await self.read(answers.from_source, source)

    async def practised(self, user_id: int) -> Collection[str]:
        return await self.read(answers.practised, user_id)

    async def newest_answers(self, user_id: int) -> Mapping[str, str]:
        return await self.read(answers.newest, user_id)

    async def record_reveal(self, user_id: int, question_id: str, at: datetime) -> None:
        await self.write(answers.record_reveal, user_id, question_id, at)

    # -- claims

    async def record_claims(self, source: str, points: Sequence[str], at: datetime) -> None:
        await self.write(claims.record, source, points, at)

    async def claims(self, question_id: str | None = None) -> Sequence[ClaimedPoint]:
        return await self.read(claims.of, question_id)

    # -- streaks

    async def streak(self, guild_id: int, user_id: int) -> Streak:
        return await self.read(streaks.stored, guild_id, user_id)

    async def streak_facts(self, guild_id: int, user_id: int) -> StreakFacts:
        return await self.read(streaks.facts, guild_id, user_id)

    # -- the bot's own pulse

    async def beat(self, run: str, now: datetime) -> None:
        await self.write(uptime.beat, run, now)

    async def uptime(self, since: datetime, until: datetime) -> Sequence[Uptime]:
        return await self.read(uptime.touching, since, until)


_keeps_its_promises: type[Store] = SqliteStore
