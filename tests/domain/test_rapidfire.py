"""The life of a round, whatever happens in whatever order."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.boards import Attempt, Player, board
from bot.domain.posts import PostKind
from bot.domain.rapidfire import (
    COUNTDOWN,
    GRACE,
    MOST_COPIES,
    MOST_SILENT,
    REVIEW,
    Announce,
    Begun,
    Drawn,
    Halted,
    IllegalMove,
    Lost,
    Phase,
    Rank,
    Refresh,
    Resumed,
    ReturnPrompts,
    Rules,
    Shown,
    TimePassed,
    Timing,
    deadline,
    opened,
    step,
    time_left,
    timing,
)

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
PROMPTS = tuple(Drawn(f"p{n}", 1 + n % 2, 20) for n in range(4))


def lobby():
    return opened("round", (1, 2), 3, Rules(length=4), NOON)[0]


def asking(number=1):
    """A round whose prompt of that number has just been asked, and when that was."""
    of, now = step(lobby(), Begun(2, PROMPTS), NOON)[0], NOON + COUNTDOWN
    of = step(of, TimePassed(), now)[0]
    while of.number < number:
        now = of.until + GRACE
        of = step(of, TimePassed(1), now)[0]
        now = of.until
        of = step(of, TimePassed(1), now)[0]
    return of, now


def test_a_round_asks_each_prompt_and_then_ends_on_a_podium():
    """Lobby, countdown, each prompt and its review, podium."""
    of, _now = asking(4)
    assert (of.phase, of.number) == (Phase.ASKING, 4)
    of, _ = step(of, TimePassed(1), of.until + GRACE)
    assert of.phase is Phase.REVIEWING
    of, effects = step(of, TimePassed(1), of.until)
    assert of.phase is Phase.FINISHED
    assert Announce(PostKind.PODIUM) in effects
    assert Rank() in effects


def test_nothing_happens_before_its_time():
    """A look at the clock too early changes nothing, and is no new version."""
    of, _now = asking()
    assert step(of, TimePassed(), of.until + GRACE - SECOND / 10) == (of, ())


def test_a_lobby_in_which_nobody_is_ends_without_a_prompt():
    """It says why."""
    of, _ = step(lobby(), Begun(0, ()), NOON)
    assert (of.phase, of.reason) == (Phase.STOPPED, "nobody joined")


def test_a_round_that_is_over_moves_no_more():
    """Whatever comes then is an error with a name."""
    over, _ = step(lobby(), Halted("enough"), NOON)
    with pytest.raises(IllegalMove):
        step(over, TimePassed(), NOON)
    with pytest.raises(IllegalMove):
        step(asking()[0], Begun(2, PROMPTS), NOON)


def test_a_prompt_under_way_when_a_round_is_stopped_does_not_count():
    """Those that were never asked may come again in another round."""
    of, now = asking(2)
    over, effects = step(of, Halted("enough"), now)
    assert over.number == 1
    assert ReturnPrompts(2) in effects


def test_everybody_silent_ends_the_round():
    """After three prompts without any answer it stops by itself."""
    of, now = asking()
    while not of.phase.is_over:
        now = of.until + GRACE
        of, _ = step(of, TimePassed(0), now)
    assert of.silent == MOST_SILENT
    assert "nobody answered" in of.reason


def test_a_prompt_that_reached_the_channel_late_gets_its_whole_time():
    """Slow posting costs the host's patience, not the players' time; a second is let pass."""
    of, now = asking()
    assert step(of, Shown(now + SECOND), now + SECOND)[1] == ()
    late, effects = step(of, Shown(now + 9 * SECOND), now + 9 * SECOND)
    assert late.until == of.until + 9 * SECOND
    assert effects


def test_a_prompt_that_keeps_being_removed_ends_the_round():
    """It is posted again twice, no more."""
    of, now = asking()
    for _ in range(MOST_COPIES):
        of, effects = step(of, Lost(), now)
        assert effects == (Announce(PostKind.PROMPT, 1, of.copy),)
    assert step(of, Lost(), now)[0].phase is Phase.STOPPED


def test_time_in_which_the_bot_was_away_is_given_back():
    """The window is as much longer as the bot was away; one that had closed before stays closed."""
    of, now = asking()
    of = replace(of, seen=now + 5 * SECOND)
    back, effects = step(of, Resumed(), now + 65 * SECOND)
    assert back.until == of.until + 60 * SECOND
    assert any(isinstance(e, Announce) and e.kind is PostKind.WORD for e in effects)
    closed = replace(of, seen=of.until + SECOND)
    assert step(closed, Resumed(), now + 65 * SECOND)[0].until == of.until


def test_a_clock_that_is_set_back_leaves_a_prompt_what_it_had_left():
    """An hour earlier by the clock: the window does not last an hour longer, and nothing is said of an absence."""
    of, now = asking()
    of = replace(of, seen=now + 5 * SECOND)
    back, effects = step(of, Resumed(), of.seen - timedelta(hours=1))
    assert back.until - back.seen == of.until - of.seen
    assert effects == (Refresh(PostKind.PROMPT, 1),)


def test_an_answer_is_in_time_by_its_own_instant():
    """On the second it counts, after it it does not, even if it reaches us during the review."""
    of, now = asking()
    assert timing(of, 1, of.until) is Timing.IN_TIME
    assert timing(of, 1, of.until + SECOND / 10) is Timing.TOO_LATE
    assert timing(of, 2, now) is Timing.TOO_EARLY
    review, _ = step(of, TimePassed(1), of.until + GRACE)
    assert deadline(review) == of.until
    assert timing(review, 1, of.until) is Timing.IN_TIME
    assert timing(review, 1, of.until + SECOND) is Timing.TOO_LATE
    following, _ = step(review, TimePassed(1), review.until)
    assert timing(following, 1, of.until) is Timing.TOO_LATE
    stopped, _ = step(of, Halted("enough"), now)
    assert timing(stopped, 1, now) is Timing.OVER


def test_the_share_of_the_window_that_was_left():
    """In thousandths; never more than all of it, never less than nothing."""
    of, now = asking()
    assert time_left(of, now) == 1000
    assert time_left(of, now + 10 * SECOND) == 500
    assert time_left(of, of.until + SECOND) == 0
    assert time_left(of, now - SECOND) == 1000


def test_the_review_lasts_as_long_as_it_should():
    """From the reveal on, so that nobody has to read in a hurry."""
    of, _ = asking()
    late = of.until + GRACE + 7 * SECOND
    assert step(of, TimePassed(1), late)[0].until == late + REVIEW


class Rounds(RuleBasedStateMachine):
    """Joins, answers, ticks, stops and absences in any order."""

    @initialize()
    def begins(self):
        self.now = NOON
        self.round = lobby()
        self.players = {}
        self.attempts = {}
        self.versions = [self.round.version]

    def move(self, event):
        before = self.round
        self.round, effects = step(self.round, event, self.now)
        assert (self.round == before) == (self.round.version == before.version)
        assert self.round.number >= before.number or self.round.phase is Phase.STOPPED
        return effects

    @rule(who=st.integers(1, 6))
    def joins(self, who):
        if not self.round.phase.is_over:
            self.players.setdefault(who, Player(who, f"player {who}"))

    @precondition(lambda self: self.round.phase is Phase.LOBBY)
    @rule()
    def begins_now(self):
        self.move(Begun(len(self.players), PROMPTS))

    @precondition(lambda self: not self.round.phase.is_over and self.round.phase is not Phase.LOBBY)
    @rule(seconds=st.integers(0, 40))
    def time_passes(self, seconds):
        self.now += seconds * SECOND
        self.round = replace(self.round, seen=self.now)
        self.move(TimePassed(sum(number == self.round.number for number, _ in self.attempts)))

    @precondition(lambda self: not self.round.phase.is_over)
    @rule(seconds=st.integers(1, 400), before=st.integers(0, 3))
    def is_killed_and_comes_back(self, seconds, before):
        left = self.round.until - self.now
        self.round = replace(self.round, seen=self.now)
        self.now += seconds * SECOND
        self.move(Resumed())
        if left > timedelta(0):
            assert self.round.until - self.now == left
        assert self.round.seen == self.now

    @precondition(lambda self: self.round.phase in {Phase.ASKING, Phase.REVIEWING})
    @rule(who=st.integers(1, 6), accepted=st.booleans(), late=st.integers(-3, 3))
    def answers(self, who, accepted, late):
        of = self.round
        at = min(self.now, deadline(of)) + late * SECOND
        if timing(of, of.number, at) is Timing.IN_TIME:
            assert at <= deadline(of)
            self.players.setdefault(who, Player(who, f"player {who}"))
            self.attempts[of.number, who] = Attempt(of.number, who, accepted, 1, time_left(of, at))

    @precondition(lambda self: not self.round.phase.is_over)
    @rule()
    def is_stopped(self):
        self.move(Halted("enough"))

    @invariant()
    def the_board_is_a_fold_over_the_answers(self):
        """In whatever order they are read; with as many points as the accepted ones asked for."""
        of = self.round
        if not of.prompts:
            return
        attempts = list(self.attempts.values())
        places = board(self.players.values(), attempts, of.prompts, of.rules)
        assert places == board(self.players.values(), reversed(attempts), of.prompts, of.rules)
        assert {place.who for place in places} == set(self.players)
        wanted = sum(of.prompts[a.number - 1].wanted for a in attempts if a.accepted)
        assert sum(place.score for place in places) == 10 * wanted

    @invariant()
    def a_round_is_never_past_its_prompts(self):
        of = self.round
        assert 0 <= of.number <= max(len(of.prompts), 0)
        assert of.until >= of.since or of.phase is not Phase.ASKING


TestRounds = Rounds.TestCase
