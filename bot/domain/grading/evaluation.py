"""How far the grader agrees with people: figures over marked answers, each kind of error apart.

Points are counted over the answers that people and grader both judged; a point that the grader leaves open, or on
which people could differ, is not counted. An answer that the grader does not judge scores nought in rankings.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from statistics import correlation, median
from typing import TypeVar

from bot.domain.evidence import Kind, Mark, Sample
from bot.domain.grades import Band, Grade, Judgement, Verdict

T = TypeVar("T")

RANK = {Mark.STRONG: 4, Mark.GOOD: 3, Mark.PARTIAL: 2, Mark.WEAK: 1, Mark.WRONG: 0}
"""Bands in order; answers that should not be judged have no rank."""

SELF_CHECK_BELOW = 0.70
"""Agreement on scored points, held out, under which a question ships for self-check only."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A marked answer, the question it belongs to, and what the grader made of it."""

    question_id: str
    sample: Sample
    judgement: Judgement

    @property
    def score(self) -> float:
        """The score, nought where there is none."""
        return self.judgement.score if isinstance(self.judgement, Grade) else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one set of answers; None where there was nothing to count."""

    answers: int
    agreement: float | None
    """Share of scored points on which grader and people agree."""
    kappa: float | None
    """The same, corrected for chance (Cohen)."""
    coverage: float | None
    """Share of points that the grader scored."""
    credited_wrongly: float | None
    """Share of credited points that people did not credit."""
    missed: float | None
    """Share of points that people credited and the grader called not shown."""
    rank_correlation: float | None
    """Spearman's, within a question, averaged over questions."""
    strong_over_wrong: float | None
    """The chance that a strong answer outscores a wrong one of its question (AUC); a tie counts half."""
    strong_over_inverted: float | None
    wrong_over_partial: float | None
    """Share of wrong answers that score above the median partial one of their question."""
    inverted_accepted: float | None
    """Share of inverted answers that get at least the band partial."""
    flag_recall: float | None
    """Share of answers with a red flag or an inverted point in which the grader raised one."""
    flag_precision: float | None
    """Share of answers in which the grader raised a flag that people flagged too."""
    band_agreement: float | None
    """Share of answers whose band is right or one off."""
    rightly_unscored: float | None
    """Share of answers that should not be judged and were not."""


def report(judged: Sequence[Judged]) -> Report:
    """All figures over these answers."""
    marked = [one for one in judged if one.sample.band is not Mark.UNSCORED]
    aside = [one for one in judged if one.sample.band is Mark.UNSCORED]
    pairs = [pair for one in marked for pair in _points(one)]
    scored = [(wanted, got) for wanted, got in pairs if got is not Verdict.UNSCORED]
    credited = [wanted for wanted, got in scored if got is Verdict.SHOWN]
    wanted_shown = [got for wanted, got in pairs if wanted is Verdict.SHOWN]
    flagged = [one for one in marked if one.sample.red_flags or one.sample.contradicted]
    raised = [one for one in marked if isinstance(one.judgement, Grade) and one.judgement.red_flags]
    return Report(
        answers=len(judged),
        agreement=_share(scored, lambda pair: pair[0] == pair[1]),
        kappa=kappa(scored),
        coverage=len(scored) / len(pairs) if pairs else None,
        credited_wrongly=_share(credited, lambda wanted: wanted is not Verdict.SHOWN),
        missed=_share(wanted_shown, lambda got: got is Verdict.NOT_SHOWN),
        rank_correlation=_mean(_spearman(group) for group in _by_question(marked)),
        strong_over_wrong=_auc(marked, lambda one: one.sample.band is Mark.WRONG),
        strong_over_inverted=_auc(marked, lambda one: one.sample.kind is Kind.INVERTED),
        wrong_over_partial=_wrong_over_partial(marked),
        inverted_accepted=_share([one for one in marked if one.sample.kind is Kind.INVERTED], _is_accepted),
        flag_recall=_share(flagged, lambda one: one in raised),
        flag_precision=_share(raised, lambda one: one in flagged),
        band_agreement=_share(marked, _is_near_band),
        rightly_unscored=_share(aside, lambda one: not isinstance(one.judgement, Grade)),
    )


def _points(one: Judged) -> Iterable[tuple[Verdict, Verdict]]:
    if not isinstance(one.judgement, Grade):
        return
    sample = one.sample
    for point in one.judgement.points:
        if point.id in sample.unsure:
            continue
        wanted = Verdict.NOT_SHOWN
        if point.id in sample.shown:
            wanted = Verdict.SHOWN
        elif point.id in sample.contradicted:
            wanted = Verdict.CONTRADICTED
        yield wanted, point.verdict


def kappa(pairs: Sequence[tuple[Verdict, Verdict]]) -> float | None:
    """Cohen's kappa; None where chance alone would agree on everything."""
    if not pairs:
        return None
    observed = sum(a == b for a, b in pairs) / len(pairs)
    by_chance = sum(
        (sum(a is v for a, _ in pairs) / len(pairs)) * (sum(b is v for _, b in pairs) / len(pairs)) for v in Verdict
    )
    return (observed - by_chance) / (1 - by_chance) if by_chance < 1 else None


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value from 1, equal values sharing the mean of their ranks."""
    ordered = sorted(values)
    return [ordered.index(v) + (ordered.count(v) + 1) / 2 for v in values]


def _spearman(group: Sequence[Judged]) -> float | None:
    wanted, got = [RANK[one.sample.band] for one in group], [one.score for one in group]
    if len(set(wanted)) < 2 or len(set(got)) < 2:  # noqa: PLR2004 - without two values there is no order
        return None
    return correlation(ranks(wanted), ranks(got))


def _auc(marked: Sequence[Judged], is_low: Callable[[Judged], bool]) -> float | None:
    wins: list[float] = []
    for group in _by_question(marked):
        strong = [one.score for one in group if one.sample.band is Mark.STRONG]
        low = [one.score for one in group if is_low(one)]
        wins += [1.0 if a > b else 0.5 if a == b else 0.0 for a, b in product(strong, low)]
    return sum(wins) / len(wins) if wins else None


def _wrong_over_partial(marked: Sequence[Judged]) -> float | None:
    over: list[bool] = []
    for group in _by_question(marked):
        partial = [one.score for one in group if one.sample.band is Mark.PARTIAL]
        if partial:
            over += [one.score > median(partial) for one in group if one.sample.band is Mark.WRONG]
    return sum(over) / len(over) if over else None


def _by_question(judged: Sequence[Judged]) -> list[list[Judged]]:
    names = dict.fromkeys(one.question_id for one in judged)
    return [[one for one in judged if one.question_id == name] for name in names]


def _is_accepted(one: Judged) -> bool:
    return isinstance(one.judgement, Grade) and one.judgement.band in (Band.PARTIAL, Band.GOOD, Band.STRONG)


def _is_near_band(one: Judged) -> bool:
    if not isinstance(one.judgement, Grade):
        return RANK[one.sample.band] <= 1
    return abs(RANK[Mark(one.judgement.band.value)] - RANK[one.sample.band]) <= 1


def _share(of: Sequence[T], holds: Callable[[T], bool]) -> float | None:
    return sum(map(holds, of)) / len(of) if of else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
