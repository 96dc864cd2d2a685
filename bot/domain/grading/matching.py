"""One pattern held against one text: where it is met, with which sign, and where it is nearly met.

A part is met where its terms stand close together: within a clause or its neighbours if a direction or a subject
is at stake, anywhere in the sentence otherwise. Its sign is the product of the signs of its terms and its subject.
"""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise, product
from typing import NamedTuple

from bot.domain.grading import grammar
from bot.domain.grading.lexicon import Hit
from bot.domain.grading.patterns import Joined
from bot.domain.grading.reading import Reading
from bot.domain.grading.rubric import CompiledLine, CompiledPart, CompiledTerm
from bot.domain.grading.subjects import Subjects

_MOST_ANCHORS = 6
"""Places of a part's rarest term that are tried; a text that repeats a word beyond that says nothing new."""
_WIDEST_GAP = 7
"""Words between two terms of one part, within a block."""
_WIDEST_PLAIN_GAP = 10
_MOST_CLAUSES = 2
"""Breaks between clauses that a part with a direction or a subject may span."""
_FAR = 1000
_PER_CLAUSE = 10


class Outcome(StrEnum):
    """What a place of a text does with a pattern."""

    MET = "met"
    OPPOSED = "opposed"
    VOID = "void"
    """All words are there, but a negation, a hedge or a missing subject leaves open what is claimed."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where all words of a pattern were found, and what came of it."""

    line: CompiledLine
    outcome: Outcome
    start: int
    end: int


class _Found(NamedTuple):
    """One part at one place. `sign` is 1, -1 or, where nothing can be concluded, 0."""

    sign: int
    start: int
    end: int
    hits: tuple[Hit, ...]
    gap: int


class Candidate(NamedTuple):
    """A hit that fills a term. `soft` marks a contradiction by negation, `spends` a hit that uses its negation up."""

    hit: Hit
    sign: int
    soft: bool
    spends: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A reading together with the slots that its words fill."""

    reading: Reading
    hits: Mapping[int, Sequence[Hit]]
    mask: int
    sentence_masks: tuple[int, ...]
    """For every sentence, a bit for each slot that its words fill."""
    block_masks: tuple[int, ...]
    subjects: Subjects
    candidates: dict[int, list["Candidate"]] = field(default_factory=dict)
    """What fills each term, by the term's number, as far as it was asked for."""


def matches(line: CompiledLine, text: Text) -> list[Match]:
    """Every place at which all words of the pattern stand together."""
    mask = text.mask
    for need in line.masks:
        if not need & mask:
            return []
    for part in line.parts:
        if not holds(text.block_masks if part.signed else text.sentence_masks, part.masks):
            return []
    places = [list(_places(part, text)) for part in line.parts]
    if not all(places):
        return []
    if line.joined is Joined.ALONE:
        return [Match(line, _outcome(found.sign), found.start, found.end) for found in _best(places[0])]
    return _joined(line, places, text)


def holds(masks: Sequence[int], needs: Sequence[int], lacking: int = 0) -> bool:
    """Whether one sentence or block has a bit of every need, or of all but `lacking` of them."""
    for mask in masks:
        missing = 0
        for need in needs:
            if not need & mask:
                missing += 1
                if missing > lacking:
                    break
        else:
            return True
    return False


def _joined(line: CompiledLine, places: Sequence[Sequence[_Found]], text: Text) -> list[Match]:
    sentence = text.reading.sentence
    best: tuple[int, int, tuple[_Found, ...]] | None = None
    for combination in product(*(group[:12] for group in places)):
        ordered = sorted(combination, key=lambda found: found.start)
        if any(a.end > b.start for a, b in pairwise(ordered)):
            continue
        apart = sentence[ordered[-1].start] - sentence[ordered[0].start]
        if apart > 1 or (apart and not _refers_back(ordered[-1].start, text.reading)):
            continue
        void = any(found.sign == 0 for found in combination)
        crossed = text.reading.clause[ordered[-1].start] - text.reading.clause[ordered[0].start]
        width = sum(found.gap for found in combination) + ordered[-1].end - ordered[0].start + _PER_CLAUSE * crossed
        rank = (apart * _FAR + void * (_FAR // 2), width)
        if best is None or rank < best[:2]:
            best = (*rank, tuple(ordered))
    if best is None:
        return []
    ordered_best = best[2]
    signs = [found.sign for found in ordered_best]
    if line.joined is Joined.RELATED:
        sign = 1
        for one in signs:
            sign *= one
    else:
        sign = 0 if 0 in signs else min(signs)
    return [Match(line, _outcome(sign), ordered_best[0].start, ordered_best[-1].end)]


def _refers_back(at: int, reading: Reading) -> bool:
    """Whether the sentence around word `at` opens with a word that ties it to the sentence before."""
    first = bisect_left(reading.sentence, reading.sentence[at])
    return not grammar.TIES.isdisjoint(reading.words[first : first + 3])


def _outcome(sign: int) -> Outcome:
    return Outcome.MET if sign > 0 else Outcome.OPPOSED if sign < 0 else Outcome.VOID


def _best(found: Sequence[_Found]) -> Iterator[_Found]:
    """Of the places that share their first term, the tightest one."""
    tightest: dict[int, _Found] = {}
    for one in found:
        held = tightest.get(one.hits[0].start)
        if held is None or one.gap < held.gap:
            tightest[one.hits[0].start] = one
    yield from tightest.values()


def _places(part: CompiledPart, text: Text) -> Iterator[_Found]:
    """Every place at which the part's terms stand together, tightest assignments only."""
    groups = [_candidates(term, text) for term in part.needed]
    if not all(groups):
        return
    rarest = min(range(len(groups)), key=lambda index: len(groups[index]))
    for anchor in groups[rarest][:_MOST_ANCHORS]:
        options: list[Sequence[Candidate]] = [
            [anchor] if index == rarest else _nearest(group, anchor, text.reading) for index, group in enumerate(groups)
        ]
        for chosen in product(*options):
            found = _judged(part, chosen, text)
            if found is not None:
                yield found


def _candidates(term: CompiledTerm, text: Text) -> list[Candidate]:
    """The hits that fill a term, with what they say, in the order of the text."""
    known = text.candidates.get(term.number)
    if known is None:
        made = [_candidate(term, hit, 1) for slot in term.slots for hit in text.hits.get(slot, ())]
        made += [_candidate(term, hit, -1) for slot in term.against for hit in text.hits.get(slot, ())]
        known = sorted((one for one in made if one is not None), key=_at)
        if term.against:
            known = [one for one in known if not _is_inside(one, known)]
        text.candidates[term.number] = known
    return known


def _is_inside(inner: Candidate, among: Sequence[Candidate]) -> bool:
    """Whether the word is part of a phrase that says otherwise: "noisy" in "less noisy"."""
    return any(
        outer.sign != inner.sign
        and not outer.hit.hollow
        and outer.hit.start <= inner.hit.start
        and inner.hit.end <= outer.hit.end
        and outer.hit.end - outer.hit.start > inner.hit.end - inner.hit.start
        for outer in among
    )


def _candidate(term: CompiledTerm, hit: Hit, sign: int) -> Candidate | None:
    if term.negated:
        return Candidate(hit, 1, soft=False, spends=True) if hit.negated else None
    if not hit.negated:
        return Candidate(hit, sign, soft=False, spends=hit.spent)
    if term.complement:
        return Candidate(hit, -sign, soft=sign > 0, spends=True)
    return Candidate(hit, 0, soft=False, spends=False)


def _at(candidate: Candidate) -> int:
    return candidate.hit.start


def _nearest(group: Sequence[Candidate], anchor: Candidate, reading: Reading) -> list[Candidate]:
    """The candidates nearest to the anchor on either side, in its sentence."""
    at = anchor.hit
    before: tuple[int, Candidate] | None = None
    after: tuple[int, Candidate] | None = None
    middle = bisect_left(group, at.start, key=_at)
    for candidate in group[max(0, middle - 4) : middle + 5]:
        hit = candidate.hit
        if hit.clashes(at) or reading.sentence[hit.start] != reading.sentence[at.start]:
            continue
        far = abs(reading.clause[hit.start] - reading.clause[at.start]) * 20
        if hit.start < at.start:
            distance = far + max(0, at.start - hit.end)
            if before is None or distance <= before[0]:
                before = (distance, candidate)
        else:
            distance = far + max(0, hit.start - at.end)
            if after is None or distance < after[0]:
                after = (distance, candidate)
    return [side[1] for side in sorted(side for side in (before, after) if side is not None)]


def _judged(part: CompiledPart, chosen: Sequence[Candidate], text: Text) -> _Found | None:
    """The part at these hits, or None if they do not hang together."""
    hits = tuple(one.hit for one in chosen)
    ordered = sorted(hits)
    gap = _gap(ordered, _WIDEST_GAP if part.signed else _WIDEST_PLAIN_GAP)
    if gap is None:
        return None
    reading = text.reading
    start, end = ordered[0].start, max(hit.end for hit in ordered)
    if reading.sentence[start] != reading.sentence[end - 1]:
        return None
    clauses = reading.clause[end - 1] - reading.clause[start]
    if part.signed and (clauses > _MOST_CLAUSES or reading.block[start] != reading.block[end - 1]):
        return None
    if part.ordered and not _in_order(part, hits):
        return None
    if part.absent and _has_absent(part, text, start, end):
        return None
    return _Found(_sign(part, chosen, text, hits), start, end, hits, gap + 20 * clauses)


def _gap(ordered: Sequence[Hit], widest: int) -> int | None:
    """The words between these hits, or None if two take the same words or stand too far apart."""
    total = 0
    for index in range(1, len(ordered)):
        hit = ordered[index]
        between = hit.start - ordered[index - 1].end
        if between > widest or (between < 0 and any(hit.clashes(other) for other in ordered[:index])):
            return None
        total += max(0, between)
    return total


def _in_order(part: CompiledPart, hits: Sequence[Hit]) -> bool:
    following = zip(part.needed[1:], hits[1:], hits, strict=False)
    return all(hit.start >= before.end for term, hit, before in following if term.then)


def _has_absent(part: CompiledPart, text: Text, start: int, end: int) -> bool:
    first, last = text.reading.block[start], text.reading.block[end - 1]
    return any(
        first <= text.reading.block[hit.start] <= last
        for term in part.absent
        for slot in term.slots
        for hit in text.hits.get(slot, ())
    )


def _sign(part: CompiledPart, chosen: Sequence[Candidate], text: Text, hits: Sequence[Hit]) -> int:
    """The product of the signs; a contradiction that rests on a negation needs its subject to be named."""
    spent = any(one.spends for one in chosen)
    made, soft = 1, False
    for term, one in zip(part.needed, chosen, strict=True):
        soft = soft or one.soft
        if one.sign == 0 and spent and not term.against:
            continue  # one negation, and another word of the part has used it up
        made *= one.sign
    if part.subject is not None and made:
        directed = [hit.start for term, hit in zip(part.needed, hits, strict=True) if term.against]
        said = text.subjects.sign(part.subject, hits, min(directed or (hit.start for hit in hits)))
        if said.sign < 0 and made < 0 and (soft or not part.gradable):
            return 0  # that the rival is otherwise says something of the subject only where degrees are compared
        if made * said.sign < 0 and (said.assumed or (soft and not said.named)):
            return 0
        return made * said.sign
    return 0 if soft and made < 0 and len(chosen) < 2 else made  # noqa: PLR2004
