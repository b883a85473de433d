"""Articles out of marked text, and everything that is wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

import regex

from bulletinnlp.evaluation import annotated_article as gold
from bulletinnlp.evaluation.equality import letters
from bulletinnlp.evaluation.finder import Finder
from bulletinnlp.evaluation.marked.grammar import (
    ARTICLE,
    CELLS,
    EVENT_CELLS,
    HEAD_LINE,
    KINDS,
    LISTS,
    PLAIN,
    TEXTS,
    WrongMarkError,
    cells_of,
    event_of_line,
    out_of_a_line,
    place_quotation,
    split_before,
    unescaped,
    unmark,
)

_FIELD = regex.compile(rf"({'|'.join((*PLAIN, *TEXTS))}):(.*)")
_DATE = regex.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_AT = regex.compile(r"(\d+)-(\d+)")


class MarkedTextError(ValueError):
    """What is wrong in marked texts: `problems` names all of it, each with file, line and what is expected."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def read_marked(path: str | Path) -> list[gold.AnnotatedArticle]:
    """The articles of a file of marked text, or of all of a folder (`*.txt` that hold a line `%%%`).

    Raises FileNotFoundError where there is none, and `MarkedTextError`, a ValueError, which names all that is wrong.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "mine.txt")
    >>> lines = ["%%%", "body:", "[P:孙乐文]到[L:仙庄村]走访。", "events:", "S1 | 走访 | 孙乐文"]
    >>> _ = path.write_text("\\n".join(lines), encoding="utf-8")
    >>> [article] = read_marked(path)
    >>> article.text, article.marks[0], article.events[0].who
    ('孙乐文到仙庄村走访。', Mark(label='PER', start=0, end=3, value=None), (Actor(text='孙乐文', named=True),))
    """
    articles, problems = [], []
    files = marked_files(path)
    if not files:
        raise FileNotFoundError(f"{path}: no marked text here (looked for *.txt with a line {ARTICLE})")
    seen: dict[str, str] = {}
    for file in files:
        for block in _blocks(_text(file), file):
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


def parse_marked(text: str) -> gold.AnnotatedArticle:
    """One article of marked text; the line `%%%` may be left out.

    Raises `MarkedTextError`, which names all that is wrong.

    >>> article = parse_marked("headline: [L:仙庄村]有喜\\nbody:\\n书记[P:孙乐文]说。\\nroles:\\n孙乐文 | 书记")
    >>> article.text, article.roles
    ('仙庄村有喜\\n书记孙乐文说。', (HeldTitle(person='孙乐文', title='书记', organisation=None),))
    """
    block = next(_blocks(text, "text"), _Block("text", 1))
    article = block.article()
    if block.problems:
        raise MarkedTextError(block.problems)
    return article


def marked_files(path: str | Path) -> list[Path]:
    """The files of marked text of a folder (`*.txt`), or the file itself, if it begins with a line `%%%`."""
    path = Path(path)
    files = sorted(path.glob("*.txt")) if path.is_dir() else [path] if path.is_file() else []
    return [file for file in files if file.is_file() and _is_marked(file)]


def _is_marked(file: Path) -> bool:
    lines = file.read_bytes().decode("utf-8-sig", errors="replace").split("\n")
    return next((line.strip() for line in lines if line.strip() and not line.startswith("#")), "") == ARTICLE


def _text(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise MarkedTextError([f"{file}: is no UTF-8; expected a text saved as UTF-8"]) from None


def _blocks(text: str, file: Path | str) -> Iterator[_Block]:
    """The articles of a text, their lines with their numbers."""
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

    file: Path | str
    line: int
    lines: list[tuple[int, str]] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    #: Names that events lack are not told where their mark is what is wrong.
    marks_are_right: bool = True

    def say(self, line: int, message: str) -> None:
        self.problems.append(f"{self.file}:{line}: {message}")

    def article(self) -> gold.AnnotatedArticle:
        fields, lists, body = self._sorted()
        self._check(fields)
        plain = {name: out_of_a_line(value) for name, (_, value) in fields.items() if name in PLAIN}
        texts: dict[str, str] = {}
        marks: list[gold.Mark] = []
        at = 0
        for name in ("eyebrow", "headline", "dateline", "body", "byline"):
            pieces = []
            for number, line in body if name == "body" else [fields[name]] if name in fields else []:
                text, found, wrong = unmark(line, at)
                pieces.append(text)
                marks += found
                at += len(text) + 1
                for message in wrong:
                    self.marks_are_right = False
                    self.say(number, message)
            if pieces:
                texts[name] = "\n".join(pieces)
        known: dict[str, Any] = {**plain, **texts}
        place = self._place(known.pop("at", ""))
        article = gold.AnnotatedArticle(
            known.pop("id", ""), place, marks=tuple(marks), source=f"{self.file}:{self.line}", **known
        )
        rows: dict[str, Any] = {name: self._rows(name, lists[name], article) for name in LISTS if name in lists}
        return replace(article, **rows)

    def _sorted(self) -> tuple[dict[str, tuple[int, str]], dict[str, list[tuple[int, str]]], list[tuple[int, str]]]:
        """Fields, lists, and the body, each line with its number."""
        fields: dict[str, tuple[int, str]] = {}
        lists: dict[str, list[tuple[int, str]]] = {}
        body: list[tuple[int, str]] = []
        mode = ""
        for number, line in self.lines:
            if head := HEAD_LINE.fullmatch(line):
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

    def _rows(self, name: str, lines: list[tuple[int, str]], article: gold.AnnotatedArticle) -> tuple[Any, ...]:
        read = _Rows(article, self.marks_are_right)
        rows = []
        for number, line in lines:
            try:
                rows.append(getattr(read, name)(line))
            except WrongMarkError as error:
                self.say(number, str(error))
        return tuple(rows)


class _Rows:
    """Reads the lines of the lists of an article."""

    def __init__(self, article: gold.AnnotatedArticle, marks_are_right: bool) -> None:
        self.article = article
        self.marks_are_right = marks_are_right
        self.printed = Finder(letters(article.text + (article.banner or "")))
        self.sentences = {number: Finder(letters(text)) for number, text in article.sentences.items()}
        self.title = Finder(letters(article.title))
        marks = [mark for mark in article.marks if mark.label in (*gold.NAMES, gold.REFERENCE)]
        #: The names that are marked, and those that stand-ins mean.
        self.names = {
            letters(mark.value if mark.label == gold.REFERENCE else article.text[mark.start : mark.end])
            for mark in marks
        }
        self.after = 0
        #: The sentences that hold a verb, and how many of them earlier lines have taken.
        self.holding: dict[str, list[int]] = {}
        self.taken: Counter[str] = Counter()

    def contributors(self, line: str) -> gold.Contributor:
        name, role, outlet = self._cells(line, "contributors", 2)
        if role not in gold.ROLES:
            raise WrongMarkError(f"the role “{role}” is unknown; expected {', '.join(gold.ROLES)}")
        return gold.Contributor(name, role, outlet or None)

    def roles(self, line: str) -> gold.HeldTitle:
        person, title, body = self._cells(line, "roles", 2)
        if letters(title) not in self.printed:
            raise WrongMarkError(f"the title “{title}” is not printed in the article; expected its words as printed")
        self._named_or_printed("roles", person, body)
        return gold.HeldTitle(person, title, body or None)

    def quotes(self, line: str) -> gold.Quotation:
        cells = cells_of(line)
        if len(cells) not in (2, 3) or not cells[1]:
            raise WrongMarkError(f"“{line[:30]}” is no quotation; expected {CELLS['quotes']}")
        before, first = split_before(cells[1])
        last = unescaped(cells[2]) if len(cells) > 2 else ""
        start, end = place_quotation(self.article.text, before, first, last, self.after)
        self.after = start + 1
        self._named_or_printed("quotes", unescaped(cells[0]))
        return gold.Quotation(unescaped(cells[0]) or None, start, end)

    def events(self, line: str) -> gold.NumberedEvent:
        cells = cells_of(line)
        short = len(cells) <= 6 and not regex.match(r"[Ss]\d+$", cells[0])
        event = self._short(cells) if short else event_of_line(line)
        sentence = self.sentences.get(event.sentence) if event.sentence else self.title
        if sentence is None:
            raise WrongMarkError(f"there is no S{event.sentence}; expected S0 to S{max(self.article.sentences)}")
        words = event.before + event.trigger
        if letters(words) not in sentence:
            others = [f"S{n}" for n in islice((n for n, text in self.sentences.items() if letters(words) in text), 5)]
            where = f"; it stands in {', '.join(others)}" if others else ""
            shown = (self.article.sentences[event.sentence] if event.sentence else self.article.title)[:20]
            raise WrongMarkError(
                f"“{words}” is not in S{event.sentence} ({shown}…){where}; expected a verb as printed there"
            )
        if wrong := [*self._no_names(event), *self._not_printed(event)]:
            raise WrongMarkError("; ".join(wrong))
        return event

    def _no_names(self, event: gold.NumberedEvent) -> Iterator[str]:
        """The cells that should hold names and do not."""
        if not self.marks_are_right:
            return
        for actor in event.who:
            if actor.named and letters(actor.text) not in self.names:
                yield f"“{actor.text}” is no name marked in the article; expected one, or ~ before one without a name"
        for name in (*event.whom, *event.where):
            if letters(name) not in self.names:
                yield f"“{name}” is no name marked in the article; expected one, or nothing"

    def _not_printed(self, event: gold.NumberedEvent) -> Iterator[str]:
        """The cells that should hold words as printed and do not."""
        unnamed = (actor.text for actor in event.who if not actor.named)
        for words in filter(None, (*unnamed, event.what, event.when)):
            if letters(words) not in self.printed:
                yield f"“{words}” is not printed in the article; expected words as printed"

    def _named_or_printed(self, name: str, *cells: str) -> None:
        for words in filter(None, map(letters, cells)):
            if self.marks_are_right and words not in self.printed and words not in self.names:
                raise WrongMarkError(f"“{words}” is not printed in the article; expected {CELLS[name]}")

    def _short(self, cells: list[str]) -> gold.NumberedEvent:
        """A short line of the corpus: the first sentence that holds the verb and tells no earlier one; of
        verbs that no sentence holds, the headline."""
        verb, who, what, when, where, main = map(unescaped, cells + [""] * (6 - len(cells)))
        if verb not in self.holding:
            sentences = {**self.sentences, 0: self.title}
            self.holding[verb] = [number for number, text in sentences.items() if letters(verb) in text]
        if holding := self.holding[verb]:
            number = holding[self.taken[verb] if self.taken[verb] < len(holding) else 0]
            self.taken[verb] += 1
            flags = frozenset({"main"} if main == "main" else ())
            several = [tuple(text.strip() for text in cell.split(";") if text.strip()) for cell in (who, where)]
            return gold.NumberedEvent(number, verb, tuple(map(gold.Actor, several[0])), what or None, (), when or None,
                                 several[1], flags=flags)  # fmt: skip
        raise WrongMarkError(f"“{verb}” is in no sentence; expected {EVENT_CELLS}, the verb as printed")

    def _cells(self, line: str, name: str, least: int) -> tuple[str, str, str]:
        cells = [unescaped(cell) for cell in cells_of(line)]
        if not least <= len(cells) <= 3 or not all(cells[:least]):
            raise WrongMarkError(f"“{line[:30]}”: expected {CELLS[name]}")
        return cells[0], cells[1], cells[2] if len(cells) > 2 else ""
