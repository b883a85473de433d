"""What the tests of plots share: figures without a screen, closed after each test."""

from collections.abc import Iterator

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

import bulletinnlp

mpl.use("Agg")

TEXTS = [
    "本报讯 11月27日，临清市公安局在振华社区举行消防演练。11月27日，临清市公安局走访振华社区老党员。",
    "本报讯 11月29日，临清市民政局为临清市公安局捐赠口罩。11月30日，茌平区教育局将召开会议。",
    "本报讯 近日，王强在高唐县走访困难群众。",
]


@pytest.fixture(scope="session")
def found() -> bulletinnlp.Extraction:
    """Three short articles of 聊城."""
    return bulletinnlp.extract(texts=TEXTS, published="2022-11-30")


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    plt.close("all")
