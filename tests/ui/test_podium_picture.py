"""The picture of a podium, whatever players call themselves."""

import pytest

from bot.ui import pictures


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Mia", "Mia"),
        ("🦊 Foxy", "Foxy"),
        ("山田 Yui", "Yui"),
        ("Zoë Łucja Ωmega Иван", "Zoë Łucja Ωmega Иван"),
        ("$x^{2", "$x^{2"),
        ("山田", "A player"),
        ("\u202eevil", "evil"),
        ("a" * 32, "a" * 23 + "…"),
    ],
)
def test_a_name_is_drawn_as_far_as_the_font_has_it(name, shown):
    """No empty boxes, no formulas and no reversed lines; the board beside the picture has the whole name."""
    assert pictures.drawable(name) == shown
    assert pictures.podium([(1, name, "3 points"), (2, "Noah", "1 point")], [30, 10]).startswith(b"\x89PNG")
