"""From what a program hands over to sources: names of files, pages, tables in memory.

A string is the name of a file; one that can only be a text is refused, and the message says where texts go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from os import PathLike
from pathlib import Path
from typing import Any

import regex

from bulletinnlp.pages.files import Source
from bulletinnlp.pages.memory_tables import is_table, table_of, table_of_rows, table_of_texts
from bulletinnlp.pages.page import Page

#: What a text has and the name of a file hardly has: lines, sentences, words without an ending behind them.
_TEXT = regex.compile(r".*[\n\r]|(?:.*[。！？；，：“”]|\p{Han}{8}|.{120})(?!.*\.\w{1,7}$)(?!.*[/\\*?])", regex.DOTALL)
#: What a source can not be.
_NONE = object()
_TEXTS_GO = (
    "if it is a text, give it as extract(texts=[…]) or bulletinnlp.Page.of(text), to the command by standard input"
)
_SOURCES = "name files or folders, or give pages, a DataFrame, or rows as dicts"


def sources_of(handed: Any = None, texts: str | Iterable[Any] | None = None) -> list[Source]:
    """Names of files, pages and tables of rows, one or many, and texts, as a list of sources.

    | handed over | it becomes |
    | --- | --- |
    | a string, a `Path` | the name of a file, a folder, a glob; `"-"` is standard input |
    | a `Page` | itself |
    | a DataFrame, an Arrow table | a table |
    | dicts that follow one another | the rows of one table |
    | a dict of lists of one length; another dict | the columns of a table; a row |
    | `texts` | a table of texts |

    Raises ValueError for a string that is no name of a file but a text, and where there is nothing, TypeError for what
    is no source; both name the way for it.

    >>> sources_of([{"正文": "近日，县一中开学。"}, {"正文": "昨日，县二中开学。"}])[0].columns
    ('正文',)
    """
    if handed is None and texts is None:
        raise TypeError("there is nothing to read: name files or folders, or give pages, rows or texts")
    if isinstance(texts, Mapping):
        raise TypeError("texts are strings, not a dict; rows go first: extract([{'page_id': …, 'text': …}])")
    found = [] if handed is None else list(_sources(handed))
    if not found and texts is None:
        raise ValueError(f"there is nothing to read: {_shown(handed)} holds nothing; {_SOURCES}")
    return found if texts is None else [*found, table_of_texts(texts)]


def _sources(handed: Any) -> Iterator[Source]:
    if isinstance(handed, Mapping):
        handed = _as_rows(handed)
    if isinstance(handed, (str, bytes, PathLike, Page)) or _is_doc(handed) or is_table(handed):
        handed = [handed]
    try:
        items = iter(handed)
    except TypeError:
        raise _no_source(handed) from None
    first = next(items, _NONE)
    if first is _NONE:
        return
    if isinstance(first, Mapping) and iter(handed) is items:  # an iterator of rows, which is not held in memory
        yield table_of_rows(chain([first], items))
        return
    number = 0
    for is_row, some in groupby(chain([first], items), lambda item: isinstance(item, Mapping)):
        if is_row:
            number += 1
            yield table_of_rows(list(some), number)
            continue
        for item in some:
            if isinstance(item, (str, PathLike, Page)):
                yield _named(item)
            elif not _is_doc(item) and is_table(item):
                number += 1
                yield table_of(item, number)
            else:
                raise _no_source(item)


def _as_rows(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A dict as rows: the columns of a table, or a row by itself.

    >>> _as_rows({"标题": ["甲", "乙"], "正文": ["一", "二"]})
    [{'标题': '甲', '正文': '一'}, {'标题': '乙', '正文': '二'}]
    >>> _as_rows({"标题": "甲", "正文": ["第一段。", "第二段。"]})
    [{'标题': '甲', '正文': ['第一段。', '第二段。']}]
    """
    columns = list(row.values())
    listed = all(hasattr(cells, "__len__") and not isinstance(cells, (str, bytes, Mapping)) for cells in columns)
    if not listed or len({len(cells) for cells in columns}) != 1:
        return [row]
    return [dict(zip(row, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _is_doc(item: Any) -> bool:
    return type(item).__module__.startswith("spacy.")


def _no_source(item: Any) -> TypeError:
    hint = "Extraction.from_docs(docs) gives the tables of Docs" if _is_doc(item) else _SOURCES
    return TypeError(f"{_shown(item)} is no source: {hint}")


def _named(source: Source) -> Source:
    """The source; a string that is a text, and no file's name, is refused."""
    is_text = isinstance(source, str) and (not source.strip() or _TEXT.match(source))
    if source == "" or (is_text and not _is_there(str(source))):
        raise ValueError(f"{_shown(source)} is no file or folder; {_TEXTS_GO}")
    return source


def _is_there(name: str) -> bool:
    try:
        return Path(name).exists()
    except (OSError, ValueError):
        return False


def _shown(what: Any) -> str:
    text = " ".join(what.split()) if isinstance(what, str) else repr(what)
    short = text if len(text) <= 20 else f"{text[:20]}…"
    return f"'{short}'" if isinstance(what, str) else short
