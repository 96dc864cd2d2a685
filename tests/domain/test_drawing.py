"""Which prompts a round asks."""

from collections import Counter
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.drawing import EVEN, Candidate, Mix, draw, mix_of, shares
from bot.domain.questions import PromptKind, Stage
from tests.support.content import self_check_bank

CLUSTERS = ("geometry", "metrics", "debugging")
MANY = [
    Candidate(f"{stage}-{cluster}-{kind}-{n}", stage, cluster, kind, 1 + n % 5)
    for stage, cluster, kind in product(Stage, CLUSTERS, PromptKind)
    for n in range(5)
]


def wanted(weights, values):
    """The share that weights give each value; 1 where nothing is said."""
    whole = sum(weights.get(value, 1) for value in values)
    return {value: weights.get(value, 1) / whole for value in values}


@pytest.mark.parametrize("company", ["amazon", "google", "startup", None])
def test_a_companys_mix_comes_as_it_is_declared(company):
    """Over a thousand draws of ten, stages, clusters and kinds are within 2 % of what its file says."""
    bank = self_check_bank()
    mix = mix_of(bank.company(company))
    found = {"stage": Counter(), "cluster": Counter(), "kind": Counter()}
    spread = [
        Candidate(f"{c}-{n}", c.stage, cluster, c.kind, c.difficulty)
        for cluster in (cluster.slug for cluster in bank.clusters)
        for n, c in enumerate(MANY)
    ]
    by_id = {c.id: c for c in spread}
    for seed in range(1000):
        for one in draw(spread, mix, (), 10, Random(seed)):
            for what, counter in found.items():
                counter[getattr(by_id[one], what)] += 1
    for what, weights in (("stage", mix.stages), ("cluster", mix.clusters), ("kind", mix.kinds)):
        for value, share in wanted(weights, set(found[what])).items():
            assert found[what][value] / 10_000 == pytest.approx(share, abs=0.02), (what, value)


@given(seed=st.integers(), length=st.integers(3, 20), had=st.integers(0, 400))
def test_nothing_comes_again_before_the_bag_is_empty(seed, length, had):
    """Whatever the mix, prompts of the present pass are left alone while there are others."""
    chance = Random(seed)
    mix = Mix({stage: chance.randint(1, 10) for stage in Stage}, {}, {PromptKind.NAME: 9})
    asked = [c.id for c in chance.sample(MANY, min(had, len(MANY)))]
    drawn = draw(MANY, mix, asked, length, chance)
    left = len(MANY) - len(set(asked)) or len(MANY)
    assert len(drawn) == len(set(drawn)) == length
    assert len(set(drawn) - set(asked)) >= min(length, left if left != len(MANY) else 0)


def test_a_small_bank_gives_what_it_has():
    """Four prompts, ten wanted: four."""
    assert len(draw(MANY[:4], EVEN, (), 10, Random(1))) == 4
    assert draw([], EVEN, (), 10, Random(1)) == []


def test_the_same_seed_draws_the_same_and_easier_ones_come_first():
    """Chance is an argument."""
    first, again = (draw(MANY, EVEN, (), 12, Random(5)) for _ in range(2))
    level = {c.id: c.difficulty for c in MANY}
    assert first == again
    assert [level[one] for one in first] == sorted(level[one] for one in first)


def test_a_prompt_written_for_the_company_comes_more_often_than_its_neighbours():
    """Three times as likely to be the first of its kind."""
    cell = [Candidate(str(n), Stage.MECHANISM, "geometry", PromptKind.NAME, 1, suits=n == 0) for n in range(4)]
    hits = sum(draw(cell, EVEN, (), 1, Random(seed)) == ["0"] for seed in range(2000))
    assert hits / 2000 == pytest.approx(0.5, abs=0.05)


def test_what_there_is_no_prompt_for_is_shared_by_the_others():
    """A stage that the bank lacks leaves its part to those it has."""
    cells = [(Stage.DEFINITION, "geometry", PromptKind.NAME), (Stage.MECHANISM, "geometry", PromptKind.NAME)]
    found = shares(cells, Mix({Stage.DEFINITION: 1, Stage.MECHANISM: 3, Stage.PRODUCTION: 6}, {}, {}))
    assert [found[cell] for cell in cells] == pytest.approx([0.25, 0.75])
