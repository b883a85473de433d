"""Tables on their way: written in a hidden folder, and published when all are whole.

While files take their names there is no record in the folder of tables, but the hidden folder says which they are: a
run that is killed then leaves nothing that is not known to be ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bulletinnlp.output.lock import Held
from bulletinnlp.output.ownership import STAGING, HiddenFolder, fingerprint, logs, refuse_others, remove, unchanged
from bulletinnlp.output.record import RECORD, read_record, write_record

#: What a record says of how tables were written that may stay when others come.
TRAITS = ("guard",)


class Staging:
    """The hidden folder for the tables of a folder, and how they get out of it.

    `overwrite` gives up plain files in the place of tables that no run wrote. Making one raises FileExistsError if
    something is in the way of `names`, before anything is written. `held` is the lock of the folder: where that is no
    longer ours, nothing is published nor removed there.
    """

    def __init__(
        self, folder: Path, names: Iterable[str], *, overwrite: bool = False, held: Held | None = None
    ) -> None:
        self.folder = folder
        self._held = held
        self.check()
        self.names = list(names)
        self._overwrite = overwrite
        self._hidden = hidden_tables(folder)
        check_way(folder, self.names, overwrite=overwrite)
        self._hidden.empty(**self._left())

    def _left(self) -> dict[str, Any]:
        """What a run that was stopped while its tables took their names has left: to be remembered."""
        if not was_publishing(self.folder):
            return {}
        return {"files": {name: fingerprint(self.folder / name) for name in unchanged(self.folder)}}

    def check(self) -> None:
        """Raise FolderLostError if the folder is no longer ours."""
        if self._held:
            self._held.check()

    def path(self, name: str) -> Path:
        """Where to write the table that takes `name` in the end."""
        return self._hidden.path / name

    def publish(self, rows: Mapping[str, int], facts: Mapping[str, Any], traits: Mapping[str, Any]) -> None:
        """Let the tables take their names, and record them.

        Of the tables that the last record lists, those that these replace go: with `facts` (a whole run, a folder
        holds one) all, else those of the same format. `traits` say how the format was written, `last` in
        the record which one it was. Without `facts` no run
        is recorded: the tables are no longer what one found.
        """
        self.check()
        check_way(self.folder, self.names, overwrite=self._overwrite)
        earlier = read_record(self.folder) or {}
        before = {name: fingerprint(self.folder / name) for name in unchanged(self.folder)}
        suffixes = {Path(name).suffix for name in self.names}
        stale = [n for n in before if facts or Path(n.partition("/")[0]).suffix in suffixes]
        new = {file: fingerprint(self._hidden.path / file) for name in self.names for file in self._files(name)}
        kept = {n: known for n, known in before.items() if not facts and n not in stale and n not in new}
        said = {name: earlier[name] for name in TRAITS if name in earlier and not facts}
        self.check()  # taking the fingerprints may have lasted
        self._hidden.note(files=new, before=before)
        (self.folder / RECORD).unlink(missing_ok=True)
        remove(self.folder, [*stale, *(log for name in self.names for log in logs(name))])
        for name in self.names:
            self.path(name).replace(self.folder / name)
        last = min(suffixes, default="").lstrip(".")
        record = {
            **said,
            **facts,
            **traits,
            "last": last,
            "files": dict(sorted({**kept, **new}.items())),
            "rows": dict(rows),
        }
        write_record(self.folder, self._hidden.path / f"{RECORD}.part", **record)
        self._hidden.note()

    def _files(self, name: str) -> list[str]:
        """A table's files: itself, or with an engine those in its folder."""
        path = self.path(name)
        return [f"{name}/{file.name}" for file in sorted(path.iterdir())] if path.is_dir() else [name]

    def clear(self) -> None:
        """Remove the hidden folder and what is in it; where tables were taking their names, all but the record."""
        if self._held and not self._held.is_ours():
            return
        if left := self._left():
            self._hidden.empty(**left)
        else:
            self._hidden.clear()


def check_way(folder: Path, names: Iterable[str], *, overwrite: bool = False) -> None:
    """Raise FileExistsError if something is in the way of tables of these names that is not ours."""
    refuse_others(folder, names, overwrite=overwrite)
    hidden_tables(folder).refuse_others()


def hidden_tables(folder: Path) -> HiddenFolder:
    return HiddenFolder(folder / STAGING, "tables on their way")


def was_publishing(folder: Path) -> bool:
    """Whether a run was stopped in this folder while its tables took their names."""
    return "files" in (read_record(folder / STAGING) or {})
