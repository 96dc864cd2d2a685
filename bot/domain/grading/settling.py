"""What an answer does with one point, and how the answer as a whole settles what a single point leaves in doubt."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.domain.grades import Verdict
from bot.domain.grading.matching import Match, Outcome

_TOGETHER = 6
"""Words over which a contradiction may spread to be beyond doubt."""
_OUTWEIGHS = 3
"""Points shown for each fault from which on an answer with several faults is believed in the rest."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one text does with one point, and the matches that say so."""

    verdict: Verdict
    because: Match | None
    matches: tuple[Match, ...]

    def left_open(self) -> "Finding":
        """The same matches, held neither for nor against anybody."""
        return Finding(Verdict.UNSCORED, None, self.matches)


def without_inferred(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """The findings, with contradictions left open that were only inferred and stand against as much that is right.

    A contradiction that no author wrote down, but that follows from a direction or a subject, is a misreading more
    often than not in an answer that makes most of its points.
    """
    against = _count(findings, Verdict.CONTRADICTED)
    if _count(findings, Verdict.SHOWN) < against:
        return dict(findings)
    return {
        point_id: finding.left_open() if _is_inferred(finding) else finding for point_id, finding in findings.items()
    }


def without_stray(findings: Mapping[str, Finding], faults: int) -> dict[str, Finding]:
    """The findings, with what was shown left open in an answer that is mostly wrong.

    An inverted answer has the words of a right one in other places, so that some of them meet a pattern: of the points
    that seemed shown beside as many faults, hardly any were (`interview-coach content evaluate`, samples in use).
    """
    shown = _count(findings, Verdict.SHOWN)
    if not shown or not (shown <= faults or (faults > 1 and shown < _OUTWEIGHS * faults)):
        return dict(findings)
    return without_shown(findings)


def without_shown(findings: Mapping[str, Finding]) -> dict[str, Finding]:
    """The findings, with all that was shown left open."""
    return {
        point_id: finding.left_open() if finding.verdict is Verdict.SHOWN else finding
        for point_id, finding in findings.items()
    }


def _count(findings: Mapping[str, Finding], verdict: Verdict) -> int:
    return sum(finding.verdict is verdict for finding in findings.values())


def _is_inferred(finding: Finding) -> bool:
    """Whether it is a contradiction that follows from who is spoken of, or from words that stand apart."""
    match = finding.because
    if finding.verdict is not Verdict.CONTRADICTED or match is None or match.outcome is not Outcome.OPPOSED:
        return False
    rests_on_subject = any(part.subject is not None for part in match.line.parts)
    return rests_on_subject or match.end - match.start > _TOGETHER
