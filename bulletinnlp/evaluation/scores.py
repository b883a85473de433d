"""Counts of what is right, and the scores made of them, to look at in a notebook, a terminal, a report."""

from __future__ import annotations

import html
import json
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from bulletinnlp.evaluation.new_files import write_whole
from bulletinnlp.output.hidden_folders import refuse_hidden
from bulletinnlp.pages.plain_files import OPEN, refuse_no_folder, unfit

if TYPE_CHECKING:
    import pandas as pd

#: Names the errors of all measures, each once.
ALL = "all"
#: Measures whose errors a stricter one has, too.
_LOOSE = ("mentions: PER", "mentions: ORG", "mentions: PLACE", "mentions (span only)", "times (span)",
          "references (span)", "roles (person, title)", "bylines (name, role)")  # fmt: skip
#: The key under which the scores of JSON count pages.
TILED = "pages tiled without loss"
COLUMNS = ("measure", "precision", "recall", "f1", "gold", "found")


class Error(NamedTuple):
    """Something that the tables lack, or hold too much."""

    kind: Literal["missing", "extra"]
    #: The page and the head of the article's headline.
    where: str
    what: Any


@dataclass
class Count:
    """Hits of one measure over all pages; F1 is micro-averaged.

    >>> count = Count()
    >>> count.add(["区委", "区委", "区政府"], ["区委", "团区委"], where="p1")
    >>> count.precision, round(count.recall, 2), [error.what for error in count.missing]
    (0.5, 0.33, ['区委', '区政府'])
    """

    hits: int = 0
    gold: int = 0
    found: int = 0
    errors: list[Error] = field(default_factory=list, repr=False)

    def add(self, gold: Sequence[Hashable], found: Sequence[Hashable], where: str) -> None:
        """Count what is in both, with multiplicity."""
        both = Counter(gold) & Counter(found)
        self.hits += both.total()
        for items, note in ((gold, self.miss), (found, self.extra)):
            left = Counter(both)
            for item in items:
                if left[item]:
                    left[item] -= 1
                else:
                    note(where, item)
        self.gold += len(gold)
        self.found += len(found)

    def miss(self, where: str, what: Any) -> None:
        """Note what the tables lack."""
        self.errors.append(Error("missing", where, what))

    def extra(self, where: str, what: Any) -> None:
        """Note what the tables hold too much."""
        self.errors.append(Error("extra", where, what))

    @property
    def missing(self) -> list[Error]:
        return [error for error in self.errors if error.kind == "missing"]

    @property
    def precision(self) -> float:
        return self.hits / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Counts = dict[str, Count]


@dataclass
class Scores:
    """Scores by measure: `scores["mentions"].f1`, `scores["times (span)"].missing`.

    `frame()` gives them as a DataFrame, `errors("mentions")` what is missing and what is too much; `markdown()` and
    `html()` a report of both. `tiled` of `pages` annotated pages are tiled by their segments without loss; `absent`
    are annotated pages, and articles with annotated events, that the tables do not hold.
    """

    counts: dict[str, Count]
    pages: int = 0
    tiled: int = 0
    absent: list[str] = field(default_factory=list)

    def __getitem__(self, measure: str) -> Count:
        return self.counts[measure]

    def __iter__(self) -> Iterator[str]:
        return iter(self.counts)

    def __len__(self) -> int:
        return len(self.counts)

    def rows(self) -> list[tuple[str, float, float, float, int, int]]:
        """Measure, precision, recall, F1, annotated, found."""
        return [(name, c.precision, c.recall, c.f1, c.gold, c.found) for name, c in self.counts.items()]

    def frame(self) -> pd.DataFrame:
        """The scores as a DataFrame with the measure as index."""
        import pandas as pd

        return pd.DataFrame(self.rows(), columns=list(COLUMNS)).set_index("measure")

    def errors(self, measure: str = "") -> pd.DataFrame:
        """What is missing and what is too much, in the measures whose names begin so (`"times"`, `"events"`, `"all"`).

        Columns: measure, kind (`missing` or `extra`), where (page and head of the headline), what.
        """
        import pandas as pd

        return pd.DataFrame(self._errors(measure), columns=["measure", "kind", "where", "what"])

    def _errors(self, measure: str) -> list[tuple[str, str, str, str]]:
        return [
            (name, error.kind, error.where, written(error.what))
            for name, count in self.counts.items()
            if (name not in _LOOSE if measure == ALL else name.startswith(measure))
            for error in count.errors
        ]

    def notes(self) -> list[str]:
        """What to know beside the numbers."""
        tiled = [f"pages tiled without loss: {self.tiled} of {self.pages}"] if self.pages else []
        absent = [f"not in the tables: {', '.join(self.absent)}"] if self.absent else []
        return [*tiled, *absent]

    def __str__(self) -> str:
        return self.text()

    def text(self, errors: str | None = None) -> str:
        """The scores for a terminal, with the errors of the measures that begin with `errors`: - missing, + extra."""
        head = f"{'':40}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}"
        lines = [f"{name:40}{p:7.3f}{r:7.3f}{f:7.3f}{gold:7d}{found:7d}" for name, p, r, f, gold, found in self.rows()]
        signs = {"missing": "-", "extra": "+"}
        wrong = [] if errors is None else self._errors(errors)
        errors_shown = [f"{signs[kind]} {name} | {where} | {what}" for name, kind, where, what in wrong]
        return "\n".join([head, *lines, *self.notes(), *errors_shown])

    def markdown(self, errors: str | None = None) -> str:
        """The scores as a Markdown table, with the errors of the measures whose names begin with `errors`."""
        lines = ["| measure | precision | recall | F1 | gold | found |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
        lines += [f"| {n} | {p:.3f} | {r:.3f} | {f:.3f} | {g} | {x} |" for n, p, r, f, g, x in self.rows()]
        lines += ["", *(f"{note}  " for note in self.notes())]
        if errors is not None:
            lines += ["", "| measure | | article | what |", "| --- | --- | --- | --- |"]
            lines += [f"| {' | '.join(map(_markdown_cell, row))} |" for row in self._errors(errors)]
        return "\n".join(lines) + "\n"

    def html(self, errors: str | None = None) -> str:
        """The scores as HTML tables, with the errors of the measures whose names begin with `errors`."""
        rows = "".join(
            f"<tr><th scope='row' style='text-align:left'>{html.escape(name)}</th>"
            f"<td>{p:.3f}</td><td>{r:.3f}</td><td><b>{f:.3f}</b></td><td>{gold}</td><td>{found}</td></tr>"
            for name, p, r, f, gold, found in self.rows()
        )
        head = "".join(
            f"<th scope='col'>{name}</th>" for name in ("measure", "precision", "recall", "F1", "gold", "found")
        )
        parts = [f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"]
        parts += [f"<p>{html.escape(note)}</p>" for note in self.notes()]
        if errors is not None:
            found = "".join(
                f"<tr>{''.join(f'<td style=text-align:left>{html.escape(cell)}</td>' for cell in row)}</tr>"
                for row in self._errors(errors)
            )
            parts.append(f"<table class='errors'><tbody>{found}</tbody></table>")
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        return self.html()

    def to_json(self, path: str | Path) -> None:
        """Write the scores, without the errors, as JSON, in the place of earlier ones.

        Raises OSError if something stands there that holds no scores, or the file can not be written.
        """
        path = Path(path)
        refuse_others(path)
        data: dict[str, Any] = {
            name: {"precision": p, "recall": r, "f1": f, "gold": gold, "found": found}
            for name, p, r, f, gold, found in self.rows()
        }
        if self.pages:
            data[TILED] = [self.tiled, self.pages]
        write_whole(path, json.dumps(data, ensure_ascii=False, indent=1), are_scores)


def are_scores(path: Path) -> bool:
    """Whether a file is one that `Scores.to_json` wrote."""
    try:
        data = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    if not isinstance(data, dict) or not data:
        return False
    data.pop(TILED, None)
    return all(isinstance(row, dict) and tuple(row) == COLUMNS[1:] for row in data.values())


def refuse_others(path: Path) -> None:
    """Raise OSError if scores can not be written to a path, or something stands there that holds none.

    Nothing is written through a link, but to standard output by its name.
    """
    refuse_hidden(path)
    if path.is_symlink() and not OPEN.fullmatch(str(path)):
        raise FileExistsError(f"{path}: is in the way, a link; name another file")
    refuse_no_folder(path.parent)
    if path.is_file():
        if not are_scores(path):
            raise FileExistsError(f"{path}: is in the way, and holds no scores; move it away, or name another file")
    elif path.exists() and not path.is_char_device() and not OPEN.fullmatch(str(path)):
        raise FileExistsError(f"{path}: is in the way, and {unfit(path)}; name another")


def written(what: Any) -> str:
    """An error's content in words.

    >>> written(("PER", 12, 15, "孙乐文"))
    'PER 12 15 孙乐文'
    """
    if isinstance(what, (list, tuple)):
        return " ".join("、".join(map(str, part)) if isinstance(part, (list, tuple)) else str(part) for part in what)
    return str(what)


def _markdown_cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
