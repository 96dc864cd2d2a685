"""Guides and podiums as pictures, drawn from data: for a phone, and for both of Discord's themes.

Everything is drawn on a card of its own colour, so that the theme around it does not matter. Words and shapes carry
the meaning, and each picture has its text beside it.
"""

import io
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from bot.domain.guides import Guide, GuideForm
from bot.ui import texts

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDTH = 900
"""Pixels. A phone shows it at well under half of that, so letters are large."""

_DPI = 100
_POINTS = 72
_MARGIN = 30
_NAME, _TEXT, _LABEL = 34, 29, 27
"""Heights of letters in pixels."""
_LINE = 1.35
"""Lines, in heights of letters."""
_LETTER = 0.58
"""The width of a letter, in its height, on average."""
_PAD = 22
_GAP = 46
_BARS, _BAR, _NAME_ROOM = 10, 26, 24
_INDENT = 46
_CARD, _INK, _SOFT, _STEP, _LEAF = "#1f2430", "#f5f7fa", "#c9d1de", "#33405c", "#1f5a4b"
_drawing = Lock()


@dataclass(frozen=True, slots=True)
class _Box:
    """A box with a name and, below it, some text; `label` stands on the line that leads to it."""

    name: tuple[str, ...]
    text: tuple[str, ...]
    indent: int
    is_leaf: bool
    label: str
    parent: int | None

    @property
    def height(self) -> float:
        last = _TEXT if self.text else _NAME
        return 2 * _PAD + _LINE * (_NAME * len(self.name) + _TEXT * len(self.text)) - (_LINE - 1) * last


def draw(guide: Guide) -> bytes:
    """The guide as a PNG. Takes some tenths of a second: not for the event loop."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - half a second that most starts save
    from matplotlib.figure import Figure  # noqa: PLC0415

    boxes = _tree(guide) if guide.form is GuideForm.TREE else _rows(guide)
    gaps = [_GAP + (_LABEL * _LINE if box.label else 0) for box in boxes]
    height = 2 * _MARGIN + sum(box.height for box in boxes) + sum(gaps[1:])
    with _drawing:  # Matplotlib keeps one cache of fonts for all threads
        figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=_CARD)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        tops: list[float] = []
        y = float(_MARGIN)
        for at, box in enumerate(boxes):
            y += gaps[at] if at else 0
            tops.append(y)
            if box.parent is not None:
                _line_to(axes, box, boxes[box.parent], (tops[box.parent], y))
            _draw_box(axes, box, y)
            y += box.height
        made = io.BytesIO()
        figure.savefig(made, format="png", facecolor=_CARD)
    return made.getvalue()


def podium(lines: Sequence[tuple[int, str, str]], scores: Sequence[int]) -> bytes:
    """The first places of a board as bars with names, as a PNG; each line is a place, a name and a score in words.

    Takes as long as `draw`.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - as above
    from matplotlib.figure import Figure  # noqa: PLC0415
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

    shown = lines[:_BARS]
    row = _NAME * _LINE + _BAR + _GAP / 2
    height = 2 * _MARGIN + row * len(shown)
    longest = max([*scores[:_BARS], 1])
    with _drawing:
        figure = Figure(figsize=(WIDTH / _DPI, height / _DPI), dpi=_DPI, facecolor=_CARD)
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, WIDTH)
        axes.set_ylim(height, 0)
        axes.axis("off")
        for at, ((place, name, words), score) in enumerate(zip(shown, scores, strict=False)):
            top = _MARGIN + at * row
            font = _NAME * _POINTS / _DPI
            said = f"{place}. {drawable(name)}"
            axes.text(_MARGIN, top, said, fontsize=font, fontweight="bold", color=_INK, va="top", parse_math=False)
            axes.text(WIDTH - _MARGIN, top, words, fontsize=font, color=_INK, va="top", ha="right")
            length = max(_BAR, (WIDTH - 2 * _MARGIN) * score / longest)
            box = (_MARGIN, top + _NAME * _LINE)
            colour = _LEAF if place == 1 else _STEP
            axes.add_patch(
                FancyBboxPatch(
                    box, length, _BAR, boxstyle="square,pad=0", facecolor=colour, edgecolor=_SOFT, linewidth=2
                )
            )
        made = io.BytesIO()
        figure.savefig(made, format="png", facecolor=_CARD)
    return made.getvalue()


def drawable(name: str) -> str:
    """A player's name without what our font lacks, such as emoji; short enough for its line."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - as above

    known = get_font(findfont("DejaVu Sans:bold")).get_charmap()
    drawn = "".join(letter for letter in name if letter.isprintable() and ord(letter) in known)
    return texts.cut(" ".join(drawn.split()), _NAME_ROOM) or texts.UNNAMED


def _rows(guide: Guide) -> list[_Box]:
    """Steps one below the other; those of a map are not joined, for none of them comes first."""
    is_chain = guide.form is GuideForm.STEPS
    rows = []
    for at, step in enumerate(guide.steps):
        name = f"{at + 1}. {step.name}" if is_chain else step.name
        parent = at - 1 if is_chain and at else None
        rows.append(_Box(_wrapped(name, _NAME, 0), _wrapped(step.says, _TEXT, 0), 0, not is_chain, "", parent))
    return rows


def _tree(guide: Guide) -> list[_Box]:
    """A tree as it is read: each node below the one it comes from, and further in."""
    made: list[_Box] = []
    last_at_depth: dict[int, int] = {}
    for depth, said, node in guide.outline():
        name = f"Inspect: {node.name}" if node.is_leaf else node.name
        parent = last_at_depth.get(depth - 1)
        made.append(_Box(_wrapped(name, _NAME, depth), (), depth, node.is_leaf, said, parent))
        last_at_depth[depth] = len(made) - 1
    return made


def _wrapped(text: str, size: int, indent: int) -> tuple[str, ...]:
    room = WIDTH - 2 * (_MARGIN + _PAD) - indent * _INDENT
    return tuple(textwrap.wrap(text, max(10, int(room / (_LETTER * size)))))


def _draw_box(axes: "Axes", box: _Box, top: float) -> None:
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415

    left = _MARGIN + box.indent * _INDENT
    shape = "round,pad=0,rounding_size=18" if box.is_leaf else "square,pad=0"
    colour = _LEAF if box.is_leaf else _STEP
    frame = FancyBboxPatch(
        (left, top), WIDTH - _MARGIN - left, box.height, boxstyle=shape, facecolor=colour, edgecolor=_SOFT, linewidth=2
    )
    axes.add_patch(frame)
    y = top + _PAD
    for lines, size, weight in ((box.name, _NAME, "bold"), (box.text, _TEXT, "normal")):
        for line in lines:
            font = size * _POINTS / _DPI
            axes.text(left + _PAD, y, line, fontsize=font, fontweight=weight, color=_INK, va="top", ha="left")
            y += size * _LINE


def _line_to(axes: "Axes", box: _Box, parent: _Box, tops: tuple[float, float]) -> None:
    """The line from the box above, with the answer that leads along it."""
    left = _MARGIN + parent.indent * _INDENT + _INDENT / 2
    start, end = tops[0] + parent.height, tops[1]
    if box.indent == parent.indent:
        arrow = {"arrowstyle": "-|>", "color": _SOFT, "linewidth": 3, "mutation_scale": 22}
        axes.annotate("", xy=(left, end), xytext=(left, start), arrowprops=arrow)
        return
    middle = end + min(box.height / 2, _NAME)
    axes.plot([left, left, _MARGIN + box.indent * _INDENT], [start, middle, middle], color=_SOFT, linewidth=3)
    font = _LABEL * _POINTS / _DPI
    axes.text(left + 16, end - 8, box.label, fontsize=font, color=_SOFT, va="bottom", ha="left", fontstyle="italic")
