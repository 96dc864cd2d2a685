"""A round's answers with what became of them, and rows of `result`: what finished rounds brought, and their sums."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from bot.domain.boards import Attempt, Player, board, is_ranked
from bot.domain.rapidfire import Round
from bot.services.rapidfire_ports import AppealState, Standing
from bot.store.columns import ms

SELECT = """
    SELECT a.*, p.state AS appeal FROM attempt AS a
    LEFT JOIN appeal AS p ON p.round = a.round AND p.number = a.number AND p.user_id = a.user_id
"""
"""What `of_row` reads; to be completed with a condition."""


def of_row(row: sqlite3.Row) -> Attempt:
    return Attempt(
        number=row["number"],
        user_id=row["user_id"],
        accepted=bool(row["accepted"]),
        points=row["points"],
        left=row["time_left"],
        is_upheld=row["appeal"] == AppealState.UPHELD,
    )


def attempts(db: sqlite3.Connection, round_id: str) -> Sequence[Attempt]:
    return [of_row(row) for row in db.execute(f"{SELECT} WHERE a.round = ?", (round_id,))]


def write(db: sqlite3.Connection, of: Round, players: Sequence[Player], at: datetime) -> None:
    """The results of a finished round, in place of those that there were; none for a round that is not ranked."""
    given = attempts(db, of.id)
    db.execute("DELETE FROM result WHERE round = ?", (of.id,))
    if not is_ranked(given):
        return
    active = {attempt.user_id for attempt in given}
    db.executemany(
        "INSERT INTO result (round, guild_id, user_id, place, score, correct, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (of.id, of.guild_id, place.who, place.place, place.score, place.right, ms(at))
            for place in board(players, given, of.prompts, of.rules)
            if place.who in active
        ],
    )


def standings(db: sqlite3.Connection, guild_id: int, since: datetime | None) -> Sequence[Standing]:
    rows = db.execute(
        """
        SELECT user_id, count(*) AS rounds, sum(place = 1) AS wins, sum(score) AS score, sum(correct) AS correct
        FROM result WHERE guild_id = ? AND at >= ? GROUP BY user_id ORDER BY score DESC, wins DESC, user_id
        """,
        (guild_id, ms(since) if since else 0),
    )
    return [Standing(row["user_id"], row["rounds"], row["wins"], row["score"], row["correct"]) for row in rows]


def strength(db: sqlite3.Connection, guild_id: int, since: datetime) -> dict[int, float]:
    """What each member usually scores in a round, in tenths of a point."""
    rows = db.execute(
        "SELECT user_id, avg(score) AS mean FROM result WHERE guild_id = ? AND at >= ? GROUP BY user_id",
        (guild_id, ms(since)),
    )
    return {row["user_id"]: row["mean"] for row in rows}
