"""Rows of `claim`: points that members say their answers made."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from bot.services.ports import ClaimedPoint
from bot.store.columns import ms

_SELECT = """
    SELECT claim.question_id, claim.rung, claim.point, claim.user_id, answer.text
    FROM claim JOIN answer ON answer.n = claim.answer
"""
_ORDER = " ORDER BY claim.question_id, claim.rung, claim.point, claim.at DESC, claim.n DESC"


def record(db: sqlite3.Connection, source: str, points: Sequence[str], at: datetime) -> None:
    for point in points:
        db.execute(
            """
            INSERT INTO claim (user_id, question_id, occurrence, rung, point, answer, at)
            SELECT user_id, question_id, occurrence, rung, :point, n, :at FROM answer WHERE source = :source
            ON CONFLICT (answer, point) DO NOTHING
            """,
            {"source": source, "point": point, "at": ms(at)},
        )


def of(db: sqlite3.Connection, question_id: str | None) -> Sequence[ClaimedPoint]:
    if question_id is None:
        rows = db.execute(_SELECT + _ORDER)
    else:
        rows = db.execute(f"{_SELECT} WHERE claim.question_id = ?{_ORDER}", (question_id,))
    grouped = groupby(rows, key=lambda row: (row["question_id"], row["rung"], row["point"]))
    found = [_point(*key, list(group)) for key, group in grouped]
    return sorted(found, key=lambda claimed: -claimed.members)


def _point(question_id: str, rung: int, point: str, rows: Sequence[sqlite3.Row]) -> ClaimedPoint:
    members = len({row["user_id"] for row in rows})
    return ClaimedPoint(question_id, rung, point, members, tuple(dict.fromkeys(row["text"] for row in rows)))
