"""What all stages have in common: spaCy's `Pipe`, with word lists, scores, and files that go where the pipeline goes.

A stage is made by `Stage(nlp, name, *, options)`, is called with a Doc and gives that Doc back. Of `Pipe` it has `pipe`
and the error handler (`nlp.set_error_handler`): a Doc on which a stage of a stream fails goes to the handler, which
raises the error unless the pipeline has another.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, ClassVar

import srsly
from spacy.language import Language
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import minibatch

from bulletinnlp.lexicons import SHIPPED, LexiconSource, lexicons_from, using
from bulletinnlp.scorer import score_annotations

#: Where a pipeline's meta data name the folders (word lists, models) of which its stages hold copies.
_COPIED = "bulletinnlp_copied"
_LEXICONS = "lexicons.json"


def note_folder(nlp: Language, folder: str | PathLike[str]) -> None:
    """Note in a pipeline's meta data that a stage holds a copy of a folder, if there is that folder."""
    known: list[str] = nlp.meta.setdefault(_COPIED, [])
    if Path(folder).exists() and str(folder) not in known:
        known.append(str(folder))


def is_gone(nlp: Language, folder: str | PathLike[str]) -> bool:
    """Whether a folder of a config is gone, and its copy comes with the pipeline: `from_disk` is going to bring it."""
    return not Path(folder).exists() and str(folder) in nlp.meta.get(_COPIED, ())


class Stage(Pipe):
    """A component that reads and writes annotations of a Doc (`bulletinnlp.annotations`).

    `lexicons` are in force while it runs (`with_own_lexicons`). `to_disk` and `to_bytes` keep what the config does not
    hold but by the name of a folder: the entries of the user's word lists, the files of a trained model.
    """

    # Each stage declares its options in an `__init__` of its own, in a module whose annotations are no strings: spaCy
    # checks a config by them.
    # No attribute of the class is annotated under the name of an option: spaCy would take it for the type of that.
    #: The annotations that `score` compares.
    scored: ClassVar[tuple[str, ...]] = ()

    def __init__(self, nlp: Language, name: str, *, lexicons: LexiconSource | None = None) -> None:
        self.name = name
        self._lists_of_a_folder = isinstance(lexicons, (str, PathLike))
        gone = False
        if isinstance(lexicons, (str, PathLike)):
            note_folder(nlp, lexicons)
            gone = is_gone(nlp, lexicons)
        self.lexicons = SHIPPED if gone else lexicons_from(lexicons)

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """Precision, recall and F of what the stage writes, for `nlp.evaluate`; see `bulletinnlp.scorer`."""
        return score_annotations(examples, self.scored)

    def held_files(self) -> dict[str, bytes]:
        """What the stage holds beyond its config, by name of file."""
        held = self._lists_of_a_folder and self.lexicons
        return {_LEXICONS: json.dumps(self.lexicons.entries(), ensure_ascii=False).encode()} if held else {}

    def restore_files(self, folder: Path | Files) -> None:
        """Take over what `held_files` gave."""
        if (folder / _LEXICONS).is_file():
            self.lexicons = lexicons_from(json.loads((folder / _LEXICONS).read_bytes()))

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write what the stage holds beyond its config into a folder; no folder if there is nothing."""
        for name, data in self.held_files().items():
            if name not in exclude:
                Path(path).mkdir(parents=True, exist_ok=True)
                Path(path, name).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Stage:
        """Take over what `to_disk` wrote."""
        self.restore_files(Path(path))
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """What `to_disk` writes, as bytes."""
        return bytes(
            srsly.msgpack_dumps({name: data for name, data in self.held_files().items() if name not in exclude})
        )

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Stage:
        """Take over what `to_bytes` gave."""
        self.restore_files(Files(srsly.msgpack_loads(data)))
        return self


class BatchStage(Stage):
    """A stage that reads several Docs at a time; what it finds in one does not depend on what is read beside it."""

    def annotate(self, docs: list[Doc]) -> None:
        """Annotate the Docs."""
        raise NotImplementedError

    def __call__(self, doc: Doc) -> Doc:
        with using(self.lexicons):
            self.annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The Docs of a stream, read `batch_size` at a time, which is faster than one by one.

        Where a batch fails, its Docs are read one by one, and those that fail go to the error handler.
        """
        for docs in minibatch(stream, batch_size):
            try:
                with using(self.lexicons):
                    self.annotate(docs)
            except Exception:
                yield from super().pipe(docs, batch_size=1)
            else:
                yield from docs


class NetworkStage(BatchStage):
    """A stage with a network, one that ships (`networks`) or that of a folder, and a threshold from 0 to 1."""

    #: The names of the networks that ship.
    networks: ClassVar[tuple[str, ...]]
    #: The files of a network. A folder without the first holds none.
    network_files: ClassVar[tuple[str, ...]]

    def __init__(
        self, nlp: Language, name: str, *, model: str | Path, threshold: float, lexicons: LexiconSource | None = None
    ) -> None:
        super().__init__(nlp, name, lexicons=lexicons)
        if isinstance(threshold, bool) or not isinstance(threshold, int | float) or not 0 <= threshold <= 1:
            raise ValueError(f"{name}: threshold must lie between 0 and 1, not {threshold!r}")
        self.threshold = threshold
        self.model = model
        self._network: Any = None
        if model not in self.networks:
            note_folder(nlp, model)
        if model in self.networks or Path(model, self.network_files[0]).is_file():
            self._network = self.network_of(model)
        elif not is_gone(nlp, model):
            names = ", ".join(map(repr, self.networks))
            raise ValueError(
                f"{name}: model must be {names} or a folder that holds {self.network_files[0]}, not {model!r}"
            )

    def network_of(self, model: Any) -> Any:
        """The network of this name, or of a folder."""
        raise NotImplementedError

    @property
    def network(self) -> Any:
        """The network. Raises ValueError where its folder is gone and no copy was read."""
        if self._network is None:
            raise ValueError(f"{self.name}: the folder of its model is gone, {self.model}; its copy was not read yet")
        return self._network

    def held_files(self) -> dict[str, bytes]:
        """What the stage holds beyond its config: word lists, the network unless it ships."""
        own = () if self.model in self.networks else self.network_files
        return super().held_files() | {name: (self.network.folder / name).read_bytes() for name in own}

    def restore_files(self, folder: Path | Files) -> None:
        """Take over what `held_files` gave."""
        super().restore_files(folder)
        if (folder / self.network_files[0]).is_file():
            self._network = self.network_of(folder)


class Files:
    """Files in memory, read as those of a folder are: `(files / "tagger.json").read_text()`.

    >>> (Files({"a.txt": b"1"}) / "a.txt").read_bytes(), (Files({}) / "a.txt").is_file()
    (b'1', False)
    """

    def __init__(self, files: Mapping[str, bytes], name: str = "") -> None:
        self._files, self.name = files, name

    def __truediv__(self, name: str) -> Files:
        return Files(self._files, name)

    def is_file(self) -> bool:
        """Whether there is such a file."""
        return self.name in self._files

    def read_bytes(self) -> bytes:
        """What the file holds."""
        return self._files[self.name]

    def read_text(self, encoding: str = "utf-8") -> str:
        """What the file holds, as text."""
        return self.read_bytes().decode(encoding)

    def open(self, mode: str = "rb") -> BytesIO:
        """The file, opened to be read."""
        return BytesIO(self.read_bytes())
