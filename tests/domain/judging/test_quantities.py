"""Numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.judging.quantities import is_same, is_unit, quantities


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("56", [56]),
        ("0,5", [0.5]),
        ("65,536", [65536]),
        (".5", [0.5]),
        ("1/3", [1 / 3]),
        ("⅓", [1 / 3]),
        ("10⁻⁴", [1e-4]),
        ("3 x 10^-4", [3e-4]),
        ("1e-4", [1e-4]),
        ("2^16 = 65536", [65536]),
        ("512k", [512_000]),
        ("7B", [7e9]),
        ("2 million", [2e6]),
        ("fourfold", [4]),
        ("it doubles", [2]),
        ("a quarter", [0.25]),
        ("-0.3", [-0.3]),
        ("5 and 6", [5, 6]),
        ("fp16, L2, Q5 and top-10", []),
        ("sqrt(0.4)", []),
        ("1/0", []),
        ("9^999", []),
        ("nothing", []),
    ],
)
def test_a_number_is_read_as_it_is_meant(text: str, values: list[float]) -> None:
    """Fractions, powers, scales and words for numbers mean what they say; names with digits are no numbers."""
    assert [one.value for one in quantities(text)] == pytest.approx(values)


@given(st.floats(min_value=1e-6, max_value=1e12), st.integers(min_value=2, max_value=6))
def test_a_rounded_number_is_the_same_within_its_tolerance(value: float, digits: int) -> None:
    """Rounding to so many digits is forgiven by a tolerance of as many."""
    [said] = quantities(f"about {value:.{digits}e}")
    assert is_same(said, value, None, 10.0**-digits)


@given(st.floats(min_value=0.1, max_value=1e6), st.sampled_from([("MB", 1000.0), ("KB", 1e6), ("GB", 1.0)]))
def test_a_unit_of_the_same_kind_is_converted(value: float, unit: tuple[str, float]) -> None:
    """So many GB are a thousand times as many MB."""
    name, factor = unit
    [said] = quantities(f"{value * factor!r} {name}")
    assert is_same(said, value, "GB", 0.001)
    assert not is_same(said, value * 2, "GB", 0.001)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Whatever is typed, numbers come out or none do."""
    for one in quantities(text):
        assert isinstance(one.value, float | int)


def test_units_are_known_as_pint_spells_them() -> None:
    """An author hears of a unit that could never be met."""
    assert is_unit("GB")
    assert is_unit("percent")
    assert not is_unit("tokens")


@pytest.mark.parametrize(
    ("text", "value"),
    [("x4", 4), ("x 0.999", 0.999), ("20 000 steps", 20_000), ("1 000 000", 1_000_000), ("two hundred", 200)],
)
def test_signs_of_multiplication_and_blanks_between_thousands_are_part_of_a_number(text: str, value: float) -> None:
    """People write "x4" for four times, "20 000" with a blank, and round numbers in two words."""
    assert [found.value for found in quantities(text)] == [value]
