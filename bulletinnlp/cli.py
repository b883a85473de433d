"""The command `bulletinnlp`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

from bulletinnlp.startup import hold_standard_streams, printable, sparing_memory, without_torch
from bulletinnlp.terminal import (
    INTERRUPTED,
    NOTHING_DONE,
    SOME_FAILED,
    ErrorLines,
    give_up,
    line_of,
    print_text,
    progress,
    say,
    warnings_as_lines,
)

app = typer.Typer(
    name="bulletinnlp",
    help="Chinese local newspapers to tables: who did what, where and when.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _version(wanted: bool) -> None:
    if wanted:
        from bulletinnlp import __version__

        hold_standard_streams()
        print_text(f"bulletinnlp {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Chinese local newspapers to tables: who did what, where and when, with the sentence behind every cell."""
    hold_standard_streams()


@app.command()
def extract(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="files, folders or globs of .txt; tables (.csv .jsonl .json .parquet .xlsx …); - for standard input",
        ),
    ],
    out: Annotated[str, typer.Option(metavar="FOLDER", help="folder for the tables")],
    format: Annotated[
        Literal["parquet", "jsonl", "csv", "duckdb", "sqlite"], typer.Option(help="format of the tables")
    ] = "parquet",
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="date of issue: 2022-11-29, 2022-11 or 2022")
    ] = None,
    manifest: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="CSV with page_id, published, paper, home, for pages that differ"),
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=NAME",
            help="which column of a table holds text, headline, byline, published, paper, home, page_id; repeatable",
        ),
    ] = None,
    unit: Annotated[
        Literal["article", "page"] | None, typer.Option(help="what a row of a table is; by default worked out and said")
    ] = None,
    model: Annotated[
        str,
        typer.Option(
            help="embedded, open, hanlp[:NAME], spacy:NAME, gazetteer:FILE, several (embedded+hanlp), MODEL of `train`"
        ),
    ] = "embedded",
    exclude: Annotated[
        list[str] | None, typer.Option(metavar="STAGE", help="leave a stage out; may be repeated")
    ] = None,
    lexicons: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="word lists of your own, titles.txt …; `bulletinnlp lexicons` says which"),
    ] = None,
    workers: Annotated[int | None, typer.Option(metavar="N", help="processes; by default one a core")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="go on with the run that was stopped in this folder")
    ] = False,
    overwrite: Annotated[
        bool,
        typer.Option("--overwrite", help="give up finished pages, and files in the place of tables that no run wrote"),
    ] = False,
    page_timeout: Annotated[
        float, typer.Option(metavar="SECONDS", min=0, help="end the stages of a page that takes longer; 0: never")
    ] = 120,
    guard_csv: Annotated[
        bool, typer.Option("--guard-csv", help="in CSV, put ' before text that a spreadsheet takes for a formula")
    ] = False,
    engine: Annotated[Literal["local", "dask", "spark"], typer.Option(help="what runs the pages")] = "local",
) -> None:
    """Read pages and write the tables.

    Examples: `bulletinnlp extract seeds/ --out tables/`,
    `bulletinnlp extract articles.csv --out tables/ --columns text=正文,headline=标题`

    The exit code is 0 when every page was read, 1 when some were not, 2 when nothing could be done. A run that was
    stopped (Ctrl-C: 130) goes on with `--resume`, and reads again what has changed since. Only files that a run wrote
    are replaced; `--overwrite` replaces others that bear a table's name.
    """
    sparing_memory()
    from bulletinnlp.models.model_spec import is_light

    if is_light(model):
        without_torch()
    from bulletinnlp.runs.extract import extract_to
    from bulletinnlp.tables.problems import summary
    from bulletinnlp.tables.table_set import describe

    watch = progress()
    try:
        counts = extract_to(
            inputs, out, columns=_columns(columns or ()), unit=unit, format=format, published=published,
            manifest=manifest, model=model, exclude=exclude or (), lexicons=lexicons, workers=workers, resume=resume,
            overwrite=overwrite, guard=guard_csv, page_timeout=page_timeout or None, engine=engine,
            watch=watch, on_problem=ErrorLines(watch),
        )  # fmt: skip
    except KeyboardInterrupt:
        kept = f"; finished pages are in {out}, --resume goes on" if engine == "local" else ""
        say(f"stopped{kept}")
        raise typer.Exit(INTERRUPTED) from None
    except (OSError, ValueError, RuntimeError, ModuleNotFoundError) as error:
        give_up(line_of(error, out))
    if not counts.found["pages"]:  # the problem of each input was printed; no table was written
        raise typer.Exit(NOTHING_DONE)
    if counts.done_before:
        print_text(f"{printable(out)}: the run is complete; nothing was left to do", err=True)
    print_text(f"{describe(counts.summary())}\n{format} tables in {printable(out)}")
    if kinds := summary(counts.kinds):
        print_text(f"problems: {kinds}; the table problems in {printable(out)} names them")
    if counts.errors:
        raise typer.Exit(SOME_FAILED)


def _columns(options: Iterable[str]) -> dict[str, str | None]:
    """text=正文,published=日期 as a dict; no name behind = says that no column holds it.

    >>> _columns(["text=正文,published=日期", "byline="])
    {'text': '正文', 'published': '日期', 'byline': None}
    """
    found: dict[str, str | None] = {}
    for pair in (pair for some in options for pair in some.split(",") if pair.strip()):
        field, equals, name = pair.partition("=")
        if not equals:
            raise ValueError(f"--columns takes FIELD=NAME, such as text=正文, not '{pair}'")
        found[field.strip()] = name.strip() or None
    return found


@contextmanager
def _giving_up(name: Path) -> Iterator[None]:
    """Print warnings, a line each; where the block fails, print why, and exit. `name` is the file that it is about."""
    try:
        with warnings_as_lines():
            yield
    except (ValueError, ModuleNotFoundError, OSError) as error:
        give_up("\n".join(getattr(error, "problems", None) or [line_of(error, name)]))


@app.command()
def view(
    tables: Annotated[Path, typer.Argument(metavar="TABLES", help="the folder that `extract … --out` wrote")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="the HTML file; by default TABLES/view.html")] = None,
    page: Annotated[
        list[str] | None, typer.Option(metavar="PAGE_ID", help="show this page only; may be repeated")
    ] = None,
    language: Annotated[
        Literal["en", "zh"] | None, typer.Option(help="of the buttons; by default the browser's")
    ] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="give up a file in its place that is no view")] = False,
    open: Annotated[bool, typer.Option("--open", help="open it in the browser")] = False,
) -> None:
    """Write the tables as one HTML file to look at: pages with their structure, the evidence of every row.

    The file needs nothing else and fetches nothing. Example: `bulletinnlp view tables/ --open`. Its address leads to an
    article or an event by its id with # as %23: `view.html#clips-3%231`, `view.html#event=clips-3%231/2`.
    """
    from bulletinnlp.report.view_file import view_folder

    with _giving_up(out or tables):
        path = view_folder(tables, out, pages=page or (), language=language, overwrite=overwrite, show=open)
    print_text(printable(str(path)))


@app.command()
def annotate(
    tables: Annotated[Path, typer.Argument(metavar="TABLES", help="the folder that `extract … --out` wrote")],
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="where the articles go; a new or an empty folder")],
    format: Annotated[
        Literal["marked", "brat", "label-studio"],
        typer.Option(help="text with marks for any editor, or files for another tool"),
    ] = "marked",
    articles: Annotated[int | None, typer.Option(metavar="N", min=1, help="so many by chance; by default all")] = None,
    seed: Annotated[int, typer.Option(metavar="K", help="the same K takes the same articles")] = 0,
) -> None:
    """Write articles with what was found in them, to be corrected by hand.

    1. `bulletinnlp annotate tables/ --out gold/ --articles 20` writes them.
    2. Open the files of gold/ in an editor, put right what is wrong, and save. The head of each says how.
    3. `bulletinnlp evaluate gold/ tables/ --errors all` names every correction, and measures.
    """
    from bulletinnlp.evaluation import annotate as write

    with _giving_up(out):
        files = write(tables, out, format, articles=articles, seed=seed)
    names = printable(", ".join(path.name for path in files[:3])) + (" …" if len(files) > 3 else "")
    print_text(f"{len(files)} file{'s' if len(files) != 1 else ''} to correct in {printable(str(out))}: {names}")


@app.command()
def lexicons(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="the list to print; without it, all are named")
    ] = None,
) -> None:
    """Print the word lists that you may add to or take away from, and what a line of each is.

    `bulletinnlp lexicons titles` prints one whole: a start for a file of your own. Put your files in a folder, and read
    with `bulletinnlp extract … --lexicons FOLDER`.
    """
    from bulletinnlp.lexicons.listing import overview, shown

    try:
        print_text(shown(name) if name else overview())
    except ValueError as error:
        give_up(str(error))


@app.command()
def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="folder that `annotate` wrote, corrected; or of annotated pages")
    ],
    tables: Annotated[Path, typer.Argument(metavar="TABLES", help="the folder that `extract … --out` wrote")],
    texts: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="where the pages' texts lie, if not where they were read")
    ] = None,
    errors: Annotated[
        str | None,
        typer.Option(metavar="MEASURE", help="list the errors of the measures that begin so, or all"),
    ] = None,
    format: Annotated[Literal["text", "markdown", "html"], typer.Option(help="format of the report")] = "text",
    json: Annotated[Path | None, typer.Option(metavar="FILE", help="write the scores as JSON too")] = None,
) -> None:
    """Score the tables against corrected articles, and list the errors.

    Example: `bulletinnlp evaluate gold/ tables/ --errors all`. A wrong mark ends it: each is named with file and line.
    """
    from bulletinnlp.evaluation.scoring import evaluate as report

    with _giving_up(json or tables):
        written = report(gold, tables, texts=texts, errors=errors, format=format, json=json)
    print_text(written)


@app.command()
def train(
    corrected: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="corrected articles: marked texts (.txt), or one such file")
    ],
    out: Annotated[Path, typer.Option(metavar="MODEL", help="folder for the model")],
    held_out: Annotated[
        float,
        typer.Option(metavar="SHARE", min=0, max=0.5, help="share of the articles to measure on, not to learn from"),
    ] = 0.1,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="replace a model that is there")] = False,
) -> None:
    """Train the networks of names and events further on articles that you have corrected.

    Takes minutes for 50 articles, and the extra `training` (PyTorch). Its card, MODEL/README.md, says how well the
    model does on the articles held out. Forty articles that are marked as ours are win little or nothing (names .933
    → .933, .908 → .933; events .717 → .735, .789 → .775), forty marked after other guidelines some hundredths.

    Example: `bulletinnlp train gold/ --out model/`, then `bulletinnlp extract pages/ --out tables/ --model model/`
    """
    sparing_memory()
    from bulletinnlp.evaluation.marked import MarkedTextError
    from bulletinnlp.finetune import train as train_on

    try:
        trained = train_on(corrected, out, held_out=held_out, overwrite=overwrite, watch=progress())
    except KeyboardInterrupt:
        say("stopped; nothing was written")
        raise typer.Exit(INTERRUPTED) from None
    except MarkedTextError as error:
        for problem in error.problems:
            say(problem)
        raise typer.Exit(NOTHING_DONE) from None
    except (ValueError, ModuleNotFoundError, OSError) as error:
        give_up(str(error))
    print_text("\n".join([*trained.lines(), f"model in {printable(str(out))}"]))
