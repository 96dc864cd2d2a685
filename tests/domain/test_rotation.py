"""Which question comes next."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.rotation import upcoming

BANKS = st.integers(1, 30).map(lambda n: {f"Q{i}": 1 + i % 3 for i in range(1, n + 1)})


@given(BANKS, st.integers(0, 2**62), st.integers(1, 4))
def test_no_question_repeats_before_all_have_been_asked(bank, guild, passes):
    """A server hears every question once before it hears any again, for as many passes as it stays."""
    asked = []
    for _ in range(passes * len(bank)):
        asked += upcoming(bank, asked, guild, 1)

    for start in range(0, len(asked), len(bank)):
        assert sorted(asked[start : start + len(bank)]) == sorted(bank)
    if len(bank) > 1:
        assert all(a != b for a, b in zip(asked, asked[1:], strict=False))


@given(BANKS, st.integers(0, 2**62), st.integers(0, 40), st.integers(1, 50))
def test_looking_ahead_shows_what_will_be_asked(bank, guild, so_far, ahead):
    """The preview of the next questions is what then comes."""
    asked = []
    for _ in range(so_far):
        asked += upcoming(bank, asked, guild, 1)
    preview = upcoming(bank, asked, guild, ahead)

    for _ in range(ahead):
        asked += upcoming(bank, asked, guild, 1)
    assert asked[so_far:] == preview


def test_a_question_added_to_the_bank_joins_the_pass_under_way():
    """Nobody waits for the bag to be empty to see new questions."""
    assert upcoming({"Q1": 1, "Q2": 1, "Q3": 1}, ["Q1", "Q2"], 5, 1) == ["Q3"]


def test_a_question_taken_out_of_the_bank_is_not_waited_for():
    """The pass goes on with what is left."""
    assert upcoming({"Q2": 1, "Q3": 1}, ["Q1", "Q2"], 5, 1) == ["Q3"]


def test_an_empty_bank_has_nothing_to_ask():
    """There is no question to make up."""
    assert upcoming({}, [], 5, 3) == []


def test_two_servers_get_the_questions_in_orders_of_their_own():
    """Members of two servers do not see the same question on the same day."""
    bank = {f"Q{n}": 1 for n in range(1, 29)}

    assert len({tuple(upcoming(bank, [], guild, 28)) for guild in range(20)}) == 20


def test_an_emphasis_brings_its_clusters_earlier_and_leaves_nothing_out():
    """With weight 4 against 1, a question opens the pass about four times as often, and every one still comes."""
    pool = {"Q1": 4, "Q2": 1}
    first = [upcoming(pool, [], guild, 2)[0] for guild in range(2000)]

    assert 0.75 < first.count("Q1") / len(first) < 0.85
    assert all(sorted(upcoming(pool, [], guild, 2)) == ["Q1", "Q2"] for guild in range(50))
