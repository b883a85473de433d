"""Chinese glyphs in plots, on machines that have no Chinese font."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file

from bulletinnlp.data import resource


@cache
def chinese_font() -> str:
    """Make the font that ships in the package known to matplotlib; gives its name. Nothing is drawn with it by itself.

    The font is Noto Sans SC with the 7,445 characters of GB 2312 (SIL Open Font License, `data/fonts/OFL.txt`). Needs
    matplotlib.
    """
    from matplotlib import font_manager

    with as_file(resource("fonts", "NotoSansSC.otf")) as path:
        font_manager.fontManager.addfont(str(path))
        return font_manager.FontProperties(fname=str(path)).get_name()


def use_chinese_font() -> str:
    """Let matplotlib draw Chinese with the font that ships in the package, from now on; gives the font's name.

    Characters beyond it (rare names) are taken from the machine's own fonts, where it has them. Needs matplotlib; what
    `extraction.plot` draws has the font already.
    """
    import matplotlib as mpl

    name = chinese_font()
    others = [font for font in mpl.rcParams["font.sans-serif"] if font != name]
    mpl.rcParams["font.sans-serif"] = [name, *others]
    mpl.rcParams["font.family"] = "sans-serif"
    mpl.rcParams["axes.unicode_minus"] = False  # the font has the hyphen, not the minus sign U+2212
    return name
