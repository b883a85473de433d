"""`annotate`: articles with what was found in them, written so that people can correct it; and read back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bulletinnlp.evaluation.article import AnnotatedArticle
from bulletinnlp.evaluation.marked import marked_files, read_marked

if TYPE_CHECKING:
    pass

Format = Literal["marked", "brat", "label-studio"]
FORMATS: tuple[Format, ...] = ("marked", "brat", "label-studio")


def is_label_studio(data: Any) -> bool:
    return False


def read_annotated(path: str | Path) -> list[AnnotatedArticle]:
    path = Path(path)
    return read_marked(path) if marked_files(path) else []
