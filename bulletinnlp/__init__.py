"""bulletinnlp: Chinese local newspapers to tables — who did what, where and when.

>>> import bulletinnlp
>>> text = "我区开展线上教研\\n\\n东昌府讯 11月27日晚，区教研中心举行线上教研活动。\\n(区教体局)"
>>> bulletinnlp.extract(bulletinnlp.Page("p1", text, published="2022-11")).articles.loc[0, "headline"]
'我区开展线上教研'
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from bulletinnlp.startup import SWITCH, without_torch

if TYPE_CHECKING:
    from bulletinnlp.articles.article import Article
    from bulletinnlp.extraction import Extraction
    from bulletinnlp.pages import Page, read
    from bulletinnlp.pipeline import load
    from bulletinnlp.runs.extract import extract

__version__ = "0.1.0"
__all__ = ["Article", "Extraction", "Page", "extract", "load", "read"]

# Loaded when first asked for: spaCy and pandas take a second that `bulletinnlp --help` need not wait.
_HOMES = {
    "Article": "bulletinnlp.articles.article",
    "Extraction": "bulletinnlp.extraction",
    "Page": "bulletinnlp.pages",
    "extract": "bulletinnlp.runs.extract",
    "load": "bulletinnlp.pipeline",
    "read": "bulletinnlp.pages",
}

if os.environ.get(SWITCH):
    without_torch()


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bulletinnlp' has no attribute '{name}'")
    globals()[name] = getattr(import_module(_HOMES[name]), name)
    return globals()[name]


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
