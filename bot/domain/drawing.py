"""Which prompts a round asks: a mix as its company declares it, and none again until a guild has had them all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from random import Random

from bot.domain.questions import Company, PromptKind, Stage
from bot.domain.rotation import present_pass

SUITS = 3
"""How much likelier a prompt is that was written for the company, against others of its stage, cluster and kind."""

_ROUNDS = 60
"""Rounds of fitting at most."""

_FITTED = 1e-4
"""A round of fitting that moves no share by more than this is the last one."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A prompt that may be drawn. `suits` tells that it was written for the company in force."""

    id: str
    stage: Stage
    cluster: str
    kind: PromptKind
    difficulty: int
    suits: bool = False


@dataclass(frozen=True, slots=True)
class Mix:
    """How often each stage, cluster and kind comes, as weights; what is not named weighs 1."""

    stages: Mapping[Stage, int]
    clusters: Mapping[str, int]
    kinds: Mapping[PromptKind, int]


EVEN = Mix({}, {}, {})
"""The mix of a round without a company: everything alike."""

_Cell = tuple[str, str, str]
"""A stage, a cluster and a kind."""


NO_LIMITS: Mapping[_Cell, float] = {}
"""Every cell has enough."""


def mix_of(company: Company | None) -> Mix:
    """The mix that a company declares."""
    return Mix(company.stages, company.clusters, company.kinds) if company else EVEN


def draw(candidates: Collection[Candidate], mix: Mix, asked: Sequence[str], length: int, chance: Random) -> list[str]:
    """The ids of a round's prompts, easier ones first; fewer than `length` only if there are no more.

    `asked` are all prompts that the guild has had, oldest first. Those of the pass under way come again only when
    nothing else is left.
    """
    seen = present_pass((c.id for c in candidates), asked).seen
    chosen: list[Candidate] = []
    rest = [c for c in candidates if c.id not in seen] or list(candidates)
    while rest and len(chosen) < length:
        chosen += _sample(rest, mix, length - len(chosen), chance)
        taken = {c.id for c in chosen}
        unseen = [c for c in candidates if c.id not in taken and c.id not in seen]
        rest = unseen or [c for c in candidates if c.id not in taken]
    chance.shuffle(chosen)
    return [c.id for c in sorted(chosen, key=lambda c: c.difficulty)]


def shares(cells: Iterable[_Cell], mix: Mix, most: Mapping[_Cell, float] = NO_LIMITS) -> Mapping[_Cell, float]:
    """The share of each cell such that stages, clusters and kinds each come as often as the mix wants, if they can.

    `most` is what a cell can give; what it can't, its neighbours give in its place as far as they have it.
    Iterative proportional fitting (Deming and Stephan, "On a least squares adjustment of a sampled frequency table
    when the expected marginal totals are known", 1940). What has no cell is left out and the others share its part.
    """
    present = sorted(set(cells))
    wants: tuple[Mapping[str, int], ...] = (
        {stage.value: weight for stage, weight in mix.stages.items()},
        mix.clusters,
        {kind.value: weight for kind, weight in mix.kinds.items()},
    )
    share = dict.fromkeys(present, 1 / max(1, len(present)))
    for _ in range(_ROUNDS):
        before = dict(share)
        for axis, wanted in enumerate(wants):
            values = {cell[axis] for cell in present}
            whole = sum(wanted.get(value, 1) for value in values)
            now: dict[str, float] = defaultdict(float)
            for cell in present:
                now[cell[axis]] += share[cell]
            for cell in present:
                fitted = share[cell] * wanted.get(cell[axis], 1) / whole / now[cell[axis]]
                share[cell] = min(fitted, most.get(cell, 1.0))
        if all(abs(share[cell] - before[cell]) < _FITTED for cell in present):
            break
    return share


def _sample(rest: Sequence[Candidate], mix: Mix, count: int, chance: Random) -> list[Candidate]:
    """Up to `count` candidates, each cell's number within one of its share: systematic sampling from one random start.

    Fewer where the cells can't give as many by that mix.
    """
    by_cell: dict[_Cell, list[Candidate]] = defaultdict(list)
    for candidate in rest:
        by_cell[candidate.stage, candidate.cluster, candidate.kind].append(candidate)
    share = shares(by_cell, mix, {cell: len(found) / count for cell, found in by_cell.items()})
    picked: list[Candidate] = []
    reached, start = 0.0, chance.random()
    for cell in _in_chance_order(by_cell, chance):
        before, reached = reached, reached + share[cell] * count
        number = floor(reached + start) - floor(before + start)
        picked += _heaviest(by_cell[cell], number, chance)
    return picked[:count] or [chance.choice(list(rest))]


def _in_chance_order(cells: Iterable[_Cell], chance: Random) -> list[_Cell]:
    """Cells of one stage side by side, and in it those of one cluster, so that these come out most evenly."""
    values = sorted({value for cell in cells for value in cell})
    chance.shuffle(values)
    turn = {value: at for at, value in enumerate(values)}
    return sorted(cells, key=lambda cell: [turn[value] for value in cell])


def _heaviest(cell: Sequence[Candidate], count: int, chance: Random) -> list[Candidate]:
    """A weighted sample without replacement, as in `bot.domain.rotation.order`."""
    keys = {c.id: chance.random() ** (1 / (SUITS if c.suits else 1)) for c in cell}
    return sorted(cell, key=lambda c: keys[c.id], reverse=True)[:count]
