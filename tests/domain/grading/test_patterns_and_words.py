"""The language that authors write, and the forms of words under which it is looked up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grading.lexicon import Lexicon, phrase
from bot.domain.grading.patterns import Joined, Line, PatternError, Term, parse
from bot.domain.grading.reading import read
from bot.domain.grading.words import looked_up, stem


def test_a_pattern_says_who_what_and_in_which_order() -> None:
    """An author's subject, alternatives, order, negation and exceptions are read as written."""
    line = parse("cosine | best/lowest > checkpoint ~guarantee !last =up")
    assert line.parts[0].subject == Term(("cosine",))
    assert line.parts[0].terms == (
        Term(("best", "lowest")),
        Term(("checkpoint",), then=True),
        Term(("guarantee",), negated=True),
        Term(("last",), absent=True),
        Term(("up",), plain=True),
    )


def test_a_sign_before_each_alternative_is_the_sign_before_all() -> None:
    """An author may repeat the sign; both ways read the same."""
    assert parse("~hold/~work !last/!final").parts == parse("~hold/work !last/final").parts


def test_parts_are_related_or_both_said() -> None:
    """An author says whether one thing brings the other, or both hold."""
    assert parse("threshold up => recall down").joined is Joined.RELATED
    assert parse("train down & validation up").joined is Joined.BOTH
    assert parse("recall down").joined is Joined.ALONE


@pytest.mark.parametrize(
    ("source", "column", "message"),
    [
        ("a => b & c", 8, "cannot stand in one pattern"),
        ("a b | c", 1, "exactly one plain word"),
        ("~a | b", 1, "exactly one plain word"),
        ("a | !b", 4, "at least one word that must be present"),
        ("!a", 1, "at least one word that must be present"),
        ("> a", 1, "stands between two words"),
        ("a >", 3, "stands between two words"),
        ("a {b}", 3, "is not a word"),
        ("a => b => c => d", 1, "at most 3 parts"),
        ("", 1, "at least one word"),
    ],
)
def test_a_slip_in_a_pattern_is_named_with_its_place(source: str, column: int, message: str) -> None:
    """An author learns what is wrong with a pattern, and where."""
    with pytest.raises(PatternError, match=message) as caught:
        parse(source)
    assert caught.value.column == column


@given(st.text(alphabet="ab ~!=>&|/*_.", max_size=30))
def test_any_text_is_a_pattern_or_says_why_not(source: str) -> None:
    """Whatever an author types is either read or refused with a sentence."""
    try:
        made: Line | PatternError = parse(source)
    except PatternError as error:
        made = error
    assert made.message and made.column >= 1 if isinstance(made, PatternError) else made.parts


@pytest.mark.parametrize(
    "forms",
    [
        ("ignore", "ignores", "ignored", "ignoring"),
        ("normalise", "normalized", "normalising", "Normalizes"),
        ("batch", "batches"),
        ("loss", "losses"),
        ("query", "queries"),
        ("behaviour", "behavior"),
        ("label", "labelled", "labeled", "labels"),
        ("fall", "fell", "fallen", "falling"),
        ("lose", "lost", "losing"),
        ("choose", "chose", "choosing"),
        ("stop", "stopped", "stopping"),
        ("slow", "slowly"),
    ],
)
def test_inflection_and_spelling_do_not_matter(forms: tuple[str, ...]) -> None:
    """A member may use any form of a word, in either spelling."""
    assert len({looked_up(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("precise", "precision"),
        ("position", "positive"),
        ("general", "generalise"),
        ("four", "for"),
        ("L1", "L2"),
        ("adam", "adamw"),
        ("overfit", "underfit"),
        ("supervised", "unsupervised"),
        ("less", "lesser"),
    ],
)
def test_words_of_different_meaning_stay_apart(one: str, other: str) -> None:
    """Cutting off endings never makes one word of two that an interviewer keeps apart."""
    assert stem(one.lower()) != stem(other.lower())


def found(members: tuple[str, ...], text: str) -> bool:
    lexicon = Lexicon()
    lexicon.add(0, members)
    seen = read(text)
    return bool(lexicon.hits(seen.words, seen.negated, seen.sentence))


@pytest.mark.parametrize(
    ("member", "text", "expected"),
    [
        ("throw .. away", "We throw the whole length away.", True),
        ("throw .. away", "We throw it. Away it goes.", False),
        ("throw .. away", "We throw this and that and more away.", False),
        ("~care", "It doesn't care.", True),
        ("~care", "It cares.", False),
        ("calibr*", "badly calibrated", True),
        ("learning rate", "a learning, rate", True),
        ("recall@k", "we report recall@k here", True),
        ("regularisation", "regularisaton helps", True),
        ("covariate shift", "covariance shift", False),
        ("protect", "this project", False),
        ("l1", "l2", False),
        ("type ii", "type i", False),
        ("adamw", "adam", False),
        ("f-value", "p-value", False),
        ("0.5", "0.05", False),
        ("min max", "min-min", False),
        ("homoscedasticity", "heteroscedasticity", False),
    ],
)
def test_a_member_of_a_set_is_found_where_it_is_meant(member: str, text: str, expected: bool) -> None:  # noqa: FBT001
    """Phrases, negated words, beginnings and slips are found; sibling terms are not."""
    assert found((member,), text) is expected


@given(st.text(max_size=40))
def test_any_text_can_be_a_member_of_a_set(text: str) -> None:
    """Whatever stands in a set, it can be looked up."""
    made = phrase(text)
    assert len(made.words) == len(made.skip)
    found((text,), text)
