"""Rows of `appeal`: what players hold against a verdict, and what came of that."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.posts import Post, PostKind
from bot.domain.rapidfire import Phase
from bot.services.rapidfire_ports import Appeal, Appealed, AppealState, AttemptId, Decided
from bot.store import boards, posts, rounds
from bot.store.columns import instant, instant_or_none, ms

MOST = 3
"""Appeals of a member within `SPAN`; more would keep moderators from everything else."""

SPAN = timedelta(days=1)

_SELECT = """
    SELECT p.*, a.text, r.guild_id, r.prompts FROM appeal AS p
    JOIN attempt AS a ON a.round = p.round AND a.number = p.number AND a.user_id = p.user_id
    JOIN round AS r ON r.id = p.round
"""


def put(db: sqlite3.Connection, of: AttemptId, card: Post | None, now: datetime) -> Appealed:
    """Puts an answer before the moderators, with the card that tells them, unless there is no case."""
    row = db.execute(
        f"{boards.SELECT} WHERE a.round = ? AND a.number = ? AND a.user_id = ?", (of.round_id, of.number, of.user_id)
    ).fetchone()
    if row is None:
        return Appealed.NO_ANSWER
    if row["appeal"]:
        return Appealed.BEFORE
    if row["accepted"]:
        return Appealed.COUNTS_ALREADY
    recent = db.execute(
        "SELECT count(*) FROM appeal WHERE user_id = ? AND at > ?", (of.user_id, ms(now - SPAN))
    ).fetchone()[0]
    if recent >= MOST:
        return Appealed.TOO_MANY
    db.execute(
        "INSERT INTO appeal (round, number, user_id, at, state) VALUES (?, ?, ?, ?, ?)",
        (of.round_id, of.number, of.user_id, ms(now), AppealState.OPEN),
    )
    if card is not None:
        posts.add(db, card)
    return Appealed.PUT


def find(db: sqlite3.Connection, of: AttemptId) -> Appeal | None:
    row = db.execute(
        f"{_SELECT} WHERE p.round = ? AND p.number = ? AND p.user_id = ?", (of.round_id, of.number, of.user_id)
    ).fetchone()
    return _appeal(row) if row else None


def waiting(db: sqlite3.Connection, guild_id: int) -> Sequence[Appeal]:
    rows = db.execute(f"{_SELECT} WHERE p.state = 'open' AND r.guild_id = ? ORDER BY p.n", (guild_id,))
    return [_appeal(row) for row in rows]


def upheld(db: sqlite3.Connection) -> Sequence[Appeal]:
    """Every appeal that moderators upheld, for the authors of the prompts."""
    return [_appeal(row) for row in db.execute(f"{_SELECT} WHERE p.state = 'upheld' ORDER BY p.n DESC")]


def decide(db: sqlite3.Connection, of: AttemptId, by: int, state: AppealState, now: datetime) -> Decided:
    """Decides an appeal once; upheld, the round and the standings are scored anew with it."""
    if of.user_id == by:
        return Decided.OWN
    decided = db.execute(
        """
        UPDATE appeal SET state = ?, decided_by = ?, decided_at = ?
        WHERE round = ? AND number = ? AND user_id = ? AND state = 'open'
        """,
        (state, by, ms(now), of.round_id, of.number, of.user_id),
    )
    if decided.rowcount == 0:
        return Decided.BEFORE
    posts.outdate(db, of.round_id, PostKind.APPEAL, of.number)
    judged = rounds.get(db, of.round_id)
    if state is AppealState.UPHELD and judged is not None:
        posts.outdate(db, of.round_id, PostKind.PROMPT, of.number)
        posts.outdate(db, of.round_id, PostKind.PODIUM, 0)
        if judged.phase is Phase.FINISHED:
            boards.write(db, judged, rounds.players(db, judged.id), judged.since)
    return Decided.NOW


def _appeal(row: sqlite3.Row) -> Appeal:
    return Appeal(
        of=AttemptId(row["round"], row["number"], row["user_id"]),
        guild_id=row["guild_id"],
        prompt=rounds.prompt_id(row["prompts"], row["number"]),
        text=row["text"],
        state=AppealState(row["state"]),
        at=instant(row["at"]),
        decided_by=row["decided_by"],
        decided_at=instant_or_none(row["decided_at"]),
    )
