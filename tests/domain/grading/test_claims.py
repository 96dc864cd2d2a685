"""What counts as making a point, as claiming its opposite, and as neither."""

import pytest

from bot.domain.grades import Grade, Verdict
from tests.support.grading import GRADER, QUESTION, flags, judge, verdict

SHOWN, CONTRADICTED = Verdict.SHOWN, Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "answer",
    [
        "Cosine ignores the length.",
        "With cosine we throw the length away.",
        "cosine doesn't care how long the vectors are",
        "cosine does not look at magnitude at all",
        "In cosine, length is disregarded.",
        "COSINE is blind to length!",
        "Unlike the dot product, cosine ignores length.",
    ],
)
def test_a_point_is_shown_in_many_wordings(answer: str) -> None:
    """A member makes a point in their own words, and it is seen."""
    assert verdict(answer, "ignores-length") is SHOWN


@pytest.mark.parametrize(
    "answer",
    [
        "The dot product ignores length.",
        "Cosine depends on the length.",
        "cosine does not ignore length",
        "While the cosine is easy to compute, the inner product disregards magnitude.",
    ],
)
def test_an_inverted_claim_contradicts(answer: str) -> None:
    """A member swaps the roles or the verb, and is told of the opposite claim."""
    assert verdict(answer, "ignores-length") is CONTRADICTED


@pytest.mark.parametrize(
    "answer",
    [
        "It does not ignore length.",
        "Either cosine or dot product ignores length.",
        "The dot product depends on the length.",
        "Length is a property of a vector.",
    ],
)
def test_what_leaves_the_claim_open_is_neither(answer: str) -> None:
    """A hedge, a bare pronoun under a negation, or the rival's own property is no claim about the subject."""
    assert verdict(answer, "ignores-length") not in (SHOWN, CONTRADICTED)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("A higher threshold lowers recall.", SHOWN),
        ("If you lower the threshold, recall goes up.", SHOWN),
        ("Recall falls as the threshold rises.", SHOWN),
        ("raising the threshold reduces recall", SHOWN),
        ("A higher threshold raises recall.", CONTRADICTED),
        ("Recall falls when you lower the threshold.", CONTRADICTED),
        ("Recall does not fall.", Verdict.UNSCORED),
        ("Raising the threshold does not reduce recall.", Verdict.UNSCORED),
    ],
)
def test_a_relation_is_read_in_either_direction(answer: str, expected: Verdict) -> None:
    """More of one and less of the other says the same as less of one and more of the other."""
    assert verdict(answer, "strict-threshold") is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Cosine needs less memory than the dot product.", SHOWN),
        ("The dot product needs more memory.", SHOWN),
        ("Compared to the dot product, cosine takes less memory.", SHOWN),
        ("The dot product needs less memory than cosine.", CONTRADICTED),
        ("Cosine uses more memory.", CONTRADICTED),
    ],
)
def test_a_comparison_may_name_either_side(answer: str, expected: Verdict) -> None:
    """What is less for one is more for its rival, whichever is named first."""
    assert verdict(answer, "less-memory") is expected


def test_the_members_own_words_are_quoted() -> None:
    """The evidence for a point is the clause in which the member made it, as written."""
    judgement = judge("We like cosine here, because Cosine  ignores the Length, and that helps embeddings.")
    assert isinstance(judgement, Grade)
    assert judgement.points[0].evidence == "because Cosine ignores the Length"


def test_what_others_say_is_not_held_against_the_member() -> None:
    """A member who calls a claim a myth does not raise it."""
    assert flags("Cosine is always better.") == {"always-cosine"}
    assert flags("It is a myth that cosine is always better.") == set()
    assert flags("Many people think that cosine ignores nothing and the dot product ignores length.") == set()


def test_a_negated_flag_is_not_raised() -> None:
    """A member who says that cosine is not always better does not claim that it is."""
    assert flags("Cosine is not always better.") == set()


@pytest.mark.parametrize(
    ("right", "slipped"), [("disregards", "disregrads"), ("threshold", "treshold"), ("magnitude", "magnitudde")]
)
def test_a_slip_in_a_long_word_is_forgiven(right: str, slipped: str) -> None:
    """A member may swap, double or drop a letter of a long word."""
    answer = "Cosine disregards magnitude. A higher threshold lowers recall."
    judged = judge(answer.replace(right, slipped))
    assert isinstance(judged, Grade)
    assert judged == judge(answer) or [p.verdict for p in judged.points[:2]] == [SHOWN, SHOWN]


def test_a_follow_up_has_points_of_its_own() -> None:
    """An answer to a follow-up is judged by that follow-up's points."""
    judged = GRADER.grade_follow_up(QUESTION, QUESTION.follow_ups[0], "When the length carries a signal of its own.")
    assert isinstance(judged, Grade)
    assert [(p.id, p.verdict) for p in judged.points] == [
        ("length-is-signal", SHOWN),
        ("as-trained", Verdict.NOT_SHOWN),
    ]
    assert 0.5 < judged.score < 1
    assert judged.stages == {}
