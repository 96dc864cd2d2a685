"""The figures by which the grader is measured, on answers small enough to count by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.evidence import Kind, Mark, Sample
from bot.domain.grades import Band, Grade, Judgement, PointVerdict, RaisedFlag, Reason, Unscored, Verdict
from bot.domain.grading.evaluation import Judged, kappa, ranks, report

S, C, N, U = Verdict.SHOWN, Verdict.CONTRADICTED, Verdict.NOT_SHOWN, Verdict.UNSCORED


def judged(
    band: Mark,
    score: float,
    *verdicts: Verdict,
    shown: tuple[str, ...] = (),
    contradicted: tuple[str, ...] = (),
    unsure: tuple[str, ...] = (),
    kind: Kind = Kind.ORDINARY,
    raised: bool = False,
    got: Band = Band.PARTIAL,
) -> Judged:
    sample = Sample(id="a", kind=kind, band=band, answer="text", shown=shown, contradicted=contradicted, unsure=unsure)
    flags = (RaisedFlag("f", "says", "why", "words"),) if raised else ()
    points = tuple(PointVerdict(name, verdict) for name, verdict in zip("xyz", verdicts, strict=False))
    return Judged("Q1", sample, Grade(score, got, points, flags, {}))


def test_agreement_counts_scored_points_only() -> None:
    """A point left open costs coverage and not agreement; a point that people are unsure of costs nothing."""
    figures = report(
        [judged(Mark.STRONG, 1, S, N, U, shown=("x", "y"), unsure=()), judged(Mark.WEAK, 0, C, unsure=("x",))]
    )
    assert figures.agreement == 0.5
    assert figures.coverage == pytest.approx(2 / 3)
    assert figures.credited_wrongly == 0
    assert figures.missed == 0.5


def test_a_point_credited_for_nothing_is_counted() -> None:
    """What the grader credits and people do not is the error that misleads."""
    assert report([judged(Mark.WRONG, 0.5, S, S, shown=("x",))]).credited_wrongly == 0.5


def test_rankings_are_within_a_question() -> None:
    """A strong answer should outscore wrong and inverted ones, and no wrong one the median partial one."""
    figures = report(
        [
            judged(Mark.STRONG, 0.9),
            judged(Mark.PARTIAL, 0.4),
            judged(Mark.WRONG, 0.5, kind=Kind.INVERTED),
            judged(Mark.WRONG, 0.0, kind=Kind.MISCONCEPTION),
        ]
    )
    assert (figures.strong_over_wrong, figures.strong_over_inverted) == (1, 1)
    assert figures.wrong_over_partial == 0.5
    assert figures.inverted_accepted == 1


def test_red_flags_are_counted_by_answer() -> None:
    """Recall asks whether flagged answers were flagged, precision whether flags were deserved."""
    figures = report(
        [
            judged(Mark.WRONG, 0, raised=True, contradicted=("x",)),
            judged(Mark.WRONG, 0, contradicted=("x",)),
            judged(Mark.STRONG, 1, raised=True),
        ]
    )
    assert (figures.flag_recall, figures.flag_precision) == (0.5, 0.5)


@pytest.mark.parametrize(
    ("judgement", "share"), [(Unscored(Reason.OFF_TOPIC), 1), (Grade(0, Band.WEAK, (), (), {}), 0)]
)
def test_what_should_not_be_judged_is_counted_apart(judgement: Judgement, share: float) -> None:
    """A text that is no answer should have a reason, not a score."""
    sample = Sample(id="a", kind=Kind.OFF_TOPIC, band=Mark.UNSCORED, answer="text", reason=Reason.OFF_TOPIC)
    assert report([Judged("Q1", sample, judgement)]).rightly_unscored == share


def test_nothing_to_count_is_no_figure() -> None:
    """Without answers there are no figures, rather than perfect ones."""
    figures = report([])
    assert figures.answers == 0
    assert figures.agreement is None
    assert figures.flag_precision is None


@given(st.lists(st.tuples(st.sampled_from([S, C, N]), st.sampled_from([S, C, N])), min_size=1, max_size=40))
def test_kappa_is_at_most_one_and_one_for_full_agreement(pairs: list[tuple[Verdict, Verdict]]) -> None:
    """Agreement beyond chance never exceeds one, and is one where both always say the same."""
    value = kappa(pairs)
    assert value is None or value <= 1
    same = kappa([(a, a) for a, _ in pairs])
    assert same is None or same == pytest.approx(1)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_ranks_sum_up_whatever_the_ties(values: list[float]) -> None:
    """Ranks share what equal values have in common, so their sum is fixed."""
    assert sum(ranks(values)) == pytest.approx(len(values) * (len(values) + 1) / 2)
