"""A user's lists: a folder of text files, read and checked.

A file bears the name of the list that it changes (`titles.txt`), and has an entry a line: a word, and behind it, after
a tab or blanks, what the list asks for. `- 词` takes a word away, `#` begins a comment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from os import PathLike
from pathlib import Path

from bulletinnlp.data import resource, table
from bulletinnlp.lexicons.lexicons import MINUS, SHIPPED, Lexicons
from bulletinnlp.lexicons.line_formats import LINE_FORMATS, LineFormat

#: What a user may hand over as lexicons: a folder; lines by list, as a pipeline's config holds them.
LexiconSource = str | PathLike[str] | Lexicons | Mapping[str, Sequence[str]]
_BLANKS = re.compile(r"[\s\u3000]+")
#: An error names so many wrong lines at most.
_MOST_ERRORS = 20


class LexiconsError(ValueError):
    """Lists that can not be used; the message has a line for each thing that is wrong."""


def lexicons_from(source: LexiconSource | None) -> Lexicons:
    """Our lists with a user's changes; ours alone for None.

    Raises LexiconsError (a ValueError) for wrong lines, for lists that do not exist or are not open, for a folder
    without lists; FileNotFoundError and NotADirectoryError where there is no folder.

    >>> lexicons_from({"byline_cues": ["首席体验官 reporter before", "- 宣"]})
    Lexicons({'byline_cues': ['首席体验官\\treporter\\tbefore', '- 宣']})
    >>> lexicons_from({"byline_cues": ["首席体验官 boss before"]})
    Traceback (most recent call last):
        ...
    bulletinnlp.lexicons.user_lists.LexiconsError: byline_cues, line 1: role can not be 'boss'; expected a word, a \
tab, role (reporter, correspondent, photographer, editor, source or keep), a tab, place (before, after or both)
    """
    if source is None:
        return SHIPPED
    if source == "":
        raise ValueError("the name of the folder of lexicons is empty")
    if isinstance(source, Lexicons):
        return source
    if isinstance(source, Mapping):
        texts = {str(name): (str(name), lines) for name, lines in source.items()}
        unknown = list(_unknown(texts))
    else:
        texts, unknown = _files(Path(source))
    wrong = [f"{texts[name][0]}: {message}" if name in texts else message for name, message in unknown]
    found: dict[str, list[str]] = {}
    for name, (where, lines) in texts.items():
        if name in LINE_FORMATS:
            found[name] = []
            for number, line in enumerate(lines, 1):
                try:
                    found[name] += _entry(name, line)
                except ValueError as error:
                    wrong.append(f"{where}, line {number}: {error}")
            wrong += [f"{where}: {message}" for message in _contradictions(name, found[name])]
    if wrong:
        more = [f"… and {len(wrong) - _MOST_ERRORS} more"] if len(wrong) > _MOST_ERRORS else []
        raise LexiconsError("\n".join([*wrong[:_MOST_ERRORS], *more]))
    return Lexicons(found)


def _files(folder: Path) -> tuple[dict[str, tuple[str, Sequence[str]]], list[tuple[str, str]]]:
    """The lists of a folder: where each stands, and its lines; and what is wrong with the folder."""
    if not folder.exists():
        raise FileNotFoundError(f"lexicons {folder}: there is no such folder")
    if not folder.is_dir():
        raise NotADirectoryError(f"lexicons {folder}: that is a file; give the folder that holds the lists")
    texts: dict[str, tuple[str, Sequence[str]]] = {}
    wrong = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.suffix != ".txt" or not path.is_file():
            wrong.append(("", f"{path}: a folder of lexicons holds lists alone, files NAME.txt"))
            continue
        try:
            texts[path.stem] = (str(path), path.read_text(encoding="utf-8-sig").splitlines())
        except UnicodeDecodeError:
            wrong.append(("", f"{path}: the file is not UTF-8"))
    if not texts and not wrong:
        wrong.append(("", f"lexicons {folder}: there is no list in it, no file NAME.txt"))
    return texts, [*wrong, *_unknown(texts)]


def _contradictions(name: str, lines: Sequence[str]) -> Iterator[str]:
    """The errors for words that are both added and taken away; a word of ours may be given other fields so."""
    added = [tuple(line.split("\t")) for line in lines if not line.startswith(MINUS)]
    gone = {tuple(line.removeprefix(MINUS).split("\t")) for line in lines if line.startswith(MINUS)}
    ours = frozenset(table(name)) if gone else frozenset()
    for row in added:
        if any(row[:size] in gone for size in range(1, len(row) + 1)) and (LINE_FORMATS[name].unlisted or row in ours):
            yield f"{' '.join(row)} is both added and taken away; leave out one of the two lines"


def _unknown(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The lists among these that no user may change, and the error for each."""
    for name in names:
        if name not in LINE_FORMATS:
            if resource("lexicons", f"{name}.txt").is_file():
                message = f"the list {name} is not open to changes"
            else:
                near = get_close_matches(name, LINE_FORMATS, 1)
                message = f"there is no list {name}" + (f"; did you mean {near[0]}?" if near else "")
            yield name, f"{message}; open are {', '.join(LINE_FORMATS)}"


def _entry(name: str, line: str) -> list[str]:
    """The entry of a line in its regular form, nothing for a comment. Raises ValueError for a wrong one."""
    text = line.strip()
    if not text or text.startswith("#"):
        return []
    form = LINE_FORMATS[name]
    takes = text[0] in "-－"
    rest = text.lstrip("-－").strip()
    fields = (_ours_with_blanks(name, rest) if takes else None) or _fields(rest, form)
    if not fields[0]:
        raise ValueError(f"there is no word behind the minus; expected - and {form}")
    if len(fields) > len(form.fields) + 1:
        raise ValueError(f"there is too much in the line; expected {form}")
    for field, value in zip(form.fields, fields[1:], strict=False):
        items = value.split() if field.several else [value]
        if wrong := [item for item in items if field.values and item not in field.values]:
            raise ValueError(f"{field.name} can not be {wrong[0]!r}; expected {form}")
    if takes:
        return [MINUS + _taken(name, form, fields)]
    if missing := [field.name for field in form.fields[len(fields) - 1 :] if not field.optional]:
        raise ValueError(f"{fields[0]} has no {missing[0]}; expected {form}")
    return ["\t".join(fields)]


def _fields(text: str, form: LineFormat) -> list[str]:
    """The fields of a line: between tabs, else between blanks; the last may hold several words."""
    if "\t" in text:
        return [" ".join(field.split()) for field in re.split(r"\t+", text)]
    several = bool(form.fields) and form.fields[-1].several
    return _BLANKS.split(text, maxsplit=len(form.fields) if several else 0)


def _ours_with_blanks(name: str, text: str) -> list[str] | None:
    """The fields of a line that begins with a word of ours that holds blanks (All Rights Reserved)."""
    words = text.split()
    ours = {row[0] for row in table(name)} if len(words) > 1 else ()
    size = next((size for size in range(len(words), 1, -1) if " ".join(words[:size]) in ours), None)
    return [" ".join(words[:size]), *words[size:]] if size else None


def _taken(name: str, form: LineFormat, fields: list[str]) -> str:
    """What a line takes away, checked: it must be there."""
    there = [row for row in table(name) if row[: len(fields)] == tuple(fields)]
    if not there and not (form.unlisted and len(fields) == 1):
        raise ValueError(f"{' '.join(fields)} can not be taken away, since our list does not hold it")
    return "\t".join(fields)
