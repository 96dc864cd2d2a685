"""What must hold of rapid-fire rounds after every test: receipts, rows, boards and messages agree, no channel is stuck."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.boards import Attempt, Place, Player, board, is_ranked
from bot.domain.posts import PostKind, PostState
from bot.domain.rapidfire import Drawn, Phase, Rules, Scoring
from bot.ui.rounds import MOST_PLACES, points, rank
from tests.wire.people import Posted, words

MESSAGES = [kind.value for kind in PostKind if kind.is_of_round]
_LONGEST_PHASE = timedelta(minutes=15)

Interaction = Mapping[str, Any]


def broken(
    db: sqlite3.Connection, posted: Sequence[Posted], interactions: Sequence[Interaction], *, unfinished: bool
) -> Iterator[str]:
    """Every sentence about rounds that is not true. `unfinished`: messages may still be under way."""
    yield from _receipts(db, interactions)
    yield from _messages(db, posted, unfinished=unfinished)
    podiums = "SELECT subject, message_id FROM post WHERE kind = 'podium' AND state = 'sent' AND wanted = shown"
    by_id = {message.id: message for message in posted}
    shown = {subject: by_id[message] for subject, message in db.execute(podiums) if message in by_id}
    for row in db.execute("SELECT * FROM round"):
        yield from _round(db, row, shown)
    for channel, active in Counter(c for (c,) in db.execute(f"SELECT channel_id FROM round WHERE {_ACTIVE}")).items():
        if active > 1:
            yield f"{active} rounds are under way in channel {channel}"


_ACTIVE = "phase NOT IN ('finished', 'stopped')"


def _receipts(db: sqlite3.Connection, interactions: Sequence[Interaction]) -> Iterator[str]:
    """Each *Taken* stands for the player's row, which holds that answer or a later one; each row for an interaction."""
    rows = {
        (row["round"], row["number"], row["user_id"]): int(row["source"].removeprefix("i:"))
        for row in db.execute("SELECT * FROM attempt")
    }
    for one in interactions:
        said = words(one["message"]) if one["message"] else ""
        verb, _, place = (one["custom_id"] or "").removeprefix("ic:1:").partition(":")
        if verb in {"fire", "pick"} and said.startswith(("**Taken.**", "**Changed.**")):
            round_id, _, rest = place.partition(":")
            kept = rows.get((round_id, int(rest.split("-")[0]), int(one["user"])), 0)
            if kept < int(one["id"]):
                yield f"{one['id']} was told that its answer is taken, and {kept or 'nothing'} is kept"
    known = {int(one["id"]) for one in interactions}
    yield from (f"{where} has an answer that nobody gave" for where, source in rows.items() if source not in known)


def _messages(db: sqlite3.Connection, posted: Sequence[Posted], *, unfinished: bool) -> Iterator[str]:
    """Each message of a round is at Discord as often as its row says."""
    there = {message.id for message in posted}
    known = {message_id for (message_id,) in db.execute("SELECT message_id FROM post WHERE message_id IS NOT NULL")}
    kinds = ", ".join("?" * len(MESSAGES))
    for row in db.execute(f"SELECT * FROM post WHERE kind IN ({kinds})", MESSAGES):
        state = PostState(row["state"])
        if state in {PostState.DUE, PostState.SENDING} and not unfinished:
            yield f"{row['kind']} {row['key']} is still {state} ({row['reason']})"
        if state is PostState.SENT and row["message_id"] not in there:
            yield f"{row['kind']} {row['key']} is noted as {row['message_id']}, which is not at Discord"
    if not unfinished:
        channels = {channel for (channel,) in db.execute("SELECT channel_id FROM round")}
        ours = [m for m in posted if m.channel_id in channels and not m.data.get("interaction")]
        yield from (f"{m.id} is at Discord and in no row: {m.text[:40]}" for m in ours if m.id not in known)


def _round(db: sqlite3.Connection, row: sqlite3.Row, podiums: Mapping[str, Posted]) -> Iterator[str]:
    phase, until = Phase(row["phase"]), datetime.fromtimestamp(row["until"] / 1000, UTC)
    if not phase.is_over and until > datetime.now(UTC) + _LONGEST_PHASE:
        yield f"round {row['id']} is {phase} until {until}"
    of_round = "SELECT * FROM {} WHERE round = ?"
    players = [Player(p["user_id"], p["name"], p["team"]) for p in db.execute(of_round.format("player"), (row["id"],))]
    upheld = {
        (appeal["number"], appeal["user_id"])
        for appeal in db.execute(of_round.format("appeal"), (row["id"],))
        if appeal["state"] == "upheld"
    }
    given = [
        Attempt(
            a["number"],
            a["user_id"],
            bool(a["accepted"]),
            a["points"],
            a["time_left"],
            is_upheld=(a["number"], a["user_id"]) in upheld,
        )
        for a in db.execute(of_round.format("attempt"), (row["id"],))
    ]
    if strangers := {a.user_id for a in given} - {p.user_id for p in players}:
        yield f"{strangers} have answers in {row['id']} and are not in"
    prompts = [Drawn(**drawn) for drawn in json.loads(row["prompts"])]
    counted = [a for a in given if a.number <= row["number"]]
    places = board(players, counted, prompts, _rules(row["rules"])) if prompts else ()
    if row["id"] in podiums:
        yield from _podium(row, places, {p.user_id: p.name for p in players}, podiums[row["id"]])
    ranked = phase is Phase.FINISHED and is_ranked(given)
    active = {a.user_id for a in given}
    expected = {p.who: (p.place, p.score) for p in places if p.who in active} if ranked else {}
    stored = {
        result["user_id"]: (result["place"], result["score"])
        for result in db.execute(of_round.format("result"), (row["id"],))
    }
    if stored != expected:
        yield f"the results of {row['id']} are {stored}, and the fold over its answers is {expected}"


def _podium(row: sqlite3.Row, places: Sequence[Place], names: Mapping[int, str], podium: Posted) -> Iterator[str]:
    """Each line of the board that a podium shows is the fold's."""
    for p in places[:MOST_PLACES]:
        line = f"{rank(p.place)} {names[p.who]} · {points(p.score)} · {p.right} right"
        if line not in podium.text.splitlines():
            yield f"the podium of {row['id']} lacks “{line}”: {podium.text}"


def _rules(stored: str) -> Rules:
    """What scoring goes by."""
    rules = json.loads(stored)
    return Rules(scoring=Scoring(rules["scoring"]), partial=rules["partial"], teams=rules["teams"])
