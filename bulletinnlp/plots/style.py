"""How plots look: colours that colour-blind readers can tell apart, few lines, the font that ships with the package."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulletinnlp.plots.fonts import chinese_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.transforms import Bbox

#: Okabe and Ito's colours, as in the HTML view (https://jfly.uni-koeln.de/color/).
BLUE, ORANGE, GREEN, RED = "#0072B2", "#E69F00", "#009E73", "#D55E00"
INK, GREY, FAINT = "#222222", "#5f5f5f", "#d9d9d9"
#: Of what was only planned, or denied.
LIGHT_BLUE = "#a9d0e8"
#: In points.
TITLE, LABEL, SMALL = 13, 9.5, 8.5


#: Kept free around axes that make room for themselves, in points.
EDGE = 3.0
#: Columns of a legend under axes.
COLUMNS = 4
#: Marks the line under the title.
NOTE = "note"


def axes_for(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """The axes, or those of a new figure of so many inches."""
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    _, made = plt.subplots(figsize=size, layout="constrained", facecolor="white")
    return made


def size_of(ax: Axes) -> tuple[float, float]:
    """Width and height of axes, in points."""
    box = ax.get_window_extent()
    points = 72 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width * points, box.height * points


def head(ax: Axes, title: str, note: str) -> None:
    """Title and the line under it, over the left edge; lines wider than the axes' part of the figure are broken."""
    text = _title(ax, title, note)
    written = ax.annotate(
        text, (0, 1), (0, 6), xycoords="axes fraction", textcoords="offset points", fontsize=SMALL, color=GREY,
        ha="left", va="bottom", annotation_clip=False, linespacing=1.35, gid=NOTE,
    )  # fmt: skip
    written.set_label(f"_{note}")  # a label that begins so is in no legend


def _title(ax: Axes, title: str, note: str) -> str:
    """Write the title as high as the note under it asks; gives the note in lines."""
    text = "\n".join(broken(line, _room(ax), SMALL) for line in note.split("\n"))
    lines = text.count("\n") + 1 if text else 0
    ax.set_title(title, loc="left", fontsize=TITLE, color=INK, pad=8 + 13 * lines)
    return text


def _break_anew(ax: Axes) -> None:
    """The note in lines as wide as the axes' part now is."""
    for text in ax.texts:
        if text.get_gid() == NOTE:
            text.set_text(_title(ax, ax.get_title(loc="left"), str(text.get_label())[1:]))


def legend_below(ax: Axes, apart: float) -> None:
    """The legend under the axes, `apart` times the size of its text below; in fewer columns where they are narrow."""
    texts = ax.get_legend_handles_labels()[1]
    wide = max((width_of(text, SMALL) for text in texts), default=0) + 3.5 * SMALL
    ax.legend(
        loc="upper center", bbox_to_anchor=(0.5, 0), borderaxespad=apart, frameon=False, fontsize=SMALL,
        ncols=max(1, min(COLUMNS, int(_room(ax) / wide))), labelcolor=INK, handlelength=1, handleheight=0.9,
        columnspacing=1.6,
    )  # fmt: skip


def make_room(ax: Axes, below: float = 0.0, above: float = 0.0) -> None:
    """Shrink axes so that what stands around them is in their part of the figure; nothing where a layout does that.

    `below` and `above` are points to keep free there for what is not drawn yet.
    """
    from matplotlib.transforms import Bbox

    figure = ax.get_figure(root=True)
    if figure is None or figure.get_layout_engine() is not None or _layout_of(ax) is None:
        return
    dot = figure.dpi / 72
    part = _layout_of(ax)
    for _ in range(3):
        all_, own = ax.get_tightbbox(), ax.get_window_extent()
        if part is None or all_ is None:
            return
        labels = ax.yaxis.get_tightbbox() if ax.axison else None
        left, right = labels.x0 if labels else own.x0, own.x1
        over = [
            max(0.0, part.x0 + EDGE * dot - left), max(0.0, part.y0 + EDGE * dot - min(all_.y0, own.y0 - below * dot)),
            max(0.0, right - part.x1 + EDGE * dot), max(0.0, max(all_.y1, own.y1 + above * dot) - part.y1 + EDGE * dot),
        ]  # fmt: skip
        if max(over) < 0.5:
            return
        box = Bbox([[own.x0 + over[0], own.y0 + over[1]], [own.x1 - over[2], own.y1 - over[3]]])
        if box.width < 0.3 * own.width or box.height < 0.3 * own.height:
            return
        ax.set_position(box.transformed(figure.transSubfigure.inverted()).bounds)
        ax.set_in_layout(True)


def _layout_of(ax: Axes) -> Bbox | None:
    """The part of the figure that is the axes', in pixels: to the middle of the gaps between axes; None if unknown."""
    from matplotlib.transforms import Bbox

    figure = ax.get_figure(root=True)
    spec = ax.get_subplotspec()
    if figure is None or spec is None or ax.get_figure(root=False) is not figure:
        return None
    bottoms, tops, lefts, rights = spec.get_gridspec().get_grid_positions(figure)
    rows, columns = spec.rowspan, spec.colspan
    first, last, west, east = rows.start, rows.stop - 1, columns.start, columns.stop - 1
    high = 1.0 if first == 0 else (tops[first] + bottoms[first - 1]) / 2
    low = 0.0 if last == len(bottoms) - 1 else (bottoms[last] + tops[last + 1]) / 2
    left = 0.0 if west == 0 else (lefts[west] + rights[west - 1]) / 2
    right = 1.0 if east == len(lefts) - 1 else (rights[east] + lefts[east + 1]) / 2
    return Bbox([[left, low], [right, high]]).transformed(figure.transSubfigure)


def _room(ax: Axes) -> float:
    """How wide a line around the axes may be, in points."""
    figure, part = ax.get_figure(root=True), _layout_of(ax)
    own = ax.get_window_extent()
    if figure is None:
        return size_of(ax)[0]
    wide = own.width if part is None else part.x1 - own.x0
    return float(wide) * 72 / figure.dpi - EDGE


def width_of(text: str, size: float) -> float:
    """How wide a text is, in points: a Chinese character as wide as high, others little more than half.

    >>> round(width_of("东昌府区 12", 10))
    57
    """
    return sum(size if ord(letter) > 0x2E7F else 0.58 * size for letter in text)


def broken(text: str, wide: float, size: float) -> str:
    """A text in lines of at most so many points, broken at blanks and between Chinese characters.

    >>> broken("4 个事件中的 3 个，其余日期不明", 120, 10)
    '4 个事件中的 3 个，其余\\n日期不明'
    """
    pieces = re.findall(
        r"[^\s\u2e80-\uffff]+[\u3001-\u3002\uff01-\uff1f]?\s*|[\u2e80-\uffff][，。；：、）]?\s*|\s+", text
    )
    lines = [""]
    for piece in pieces:
        if lines[-1] and width_of((lines[-1] + piece).rstrip(), size) > wide:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def finish(ax: Axes) -> Axes:
    """The axes, with all their text in a font that has Chinese; other axes and later figures keep theirs."""
    from matplotlib.text import Text

    fonts = _fonts()
    for text in ax.findobj(Text):
        text.set_fontfamily(fonts)
    ax.tick_params(which="both", labelfontfamily=fonts)
    make_room(ax)
    _break_anew(ax)
    make_room(ax)
    return ax


def _fonts() -> list[str]:
    """The font that ships, then those of the settings that this machine has, for characters beyond it."""
    from matplotlib import font_manager, rcParams

    ours = chinese_font()
    here = {font.name for font in font_manager.fontManager.ttflist}
    return [ours, *(name for name in rcParams["font.sans-serif"] if name in here and name != ours)]


def empty(ax: Axes, title: str, note: str) -> Axes:
    """Axes that say that there is nothing to draw."""
    head(ax, title, "")
    ax.set_axis_off()
    ax.text(0.5, 0.5, note, transform=ax.transAxes, ha="center", va="center", color=GREY, fontsize=LABEL)
    return finish(ax)


def plain(ax: Axes, keep: str) -> None:
    """Only one edge of the axes is drawn, and ticks are short and grey."""
    for side, spine in ax.spines.items():
        spine.set_visible(side == keep)
        spine.set_color(GREY)
    ax.tick_params(colors=GREY, labelsize=SMALL, length=3, labelcolor=INK)
    ax.set_facecolor("white")
    ax.set_axisbelow(True)
