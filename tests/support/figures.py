"""The arithmetic behind a question's figures, worked out with units."""

import ast
import math
from collections.abc import Callable
from functools import cache

import pint

from bot.domain.questions import Check

_FUNCTIONS: dict[str, Callable[..., object]] = {
    "abs": abs, "len": len, "max": max, "min": min, "range": range, "round": round, "sorted": sorted, "sum": sum,
}  # fmt: skip
_MATHS = {name: value for name, value in vars(math).items() if not name.startswith("_")}


@cache
def _registry() -> pint.UnitRegistry:
    return pint.UnitRegistry()


def computed(expression: str) -> pint.Quantity:
    """The value of a check's expression; every name that is no function of Python's is a unit.

    pint.UndefinedUnitError for an unknown name, SyntaxError for what is no expression.
    """
    tree = ast.parse(expression.strip(), mode="eval")
    bound = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound
    known = {**_MATHS, **_FUNCTIONS}
    units = {name: _registry()(name) for name in used - known.keys()}
    value = eval(compile(tree, "check", "eval"), {"__builtins__": {}, **known, **units})
    return _registry().Quantity(value)


def bears_out(check: Check) -> bool:
    """Whether the expression gives the figure that the text gives, units included, up to the share allowed.

    pint.DimensionalityError if the two are not of one kind.
    """
    given = _registry().Quantity(str(check.gives))
    value = computed(check.computes).to(given.units)
    return math.isclose(value.magnitude, given.magnitude, rel_tol=check.within)
