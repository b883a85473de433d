"""A list of names of one's own, as patterns of spaCy's `span_ruler`.

The file has a name a line after its label and a tab; `#` begins a comment:

    PER	孙乐文
    ORG	区教研中心
    PLACE	仙庄村
"""

from __future__ import annotations

from pathlib import Path

from bulletinnlp.models.labels import label_of
from bulletinnlp.pages.plain_files import UnfitFileError, read_bytes


def patterns(path: str | Path) -> list[dict[str, str]]:
    """The patterns of a gazetteer.

    Raises FileNotFoundError if there is no such file, ValueError for a line that is wrong, with its number.
    """
    found = []
    try:
        lines = read_bytes(path).decode("utf-8-sig").splitlines()
    except UnfitFileError as error:
        raise ValueError(f"gazetteer {path}: the list {error}") from None
    except UnicodeDecodeError:
        raise ValueError(f"gazetteer {path}: the file is not UTF-8") from None
    except OSError as error:
        raise FileNotFoundError(f"gazetteer {path}: {error.strerror}") from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.startswith("#"):
            continue
        label, _, name = line.partition("\t")
        if not name.strip() or label_of(label.strip()) is None:
            raise ValueError(f"gazetteer {path}, line {number}: expected PER, ORG or PLACE, a tab, and a name")
        found.append({"label": str(label_of(label.strip())), "pattern": name.strip()})
    if not found:
        raise ValueError(f"gazetteer {path}: there is no name in it")
    return found
