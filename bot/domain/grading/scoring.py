"""From verdicts to a score and a band.

A stage counts in full once its points are made, and mostly at the first of them, since people stress different
points; a claimed opposite and a red flag cost more than a missing point. The constants were set on the samples
that are not held out (`interview-coach content evaluate`).
"""

from collections.abc import Mapping, Sequence

from bot.domain.grades import Band, PointVerdict, Verdict
from bot.domain.questions import Stage

EVEN: Mapping[Stage, int] = {Stage.DEFINITION: 5, Stage.MECHANISM: 6, Stage.TRADEOFF: 5, Stage.PRODUCTION: 4}
"""How the stages weigh where no company is chosen."""

_FIRST_POINT = 0.7
"""What the first point of a stage earns of it; the others share the rest."""
_PER_FAULT = 0.22
_UNDECIDED = 0.12
"""What a point earns that is spoken of without being claimed in known words."""
_BANDS = ((0.52, Band.STRONG), (0.40, Band.GOOD), (0.20, Band.PARTIAL))


def stage_share(verdicts: Sequence[Verdict]) -> float:
    """How much of one stage is met, in 0..1."""
    if not verdicts:
        return 0.0
    shown = sum(verdict is Verdict.SHOWN for verdict in verdicts)
    open_ = sum(verdict is Verdict.UNSCORED for verdict in verdicts)
    if not shown:
        return _UNDECIDED if open_ else 0.0
    rest = len(verdicts) - 1
    return 1.0 if not rest else _FIRST_POINT + (1 - _FIRST_POINT) * min(1.0, (shown - 1 + _UNDECIDED * open_) / rest)


def score(by_stage: Mapping[Stage, Sequence[Verdict]], faults: int, weights: Mapping[Stage, int]) -> float:
    """The weighted mean of the stages, less what the faults cost; in 0..1."""
    present = [stage for stage, verdicts in by_stage.items() if verdicts]
    total = sum(weights[stage] for stage in present)
    met = sum(weights[stage] * stage_share(by_stage[stage]) for stage in present) / total if total else 0.0
    return round(max(0.0, min(1.0, met - _PER_FAULT * faults)), 3)


def small_score(shown: int, points: int, faults: int) -> float:
    """The score of a follow-up, whose few points have no stages; in 0..1."""
    return round(max(0.0, min(1.0, shown / points - _PER_FAULT * faults)), 3)


def band(points: Sequence[PointVerdict], faults: int, scored: float) -> Band:
    """The band of an answer: wrong where faults outweigh what was shown, else by its score."""
    shown = sum(point.verdict is Verdict.SHOWN for point in points)
    if faults and (faults >= shown or not scored):
        return Band.WRONG
    return next((band for least, band in _BANDS if scored >= least), Band.WEAK)
