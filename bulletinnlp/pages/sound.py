"""A `Page` that somebody made, with fields as the tables need them."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

from bulletinnlp.pages.dates import is_missing, stated_date
from bulletinnlp.pages.page import Page

_TEXTS = ("path", "encoding", "sha256", "paper", "home")


def sound(page: Page) -> tuple[Page, list[str]]:
    """The page with its fields as strings and None, and what is wrong with others, which are left out.

    Missing values of pandas are None; a `date`, a timestamp and a year are dates of issue.

    >>> page, wrong = sound(Page("p1", "我区开展线上教研", published=2022, paper=float("nan"), home=3))
    >>> page.published, page.paper, page.home, wrong
    ('2022', None, None, ['its home is 3, which is no text; it was left out'])
    """
    fields: dict[str, str | None] = {}
    wrong: list[str] = []
    for name in _TEXTS:
        fields[name] = value = _text(getattr(page, name))
        if value is None and not is_missing(getattr(page, name)):
            wrong.append(f"its {name} is {getattr(page, name)!r:.100}, which is no text; it was left out")
    try:
        fields["published"] = stated_date(page.published)
    except (ValueError, TypeError):
        fields["published"] = None
        told = "which is no date of issue (2022-11-29, 2022-11 or 2022); it was left out"
        wrong.append(f"its published is {page.published!r:.100}, {told}")
    return replace(page, **fields), wrong  # type: ignore[arg-type]


def _text(value: Any) -> str | None:
    if isinstance(value, os.PathLike):
        value = os.fspath(value)
    return value if isinstance(value, str) else None
