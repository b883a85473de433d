"""How plots look: colours that colour-blind readers can tell apart, few lines, the font that ships with the package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulletinnlp.report.fonts import chinese_font

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Okabe and Ito's colours, as in the HTML view (https://jfly.uni-koeln.de/color/); those of light ink last.
BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442",
)  # fmt: skip
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, SKY, RED, YELLOW)
#: On these, numbers are white.
DARK = frozenset((BLUE, GREEN, RED))
INK, GREY, FAINT, PALE = "#222222", "#5f5f5f", "#d9d9d9", "#efefef"
#: Of what was only planned, or denied.
LIGHT_BLUE = "#a9d0e8"
#: In points.
TITLE, LABEL, SMALL = 13, 9.5, 8.5


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
    """Title and the line under it, over the left edge."""
    lines = note.count("\n") + 1 if note else 0
    ax.set_title(title, loc="left", fontsize=TITLE, color=INK, pad=8 + 13 * lines)
    ax.annotate(
        note, (0, 1), (0, 6), xycoords="axes fraction", textcoords="offset points", fontsize=SMALL, color=GREY,
        ha="left", va="bottom", annotation_clip=False, linespacing=1.35,
    )  # fmt: skip


def finish(ax: Axes) -> Axes:
    """The axes, with all their text in a font that has Chinese; other axes and later figures keep theirs."""
    from matplotlib.text import Text

    fonts = _fonts()
    for text in ax.findobj(Text):
        text.set_fontfamily(fonts)
    ax.tick_params(which="both", labelfontfamily=fonts)
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
