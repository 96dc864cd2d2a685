"""Guides as data, and as pictures."""

import io

import pytest
from PIL import Image

from bot.bank import default_folder, load
from bot.domain.bank import Bank
from bot.domain.guides import Guide
from bot.ui import pictures
from bot.ui.guides import in_words

BANK = load(default_folder())
assert isinstance(BANK, Bank)
GUIDES = list(BANK.guides.values())


@pytest.mark.parametrize("guide", BANK.trees, ids=lambda guide: guide.slug)
def test_every_place_of_a_tree_is_reached_and_leads_back_to_its_root(guide: Guide) -> None:
    """Nobody gets lost: each node lies on one way from the root, and back."""
    reached = [node.id for _, _, node in guide.outline()]
    assert sorted(reached) == sorted(node.id for node in guide.nodes)
    for node in guide.nodes:
        way = guide.way_to(node)
        assert (way[0][0] if way else node) == guide.root
        for before, said in way:
            assert said in [turn.says for turn in before.turns]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_a_picture_is_as_wide_as_a_phone_needs_and_no_empty_card(guide: Guide) -> None:
    """Each guide is drawn on its own dark card, with light letters on it."""
    picture = Image.open(io.BytesIO(pictures.draw(guide))).convert("L")
    assert picture.width == pictures.WIDTH
    assert picture.height > pictures.WIDTH / 2
    dark, light = picture.getextrema()
    assert dark < 60
    assert light > 230
    assert picture.getpixel((0, 0)) == picture.getpixel((picture.width - 1, picture.height - 1)) < 60


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.slug)
def test_the_words_say_what_the_picture_says(guide: Guide) -> None:
    """Every name in the picture stands in the text beside it."""
    words = in_words(guide)
    for one in (*guide.steps, *guide.nodes):
        assert one.name in words


def test_the_same_guide_is_drawn_the_same() -> None:
    """A picture depends on its data alone."""
    assert pictures.draw(GUIDES[0]) == pictures.draw(GUIDES[0])
