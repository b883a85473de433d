"""Short names as cases: the persons of an article as printed, and whom its short names mean."""

from __future__ import annotations

import pytest

from bulletinnlp.text.short_names import full_names, is_short, listed_surname_of, surname_of

CASES = [
    ("郭宝江 老郭", "老郭=郭宝江"),
    ("桓少卿 桓教授 仇海生 仇队长", "桓教授=桓少卿 仇队长=仇海生"),
    ("郭宝江 郭大海 老郭", ""),
    ("郭宝江 郭宝江 郭宝江 郭大海 老郭", "老郭=郭宝江"),
    ("胡少军 胡大爹", ""),
    ("耿奶奶", ""),
    ("欧阳少恭 欧阳老师", "欧阳老师=欧阳少恭"),
]


@pytest.mark.parametrize(("printed", "wanted"), CASES)
def test_whom_short_names_mean(printed: str, wanted: str) -> None:
    assert full_names(printed.split()) == dict(pair.split("=") for pair in wanted.split())


def test_a_short_name_leaves_the_given_name_out() -> None:
    assert [name for name in ("高女士", "老张", "康某某", "张工", "孙乐文", "高明") if is_short(name)] == [
        "高女士",
        "老张",
        "康某某",
        "张工",
    ]


def test_a_surname_is_listed_or_only_stands_in_its_place() -> None:
    assert [(surname_of(name), listed_surname_of(name)) for name in ("仇队长", "囧老师", "老囧", "孙乐文")] == [
        ("仇", "仇"),
        ("囧", None),
        ("囧", None),
        (None, None),
    ]
