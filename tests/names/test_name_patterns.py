"""Marked-up sentences: [P:…] person, [O:…] organisation, [L:…] place. The patterns alone."""

import re

import pytest

from bulletinnlp.names.name_patterns import find

MARK = re.compile(r"\[([POL]):([^\]]*)\]")
LABEL = {"P": "PER", "O": "ORG", "L": "PLACE"}


def read(marked: str) -> tuple[str, list[tuple[str, str]]]:
    return MARK.sub(r"\2", marked), [(LABEL[m[1]], m[2]) for m in MARK.finditer(marked)]


@pytest.mark.parametrize(
    "marked",
    [
        "近日，[O:县市场监督管理局]执法人员对药店进行检查。",
        "家住这里的[P:高女士]说，以后不用再跑腿了。",
        "[L:柳园街道聚源社区]的居民排起了队。",
        "全市各村、各社区都行动起来。",
    ],
)
def test_sentences(marked: str) -> None:
    text, wanted = read(marked)
    assert [(name.label, text[name.start : name.end]) for name in find(text)] == wanted
