"""A list of names: persons, organisations, places of your county, with their other names and codes.

A gazetteer is found by spaCy's own `span_ruler`, and joined with what other sources say. The file is UTF-8 text, a name
a line, with a tab between its columns (in a `.csv` file a comma); `#` begins a comment:

    PER	孙乐文
    ORG	东昌府区教育和体育局	区教体局；教体局	371502
    PLACE	仙庄村

| column | what it holds |
| --- | --- |
| label | PER, ORG or PLACE |
| name | the name |
| aliases | other names of the same person, organisation or place, between ；; all are one entity |
| adcode | the official code of the division that it is or lies in; fills `adcode` wherever it is named |

The last two may be empty or missing. A first line with the names of the columns may put them in another order.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from bulletinnlp.models.external_model import label_of
from bulletinnlp.pages.plain_files import UnfitFileError, read_bytes

COLUMNS = ("label", "name", "aliases", "adcode")
_EXPECTED = "expected PER, ORG or PLACE, a tab, and a name; behind them may stand aliases between ；, and a code"
_BETWEEN = re.compile(r"[；;]")


def patterns(path: str | Path) -> list[dict[str, str]]:
    """The patterns of a gazetteer, one for each name and alias.

    The `id` of a pattern is the name of its line and, after a tab, the code, if there is one; `Doc.ents` have it as
    `kb_id_`. Raises FileNotFoundError if there is no such file, ValueError for a line that is wrong, with its number.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "names.tsv")
    ...     size = path.write_text("ORG\\t东昌府区教育和体育局\\t区教体局\\t371502\\n", encoding="utf-8")
    ...     [pattern["pattern"] for pattern in patterns(path)]
    ['东昌府区教育和体育局', '区教体局']
    """
    found: list[dict[str, str]] = []
    owner: dict[tuple[str, str], str] = {}
    columns: Sequence[str] = COLUMNS
    for number, fields in _lines(path):
        where = f"gazetteer {path}, line {number}"
        if not found and "name" in fields and "label" in fields:
            if unknown := [field for field in fields if field not in COLUMNS]:
                raise ValueError(f"{where}: there is no column {unknown[0]}; choose from {', '.join(COLUMNS)}")
            columns = fields
            continue
        row = dict(zip(columns, fields, strict=False))
        label, name, code = label_of(row.get("label", "")), row.get("name", ""), row.get("adcode", "")
        if not name or label is None or len(fields) > len(columns):
            raise ValueError(f"{where}: {_EXPECTED}")
        _check_code(where, label, code)
        aliases = [alias.strip() for alias in _BETWEEN.split(row.get("aliases", ""))]
        for printed in dict.fromkeys([name, *filter(None, aliases)]):
            if owner.setdefault((label, printed), name) != name:
                raise ValueError(f"{where}: {printed} stands for {owner[label, printed]} already")
            found.append({"label": str(label), "pattern": printed, "id": f"{name}\t{code}"})
    if not found:
        raise ValueError(f"gazetteer {path}: there is no name in it")
    return found


def _lines(path: str | Path) -> Iterator[tuple[int, list[str]]]:
    """The lines of a file that are no comments, with their numbers, cut into fields."""
    try:
        lines = read_bytes(path).decode("utf-8-sig").splitlines()
    except UnfitFileError as error:
        raise ValueError(f"gazetteer {path}: the list {error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"gazetteer {path}: the file is not UTF-8") from None
    except OSError as error:
        raise FileNotFoundError(f"gazetteer {path}: {error.strerror}") from None
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            fields = next(csv.reader([line])) if str(path).endswith(".csv") else line.rstrip().split("\t")
            yield number, [field.strip() for field in fields]


def _check_code(where: str, label: str, code: str) -> None:
    """Raise ValueError for a code that no division has, and for the code of a person."""
    if not code:
        return
    from bulletinnlp.places.divisions import divisions  # not loaded for a list without codes

    if label == "PER":
        raise ValueError(f"{where}: a person has no adcode; leave it empty")
    if not code.isdigit() or divisions().get(code) is None:
        raise ValueError(f"{where}: no division of 2023 has the code {code}, such as 371502 or 371502005")
