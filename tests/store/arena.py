"""A round of two prompts in a store, moved on by hand."""

from datetime import timedelta

from bot.domain.rapidfire import COUNTDOWN, GRACE, REVIEW, Drawn, Rules, TimePassed, opened
from bot.services.rapidfire_ports import Given, Joining
from tests.store.scene import ANN, BEN, GUILD, NINE

CHANNEL = 77
ROUND = "round"
PROMPTS = (Drawn("one", 1, 20), Drawn("two", 2, 20))
SECOND = timedelta(seconds=1)


async def open_lobby(rounds, *, round_id=ROUND, channel=CHANNEL, players=(ANN, BEN), **rules):
    """An open lobby with these players in it."""
    made, effects = opened(round_id, (GUILD, channel), ANN, Rules(length=2, **rules), NINE)
    added = await rounds.open_round(made, effects, NINE)
    for who in players if added else ():
        await rounds.join(round_id, Joining(who, f"member {who}"))
    return added


async def begin(rounds, *, round_id=ROUND):
    """Its first prompt, asked five seconds after nine."""
    lobby = await rounds.round(round_id)
    begun = await rounds.begin_round(lobby, lambda asked: PROMPTS, NINE)
    return await rounds.advance_round(begun, TimePassed(), NINE + COUNTDOWN)


async def finish(rounds, *, round_id=ROUND):
    """Every prompt's time goes by."""
    of = await rounds.round(round_id)
    while not of.phase.is_over:
        of = await rounds.advance_round(of, TimePassed(), of.until + GRACE + REVIEW)
    return of


def given(who, at, *, source=None, accepted=True, points=1, text="apple"):
    """An answer."""
    return Given(source or f"i:{who}:{at.timestamp()}", Joining(who, f"member {who}"), text, at, accepted, points)
