"""What all plots share: axes in and out, Chinese on any machine, nothing changed elsewhere, an extra that is named."""

import subprocess
import sys
import warnings
from io import BytesIO

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.text import Text

import bulletinnlp
from bulletinnlp.plots.fonts import chinese_font

KINDS = ["timeline", "actors", "map", "network"]


@pytest.mark.parametrize("kind", KINDS)
def test_axes_in_axes_out(kind: str, found: bulletinnlp.Extraction) -> None:
    _, ax = plt.subplots(layout="constrained")
    assert getattr(found.plot, kind)(ax) is ax
    assert getattr(found.plot, kind)() is not ax


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_chinese_without_a_font_on_the_machine(kind: str, language: str, seeds: bulletinnlp.Extraction) -> None:
    """Every text has the font that ships; what it lacks would be a warning of matplotlib's."""
    before = dict(mpl.rcParams)
    ax = getattr(seeds.plot, kind)(language=language)
    assert {text.get_fontfamily()[0] for text in ax.findobj(Text)} == {chinese_font()}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ax.figure.savefig(BytesIO(), format="png")
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("kind", KINDS)
def test_another_language(kind: str, found: bulletinnlp.Extraction) -> None:
    with pytest.raises(ValueError, match="language 'de' is unknown; choose en, zh"):
        getattr(found.plot, kind)(language="de")


def test_without_events() -> None:
    found = bulletinnlp.Extraction({})
    with pytest.raises(AttributeError, match="the stage bulletin_events did not run"):
        found.plot.timeline()


def test_docs_have_plots() -> None:
    """The tables of Docs have no segments; plots need none."""
    nlp = bulletinnlp.load(published="2022-11-29")
    found = bulletinnlp.Extraction.from_docs([nlp("11月27日，县一中举行运动会。")])
    assert [round(bar.get_height()) for bar in found.plot.timeline().containers[0]] == [1]


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr.strip().rpartition("\n")[2]


def test_one_line_without_the_extra() -> None:
    code = "import sys; sys.modules['matplotlib'] = None; import bulletinnlp; bulletinnlp.Extraction({}).plot"
    assert run(code) == "ModuleNotFoundError: plots need matplotlib: pip install 'bulletinnlp[plots]'"


def test_nothing_heavy_at_import() -> None:
    code = (
        "import sys, bulletinnlp; bulletinnlp.Extraction({}).plot; print({'matplotlib', 'networkx'} & {*sys.modules})"
    )
    assert run(code) == "set()\n"


BARE = """
import warnings
from io import BytesIO
import matplotlib
matplotlib.use("Agg")
from matplotlib import font_manager
font_manager.fontManager.ttflist[:] = [f for f in font_manager.fontManager.ttflist if f.name == "DejaVu Sans"]
warnings.simplefilter("error")
import bulletinnlp
found = bulletinnlp.extract(texts=["3月1日，县残联在临清市走访困难群众。"], published="2022-03-05")
for kind in ("timeline", "actors", "map", "network"):
    getattr(found.plot, kind)(language="zh").figure.savefig(BytesIO(), format="png")
print(len(font_manager.fontManager.ttflist) > 0)
"""


def test_chinese_on_a_machine_with_dejavu_alone() -> None:
    assert run(BARE) == "True\n"


@pytest.mark.parametrize("grid", [(1, 1), (1, 2), (2, 1)])
@pytest.mark.parametrize("kind", KINDS)
def test_all_is_in_the_picture(kind: str, grid: tuple[int, int], seeds: bulletinnlp.Extraction) -> None:
    """Axes of a plain figure make room: legend, title and note are in it."""
    figure, axes = plt.subplots(*grid)
    for ax in figure.axes:
        getattr(seeds.plot, kind)(ax)
    figure.canvas.draw()
    for ax in figure.axes:
        if legend := ax.get_legend():
            box, whole = legend.get_window_extent(), figure.bbox
            assert box.x0 >= whole.x0
            assert box.y0 >= whole.y0
            assert box.x1 <= whole.x1
            assert box.y1 <= whole.y1
    assert axes is not None
