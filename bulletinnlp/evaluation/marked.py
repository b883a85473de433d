r"""The marked text: articles in a form that can be corrected by hand in any editor, with all that is found in them.

    # a note; notes are passed over
    %%%                                                      an article begins
    id: 2022-11-29#1                                         its id in the tables
    at: 12-655                                               where it stands on its page
    published: 2022-11-29                                    also paper, home, kind (article, photo, brief)
    headline: [P:孙乐文]的一天                                   also banner, eyebrow, dateline, byline
    byline: （融媒体记者 全兴社）
    body:                                                    a paragraph a line
    [T:11月28日=DATE=2022-11-28]，[P:孙乐文]在[L:仙庄村]消杀。“大家辛苦了！”[R:该村=仙庄村]书记[P:孙乐文]说。
    contributors:                                            name | role | outlet
    全兴社 | reporter | 融媒体
    roles:                                                   person | title beside the name | body or place
    孙乐文 | 书记 | 仙庄村
    quotes:                                                  speaker | first words | last words
    孙乐文 | 大家辛苦了！ |
    events:                                                  an event a line, below its sentence
    # S1 11月28日，孙乐文在仙庄村消杀。
    S1 | 消杀 | 孙乐文;~志愿者 |  |  | 11月28日 | 仙庄村 | health | main

- Marks: `[P:person]`, `[O:body]`, `[L:place]`, `[T:time=TYPE=value]` (TIMEX3; the type may be left out), `[R:stand-in=the
  name that it stands for]`. They never nest, and stand in eyebrow, headline, dateline, body and byline.
- Fields and lists may be left out. A list whose head is there and which is empty says that there is none; a list whose
  head is not there was not annotated, is not scored, and nothing is learned from it.
- The last words of a quotation may be left out where the first are all of it. Of words that stand several times, the
  first behind the quotation before is meant, unless what stands before is given with a caret (`共^接待`); so with verbs.
- An event: sentence, verb, who, what, whom, when, where, type, flags (`main`, `planned`, `negative`). Several actors,
  recipients, places are parted by `;`, before an actor without a name stands `~`. The type may be given in Chinese, or by
  its first letters. Lines of `tests/corpus/FORMAT.md` (verb | who | what | when | where | main) are read, too.
- A backslash takes the special meaning of what follows away: `\[`, `\|`, `\#` at the beginning of a paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from bulletinnlp.evaluation.article import ROLES, AnnotatedArticle, Contributor, HeldTitle, Quotation
from bulletinnlp.evaluation.equality import letters
from bulletinnlp.evaluation.formats.annotated import TIMES, Mark
from bulletinnlp.evaluation.formats.told import Actor, NumberedEvent
from bulletinnlp.evaluation.grammar import (
    EVENT_CELLS,
    FLAGS,
    Wrong,
    cells_of,
    escaped,
    event_line,
    event_of_line,
    line_of,
    marked,
    split_before,
    type_words,
    unescaped,
    unmark,
)
from bulletinnlp.evaluation.quotations import ends_of, place_quotation

PLAIN = ("id", "at", "paper", "home", "published", "kind", "banner")
TEXTS = ("eyebrow", "headline", "dateline", "byline")
LISTS = ("contributors", "roles", "quotes", "events")
#: How the lists are called with the cells of a line.
CELLS = {"contributors": "name | role | outlet", "roles": "person | title | body",
         "quotes": "speaker | first words | last words", "events": EVENT_CELLS}  # fmt: skip
KINDS = ("article", "photo", "brief")
ARTICLE = "%%%"
_FIELD = regex.compile(rf"({'|'.join((*PLAIN, *TEXTS))}):(.*)")
_HEAD = regex.compile(rf"({'|'.join(('body', *LISTS))}):\s*")
_DATE = regex.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_AT = regex.compile(r"(\d+)-(\d+)")


class MarkedTextError(ValueError):
    """What is wrong in marked texts: `problems` names all of it, each with file, line and what is expected."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


# --- writing


def write_marked(articles: Iterable[AnnotatedArticle], path: str | Path) -> Path:
    """Write articles into a file; into a folder (a path without an ending), a file a page. Gives the path.

    `read_marked` gives the same articles again.
    """
    path = Path(path)
    if path.suffix and not path.is_dir():
        path.write_text(marked_text(articles), encoding="utf-8", newline="\n")
        return path
    path.mkdir(parents=True, exist_ok=True)
    of_page: dict[str, list[AnnotatedArticle]] = {}
    for article in articles:
        of_page.setdefault(article.page_id, []).append(article)
    for name, some in zip(file_names(of_page), of_page.values(), strict=True):
        (path / f"{name}.txt").write_text(marked_text(some), encoding="utf-8", newline="\n")
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
#     types, in English or Chinese, the first letters will do: {", ".join(types[:11])},
#       {", ".join(types[11:])}"""
    return "\n".join([head, *(line for article in articles for line in _lines(article)), ""])


def _lines(article: AnnotatedArticle) -> Iterator[str]:
    yield ARTICLE
    at = f"{article.at[0]}-{article.at[1]}" if article.at else ""
    plain = {"id": article.article_id, "at": at}
    yield from (f"{name}: {value}" for name in PLAIN if (value := plain.get(name, getattr(article, name, None))))
    places = {part.kind: part for part in article.parts}
    for name in TEXTS:
        if part := places.get(name):  # type: ignore[call-overload]
            yield f"{name}: {marked(article.text, part.start, part.end, article.marks)}"
    yield "body:"
    if part := places.get("body"):
        at_line = part.start
        for paragraph in article.text[part.start : part.end].split("\n"):
            line = marked(article.text, at_line, at_line + len(paragraph), article.marks)
            special = line.startswith(("#", ARTICLE)) or _HEAD.fullmatch(line)
            yield "\\" + line if special else line
            at_line += len(paragraph) + 1
    for name in LISTS:
        if (rows := getattr(article, name)) is not None:
            yield f"{name}:"
            yield from {"quotes": _quotes, "events": _events}.get(name, _rows)(article, rows)


def _rows(article: AnnotatedArticle, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield from (_never_a_head(line_of(*row)) for row in rows)


def _quotes(article: AnnotatedArticle, quotes: Sequence[Quotation]) -> Iterator[str]:
    after = 0
    for quote in quotes:
        before, first, last = ends_of(article.text, quote.start, quote.end, after)
        first = (f"{escaped(before, '|｜^')}^" if before else "") + escaped(first, "|｜^")
        yield _never_a_head(" | ".join((escaped(quote.speaker or "", "|｜"), first, escaped(last, "|｜"))))
        after = quote.start + 1


def _events(article: AnnotatedArticle, events: Sequence[NumberedEvent]) -> Iterator[str]:
    """The events, each below its sentence; sentences without one are shown, too."""
    shown = {**({0: article.headline or ""} if any(not e.sentence for e in events) else {}), **article.sentences}
    told = 0
    for number, sentence in shown.items():
        yield f"# S{number} {sentence}"
        while told < len(events) and events[told].sentence == number:
            yield event_line(events[told])
            told += 1
    yield from map(event_line, events[told:])


def _never_a_head(line: str) -> str:
    return "\\" + line if line.startswith("#") else line


# --- reading


def read_marked(path: str | Path) -> list[AnnotatedArticle]:
    """The articles of a file of marked text, or of all of a folder (`*.txt` that hold a line `%%%`).

    Raises FileNotFoundError where there is none, and `MarkedTextError`, a ValueError, which names all that is wrong.
    """
    articles, problems = [], []
    files = marked_files(path)
    if not files:
        raise FileNotFoundError(f"{path}: no marked text here (looked for *.txt with a line {ARTICLE})")
    seen: dict[str, str] = {}
    for file in files:
        for block in _blocks(file):
            article = block.article()
            articles.append(article)
            problems += block.problems
            if article.article_id and article.article_id in seen:
                problems.append(
                    f"{file}:{block.line}: the id {article.article_id} is that of {seen[article.article_id]}"
                )
            seen[article.article_id] = f"{file}:{block.line}"
    if problems:
        raise MarkedTextError(problems)
    return articles


def marked_files(path: str | Path) -> list[Path]:
    """The files of marked text of a folder, or the file itself."""
    path = Path(path)
    if not path.is_dir():
        return [path] if path.is_file() else []
    return [file for file in sorted(path.glob("*.txt")) if _is_marked(file)]


def _is_marked(file: Path) -> bool:
    lines = file.read_bytes().decode("utf-8-sig", errors="replace").split("\n")
    return next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "") == ARTICLE


def _blocks(file: Path) -> Iterator[_Block]:
    """The articles of a file, their lines with their numbers."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MarkedTextError([f"{file}: is no UTF-8; expected a text saved as UTF-8"]) from None
    block: _Block | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        line = line.strip()
        if line == ARTICLE:
            if block:
                yield block
            block = _Block(file, number)
        elif line and not line.startswith("#"):
            if block is None:
                block = _Block(file, number)
            block.lines.append((number, line))
    if block:
        yield block


@dataclass
class _Block:
    """The lines of an article, and what is wrong with them."""

    file: Path
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def say(self, line: int, message: str) -> None:
        self.problems.append(f"{self.file}:{line}: {message}")

    def article(self) -> AnnotatedArticle:
        fields, lists, body = self._sorted()
        found: dict[str, Any] = {name: value for name, (_, value) in fields.items() if name in PLAIN}
        self._check(fields)
        texts: dict[str, str] = {}
        plain: list[tuple[str, list[Mark]]] = []
        at = 0
        for name, after in (("eyebrow", 1), ("headline", 1), ("dateline", 1), ("body", 1), ("byline", 1)):
            lines = body if name == "body" else [fields[name]] if name in fields else []
            pieces = []
            start = at
            for number, line in lines:
                piece = unmark(line, at)
                pieces.append(piece.text)
                plain.append((piece.text, piece.marks))
                for message in piece.wrong:
                    self.say(number, message)
                at += len(piece.text) + 1
            if at > start:
                texts[name] = "\n".join(pieces)
        article = AnnotatedArticle(
            article_id=found.pop("id", ""), at=self._place(found.pop("at", "")), **found, **texts,
            marks=tuple(mark for _, marks in plain for mark in marks),
        )  # fmt: skip
        rows: dict[str, Any] = {name: self._rows(name, lists[name], article) for name in LISTS if name in lists}
        return AnnotatedArticle(**{**_values(article), **rows})

    def _sorted(self) -> tuple[dict[str, tuple[int, str]], dict[str, list[tuple[int, str]]], list[tuple[int, str]]]:
        """Fields, lists, and the body, each line with its number."""
        fields: dict[str, tuple[int, str]] = {}
        lists: dict[str, list[tuple[int, str]]] = {}
        body: list[tuple[int, str]] = []
        mode = ""
        for number, line in self.lines:
            if head := _HEAD.fullmatch(line):
                mode = head[1]
                if mode in LISTS:
                    lists.setdefault(mode, [])
            elif mode == "body":
                body.append((number, line))
            elif mode:
                lists[mode].append((number, line))
            elif found := _FIELD.fullmatch(line):
                if value := found[2].strip():
                    fields[found[1]] = (number, value)
            else:
                self.say(number, f"“{line[:20]}” is in no list; expected one of {', '.join((*PLAIN, *TEXTS))}, body "
                                 "with a colon behind")  # fmt: skip
        return fields, lists, body

    def _check(self, fields: dict[str, tuple[int, str]]) -> None:
        for name, fits, wanted in (
            ("published", _DATE, "a date such as 2022-11-29"),
            ("kind", regex.compile("|".join(KINDS)), ", ".join(KINDS)),
            ("at", _AT, "two offsets such as 12-655"),
        ):
            number, value = fields.get(name, (0, ""))
            if value and not fits.fullmatch(value):
                self.say(number, f"{name} is “{value}”; expected {wanted}")

    def _place(self, value: str) -> tuple[int, int] | None:
        found = _AT.fullmatch(value)
        return (int(found[1]), int(found[2])) if found else None

    def _rows(self, name: str, lines: list[tuple[int, str]], article: AnnotatedArticle) -> tuple[Any, ...]:
        read = _Rows(article)
        rows = []
        for number, line in lines:
            try:
                rows.append(getattr(read, name)(line))
            except Wrong as error:
                self.say(number, str(error))
        return tuple(rows)


def _values(article: AnnotatedArticle) -> dict[str, Any]:
    return {name: getattr(article, name) for name in article.__dataclass_fields__}


class _Rows:
    """Reads the lines of the lists of an article."""

    def __init__(self, article: AnnotatedArticle) -> None:
        self.article = article
        self.printed = letters(article.text + (article.banner or ""))
        self.after = 0
        self.taken: set[tuple[int, str]] = set()

    def contributors(self, line: str) -> Contributor:
        name, role, outlet = self._cells(line, "contributors", 2)
        if role not in ROLES:
            raise Wrong(f"the role “{role}” is unknown; expected {', '.join(ROLES)}")
        return Contributor(name, role, outlet or None)

    def roles(self, line: str) -> HeldTitle:
        person, title, body = self._cells(line, "roles", 2)
        if letters(title) not in self.printed:
            raise Wrong(f"the title “{title}” is not printed in the article; expected its words as printed")
        return HeldTitle(person, title, body or None)

    def quotes(self, line: str) -> Quotation:
        cells = cells_of(line)
        if len(cells) not in (2, 3) or not cells[1]:
            raise Wrong(f"“{line[:30]}” is no quotation; expected {CELLS['quotes']}")
        before, first = split_before(cells[1])
        last = unescaped(cells[2]) if len(cells) > 2 else ""
        start, end = place_quotation(self.article.text, before, first, last, self.after)
        self.after = start + 1
        return Quotation(unescaped(cells[0]) or None, start, end)

    def events(self, line: str) -> NumberedEvent:
        cells = cells_of(line)
        short = len(cells) <= 6 and not regex.match(r"[Ss]\d+$", cells[0])
        event = self._short(cells) if short else event_of_line(line)
        sentence = self.article.sentences.get(event.sentence)
        if sentence is None and event.sentence:
            raise Wrong(f"there is no S{event.sentence}; expected S1 to S{len(self.article.sentences)}")
        sentence = sentence or self.article.headline or ""
        if letters(event.before + event.trigger) not in letters(sentence):
            words = event.before + event.trigger
            others = [f"S{n}" for n, text in self.article.sentences.items() if letters(words) in letters(text)]
            where = f"; it stands in {', '.join(others[:5])}" if others else ""
            raise Wrong(
                f"“{words}” is not in S{event.sentence} ({sentence[:20]}…){where}; expected a verb as printed there"
            )
        return event

    def _short(self, cells: list[str]) -> NumberedEvent:
        """A line after `tests/corpus/FORMAT.md`: the first sentence that holds the verb and tells no earlier one; of
        verbs that no sentence holds, the headline."""
        verb, who, what, when, where, main = map(unescaped, cells + [""] * (6 - len(cells)))
        for number, sentence in [*self.article.sentences.items(), (0, self.article.headline or "")]:
            if letters(verb) in letters(sentence) and (number, verb) not in self.taken:
                self.taken.add((number, verb))
                flags = frozenset({"main"} if main == "main" else ())
                several = [tuple(text.strip() for text in cell.split(";") if text.strip()) for cell in (who, where)]
                return NumberedEvent(number, verb, tuple(map(Actor, several[0])), what or None, (), when or None,
                                     several[1], flags=flags)  # fmt: skip
        raise Wrong(f"“{verb}” is in no sentence; expected {EVENT_CELLS}, the verb as printed")

    def _cells(self, line: str, name: str, least: int) -> tuple[str, str, str]:
        cells = [unescaped(cell) for cell in cells_of(line)]
        if not least <= len(cells) <= 3 or not all(cells[:least]):
            raise Wrong(f"“{line[:30]}”: expected {CELLS[name]}")
        return cells[0], cells[1], cells[2] if len(cells) > 2 else ""
