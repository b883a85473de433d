"""One checkpoint on disk: Parquet files, and a record of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from stat import S_ISREG
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from bulletinnlp.output.hidden_folders import write_record
from bulletinnlp.output.hidden_names import IN_CHECKPOINTS
from bulletinnlp.output.ownership import fingerprint, is_kind, is_ours
from bulletinnlp.pages.input_state import InputState
from bulletinnlp.pages.plain_files import reason
from bulletinnlp.pages.run_record import RECORD, read_record
from bulletinnlp.tables.frames import Tables, concatenated

#: In the tables of a checkpoint: where the page stands among the inputs.
INPUT = "input"


class DamagedCheckpointError(ValueError):
    """A checkpoint is not as it was written."""


def write_checkpoint(folder: Path, finished: Iterable[tuple[int, Tables]], **facts: Any) -> None:
    """Write the tables of pages, each with its place among the inputs, into a folder; the record comes last."""
    tables = concatenated(_placed(position, page) for position, page in sorted(finished, key=lambda one: one[0]))
    for table, data in tables.items():
        pq.write_table(data.combine_chunks(), folder / f"{table}.parquet")
    files = {file.name: fingerprint(file) for file in sorted(folder.glob("*.parquet"))}
    rows = {table: data.num_rows for table, data in tables.items()}
    write_record(folder, files=files, rows=rows, **facts)


def _placed(position: int, page: Tables) -> Tables:
    """The rows of a page, with where it stands among the inputs."""
    return {
        table: data.append_column(INPUT, pa.array(np.full(data.num_rows, position, np.int64)))
        for table, data in page.items()
    }


def between(page_tables: Tables, first: int, end: int) -> Tables:
    """The rows of the inputs from one to another."""
    found = {}
    for table, data in page_tables.items():
        low, high = np.searchsorted(data[INPUT].to_numpy(), [first, end])
        found[table] = data.slice(low, high - low).drop_columns(INPUT)
    return found


def read_checkpoint(path: Path) -> Tables:
    """The tables of a checkpoint, with the column `input`. Raises DamagedCheckpointError if one is not as written."""
    return {file.stem: _read(file, print_) for file, print_ in _files(path)}


def stamps_in(path: Path) -> dict[int, InputState]:
    """The inputs of a checkpoint: where each stands, and its stamp."""
    try:
        return {int(position): InputState(*stamp) for position, stamp in record_of(path)["pages"]}
    except (KeyError, ValueError, TypeError):
        raise damaged(path / RECORD, "no record of finished pages") from None


def _files(path: Path) -> list[tuple[Path, Mapping[str, Any]]]:
    """The files that the record of a checkpoint lists, with their fingerprints."""
    return [(path / name, print_) for name, print_ in record_of(path).get("files", {}).items()]


def record_of(path: Path) -> Mapping[str, Any]:
    record = read_record(path)
    if record is None:
        raise damaged(path / RECORD, "no record of finished pages")
    return record


def is_of_checkpoint(file: Path) -> bool:
    """Whether a file is one as checkpoints hold them, whoever wrote it: a record, be it damaged, or a table."""
    if not (is_kind(file, S_ISREG) and IN_CHECKPOINTS.fullmatch(f"{0:010d}/{file.name}")):
        return False
    try:
        return file.suffix != ".parquet" or INPUT in pq.read_schema(file).names
    except (OSError, pa.ArrowException):
        return False


def _read(file: Path, print_: Mapping[str, Any]) -> pa.Table:
    """A table of a checkpoint; `read_table`, which can do more, takes 40 MB for that."""
    if not is_ours(file.parent, file.name, [print_]):
        raise damaged(file, "it is not as it was written" if file.exists() else "it is gone")
    try:
        with pq.ParquetFile(file) as open_file:
            return open_file.read(use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise damaged(file, reason(error)) from None


def damaged(file: Path, why: str) -> DamagedCheckpointError:
    return DamagedCheckpointError(f"{file}: the finished pages are damaged ({why}); --resume reads them again")
