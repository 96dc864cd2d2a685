"""How SQLite finds what is asked for: through an index, however long the history has grown."""

import re
import sqlite3

from bot.domain.posts import Dropped, PostKind, Requested
from bot.domain.rapidfire import Halted
from bot.domain.troubles import Trouble
from bot.services.ports import GuildSettings
from bot.services.rapidfire_ports import AppealState, AttemptId
from bot.store.sqlite_rounds import SqliteRounds
from tests.store.arena import CHANNEL, ROUND, begin, finish, given, open_lobby
from tests.store.scene import ANN, BEN, DAY, GUILD, NINE, daily, follow_up, on, posted, says

SHORT = {"occurrence_unclosed", "post_blocked", "post_untold", "post_waiting", "post_outdated", "round_of_channel"}
"""Indexes that hold only what somebody still has to see to, and so may be read from end to end."""


async def ask_as_members_do(store) -> None:
    """Uses each way to find or change something that the daily question and its answers need."""
    await store.save_schedule(daily(next_due=NINE))
    card, following = await posted(store, on(0), NINE), await posted(store, on(1), NINE + DAY)
    answer = says(ANN, card, NINE)
    for _ in range(2):
        await store.record_answer(answer, follow_up(card))
        await store.beat("run", NINE)
    await store.record_claims(answer.source, ["point"], NINE)
    await store.claims("q")
    await store.record_reveal(ANN, "q", NINE)
    await store.apply_plan(daily(next_due=NINE), [on(2)], None)
    await store.closable(NINE + 2 * DAY)
    await store.close_occurrence(card.key, NINE, None)
    await store.cards_to_close()
    await store.card_closed(card.key)
    await store.recall("name")
    await store.schedule("daily")
    await store.schedules_of(GUILD)
    await store.due_schedules(NINE)
    await store.occurrence_on("daily", card.day)
    await store.occurrence_of_thread(following.post.message_id)
    await store.open_occurrences(GUILD)
    await store.latest_occurrence(GUILD)
    await store.days_taken("daily", card.day)
    await store.asked(GUILD)
    await store.members_answered(card.key)
    await store.due_posts(NINE, 5)
    await store.blocked_posts()
    await store.rung_of(card.key, 4)
    await store.open_rungs(card.key)
    await store.latest_answer(ANN, "q", None, 0)
    await store.answered_rungs(ANN, "q", card.key)
    await store.answered_rungs(ANN, "q", None)
    await store.member_company(GUILD, ANN)
    await store.save_member_company(GUILD, ANN, None)
    await store.answer_from(answer.source)
    await store.practised(ANN)
    await store.newest_answers(ANN)
    await store.streak_facts(GUILD, ANN)
    await store.uptime(NINE, NINE)


async def ask_as_admins_do(store) -> None:
    """Uses each way to find or change something that the queue, the troubles and the settings need."""
    await store.history("daily", 3)
    await store.set_queue("daily", ["q/one"])
    await store.queue("daily")
    await store.pass_over(GUILD, "q/two", NINE)
    await store.claim_card(on(2).key, NINE + 2 * DAY, lambda _, queued: queued[0], None, None)
    await store.add_occurrence(on(3))
    await store.advance_post(on(3).post, Dropped("too late"), NINE)
    for skipped in await store.untold_posts(3):
        await store.tell(skipped, Trouble(GUILD, "daily", "skipped", "It was left out.", NINE), None)
    await store.advance_post((await store.occurrence(on(3).key)).post, Requested(), NINE)
    await posted(store, on(4), NINE)
    await store.troubles(GUILD)
    await store.save_guild(GuildSettings(GUILD))
    await store.guild(GUILD)


async def ask_as_players_do(rounds) -> None:
    """Uses each way to find or change something that a round needs, from its lobby to an appeal."""
    await open_lobby(rounds)
    await begin(rounds)
    await rounds.record_attempt(ROUND, 1, given(ANN, NINE, accepted=False))
    mine = AttemptId(ROUND, 1, ANN)
    await rounds.publish(mine)
    await rounds.own_answers(ROUND, ANN)
    await rounds.texts(ROUND, 1)
    await rounds.put_appeal(mine, None, NINE)
    await rounds.appeal(mine)
    await rounds.open_appeals(GUILD)
    await rounds.decide_appeal(mine, BEN, AppealState.UPHELD, NINE)
    await rounds.outdated()
    await finish(rounds)
    await open_lobby(rounds, round_id="stopped")
    await rounds.advance_round(await begin(rounds, round_id="stopped"), Halted("enough"), NINE)
    await rounds.standings(GUILD, NINE - DAY)
    await rounds.latest_round(GUILD, CHANNEL)
    await rounds.round_in(CHANNEL)
    await rounds.message_with(4)
    await rounds.message(ROUND, PostKind.PROMPT, 1)
    await rounds.due_messages(NINE)
    await rounds.record_drill(ANN, "p", "i:1", NINE, accepted=True)
    await rounds.drilled(ANN)


async def plans_of_everything(store) -> tuple[set[str], list[str]]:
    """The indexes that we made, and each step of each statement, as SQLite explains it."""
    asked: set[str] = set()
    connections = [store._writer._connection, *store._readers]
    for connection in connections:
        await connection.run(lambda db: db.set_trace_callback(asked.add))
    await ask_as_members_do(store)
    await ask_as_admins_do(store)
    await ask_as_players_do(SqliteRounds(store))
    for connection in connections:
        await connection.run(lambda db: db.set_trace_callback(None))
    statements = [text for text in asked if re.match(r"\s*(SELECT|UPDATE|INSERT|DELETE)", text)]
    assert len(statements) > 80

    def explain(db: sqlite3.Connection) -> tuple[set[str], list[str]]:
        ours = db.execute("SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL")
        explained = [row for text in statements for row in db.execute(f"EXPLAIN QUERY PLAN {text}")]
        return {name for (name,) in ours}, [row["detail"] for row in explained]

    return await store.read(explain)


async def test_no_lookup_reads_a_whole_table(sqlite_store):
    """After years of questions and answers the bot is as quick to reply as on its first day."""
    _, steps = await plans_of_everything(sqlite_store)
    scans = {step for step in steps if step.startswith("SCAN")}
    assert {step for step in scans if step.split(" ")[-1] not in SHORT} == set()


async def test_no_index_is_kept_for_nothing(sqlite_store):
    """Every index that a write has to keep up helps a lookup."""
    indexes, steps = await plans_of_everything(sqlite_store)
    used = {word for step in steps for word in step.split(" ")}
    assert indexes - used == set()
