"""The mixes that companies declare, drawn from the shipped prompts."""

from collections import Counter
from random import Random

import pytest

from bot.domain.drawing import draw, mix_of
from bot.domain.rapidfire import LONGEST, SHORTEST, Rules
from bot.services.rapidfire import candidates
from tests.support.content import shipped_bank

DRAWS = 1000


@pytest.mark.parametrize("company", ["amazon", "google", "startup", None])
@pytest.mark.parametrize("length", [SHORTEST, 10, LONGEST])
def test_a_thousand_rounds_have_the_mix_that_is_declared(company, length):
    """Stages, clusters and kinds are within 2 % of the company's file, however long the round."""
    bank = shipped_bank()
    mix, prompts = mix_of(bank.company(company)), candidates(bank, Rules(company=company))
    by_id = {prompt.id: prompt for prompt in prompts}
    drawn = [by_id[one] for seed in range(DRAWS) for one in draw(prompts, mix, (), length, Random(seed))]
    for axis, weights in (("stage", mix.stages), ("cluster", mix.clusters), ("kind", mix.kinds)):
        found = Counter(getattr(prompt, axis) for prompt in drawn)
        whole = sum(weights.get(value, 1) for value in found)
        for value, times in found.items():
            assert times / len(drawn) == pytest.approx(weights.get(value, 1) / whole, abs=0.02), (axis, value)
