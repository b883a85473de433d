"""The documentation as a site: `python -m bulletinnlp.reference FOLDER`, then open `FOLDER/index.html`.

It needs the extra `docs` (`pip install 'bulletinnlp[docs]'`) and no other. The README, the tables with every column,
the lexicons, the models and the guidelines of annotation, then one page a module out of its docstrings, with a search;
it needs no server and fetches nothing. Modules whose extra is not installed (Dask, Spark) are left out, and named.
"""

from __future__ import annotations

import pkgutil
import sys
import warnings
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import bulletinnlp
from bulletinnlp.reference.guide import guide

TEMPLATES = Path(__file__).parent / "templates"


def modules() -> list[str]:
    """The modules that are documented.

    >>> "bulletinnlp.pipeline" in modules(), "bulletinnlp.annotations" in modules(), "bulletinnlp.__main__" in modules()
    (True, True, False)
    """
    found = [part.name for part in pkgutil.walk_packages(bulletinnlp.__path__, "bulletinnlp.", onerror=lambda _: None)]
    left_out = ("bulletinnlp.__main__", "bulletinnlp.reference.__main__")
    return ["bulletinnlp", *(name for name in found if not name.startswith(left_out) and _loads(name))]


def _loads(name: str) -> bool:
    """Whether a module can be imported: some need an extra (Dask, Spark) that may not be installed."""
    try:
        import_module(name)
    except ModuleNotFoundError as error:
        if error.name and error.name.startswith("bulletinnlp"):
            raise
        print(f"{name} is left out: {f'it needs {error.name}' if error.name else error}", file=sys.stderr)
        return False
    return True


def write(folder: Path) -> None:
    """Write the site into a folder. Raises ModuleNotFoundError without pdoc, FileExistsError where the folder holds
    files and is no site of ours.
    """
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "bulletinnlp.html").is_file():
        raise FileExistsError(f"{folder}: it holds other files; name a folder for the site alone")
    if find_spec("pdoc") is None:
        raise ModuleNotFoundError("the reference needs pdoc: pip install 'bulletinnlp[docs]'")
    from pdoc import render
    from pdoc.doc import Module

    for name in bulletinnlp.__all__:
        getattr(bulletinnlp, name)  # they are loaded when first asked for, and pdoc does not ask
    render.configure(
        docformat="markdown",
        show_source=False,
        footer_text=f"bulletinnlp {bulletinnlp.__version__}",
        template_directory=TEMPLATES,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of types of fields that pdoc prints as they stand, of modules met twice
        pages = {page.__name__: Module(page) for page in guide()}
        pages |= {name: Module.from_name(name) for name in modules()}
        for name, page in pages.items():
            path = folder / f"{name.replace('.', '/')}.html"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(render.html_module(page, pages), encoding="utf-8")
        (folder / "search.js").write_text(render.search_index(pages), encoding="utf-8")
