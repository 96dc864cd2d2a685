"""What every store promises about boards: through whatever a round goes, they are the fold over its answers."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.boards import Attempt, Player, board
from bot.domain.rapidfire import (
    Drawn,
    Halted,
    Phase,
    Resumed,
    Rules,
    Scoring,
    TimePassed,
    deadline,
    ends,
    opened,
    time_left,
)
from bot.services.rapidfire_ports import Appealed, AppealState, AttemptId, Decided, Joining
from bot.store.sqlite_rounds import SqliteRounds
from tests.store.arena import CHANNEL, SECOND, given
from tests.store.backends import BACKENDS
from tests.store.scene import GUILD, NINE

PROMPTS = (Drawn("one", 1, 20), Drawn("two", 2, 30, worth=3))
MEMBERS = 5
members = st.integers(1, MEMBERS)
usually, seldom = st.sampled_from((True, True, True, False)), st.sampled_from((False, False, False, True))
MODERATOR = 9
OPEN = {Phase.ASKING, Phase.REVIEWING}


class Evening(RuleBasedStateMachine):
    """Round after round in one channel. Kept beside the store: who is in, and each player's answers."""

    backend = ""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = TemporaryDirectory()
        self.now = NINE
        self.number = 0
        self.players: dict[int, Player] = {}
        self.answers: dict[tuple[int, int], Attempt] = {}
        self.instants: dict[tuple[int, int], datetime] = {}
        self.appealed: set[tuple[int, int]] = set()
        self.finished: dict[str, list[tuple[int, int]]] = {}
        self.opens()
        self.opens_a_lobby(Scoring.FAIR, partial=False, lingers=False)

    def opens(self) -> None:
        self.stack = AsyncExitStack()
        store = self.run(self.stack.enter_async_context(BACKENDS[self.backend](Path(self.folder.name))))
        self.rounds = SqliteRounds(store)

    def teardown(self) -> None:
        self.run(self.stack.aclose())
        self.runner.close()
        self.folder.cleanup()

    def run(self, coroutine):
        return self.runner.run(coroutine)

    @property
    def round(self):
        return self.run(self.rounds.round(f"round{self.number}"))

    def moved(self, before, event):
        """The round after an event; what was finished is kept for the standings."""
        after = self.run(self.rounds.advance_round(before, event, self.now))
        assert after == self.round
        if after.phase is Phase.FINISHED:
            self.keep_results(after)

    def keep_results(self, of):
        active = {who for _, who in self.answers}
        places = [(p.who, p.score) for p in self.board(of) if p.who in active]
        self.finished[of.id] = places if len(active) > 1 else []

    def board(self, of):
        counted = [attempt for attempt in self.answers.values() if attempt.number <= of.number]
        return board(self.players.values(), counted, of.prompts, of.rules)

    @precondition(lambda self: self.round.phase.is_over)
    @rule(scoring=st.sampled_from(Scoring), partial=st.booleans(), lingers=seldom)
    def opens_a_lobby(self, scoring, partial, lingers):
        """A channel whose round is over is free for the next one, which mostly begins at once."""
        self.number += 1
        self.players, self.answers, self.instants, self.appealed = {}, {}, {}, set()
        rules = Rules(length=len(PROMPTS), scoring=scoring, partial=partial)
        made, effects = opened(f"round{self.number}", (GUILD, CHANNEL), 1, rules, self.now)
        assert self.run(self.rounds.open_round(made, effects, self.now))
        second, effects = opened("second", (GUILD, CHANNEL), 1, rules, self.now)
        assert not self.run(self.rounds.open_round(second, effects, self.now))
        if not lingers:
            self.joins(1)
            self.begins()
            self.time_passes(1, whole_phase=True)

    @precondition(lambda self: not self.round.phase.is_over)
    @rule(who=members)
    def joins(self, who):
        self.run(self.rounds.join(self.round.id, Joining(who, f"member {who}")))
        self.players.setdefault(who, Player(who, f"member {who}"))

    @rule(who=members)
    def leaves(self, who):
        """Only a lobby can be left."""
        in_lobby = self.round.phase is Phase.LOBBY
        assert self.run(self.rounds.leave(self.round.id, who)) == (in_lobby and who in self.players)
        if in_lobby:
            self.players.pop(who, None)

    @precondition(lambda self: self.round.phase is Phase.LOBBY)
    @rule()
    def begins(self):
        begun = self.run(self.rounds.begin_round(self.round, lambda _: PROMPTS, self.now))
        assert begun.phase is (Phase.COUNTDOWN if self.players else Phase.STOPPED)

    @precondition(lambda self: self.round.phase not in {Phase.LOBBY, Phase.FINISHED, Phase.STOPPED})
    @rule(seconds=st.integers(1, 40), whole_phase=usually)
    def time_passes(self, seconds, whole_phase):
        self.now = max(self.now, ends(self.round)) if whole_phase else self.now + seconds * SECOND
        self.run(self.rounds.see_rounds([self.round.id], self.now))
        self.moved(self.round, TimePassed())

    @precondition(lambda self: self.round.phase in OPEN)
    @rule(marks=st.lists(st.sampled_from(("right", "wrong", None)), min_size=MEMBERS, max_size=MEMBERS))
    def all_answer(self, marks):
        """Each of them rightly, wrongly, or not at all."""
        for who, mark in enumerate(marks, start=1):
            if mark:
                self.answers_a_prompt(who, accepted=mark == "right", points=int(mark == "right"))

    @precondition(lambda self: self.round.phase in OPEN)
    @rule(
        who=members, accepted=st.booleans(), points=st.integers(0, 3), late=st.integers(-5, 3), back=st.integers(0, 1)
    )
    def one_answers(self, who, accepted, points, late, back):
        """In time or late by its own instant, to this prompt or to the one before."""
        self.answers_a_prompt(who, accepted=accepted, points=points, late=late, back=back)

    def answers_a_prompt(self, who, *, accepted, points, late=0, back=0):
        of = self.round
        at = min(self.now, deadline(of)) + late * SECOND
        own = given(who, at, accepted=accepted, points=points)
        taken = self.run(self.rounds.record_attempt(of.id, of.number - back, own))
        in_time = not back and at <= deadline(of) and (of.number, who) not in self.appealed
        assert (taken.until is not None) == in_time
        place = (of.number, who)
        if in_time:
            self.players.setdefault(who, Player(who, f"member {who}"))
        if in_time and (place not in self.answers or self.instants[place] < at):
            self.answers[place] = Attempt(of.number, who, accepted, points, time_left(of, at))
            self.instants[place] = at

    @precondition(lambda self: self.answers)
    @rule(index=st.integers(0, 100), upheld=st.booleans())
    def appeals(self, index, upheld):
        """A rejected player does, and a moderator decides: the board and the standings follow at once."""
        number, who = sorted(self.answers)[index % len(self.answers)]
        of, case = self.round, AttemptId(self.round.id, number, who)
        outcome = self.run(self.rounds.put_appeal(case, None, self.now))
        if outcome is not Appealed.PUT:
            return
        self.appealed.add((number, who))
        assert not self.answers[number, who].accepted
        state = AppealState.UPHELD if upheld else AppealState.DECLINED
        assert self.run(self.rounds.decide_appeal(case, MODERATOR, state, self.now)) is Decided.NOW
        if upheld:
            self.answers[number, who] = replace(self.answers[number, who], is_upheld=True)
        if of.phase is Phase.FINISHED:
            self.keep_results(of)

    @precondition(lambda self: not self.round.phase.is_over)
    @rule(really=seldom)
    def is_stopped(self, really):
        if really:
            self.moved(self.round, Halted("enough"))

    @rule(seconds=st.integers(1, 400), really=seldom)
    def is_killed_and_comes_back(self, seconds, really):
        """Nothing but the file is left, and time that was lost is given back."""
        if not really:
            return
        before = self.round
        self.run(self.stack.aclose())
        self.opens()
        self.now += seconds * SECOND
        assert self.round == before
        if not before.phase.is_over:
            self.moved(before, Resumed())

    @invariant()
    def the_board_is_the_fold_over_the_answers(self):
        of = self.round
        scene = self.run(self.rounds.scene(of.id))
        counted = [attempt for attempt in scene.attempts if attempt.number <= of.number]
        assert board(scene.players, counted, of.prompts, of.rules) == self.board(of)

    @invariant()
    def the_standings_are_the_sum_of_finished_rounds(self):
        sums: dict[int, int] = {}
        for places in self.finished.values():
            for who, score in places:
                sums[who] = sums.get(who, 0) + score
        assert {one.user_id: one.score for one in self.run(self.rounds.standings(GUILD, None))} == sums


def _tried_on(backend: str) -> type:
    case = type(f"Test{backend.title()}", (Evening,), {"backend": backend}).TestCase
    case.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
    return case


TestSqlite = _tried_on("sqlite")
