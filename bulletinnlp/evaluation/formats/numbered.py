"""Events as lines over numbered sentences: `name.num` shows the articles, `name.ann` beside it holds their events.

    @@ p1#1 | 2022-11-29 | 今日东昌府                                 in name.num: the article,
    H: 孙乐文带队支援                                                     its headline,
    S1: 11月28日，梁水镇孙乐文带领党员到仙庄村开展消杀。                        its sentences,
    NAMES: 孙乐文/PER; 仙庄村/PLACE                                     its names,
    STAND-INS: 该村=仙庄村                                              what stands for one,
    TIMES: 11月28日=2022-11-28                                         and its times

    @@ p1#1                                                           in name.ann: an event a line
    S1 | 开展 | 孙乐文 | 消杀 |  | 11月28日 | 仙庄村 | volunteering | main

The fields of an event: sentence, trigger, who, what, whom, when, where, type, flags (`main`, `planned`, `negative`).
Several actors, recipients or places are parted by a semicolon; before an actor without a name stands a tilde
(`~民警`). A trigger that stands twice in its sentence is the first one that no line before has, unless what stands
before it is written with a caret (`共^接待`). What counts as an event is said in `tests/gold/events/EVENTS.md`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import regex

from bulletinnlp.evaluation.annotated_article import Actor, NumberedArticle, NumberedEvent, sentences_of
from bulletinnlp.evaluation.equality import Letters, Span, letters, stretches_of
from bulletinnlp.evaluation.finder import Finder
from bulletinnlp.evaluation.formats.annotated import rows_in
from bulletinnlp.evaluation.marked.grammar import event_line, event_of_line, in_a_line, out_of_a_line
from bulletinnlp.evaluation.new_files import write_new
from bulletinnlp.evaluation.trigger_places import before_of
from bulletinnlp.pages.plain_files import unfit
from bulletinnlp.tables.rows import grouped, unnamed_actors

if TYPE_CHECKING:
    from bulletinnlp.extraction import Extraction
    from bulletinnlp.tables.rows import Row, Rows


def numbered(tables: str | Path | Extraction) -> list[NumberedArticle]:
    """The articles of the tables that have a body, with their events. `tables` is an Extraction or the folder of one.

    Raises FileNotFoundError where there are no tables.
    """
    return [article for article in numbered_rows(rows_in(tables)) if 0 not in article.sentences]


def numbered_rows(rows: Rows) -> list[NumberedArticle]:
    """The articles of rows with their events; the headline of one without a body is its sentence 0."""
    of = {
        table: grouped(rows.get(table, []), "event_id" if table == "arguments" else "article_id")
        for table in ("mentions", "references", "times", "events", "arguments")
    }
    ordered = sorted(rows["segments"], key=lambda row: row["start"])
    texts = {page_id: "".join(s["text"] for s in some) for page_id, some in grouped(ordered, "page_id").items()}
    segments = grouped(ordered, "article_id")
    pages = {page["page_id"]: page for page in rows["pages"]}
    return [
        _article(
            row, pages[row["page_id"]].get("paper"), texts[row["page_id"]], segments.get(row["article_id"], []), of
        )
        for row in rows["articles"]
    ]


def _article(
    row: Row, paper: str | None, page: str, segments: list[Row], of: dict[str, dict[str, list[Row]]]
) -> NumberedArticle:
    mine = {table: some.get(row["article_id"], []) for table, some in of.items()}
    kinds = ("body",) if row["body"] else ("eyebrow", "headline")
    body = [s for s in segments if s["page_id"] == row["page_id"] and s["kind"] in kinds]
    text = Letters(page, [(s["start"], s["end"]) for s in body])
    sentences = dict(enumerate(sentences_of(row["body"] or ""), start=1))
    if not sentences:
        sentences = {0: "".join(part for part in (row["eyebrow"], row["headline"]) if part)}
    events = _events(mine["events"], of["arguments"], stretches_of(sentences, text.text), text)
    return NumberedArticle(
        row["article_id"],
        row["published"],
        paper,
        " / ".join(part for part in (row["eyebrow"], row["headline"]) if part) or None,
        sentences,
        _unique((name["text"], name["label"]) for name in mine["mentions"]),
        _unique((name["text"], name["antecedent"]) for name in mine["references"] if name["antecedent"]),
        _unique((time["text"], time["value"] or "") for time in mine["times"]),
        tuple(events),
    )


def _unique(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(pairs))


def _events(
    rows: Iterable[Row], arguments: dict[str, list[Row]], stretches: dict[int, Span], text: Letters
) -> Iterator[NumberedEvent]:
    """The events whose triggers stand in the sentences, in the order of the text."""
    sentence_at = np.full(len(text.text) + 1, -1)
    for number, (start, end) in reversed(stretches.items()):  # of two that share a letter the first counts
        sentence_at[start:end] = number
    finders: dict[int, Finder] = {}
    for row in sorted(rows, key=lambda row: row["start"]):
        at = text.at(row["start"])
        if (number := int(sentence_at[at])) >= 0:
            start, end = stretches[number]
            if number not in finders:
                finders[number] = Finder(text.text[start:end])
            event = event_of(row, number, unnamed_actors(row, arguments.get(row["event_id"], [])))
            yield event._replace(before=before_of(finders[number], at - start, letters(row["trigger"])))


def event_of(row: Row, sentence: int, without_name: Container[str] = ()) -> NumberedEvent:
    """A row of the table `events` as an annotator would write it."""
    flags = {"main": row["main"], "planned": row["modality"] not in (None, "actual"),
             "negative": row["polarity"] == "negative"}  # fmt: skip
    return NumberedEvent(
        sentence,
        row["trigger"],
        tuple(Actor(text, text not in without_name) for text in row["who"] or []),
        row["what"],
        tuple(row["whom"] or []),
        row["when"],
        tuple(row["where"] or []),
        row["type"] or "other",
        frozenset(flag for flag, holds in flags.items() if holds),
    )


_NUMBERED = regex.compile(r"S(\d+): (.*)")


def write_numbered(articles: Iterable[NumberedArticle], path: str | Path) -> Path:
    """Write articles to `path`, which ends in `.num`, and their events beside it. Gives the path.

    Raises FileExistsError if one of the two is there.
    """
    path = Path(path).with_suffix(".num")
    shown, events = [], []
    for article in articles:
        shown += [*_shown(article), ""]
        if article.events is not None:
            events += [f"@@ {in_a_line(article.article_id)}", *map(event_line, article.events)]
    write_new([(path, "\n".join(shown)), (path.with_suffix(".ann"), "\n".join([*events, ""]))])
    return path


def _shown(article: NumberedArticle) -> Iterator[str]:
    yield f"@@ {in_a_line(article.article_id)} | {article.published or ''} | {article.paper or ''}"
    yield f"H: {article.headline or ''}"
    yield from (f"S{number}: {text}" for number, text in article.sentences.items())
    yield "NAMES: " + "; ".join("/".join(pair) for pair in article.names)
    if article.stand_ins:
        yield "STAND-INS: " + "; ".join("=".join(pair) for pair in article.stand_ins)
    if article.times:
        yield "TIMES: " + "; ".join("=".join(pair) for pair in article.times)


def read_numbered(path: str | Path) -> list[NumberedArticle]:
    """The articles of a pair of files, of which `path` is one, or of all pairs of a folder.

    Raises FileNotFoundError where there is none, ValueError, naming file and line, for a line that is no event.
    """
    path = Path(path)
    files = sorted(path.glob("*.num")) if path.is_dir() else [path.with_suffix(".num")]
    for part in (file.with_suffix(suffix) for file in files for suffix in (".num", ".ann")):
        if wrong := unfit(part):
            raise ValueError(f"{part}: {wrong}")
    pairs = [file for file in files if file.is_file() and file.with_suffix(".ann").is_file()]
    if not pairs:
        raise FileNotFoundError(f"{path}: no annotated events here (looked for *.num with *.ann)")
    return [article for file in pairs for article in _read(file)]


def _read(path: Path) -> Iterator[NumberedArticle]:
    articles = {article.article_id: article for article in _articles(path)}
    events = _annotation(path.with_suffix(".ann"), articles)
    for article_id, article in articles.items():
        yield replace(article, events=tuple(events[article_id])) if article_id in events else article


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"{path}: the file is not UTF-8") from None


def _articles(path: Path) -> Iterator[NumberedArticle]:
    for block in regex.split(r"^@@ ", _text(path), flags=regex.MULTILINE)[1:]:
        first, *lines = block.split("\n")
        name, published, paper = [cell.strip() for cell in (first + " | | ").split(" | ")][:3]
        fields = dict(line.split(": ", 1) for line in lines if ": " in line and not _NUMBERED.match(line))
        sentences = {int(m.group(1)): m.group(2) for line in lines if (m := _NUMBERED.match(line))}
        pairs = {
            name: tuple(_pairs(fields.get(name, ""), mark, last=name == "NAMES"))
            for name, mark in (("NAMES", "/"), ("STAND-INS", "="), ("TIMES", "="))
        }
        article_id, headline = out_of_a_line(name), fields.get("H") or None
        yield NumberedArticle(article_id, published or None, paper or None, headline, sentences,
                              pairs["NAMES"], pairs["STAND-INS"], pairs["TIMES"])  # fmt: skip


def _pairs(text: str, mark: str, last: bool) -> Iterator[tuple[str, str]]:
    for pair in filter(None, text.split("; ")):
        first, _, second = pair.rpartition(mark) if last else pair.partition(mark)
        yield first, second


def _annotation(path: Path, articles: dict[str, NumberedArticle]) -> dict[str, list[NumberedEvent]]:
    """The annotated events of a file, by the id of their article."""
    events: dict[str, list[NumberedEvent]] = {}
    article: NumberedArticle | None = None
    for number, line in enumerate(map(str.strip, _text(path).split("\n")), start=1):
        if not line or line.startswith("#"):
            continue
        try:
            if line.startswith("@@"):
                article = articles[out_of_a_line(line[2:].split(" | ")[0].strip())]
                events.setdefault(article.article_id, [])
            elif article is not None:
                events[article.article_id].append(_checked(event_of_line(line), article))
        except (KeyError, ValueError) as error:
            raise ValueError(f"{path}:{number}: {error.args[0]}: no event of an article of the .num file") from None
    return events


def _checked(event: NumberedEvent, article: NumberedArticle) -> NumberedEvent:
    sentence = article.sentences.get(event.sentence, "") if event.sentence else article.headline or ""
    if not event.trigger or letters(event.before + event.trigger) not in letters(sentence):
        raise ValueError(f"“{event.before}{event.trigger}” is not in sentence {event.sentence}")
    return event
