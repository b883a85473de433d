"""The API reference, out of the docstrings: `python -m bulletinnlp.reference FOLDER`.

It needs the extra `docs` (`pip install 'bulletinnlp[docs]'`). One HTML page a module, with a search, that needs no
server and fetches nothing; that of `bulletinnlp.tables.schema` lists every table and column. Modules whose extra is not
installed (Dask, Spark) are left out, and named; so are the recipes in `bulletinnlp.training`, which are to be run.
"""

from __future__ import annotations

import pkgutil
import sys
import warnings
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import bulletinnlp
import bulletinnlp.tables.schema
from bulletinnlp.tables.schema import TABLES


def modules() -> list[str]:
    """The modules that are documented.

    >>> "bulletinnlp.pipeline" in modules(), "bulletinnlp.times.time" in modules(), "bulletinnlp.training" in modules()
    (True, True, False)
    """
    found = [part.name for part in pkgutil.walk_packages(bulletinnlp.__path__, "bulletinnlp.", onerror=lambda _: None)]
    left_out = ("bulletinnlp.training", "bulletinnlp.__main__")
    return ["bulletinnlp", *(name for name in found if not name.startswith(left_out) and _loads(name))]


def _loads(name: str) -> bool:
    """Whether a module can be imported: some need an extra (Dask, Spark) that may not be installed."""
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("bulletinnlp"):
            raise
        print(f"{name} is left out: it needs {error.name}", file=sys.stderr)
        return False
    return True


def schema() -> str:
    """The tables and their columns, as Markdown.

    >>> schema().splitlines()[0]
    '### `pages`: a page read'
    """
    lines = []
    for table in TABLES.values():
        lines += [f"### `{table.name}`: {table.row}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{column.name}` | {column.type} | {column.meaning} |" for column in table.columns]
        lines.append("")
    return "\n".join(lines)


def write(folder: Path) -> None:
    """Write the reference into a folder. Raises ModuleNotFoundError without pdoc."""
    if find_spec("pdoc") is None:
        raise ModuleNotFoundError("the reference needs pdoc: pip install 'bulletinnlp[docs]'")
    import pdoc

    for name in bulletinnlp.__all__:
        getattr(bulletinnlp, name)  # they are loaded when first asked for, and pdoc does not ask
    bulletinnlp.tables.schema.__doc__ = f"{bulletinnlp.tables.schema.__doc__}\n\n{schema()}"
    pdoc.render.configure(docformat="markdown", show_source=False, footer_text=f"bulletinnlp {bulletinnlp.__version__}")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of types of fields that pdoc prints as they stand, of modules met twice
        pdoc.pdoc(*modules(), output_directory=folder)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m bulletinnlp.reference FOLDER")
    try:
        write(Path(sys.argv[1]))
    except ModuleNotFoundError as error:
        sys.exit(str(error))
