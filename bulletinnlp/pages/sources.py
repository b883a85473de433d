"""From whatever a program hands over to sources: files by name, pages, tables of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from os import PathLike
from pathlib import Path
from typing import Any

import regex

from bulletinnlp.pages.files import Source
from bulletinnlp.pages.frames import is_table, rows_of, rows_of_texts, table_of
from bulletinnlp.pages.page import Page

#: What a text has and the name of a file hardly has: lines, sentences, words without an ending behind them.
_TEXT = regex.compile(r".*[\n\r]|(?:.*[。！？；，：“”]|\p{Han}{8}|.{120})(?!.*\.\w{1,7}$)(?!.*[/\\*?])", regex.DOTALL)
#: What a source can not be.
_NONE = object()
_DOORS = "if it is a text, give it as extract(texts=[…]) or bulletinnlp.Page.of(text), to the command by standard input"
_SOURCES = "name files or folders, or give pages, a DataFrame, or rows as dicts"


def sources_of(given: Any = None, texts: str | Iterable[Any] | None = None) -> list[Source]:
    """Names of files, pages and tables of rows, one or many, and texts, as a list of sources.

    A dict is a row; dicts that follow one another are rows of one table. Raises ValueError for a string that is no
    name of a file but a text, and where there is nothing, TypeError for what is no source; both name the door for it.

    >>> sources_of([{"正文": "近日，县一中开学。"}, {"正文": "昨日，县二中开学。"}])[0].columns
    ('正文',)
    """
    if given is None and texts is None:
        raise TypeError("there is nothing to read: name files or folders, or give pages, rows or texts")
    if isinstance(texts, Mapping):
        raise TypeError("texts are strings, not a dict; rows go first: extract([{'page_id': …, 'text': …}])")
    found = [] if given is None else list(_sources(given))
    if not found and texts is None:
        raise ValueError(f"there is nothing to read: {_shown(given)} holds nothing; {_SOURCES}")
    return found if texts is None else [*found, rows_of_texts(texts)]


def _sources(given: Any) -> Iterator[Source]:
    if isinstance(given, Mapping):
        given = _as_rows(given)
    if isinstance(given, (str, bytes, PathLike, Page)) or _is_doc(given) or is_table(given):
        given = [given]
    try:
        items = iter(given)
    except TypeError:
        raise _no_source(given) from None
    first = next(items, _NONE)
    if first is _NONE:
        return
    if isinstance(first, Mapping) and iter(given) is items:  # an iterator of rows, which is not held in memory
        yield rows_of(chain([first], items))
        return
    number = 0
    for is_row, some in groupby(chain([first], items), lambda item: isinstance(item, Mapping)):
        if is_row:
            number += 1
            yield rows_of(list(some), number)
            continue
        for item in some:
            if isinstance(item, (str, PathLike, Page)):
                yield _named(item)
            elif not _is_doc(item) and is_table(item):
                number += 1
                yield table_of(item, number)
            else:
                raise _no_source(item)


def _as_rows(given: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """A dict as rows: the columns of a table, or a row by itself.

    >>> _as_rows({"标题": ["甲", "乙"], "正文": ["一", "二"]})
    [{'标题': '甲', '正文': '一'}, {'标题': '乙', '正文': '二'}]
    >>> _as_rows({"标题": "甲", "正文": ["第一段。", "第二段。"]})
    [{'标题': '甲', '正文': ['第一段。', '第二段。']}]
    """
    columns = list(given.values())
    listed = all(hasattr(cells, "__len__") and not isinstance(cells, (str, bytes, Mapping)) for cells in columns)
    if not listed or len({len(cells) for cells in columns}) != 1:
        return [given]
    return [dict(zip(given, cells, strict=True)) for cells in zip(*columns, strict=True)]


def _is_doc(given: Any) -> bool:
    return type(given).__module__.startswith("spacy.")


def _no_source(given: Any) -> TypeError:
    told = "Extraction.from_docs(docs) gives the tables of Docs" if _is_doc(given) else _SOURCES
    return TypeError(f"{_shown(given)} is no source: {told}")


def _named(source: Source) -> Source:
    """The source; a string that is a text, and no file's name, is refused."""
    is_text = isinstance(source, str) and (not source.strip() or _TEXT.match(source))
    if source == "" or (is_text and not _is_there(str(source))):
        raise ValueError(f"{_shown(source)} is no file or folder; {_DOORS}")
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
