# ruff: noqa: RUF001 - people type signs that look like others
"""Numbers in what people type: "56 GB", "5.6e10 bytes", "1/3", "10⁻⁴", "0,5", "20 000", "512k", "x4", "fourfold"."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import isclose
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pint

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]+")

_WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "sixteen": 16, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "million": 1e6,
    "half": 0.5, "halve": 0.5, "halves": 0.5, "halved": 0.5, "third": 1 / 3, "quarter": 0.25,
    "double": 2, "doubles": 2, "doubled": 2, "twice": 2, "twofold": 2, "triple": 3, "triples": 3, "threefold": 3,
    "thrice": 3, "quadruple": 4, "quadruples": 4, "fourfold": 4, "eightfold": 8, "tenfold": 10,
}  # fmt: skip
_SCALES = {"k": 1e3, "m": 1e6, "b": 1e9, "t": 1e12, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}

_MANY = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}

_NUMBER = r"(?:\d{1,3}(?:[, ]\d{3})+(?![\d,])(?:\.\d+)?|\d+[.,]\d+|\d+|\.\d+)(?:e[+-]?\d{1,3})?"
_POWER = rf"{_NUMBER}(?:\s*\^\s*[-+(]*\d{{1,3}}\)?)?"
_QUANTITY = re.compile(
    rf"(?<![\w.-])(?<!\w\()(?P<sign>-\s*)?(?:(?:[x×]\s?)?(?P<sum>{_POWER}(?:\s*[*×x/]\s*{_POWER})*)"
    rf"(?:\s?(?P<scale>[kmbt](?![a-z])|thousand\b|million\b|billion\b|trillion\b))?|(?P<word>{'|'.join(_WORDS)})\b(?:\s(?P<many>{'|'.join(_MANY)})\b)?)"
    r"\s*-?(?P<unit>%|[a-zµ]+(?:/[a-z]+)?)?",
    re.IGNORECASE,
)
_JOINING = frozenset("and or to of in is at on for with per by as a the not but so it that then unit units".split())  # noqa: SIM905
"""Words after a number that are no unit, though some are spelt like one."""
_RESULT = re.compile("=(?!=)|≈|->|→")
_CLOSE = 1e-9
_LARGEST_POWER = 400


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as it stands in a text; `unit` is the word or sign right after it, which need not be a unit."""

    value: float
    unit: str
    quote: str
    start: int


def quantities(text: str) -> list[Quantity]:
    """Every number of the text in its order; of a calculation with its result, only the result."""
    plain = unicodedata.normalize("NFKC", _RAISED.sub(lambda run: "^" + run[0].translate(_SUPERSCRIPTS), text))
    plain = plain.replace("⁄", "/").replace("−", "-").replace("–", "-")
    results = list(_RESULT.finditer(plain))
    after = results[-1].end() if results else 0
    found = list(_found(plain))
    claimed = [one for one in found if one.start >= after]
    return claimed or found


def _found(text: str) -> Iterator[Quantity]:
    for match in _QUANTITY.finditer(text):
        value = _WORDS[match["word"].casefold()] if match["word"] else _worked_out(match["sum"])
        if value is None:
            continue
        value *= _SCALES.get((match["scale"] or "").casefold(), 1) * _MANY.get((match["many"] or "").casefold(), 1)
        unit = match["unit"] or ""
        quote = match[0].strip()
        if unit.casefold() in _JOINING:
            unit, quote = "", quote.removesuffix(unit).strip()
        yield Quantity(-value if match["sign"] else value, unit, quote, match.start())


def _worked_out(source: str) -> float | None:
    """The value of a product, a share or a power; None for a division by nought or a number beyond all bounds."""
    value: float | None = None
    divide = False
    for piece in re.split(r"\s*([*×x/])\s*", source, flags=re.IGNORECASE):
        if piece in "*×xX/":
            divide = piece == "/"
            continue
        one = _power(piece)
        if one is None or (divide and one == 0):
            return None
        value = one if value is None else value / one if divide else value * one
    return value


def _power(piece: str) -> float | None:
    base, _, exponent = piece.partition("^")
    number = _number(base.strip())
    if not exponent:
        return number
    power = int(exponent.strip(" ()+"))
    if abs(power) > _LARGEST_POWER or number == 0:
        return None
    try:
        return float(number**power)
    except OverflowError:
        return None


def _number(text: str) -> float:
    if re.fullmatch(r"\d{1,3}([, ]\d{3})+(\.\d+)?(e.*)?", text, re.IGNORECASE):
        return float(re.sub("[, ]", "", text))
    return float(text.replace(",", "."))


def is_unit(text: str) -> bool:
    """Whether this is the spelling of a unit."""
    return _unit(text) is not None


def is_same(said: Quantity, value: float, unit: str | None, within: float) -> bool:
    """Whether what was said is the value, at most a share of `within` off. Without a unit, the asked one is meant."""
    factor = _factor(said.unit, unit)
    if factor is None:
        return False
    amounts = [said.value * factor]
    if unit in ("percent", "%") and not said.unit:
        amounts.append(said.value * 100)  # 0.9 for 90 %
    return any(isclose(amount, value, rel_tol=within + _CLOSE, abs_tol=_CLOSE) for amount in amounts)


@lru_cache(maxsize=1000)
def _factor(said: str, wanted: str | None) -> float | None:
    """By what to multiply to get from one unit to the other: 1 without a unit, None where they differ in kind."""
    known = [unit for word in _spellings(said) if (unit := _unit(word)) is not None]
    target = _unit(wanted) if wanted else _registry().Unit("dimensionless")
    if not known or target is None:
        return 1.0
    for unit in known:
        if unit.is_compatible_with(target):
            return float(_registry().Quantity(1, unit).to(target).magnitude)
    return None if len(said) > 2 or said.isupper() else 1.0  # noqa: PLR2004 - "in" and "a" are words before units


def _spellings(word: str) -> list[str]:
    """As it may be meant, bytes before bits: "gb" is GB, and "KB" is what Pint calls kB."""
    if not word:
        return []
    return list(
        dict.fromkeys((word.upper(), word[0].lower() + word[1:].upper(), word, word.lower(), word.capitalize()))
    )


def _unit(word: str) -> "pint.Unit | None":
    import pint  # noqa: PLC0415 - takes a fifth of a second, and few prompts need it

    try:
        return _registry().Unit(word)
    except (pint.UndefinedUnitError, pint.DefinitionSyntaxError):
        return None


@lru_cache(maxsize=1)
def _registry() -> "pint.UnitRegistry[float]":
    import pint  # noqa: PLC0415 - see above

    return pint.UnitRegistry()
