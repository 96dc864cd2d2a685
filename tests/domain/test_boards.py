"""What answers earn, and who is where."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.boards import Attempt, Player, balanced, board, earned, is_ranked, team_board
from bot.domain.rapidfire import Drawn, Rules, Scoring

TWO = Drawn("two", 2, 20)
HEAVY = Drawn("heavy", 1, 20, worth=3)
ANN, BEN, CAT = Player(1, "Ann"), Player(2, "Ben"), Player(3, "Cat")


def attempt(who=1, number=1, **facts):
    plain = {"accepted": True, "points": 2, "left": 0}
    return Attempt(number, who, **(plain | facts))


def test_an_accepted_answer_earns_what_was_asked_for_and_extras_earn_nothing():
    """Two asked for, five named: two points."""
    assert earned(attempt(points=5), TWO, Rules()) == 20


def test_an_answer_that_is_not_accepted_earns_nothing_unless_parts_count():
    """With partial credit one of two is one point."""
    missed = attempt(accepted=False, points=1)
    assert earned(missed, TWO, Rules()) == 0
    assert earned(missed, TWO, Rules(partial=True)) == 10


def test_a_company_can_make_a_stage_worth_more():
    """One asked for, worth three times: three points."""
    assert earned(attempt(), HEAVY, Rules()) == 30


def test_fair_does_not_care_when_and_a_race_does():
    """Half as much again at once, nothing more at the end."""
    race = Rules(scoring=Scoring.RACE)
    assert earned(attempt(left=1000), TWO, Rules()) == earned(attempt(left=0), TWO, Rules()) == 20
    assert [earned(attempt(left=left), TWO, race) for left in (1000, 500, 0)] == [30, 25, 20]


def test_an_appeal_that_was_upheld_counts_like_any_right_answer():
    """The number asked for."""
    assert earned(attempt(accepted=False, points=0, is_upheld=True), TWO, Rules()) == 20


def test_those_who_are_level_share_a_place():
    """First, first, third."""
    places = board([ANN, BEN, CAT], [attempt(1), attempt(2)], [TWO], Rules())
    assert [(p.place, p.who) for p in places] == [(1, 1), (1, 2), (3, 3)]


def test_a_round_is_ranked_from_two_players_who_answered():
    """Somebody who only joined does not make it one."""
    assert not is_ranked([attempt(1), attempt(1, number=2)])
    assert is_ranked([attempt(1), attempt(2)])


def test_a_large_team_has_no_advantage():
    """A team has the mean of its players."""
    red, blue = [Player(1, "", 1)], [Player(2, "", 2), Player(3, "", 2)]
    places = board([*red, *blue], [attempt(1), attempt(2), attempt(3)], [TWO], Rules())
    assert [(p.place, p.score) for p in team_board([*red, *blue], places)] == [(1, 20), (1, 20)]


@given(
    chosen=st.lists(st.integers(0, 4), max_size=30),
    teams=st.integers(2, 4),
    strength=st.dictionaries(st.integers(0, 30), st.floats(0, 100)),
)
def test_everybody_gets_a_team_and_those_who_chose_keep_theirs(chosen, teams, strength):
    """Where nobody has chosen, sizes differ by one at most."""
    players = [Player(who, "", team) for who, team in enumerate(chosen)]
    made = balanced(players, teams, strength)
    assert [player.user_id for player in made] == [player.user_id for player in players]
    assert all(1 <= player.team <= teams for player in made)
    assert all(new.team == old.team for old, new in zip(players, made, strict=True) if 1 <= old.team <= teams)
    if not any(chosen):
        sizes = [sum(player.team == team for player in made) for team in range(1, teams + 1)]
        assert max(sizes) - min(sizes) <= 1


@given(
    facts=st.dictionaries(
        st.tuples(st.integers(1, 3), st.integers(1, 5)),
        st.tuples(st.booleans(), st.integers(0, 3), st.integers(0, 1000)),
        max_size=15,
    ),
    rules=st.builds(Rules, scoring=st.sampled_from(Scoring), partial=st.booleans()),
)
def test_a_board_is_in_order_and_leaves_nobody_out(facts, rules):
    """Places never rise with a falling score, and level scores are level places."""
    attempts = [Attempt(number, who, *fact) for (number, who), fact in facts.items()]
    players = [Player(who, "") for who in range(1, 7)]
    places = board(players, attempts, [TWO, HEAVY, TWO], rules)
    assert {place.who for place in places} == set(range(1, 7))
    for before, after in zip(places, places[1:], strict=False):
        assert before.score >= after.score
        assert (before.place == after.place) == (before.score == after.score)
