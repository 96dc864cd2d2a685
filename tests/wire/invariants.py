"""What must hold after every test, whatever went wrong in it: Discord, the database and the receipts agree."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.posts import PostKind, PostState
from bot.domain.streaks import Day, DayState, Streak, fold
from bot.ui import custom_ids
from tests.support.limits import walk
from tests.wire import round_invariants
from tests.wire.control import Discord
from tests.wire.people import Posted, words
from tests.wire.standin.routes_interactions import MODAL_SUBMIT

TAKEN = "✅"
_OF_DAYS = [PostKind.CARD, PostKind.RUNG, PostKind.HINT]
_UNFINISHED = {PostState.DUE, PostState.SENDING}
_AT_DISCORD = {PostState.SENT: {1}, PostState.SKIPPED: {0}, PostState.BLOCKED: {0}, PostState.REMOVED: {0}}

Row = Mapping[str, Any]


async def hold(discord: Discord, database: Path, *, unfinished: bool = False) -> None:
    """Fails with every sentence that is not true. `unfinished`: posts may still be under way."""
    before = {m.id for m in await discord.messages()}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        db.row_factory = sqlite3.Row
        rows = list(db.execute(f"SELECT * FROM post WHERE kind IN ({', '.join('?' * len(_OF_DAYS))})", _OF_DAYS))
        # A post may arrive at any moment: what has a row is there afterwards, what was there before has a row.
        posted = [m for m in await discord.messages() if m.from_bot]
        broken = _posts(posted, before, rows, unfinished=unfinished)
        interactions = await discord.do("interactions")
        broken += _answers(interactions, await discord.messages(), db)
        broken += _streaks(db)
        broken += round_invariants.broken(db, posted, interactions, unfinished=unfinished)
    assert not broken, "\n".join(broken)


def _posts(posted: list[Posted], before: set[int], rows: list[sqlite3.Row], *, unfinished: bool) -> list[str]:
    """Each post is at Discord as often as its row says, and nothing is there that has no row."""
    found = defaultdict(list)
    for message in posted:
        if marker := _marker(message):
            found[marker, _kind(message)].append(message)
    broken, known = [], set()
    for row in rows:
        state, name = (
            PostState(row["state"]),
            (custom_ids.answer(row["subject"], row["rung"]), PostKind(row["kind"])),
        )
        known.add(name)
        messages = found[name]
        if state in _UNFINISHED and not unfinished:
            broken.append(f"{row['kind']} {row['key']} is still {state} ({row['reason']})")
        if len(messages) not in _AT_DISCORD.get(state, {0, 1}):
            broken.append(f"{row['kind']} {row['key']} is {state}, and {len(messages)} times at Discord")
        if state is PostState.SENT and [m.id for m in messages] not in ([row["message_id"]], []):
            broken.append(f"{row['kind']} {row['key']} is noted as {row['message_id']}, not {messages[0].id}")
    strangers = [name for name in found if name not in known and any(m.id in before for m in found[name])]
    return broken + [f"{kind} {marker} is at Discord and nowhere in the database" for marker, kind in strangers]


def _marker(message: Posted) -> str | None:
    names = (str(c.get("custom_id", "")) for c in walk(message.data["components"]))
    return next((name for name in names if name.startswith("ic:1:answer:")), None)


def _kind(message: Posted) -> PostKind:
    """A hint has the marker of its card; it is told by its only button."""
    if _marker(message).endswith(":0") and len(message.buttons) == 1:  # type: ignore[union-attr]
        return PostKind.HINT
    return PostKind.CARD if _marker(message).endswith(":0") else PostKind.RUNG  # type: ignore[union-attr]


def _answers(interactions: list[dict[str, Any]], messages: list[Posted], db: sqlite3.Connection) -> list[str]:
    """Every receipt that a member got stands for exactly one row."""
    acked = [f"i:{i['id']}" for i in interactions if i["kind"] == MODAL_SUBMIT and "### Saved" in _shown(i)]
    acked += [f"m:{message.id}" for message in messages if TAKEN in message.reactions]
    stored = Counter(source for (source,) in db.execute("SELECT source FROM answer"))
    return [
        f"{source} was acknowledged and is stored {stored[source]} times" for source in acked if stored[source] != 1
    ]


def _shown(interaction: Mapping[str, Any]) -> str:
    return words(interaction["message"]) if interaction["message"] else ""


def _streaks(db: sqlite3.Connection) -> list[str]:
    """Every stored streak is the fold of its guild's days and its member's answers, and none is missing."""
    days = defaultdict(list)
    for row in db.execute("SELECT guild_id, day, state, reason FROM guild_day ORDER BY day"):
        days[row["guild_id"]].append(Day(date.fromisoformat(row["day"]), DayState(row["state"]), row["reason"]))
    earned = defaultdict(set)
    for row in db.execute("SELECT DISTINCT guild_id, user_id, earned FROM answer WHERE earned IS NOT NULL"):
        earned[row["guild_id"], row["user_id"]].add(date.fromisoformat(row["earned"]))
    stored = {}
    for row in db.execute("SELECT guild_id, user_id, current, best, last FROM streak"):
        last = date.fromisoformat(row["last"]) if row["last"] else None
        stored[row["guild_id"], row["user_id"]] = Streak(row["current"], row["best"], last)
    broken = []
    for who in stored.keys() | earned.keys():
        should_be = fold(days[who[0]], earned[who])
        if stored.get(who, Streak()) != should_be:
            broken.append(f"the streak of {who} is {stored.get(who)}, not {should_be}")
    return broken
