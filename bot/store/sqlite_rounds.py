"""The `Rounds` on the same SQLite file: binds each promise to its function. No SQL."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from bot.domain.posts import Post, PostKind
from bot.domain.rapidfire import Effect, Event, Phase, Round
from bot.domain.schedules import Schedule
from bot.services.rapidfire_ports import (
    Appeal,
    Appealed,
    AppealState,
    AttemptId,
    Decided,
    DrawPrompts,
    Given,
    Joining,
    LeftOut,
    Opening,
    OwnAnswer,
    Rounds,
    Scene,
    Standing,
    Taken,
)
from bot.store import appeals, attempts, boards, drills, planning, posts, rounds, schedules
from bot.store.sqlite import SqliteStore


class SqliteRounds:
    """Rounds in the file of an open store; see `bot.services.rapidfire_ports.Rounds` for each promise.

    `draw` of `begin_round` runs on the store's own thread.
    """

    def __init__(self, store: SqliteStore) -> None:
        self._read = store.read
        self._write = store.write

    async def open_round(self, made: Round, effects: Sequence[Effect], now: datetime) -> bool:
        return await self._write(rounds.add, made, effects, now)

    async def round_schedules(self, guild_id: int) -> Sequence[Schedule]:
        return await self._read(schedules.of_rounds, guild_id)

    async def due_round_schedules(self, now: datetime) -> Sequence[Schedule]:
        return await self._read(schedules.due_rounds, now)

    async def open_scheduled(
        self, schedule: Schedule, planned: Sequence[Opening | LeftOut], next_due: datetime | None, now: datetime
    ) -> bool:
        return await self._write(planning.open_rounds, schedule, planned, next_due, now)

    async def round(self, round_id: str) -> Round | None:
        return await self._read(rounds.get, round_id)

    async def round_in(self, channel_id: int) -> Round | None:
        return await self._read(rounds.in_channel, channel_id)

    async def latest_round(self, guild_id: int, channel_id: int) -> Round | None:
        return await self._read(rounds.latest, guild_id, channel_id)

    async def active_rounds(self) -> Sequence[Round]:
        return await self._read(rounds.active)

    async def see_rounds(self, round_ids: Collection[str], now: datetime) -> None:
        await self._write(rounds.see, round_ids, now)

    async def begin_round(self, before: Round, draw: DrawPrompts, now: datetime) -> Round | None:
        return await self._write(rounds.begin, before, draw, now)

    async def advance_round(self, before: Round, event: Event, now: datetime) -> Round | None:
        return await self._write(rounds.advance, before, event, now)

    async def scene(self, round_id: str) -> Scene | None:
        return await self._read(_scene, round_id)

    async def join(self, round_id: str, who: Joining, team: int | None = None) -> bool:
        return await self._write(_join, round_id, who, team)

    async def leave(self, round_id: str, user_id: int) -> bool:
        return await self._write(_leave, round_id, user_id)

    async def record_attempt(self, round_id: str, number: int, given: Given) -> Taken:
        return await self._write(attempts.record, round_id, number, given)

    async def texts(self, round_id: str, number: int) -> Mapping[int, tuple[str, bool]]:
        return await self._read(attempts.texts, round_id, number)

    async def own_answers(self, round_id: str, user_id: int) -> Mapping[int, OwnAnswer]:
        return await self._read(attempts.own, round_id, user_id)

    async def publish(self, of: AttemptId) -> bool:
        return await self._write(attempts.publish, of)

    async def put_appeal(self, of: AttemptId, card: Post | None, now: datetime) -> Appealed:
        return await self._write(appeals.put, of, card, now)

    async def appeal(self, of: AttemptId) -> Appeal | None:
        return await self._read(appeals.find, of)

    async def open_appeals(self, guild_id: int) -> Sequence[Appeal]:
        return await self._read(appeals.waiting, guild_id)

    async def upheld_appeals(self) -> Sequence[Appeal]:
        return await self._read(appeals.upheld)

    async def decide_appeal(self, of: AttemptId, by: int, state: AppealState, now: datetime) -> Decided:
        return await self._write(appeals.decide, of, by, state, now)

    async def standings(self, guild_id: int, since: datetime | None) -> Sequence[Standing]:
        return await self._read(boards.standings, guild_id, since)

    async def due_messages(self, now: datetime, round_id: str | None = None) -> Sequence[Post]:
        return await self._read(posts.due_of_rounds, now, round_id)

    async def message_with(self, message_id: int) -> Post | None:
        return await self._read(posts.with_message, message_id)

    async def message(self, round_id: str, kind: PostKind, number: int = 0) -> Post | None:
        return await self._read(posts.of_round, round_id, kind, number)

    async def outdated(self, round_id: str | None = None) -> Sequence[tuple[Post, int]]:
        return await self._read(posts.outdated, round_id)

    async def mark_shown(self, key: str, mark: int) -> None:
        await self._write(posts.mark_shown, key, mark)

    async def record_drill(self, user_id: int, prompt: str, source: str, at: datetime, *, accepted: bool) -> None:
        await self._write(drills.record, user_id, prompt, source, at, accepted=accepted)

    async def drilled(self, user_id: int) -> Mapping[str, tuple[bool, datetime]]:
        return await self._read(drills.latest, user_id)


def _scene(db: sqlite3.Connection, round_id: str) -> Scene | None:
    of = rounds.get(db, round_id)
    if of is None:
        return None
    return Scene(of, rounds.players(db, round_id), tuple(boards.attempts(db, round_id)))


def _join(db: sqlite3.Connection, round_id: str, who: Joining, team: int | None) -> bool:
    of = rounds.get(db, round_id)
    if of is None or of.phase.is_over or not rounds.join(db, of, who, team):
        return False
    posts.outdate(db, round_id, PostKind.LOBBY, 0)
    return True


def _leave(db: sqlite3.Connection, round_id: str, user_id: int) -> bool:
    of = rounds.get(db, round_id)
    if of is None or of.phase is not Phase.LOBBY or not rounds.leave(db, round_id, user_id):
        return False
    posts.outdate(db, round_id, PostKind.LOBBY, 0)
    return True


_keeps_its_promises: type[Rounds] = SqliteRounds
