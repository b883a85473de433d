"""Articles as marked text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import regex

from bulletinnlp.evaluation.annotated_article import ROLES, TIMES, AnnotatedArticle, by_page
from bulletinnlp.evaluation.marked.grammar import (
    ARTICLE,
    CELLS,
    EVENT_CELLS,
    FLAGS,
    HEAD_LINE,
    LISTS,
    PLAIN,
    TEXTS,
    ends_of,
    escaped,
    event_line,
    in_a_line,
    line_of,
    marked,
    type_words,
)
from bulletinnlp.evaluation.new_files import write_new


def write_marked(articles: Iterable[AnnotatedArticle], path: str | Path) -> Path:
    """Write articles into a file; into a folder (a path without an ending), a file a page. Gives the path.

    `read_marked` gives the same articles again. Raises FileExistsError if a file is there.

    >>> import tempfile
    >>> from bulletinnlp.evaluation.annotated_article import Mark
    >>> article = AnnotatedArticle("p#1", body="孙乐文到仙庄村走访。", marks=(Mark("PER", 0, 3), Mark("PLACE", 4, 7)))
    >>> path = write_marked([article], Path(tempfile.mkdtemp(), "mine.txt"))
    >>> path.read_text(encoding="utf-8").splitlines()[-1]
    '[P:孙乐文]到[L:仙庄村]走访。'
    """
    path = Path(path)
    if path.suffix and not path.is_dir():
        write_new([(path, marked_text(articles))])
        return path
    path.mkdir(parents=True, exist_ok=True)
    pages = by_page(articles)
    files = zip(file_names(pages), pages.values(), strict=True)
    write_new((path / f"{name}.txt", marked_text(some)) for name, some in files)
    return path


def file_names(ids: Iterable[str]) -> list[str]:
    """A name that every file system takes for each id, no two the same.

    >>> file_names(["2022-11-29#1", "a/b", "a:b"])
    ['2022-11-29#1', 'a_b', 'a_b_2']
    """
    found: list[str] = []
    taken: set[str] = set()
    for one in ids:
        plain = regex.sub(r"[^\w.#-]", "_", one)[:100].strip(".") or "article"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain}_{number}"
        taken.add(name.casefold())
        found.append(name)
    return found


def marked_text(articles: Iterable[AnnotatedArticle]) -> str:
    """Articles as marked text, with a head that says how it is corrected."""
    types = [f"{kind} {word}" for kind, word in type_words().items()]
    head = f"""\
# Correct what is wrong, and save. Then: bulletinnlp evaluate FOLDER TABLES. Lines that begin with # are notes.
# In the text: [P:person] [O:body] [L:place] [T:time={"|".join(TIMES)}=value] [R:stand-in=its name]
# Below it, a line each:
#   contributors: {CELLS["contributors"]}, the role one of {" ".join(ROLES)}
#   roles: {CELLS["roles"]}, for titles that stand beside a name
#   quotes: {CELLS["quotes"]}
#   events: {EVENT_CELLS}
#     several who, whom, where with ; between; ~ before an actor without a name; flags {" ".join(FLAGS)}
#     types, in English or Chinese, the first letters will do:
#       {", ".join(types[:7])},
#       {", ".join(types[7:14])},
#       {", ".join(types[14:])}"""
    return "\n".join([head, *(line for article in articles for line in _lines(article)), ""])


def _lines(article: AnnotatedArticle) -> Iterator[str]:
    yield ARTICLE
    at = f"{article.at[0]}-{article.at[1]}" if article.at else ""
    plain = {"id": article.article_id, "at": at}
    values = {name: plain.get(name, getattr(article, name, None)) for name in PLAIN}
    yield from (f"{name}: {in_a_line(value)}" for name, value in values.items() if value)
    places = {part.kind: part for part in article.parts}
    for name in TEXTS:
        if part := places.get(name):  # type: ignore[call-overload]
            yield f"{name}: {marked(article.text, part.start, part.end, article.marks)}"
    yield "body:"
    if part := places.get("body"):
        at_line = part.start
        starts = [mark.start for mark in article.marks]
        for paragraph in article.text[part.start : part.end].split("\n"):
            end = at_line + len(paragraph)
            mine = article.marks[bisect_left(starts, at_line) : bisect_left(starts, end)]
            line = marked(article.text, at_line, end, mine)
            special = line.startswith(("#", ARTICLE)) or HEAD_LINE.fullmatch(line)
            yield "\\" + line if special else line
            at_line += len(paragraph) + 1
    for name in LISTS:
        if getattr(article, name) is not None:
            yield f"{name}:"
            yield from map(str.rstrip, _WRITERS[name](article))


def _rows(rows: Iterable[Iterable[str | None]] | None) -> Iterator[str]:
    return (_never_a_note(line_of(*row)) for row in rows or ())


def _quotes(article: AnnotatedArticle) -> Iterator[str]:
    after = 0
    for quote in article.quotes or ():
        before, first, last = ends_of(article.text, quote.start, quote.end, after)
        first = (f"{escaped(before, '|｜^')}^" if before else "") + escaped(first, "|｜^")
        yield _never_a_note(" | ".join((escaped(quote.speaker or "", "|｜"), first, escaped(last, "|｜"))))
        after = quote.start + 1


def _events(article: AnnotatedArticle) -> Iterator[str]:
    """The events, each below its sentence; sentences without one are shown, too."""
    events, done = article.events or (), 0
    for number, sentence in article.sentences.items():
        yield f"# S{number} {sentence}"
        while done < len(events) and events[done].sentence == number:
            yield event_line(events[done])
            done += 1
    yield from map(event_line, events[done:])


def _never_a_note(line: str) -> str:
    return "\\" + line if line.startswith("#") else line


_WRITERS: dict[str, Callable[[AnnotatedArticle], Iterator[str]]] = {
    "contributors": lambda article: _rows(article.contributors),
    "roles": lambda article: _rows(article.roles),
    "quotes": _quotes,
    "events": _events,
}
