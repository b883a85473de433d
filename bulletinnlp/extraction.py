"""The result: tidy tables as DataFrames."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow.parquet as pq

from bulletinnlp.output.checkpoints import Checkpoints
from bulletinnlp.output.consistent_reads import steadily
from bulletinnlp.output.lock import locked
from bulletinnlp.output.readers import naming, whole_rows
from bulletinnlp.output.replaced_inputs import ReadFiles
from bulletinnlp.output.table_folder import (
    checkpoints_of,
    finished_pages,
    last_format,
    nothing_here,
    table_files,
    warnings_of,
)
from bulletinnlp.output.writers import open_tables
from bulletinnlp.tables.frames import concatenated, tidied, to_arrow
from bulletinnlp.tables.linking import linked
from bulletinnlp.tables.schema import TABLES, tables_of
from bulletinnlp.tables.table_set import TableSet

if TYPE_CHECKING:
    import pandas as pd
    from spacy.tokens import Doc

    from bulletinnlp.plots import Plots


class Extraction(TableSet):
    """The tables of a run, one DataFrame an attribute: `extraction.events`, `extraction.mentions` …

    `tables` maps each table's name to its DataFrame. Tables of stages that did not run are absent: asking for one
    raises AttributeError and says which stage fills it. Columns and meanings: `bulletinnlp.tables.schema.TABLES`; the
    types of events, each with its meaning and an example: `bulletinnlp.tables.schema.EVENT_TYPES`.

    Text is `str`, and what is missing is null, never an empty text; `who`, `whom`, `where`, `aliases` and `flags` are
    lists of Python, empty where there is nothing. `published` is text as it is known, a day, a month or a year;
    `published_begin` and `published_until` (exclusive) are the same as timestamps.

    >>> import bulletinnlp
    >>> texts = ["5月7日，县残联、县一中为残疾人发放轮椅。", "5月7日，民警抓获一名男子。"]
    >>> found = bulletinnlp.extract(texts=texts, published="2022-05")
    >>> found.events[["who", "actor_kind", "trigger", "what"]].values.tolist()
    [[['县残联', '县一中'], 'body', '发放', '轮椅'], [['民警'], 'unnamed', '抓获', '一名男子']]
    >>> found.events.explode("who")["who"].tolist()
    ['县残联', '县一中', '民警']
    >>> sorted(found.entities.query("label != 'PER' and acts")["name"])
    ['县一中', '县残联']
    >>> found.pages["published_begin"].dt.month.tolist()
    [5, 5]
    """

    #: What the tables were read from: `write` replaces none of it.
    read_files = ReadFiles()

    @classmethod
    def from_docs(cls, docs: Iterable[Doc]) -> Extraction:
        """The tables of Docs that a pipeline of ours has read.

        A Doc is an article and a page by itself, `doc-0`, `doc-1` … or what `doc._.article_id` says, and places count
        the characters of its text. A Doc of an article that `split` found keeps its ids, and its places on its page;
        there are no segments then, as a Doc does not know what else its page holds. There is a table for each stage
        that has written on some of the Docs.

        >>> import bulletinnlp
        >>> nlp = bulletinnlp.load(exclude=["events", "quotes"], published="2022-11-29")
        >>> found = Extraction.from_docs(nlp.pipe(["11月13日，孙乐文到古楼街道支援。", "昨日，县一中开学。"]))
        >>> found.times[["article_id", "text", "value"]].values.tolist()
        [['doc-0#1', '11月13日', '2022-11-13'], ['doc-1#1', '昨日', '2022-11-28']]
        """
        from bulletinnlp.tables.docs import doc_tables, written_on

        docs = list(docs)
        written = written_on(docs)
        page_tables = concatenated(doc_tables(docs, written))
        return cls.from_arrow(tables_of(written), linked(page_tables))

    @classmethod
    def read(cls, folder: str | Path) -> Extraction:
        """The tables that `write(folder)` or `bulletinnlp extract … --out folder` left there, in any of their formats.

        Types, lists and missing cells come back as they were. Where a folder holds several formats, the one that was
        written last is taken, and of somebody's own Parquet before JSON lines, CSV, DuckDB and SQLite; a warning says
        if files have changed since they were written. Of a run that was stopped, the pages that are finished, with a
        warning. Where the folder holds an earlier run that is whole, its tables, and the warning says where the
        finished pages are; that folder can be read, too. While a run replaces the tables, those before or those after.
        Raises FileNotFoundError if the folder holds no tables, ValueError for a file that is none, and where a run does
        not end replacing the tables.
        """
        folder = Path(folder)
        found, messages = steadily(folder, lambda: cls._read(folder))
        for message in messages:
            warnings.warn(message, stacklevel=2)
        return found

    @classmethod
    def _read(cls, folder: Path) -> tuple[Extraction, list[str]]:
        """The tables as they stand at the moment, and what to say of them."""
        page_tables = {}
        parquet = last_format(folder) in (None, "parquet")
        for name, path in table_files(folder, "parquet").items() if parquet else ():
            with naming(path):
                page_tables[name] = tidied(pq.read_table(path))
        checkpoints = checkpoints_of(folder)
        if page_tables:
            return cls.from_arrow([TABLES[name] for name in TABLES if name in page_tables], page_tables), list(
                warnings_of(folder)
            )
        rows = whole_rows(folder)
        if rows is None and checkpoints.paths():
            return cls.from_checkpoints(checkpoints), [finished_pages(folder)]
        if rows is None:
            raise nothing_here(folder)
        return cls.from_rows([TABLES[name] for name in TABLES if name in rows], rows), list(warnings_of(folder))

    @classmethod
    def from_checkpoints(cls, checkpoints: Checkpoints) -> Extraction:
        """The tables of the pages that a run has finished."""
        page_tables = linked(concatenated(checkpoints))
        return cls.from_arrow([TABLES[name] for name in TABLES if name in page_tables], page_tables)

    def write(
        self, folder: str | Path, format: str = "parquet", *, guard: bool = False, overwrite: bool = False
    ) -> Path:
        """Write the tables into a folder, one file a table, or one database: parquet jsonl csv duckdb sqlite.

        `guard` keeps spreadsheets from taking a cell of CSV for a formula. Gives the folder. Raises ValueError for
        another format, for tables or columns of your own, and where a table would replace a file that these were read
        from; FileExistsError if something is in the way that was not written so, unless `overwrite` gives it up;
        FolderInUseError if a run writes into the folder.
        """
        _refuse_own(self.tables)
        paths = self.tables["pages"]["path"].dropna().unique() if "pages" in self.tables else ()
        self.read_files.refuse(Path(folder), map(str, paths), overwrite=overwrite)
        tables = [TABLES[name] for name in self.tables]
        with (
            locked(folder) as lock,
            open_tables(folder, tables, format, guard=guard, overwrite=overwrite, lock=lock) as writer,
        ):
            writer.add({name: to_arrow(TABLES[name], data) for name, data in self.tables.items()})
        return Path(folder)

    def to_html(
        self,
        path: str | Path,
        *,
        pages: Iterable[str] | None = None,
        language: Literal["en", "zh"] | None = None,
        overwrite: bool = False,
    ) -> Path:
        """Write one self-contained HTML file to look at: pages with their structure, and the evidence of every row.

        `pages` picks pages by their ids; `language` is that of the buttons, by default the browser's. Gives the file.
        Raises FileExistsError if something is there that is no view, unless `overwrite` gives up the file.
        """
        from bulletinnlp.report.view_file import write_view

        return write_view(self, path, pages=pages, language=language, overwrite=overwrite)

    @property
    def plot(self) -> Plots:
        """Plots of the tables, drawn by matplotlib: `.timeline()`, `.actors()`, `.map()`, `.network()`.

        Raises ModuleNotFoundError without the extra `plots`.
        """
        from bulletinnlp.plots import Plots

        return Plots(self)


def _refuse_own(tables: Mapping[str, pd.DataFrame]) -> None:
    """Raise ValueError for tables and columns of one's own: no format would bring them back as they were."""
    for name, data in tables.items():
        if name not in TABLES:
            raise ValueError(f"{name} is no table of ours; write it yourself, or take it out of .tables")
        if own := [str(column) for column in data.columns if column not in TABLES[name].names]:
            others = f"has columns of your own ({', '.join(own)}); write it yourself, or drop them"
            raise ValueError(f"the table {name} {others}: .{name}.drop(columns={own!r})")
        if gone := [column for column in TABLES[name].names if column not in data.columns]:
            raise ValueError(f"the table {name} lacks the columns {', '.join(gone)}")
