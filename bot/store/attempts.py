"""Rows of `attempt`: what players answer."""

import sqlite3

from bot.domain.posts import PostKind
from bot.domain.rapidfire import Timing, time_left, timing
from bot.services.rapidfire_ports import AppealState, AttemptId, Given, OwnAnswer, Taken
from bot.store import boards, posts, rounds
from bot.store.columns import ms


def record(db: sqlite3.Connection, round_id: str, number: int, given: Given) -> Taken:
    """Keeps an answer that came in time, in place of an earlier one by the same player, and lets its author in.

    Whatever comes late or twice changes nothing.
    """
    of = rounds.get(db, round_id)
    verdict = timing(of, number, given.at) if of else None
    if of is None or verdict is not Timing.IN_TIME:
        return Taken(verdict)
    rounds.join(db, of, given.who)
    former = db.execute(
        f"{boards.SELECT} WHERE a.round = ? AND a.number = ? AND a.user_id = ?", (round_id, number, given.who.user_id)
    ).fetchone()
    if former is not None and former["appeal"]:
        return Taken(Timing.TOO_LATE)  # what moderators are asked about stays as it is
    if former is not None and (former["source"] == given.source or former["at"] > ms(given.at)):
        return Taken(verdict, until=of.until, is_change=False)
    db.execute(
        """
        INSERT INTO attempt (round, number, user_id, source, text, at, accepted, points, time_left)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (round, number, user_id) DO UPDATE SET
            source = excluded.source, text = excluded.text, at = excluded.at, accepted = excluded.accepted,
            points = excluded.points, time_left = excluded.time_left
        """,
        (
            round_id,
            number,
            given.who.user_id,
            given.source,
            given.text,
            ms(given.at),
            given.accepted,
            given.points,
            time_left(of, given.at),
        ),
    )
    posts.outdate(db, round_id, PostKind.PROMPT, number)
    return Taken(verdict, until=of.until, is_change=former is not None)


def texts(db: sqlite3.Connection, round_id: str, number: int) -> dict[int, tuple[str, bool]]:
    """What each player answered to a prompt, and whether they let everybody see it."""
    rows = db.execute("SELECT * FROM attempt WHERE round = ? AND number = ? ORDER BY at", (round_id, number))
    return {row["user_id"]: (row["text"], bool(row["is_public"])) for row in rows}


def own(db: sqlite3.Connection, round_id: str, user_id: int) -> dict[int, OwnAnswer]:
    """A player's own answers, by the number of the prompt."""
    rows = db.execute(f"{boards.SELECT} WHERE a.round = ? AND a.user_id = ? ORDER BY a.number", (round_id, user_id))
    return {
        row["number"]: OwnAnswer(row["text"], boards.of_row(row), AppealState(row["appeal"]) if row["appeal"] else None)
        for row in rows
    }


def publish(db: sqlite3.Connection, of: AttemptId) -> bool:
    """Lets everybody see a player's answer; False if there is none."""
    shown = db.execute(
        "UPDATE attempt SET is_public = 1 WHERE round = ? AND number = ? AND user_id = ?",
        (of.round_id, of.number, of.user_id),
    )
    if shown.rowcount:
        posts.outdate(db, of.round_id, PostKind.PROMPT, of.number)
    return shown.rowcount == 1
