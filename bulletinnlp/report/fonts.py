"""Chinese glyphs in plots, on machines that have no Chinese font."""

from __future__ import annotations

from importlib.resources import as_file

from bulletinnlp.data import resource


def use_chinese_font() -> str:
    """Let matplotlib draw Chinese with the font that ships in the package; gives the font's name.

    The font is Noto Sans SC with the 7,445 characters of GB 2312 (SIL Open Font License, `data/fonts/OFL.txt`).
    Characters beyond it (rare names) are taken from the machine's own fonts, where it has them. Needs matplotlib.
    """
    import matplotlib as mpl
    from matplotlib import font_manager

    with as_file(resource("fonts", "NotoSansSC.otf")) as path:
        font_manager.fontManager.addfont(str(path))
        name = font_manager.FontProperties(fname=str(path)).get_name()
    mpl.rcParams["font.sans-serif"] = [name, *mpl.rcParams["font.sans-serif"]]
    mpl.rcParams["font.family"] = "sans-serif"
    mpl.rcParams["axes.unicode_minus"] = False  # the font has the hyphen, not the minus sign U+2212
    return name
