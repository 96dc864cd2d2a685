"""From verdicts to a score and a band.

The score is the weighted share of the points that were made, where most of them are as good as all, since nobody says
everything; a fault (a red flag, or a point turned round) costs more than a missing point. The constants were chosen
on the samples that are not held out (`interview-coach content evaluate`).
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.domain.grades import Band, PointVerdict, Verdict
from bot.domain.questions import Stage

EVEN: Mapping[Stage, int] = dict.fromkeys(Stage, 1)
"""How the stages weigh where no company is chosen."""

_ENOUGH = 0.7
"""The share of the points that makes a full score."""
_LEFT_BY_A_FAULT = 0.4
_ON_TOPIC = 0.05
"""What an answer on topic has before it makes a point; it keeps a thin answer above a wrong one."""
_BANDS = ((0.7, Band.STRONG), (0.5, Band.GOOD), (0.2, Band.PARTIAL))


def score(points: Iterable[tuple[Stage | None, Verdict]], faults: int, weights: Mapping[Stage, int] = EVEN) -> float:
    """The score of an answer in 0..1, from each point's stage (None in a follow-up) and verdict."""
    made = whole = 0
    for stage, verdict in points:
        weight = 1 if stage is None else weights[stage]
        whole += weight
        made += weight * (verdict is Verdict.SHOWN)
    share = min(1.0, made / whole / _ENOUGH) if whole else 0.0
    return round((_ON_TOPIC + (1 - _ON_TOPIC) * share) * _LEFT_BY_A_FAULT**faults, 3)


def band(points: Sequence[PointVerdict], faults: int, scored: float) -> Band:
    """The band of an answer: wrong where faults outweigh what was shown, else by its score."""
    shown = sum(point.verdict is Verdict.SHOWN for point in points)
    if faults and faults >= shown:
        return Band.WRONG
    return next((band for least, band in _BANDS if scored >= least), Band.WEAK)
