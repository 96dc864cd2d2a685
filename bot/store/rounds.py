"""Rows of `round`, `player` and `prompted`: the life of a round, with all that follows from each of its moves."""

import sqlite3
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from pydantic import TypeAdapter

from bot.domain.boards import Player, balanced
from bot.domain.posts import Post, PostState, round_key
from bot.domain.rapidfire import (
    Announce,
    Begun,
    Drawn,
    Effect,
    Event,
    Phase,
    Rank,
    Refresh,
    Resumed,
    ReturnPrompts,
    Round,
    Rules,
    TimePassed,
    step,
)
from bot.services.rapidfire_ports import DrawPrompts, Joining
from bot.store import boards, posts
from bot.store.columns import day_or_none, instant, ms

STRENGTH = timedelta(days=90)
"""Rounds this young tell how strong somebody plays."""

_RULES = TypeAdapter(Rules)
_PROMPTS = TypeAdapter(tuple[Drawn, ...])
_IS_ACTIVE = "phase NOT IN ('finished', 'stopped')"  # word for word the condition of `round_of_channel`


def add(db: sqlite3.Connection, made: Round, effects: Sequence[Effect], now: datetime) -> bool:
    """Opens a round; False if its channel has one, or its schedule had one on that day."""
    added = db.execute(
        """
        INSERT INTO round (id, guild_id, channel_id, host_id, rules, prompts, phase, number, since, until, seen,
                           silent, copy, version, reason, schedule_id, day)
        VALUES (:id, :guild_id, :channel_id, :host_id, :rules, :prompts, :phase, :number, :since, :until, :seen,
                :silent, :copy, :version, :reason, :schedule_id, :day)
        ON CONFLICT DO NOTHING
        """,
        {
            "id": made.id,
            "guild_id": made.guild_id,
            "channel_id": made.channel_id,
            "host_id": made.host_id,
            "rules": _RULES.dump_json(made.rules).decode(),
            "schedule_id": made.schedule_id,
            "day": made.day and made.day.isoformat(),
            **_moving_parts(made),
        },
    )
    if added.rowcount == 0:
        return False
    _apply(db, made, effects, now)
    return True


def get(db: sqlite3.Connection, round_id: str) -> Round | None:
    return _one(db.execute("SELECT * FROM round WHERE id = ?", (round_id,)))


def in_channel(db: sqlite3.Connection, channel_id: int) -> Round | None:
    """The one that is under way there."""
    return _one(db.execute(f"SELECT * FROM round WHERE channel_id = ? AND {_IS_ACTIVE}", (channel_id,)))  # noqa: S608


def latest(db: sqlite3.Connection, guild_id: int, channel_id: int) -> Round | None:
    """The one that was opened last there, under way or over."""
    return _one(
        db.execute(
            "SELECT * FROM round WHERE guild_id = ? AND channel_id = ? ORDER BY n DESC LIMIT 1", (guild_id, channel_id)
        )
    )


def active(db: sqlite3.Connection) -> Sequence[Round]:
    return [_of_row(row) for row in db.execute(f"SELECT * FROM round WHERE {_IS_ACTIVE} ORDER BY n")]  # noqa: S608


def see(db: sqlite3.Connection, round_ids: Collection[str], now: datetime) -> None:
    """The bot looks after these rounds, as far as they are under way."""
    rows = [(ms(now), round_id) for round_id in round_ids]
    db.executemany(f"UPDATE round SET seen = ? WHERE id = ? AND {_IS_ACTIVE}", rows)  # noqa: S608


def begin(db: sqlite3.Connection, before: Round, draw: DrawPrompts, now: datetime) -> Round | None:
    """Ends a lobby: draws the prompts and gives a team to each who has none; None if somebody was faster."""
    if not _is_as_it_was(db, before):
        return None
    joined = players(db, before.id)
    drawn: tuple[Drawn, ...] = ()
    if joined:
        drawn = draw(asked(db, before.guild_id))
        db.executemany(
            "INSERT INTO prompted (guild_id, round, number, prompt) VALUES (?, ?, ?, ?)",
            [(before.guild_id, before.id, number, one.prompt) for number, one in enumerate(drawn, start=1)],
        )
        if before.rules.teams:
            strength = boards.strength(db, before.guild_id, now - STRENGTH)
            for player in balanced(joined, before.rules.teams, strength):
                db.execute(
                    "UPDATE player SET team = ? WHERE round = ? AND user_id = ?",
                    (player.team, before.id, player.user_id),
                )
    return _move(db, before, Begun(len(joined), drawn), now)


def advance(db: sqlite3.Connection, before: Round, event: Event, now: datetime) -> Round | None:
    """Moves a round on by `bot.domain.rapidfire.step`, with all its effects; None if somebody was faster.

    Raises `bot.domain.rapidfire.IllegalMove`.
    """
    if not _is_as_it_was(db, before):
        return None
    if isinstance(event, TimePassed):
        event = TimePassed(answers(db, before.id, before.number))
    return _move(db, before, event, now)


def asked(db: sqlite3.Connection, guild_id: int) -> Sequence[str]:
    rows = db.execute("SELECT prompt FROM prompted WHERE guild_id = ? ORDER BY n", (guild_id,))
    return [row["prompt"] for row in rows]


def players(db: sqlite3.Connection, round_id: str) -> tuple[Player, ...]:
    """In the order in which they joined."""
    rows = db.execute("SELECT * FROM player WHERE round = ? ORDER BY n, user_id", (round_id,))
    return tuple(Player(row["user_id"], row["name"], row["team"]) for row in rows)


def join(db: sqlite3.Connection, of: Round, who: Joining, team: int | None = None) -> bool:
    """Lets somebody in, or changes their team; False if nothing had to change.

    Who comes when the teams have been made gets the smallest one.
    """
    if team is None and of.rules.teams and of.phase is not Phase.LOBBY and not has_joined(db, of.id, who.user_id):
        late = Player(who.user_id, who.name)
        team = balanced([*players(db, of.id), late], of.rules.teams, strength={})[-1].team
    changed = db.execute(
        """
        INSERT INTO player (round, user_id, name, n, team)
        VALUES (:round, :user, :name, (SELECT count(*) FROM player WHERE round = :round), coalesce(:team, 0))
        ON CONFLICT (round, user_id) DO UPDATE SET team = :team WHERE :team IS NOT NULL AND team <> :team
        """,
        {"round": of.id, "user": who.user_id, "name": who.name, "team": team},
    )
    return changed.rowcount == 1


def has_joined(db: sqlite3.Connection, round_id: str, user_id: int) -> bool:
    return (
        db.execute("SELECT 1 FROM player WHERE round = ? AND user_id = ?", (round_id, user_id)).fetchone() is not None
    )


def leave(db: sqlite3.Connection, round_id: str, user_id: int) -> bool:
    """Lets somebody out of a lobby; False if they were not in it."""
    return db.execute("DELETE FROM player WHERE round = ? AND user_id = ?", (round_id, user_id)).rowcount == 1


def answers(db: sqlite3.Connection, round_id: str, number: int) -> int:
    """How many players answered a prompt."""
    row = db.execute("SELECT count(*) FROM attempt WHERE round = ? AND number = ?", (round_id, number)).fetchone()
    return int(row[0])


def prompt_id(drawn: str, number: int) -> str:
    """The id of a prompt in the column `prompts`."""
    return _PROMPTS.validate_json(drawn)[number - 1].prompt


def _is_as_it_was(db: sqlite3.Connection, before: Round) -> bool:
    row = db.execute("SELECT version FROM round WHERE id = ?", (before.id,)).fetchone()
    return row is not None and row["version"] == before.version


def _move(db: sqlite3.Connection, before: Round, event: Event, now: datetime) -> Round:
    after, effects = step(before, event, now)
    if isinstance(event, Resumed):
        posts.release(db, before.id, now)
    db.execute(
        """
        UPDATE round SET prompts = :prompts, phase = :phase, number = :number, since = :since, until = :until,
                         seen = CASE WHEN :is_back THEN :seen ELSE seen END, silent = :silent, copy = :copy,
                         version = :version, reason = :reason
        WHERE id = :id
        """,
        {"id": after.id, "is_back": isinstance(event, Resumed), **_moving_parts(after)},
    )
    _apply(db, after, effects, now)
    return after


def _apply(db: sqlite3.Connection, of: Round, effects: Sequence[Effect], now: datetime) -> None:
    for effect in effects:
        match effect:
            case Announce(kind, number, copy):
                posts.add(
                    db,
                    Post(
                        key=round_key(of.id, kind, number, copy),
                        kind=kind,
                        subject=of.id,
                        guild_id=of.guild_id,
                        channel_id=of.channel_id,
                        rung=number,
                        state=PostState.DUE,
                        due=now,
                    ),
                )
            case Refresh(kind, number):
                posts.outdate(db, of.id, kind, number)
            case Rank():
                boards.write(db, of, players(db, of.id), now)
            case ReturnPrompts(number):
                db.execute("DELETE FROM prompted WHERE round = ? AND number > ?", (of.id, number))


def _moving_parts(of: Round) -> dict[str, str | int | None]:
    return {
        "prompts": _PROMPTS.dump_json(of.prompts).decode(),
        "phase": of.phase,
        "number": of.number,
        "since": ms(of.since),
        "until": ms(of.until),
        "seen": ms(of.seen),
        "silent": of.silent,
        "copy": of.copy,
        "version": of.version,
        "reason": of.reason,
    }


def _one(rows: sqlite3.Cursor) -> Round | None:
    row = rows.fetchone()
    return _of_row(row) if row else None


def _of_row(row: sqlite3.Row) -> Round:
    return Round(
        id=row["id"],
        guild_id=row["guild_id"],
        channel_id=row["channel_id"],
        host_id=row["host_id"],
        rules=_RULES.validate_json(row["rules"]),
        phase=Phase(row["phase"]),
        since=instant(row["since"]),
        until=instant(row["until"]),
        seen=instant(row["seen"]),
        number=row["number"],
        prompts=_PROMPTS.validate_json(row["prompts"]),
        silent=row["silent"],
        copy=row["copy"],
        version=row["version"],
        reason=row["reason"],
        schedule_id=row["schedule_id"],
        day=day_or_none(row["day"]),
    )
