"""A HanLP model: names, semantic roles, dependencies.

HanLP's own loader waits 25 s for a server that can not be reached, asks a package index for news when a model is
broken, and prints pages of advice. Here the files of a model are checked first, and it is loaded by its own
class: errors are one line long, and come at once.

The package: `pip install 'bulletinnlp[hanlp]'` takes torch along, by default its build for GPUs, several GB. Where a
CPU must do, install torch's CPU build first. Set `OMP_NUM_THREADS=1` where several processes share a machine.

Licences: HanLP's code is Apache 2.0, but the models that it offers for download are licensed for non-commercial use (CC
BY-NC-SA 4.0). None is shipped here.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bulletinnlp.models.external_model import ModelOutput, first_line
from bulletinnlp.models.semantic_roles import Dependent, from_dependencies, from_semantic_roles
from bulletinnlp.models.word_alignment import align

#: The multi-task model that `model="hanlp"` means: the smaller of two, 120 MB.
DEFAULT = "CLOSE_TOK_POS_NER_SRL_DEP_SDP_CON_ELECTRA_SMALL_ZH"
#: Seconds that a server has to answer before it counts as out of reach.
_PATIENCE = 3.0
_SOURCE = "hanlp"


def load_hanlp(model: str = "", gpu: int | None = None) -> Recogniser | MultiTaskModel:
    """A HanLP recogniser of names or multi-task model, ready to use.

    `model` is a folder that HanLP saved, or one of HanLP's identifiers (downloaded once into `HANLP_HOME`); empty means
    `DEFAULT`. `gpu` is the number of a GPU, -1 the CPU, None a GPU if there is one.

    Raises ModuleNotFoundError without the package hanlp, FileNotFoundError for a folder that is not there or holds no
    model, ConnectionError for a download that can not be made, ValueError for an unknown name, a broken model, or a
    model for something else. The message is one line that says what to do.
    """
    name = model or DEFAULT
    looks_like_path = os.sep in name or name.startswith((".", "~")) or Path(name).is_dir()
    is_address = name.startswith(("https://", "http://"))
    if looks_like_path and not is_address:
        folder = _folder(Path(name).expanduser())
    if find_spec("hanlp") is None:
        raise ModuleNotFoundError("model hanlp needs the package hanlp: pip install 'bulletinnlp[hanlp]'")
    if is_address or not looks_like_path:
        folder = _folder(_found_or_fetched(name))
    config = _config(folder)
    _check_encoder(folder, config)
    return _wrapped(folder, _load(folder, config, gpu))


def _folder(folder: Path) -> Path:
    """The folder, if it holds a model."""
    if not folder.is_dir():
        raise FileNotFoundError(f"model hanlp: there is no folder {folder}")
    for part in ("config.json", "model.pt"):
        if not (folder / part).is_file():
            raise FileNotFoundError(f"model hanlp: {folder} holds no HanLP model (it has no {part})")
    return folder


def _config(folder: Path) -> dict[str, Any]:
    """The model's `config.json`."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        kind = config["classpath"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"model hanlp: {folder / 'config.json'} is not the configuration of a HanLP model") from None
    if not str(kind).startswith("hanlp."):  # a configuration names the class to load: only HanLP's own are
        raise ValueError(f"model hanlp: {folder / 'config.json'} names the class {kind}, which is not one of HanLP's")
    return config


def _found_or_fetched(name: str) -> Path:
    """The folder of one of HanLP's own models, downloaded if need be and possible."""
    import hanlp.pretrained

    address = hanlp.pretrained.ALL.get(name, name)
    if not address.startswith(("https://", "http://")):
        raise ValueError(f"model hanlp: '{name}' is neither a folder nor one of HanLP's models, such as {DEFAULT}")
    return _resource(address, name)


def _resource(address: str, name: str) -> Path:
    """Where HanLP keeps what it has downloaded from an address; fetched if it is not there and can be."""
    from hanlp.utils.io_util import get_resource, path_from_url

    place = Path(path_from_url(address.partition("#")[0]))
    if not place.exists() and not place.with_suffix("").exists():
        _check_reachable(address, name, place.with_suffix(""))
    try:
        with _quiet():
            return Path(get_resource(address, verbose=False))
    except Exception as error:  # whatever a download, a disk or an archive can do
        raise ConnectionError(
            f"model hanlp: {name} could not be downloaded from {address} ({first_line(error)})"
        ) from None


def _check_reachable(address: str, name: str, place: Path) -> None:
    """Raise ConnectionError, soon, if the server of an address does not answer."""
    answers: list[bool] = []

    def ask() -> None:
        try:
            request = urllib.request.Request(address, method="HEAD")
            with urllib.request.urlopen(request, timeout=_PATIENCE):
                answers.append(True)
        except urllib.error.HTTPError:
            answers.append(True)
        except (OSError, ValueError):
            pass

    asking = threading.Thread(target=ask, daemon=True)  # a name server may keep us waiting longer than any timeout
    asking.start()
    asking.join(_PATIENCE)
    if not answers:
        host = urllib.parse.urlsplit(address).hostname
        raise ConnectionError(
            f"model hanlp: {name} is not on this machine and {host} can not be reached; download {address} elsewhere "
            f"and unpack it to {place}, or name the folder of a model: hanlp:FOLDER"
        )


def _check_encoder(folder: Path, config: dict[str, Any]) -> None:
    """A model over a transformer needs its tokenizer too, which HanLP would fetch while it loads."""
    encoder = config.get("encoder")
    name = encoder.get("transformer") if isinstance(encoder, dict) else config.get("transformer")
    if not isinstance(name, str) or Path(name).is_dir():
        return
    if os.sep in name and Path(name).is_absolute():
        raise FileNotFoundError(f"model hanlp: {folder} needs the encoder {name}, and there is no such folder")
    from hanlp.layers.transformers.resource import tokenizer_mirrors

    if name in tokenizer_mirrors:
        _resource(tokenizer_mirrors[name], f"the encoder {name}")
        return
    from huggingface_hub import constants, try_to_load_from_cache

    if not isinstance(try_to_load_from_cache(name, "config.json"), str):
        _check_reachable(f"{constants.ENDPOINT}/{name}", f"the encoder {name}", Path(constants.HF_HUB_CACHE))


def _load(folder: Path, config: dict[str, Any], gpu: int | None) -> Any:
    """The component that HanLP saved, loaded by its own class."""
    from hanlp_common.reflection import object_from_classpath

    try:
        with _quiet():
            component = object_from_classpath(config["classpath"])
            component.load(str(folder), devices=gpu, verbose=False)
    except Exception as error:  # a broken file can break in any way
        raise ValueError(
            f"model hanlp: {folder} can not be loaded ({type(error).__name__}: {first_line(error)})"
        ) from None
    return component


def _wrapped(folder: Path, component: Any) -> Recogniser | MultiTaskModel:
    kinds = {kind.__name__ for kind in type(component).__mro__}
    if "MultiTaskLearning" in kinds:
        return MultiTaskModel(folder, component)
    if any(kind.endswith("NamedEntityRecognizer") for kind in kinds):
        return Recogniser(component)
    raise ValueError(
        f"model hanlp: {folder} is a {type(component).__name__}; a recogniser of names or a multi-task model is needed"
    )


class Recogniser:
    """A recogniser of names over characters, as HanLP's models trained on MSRA are."""

    def __init__(self, component: Any) -> None:
        self.component = component

    def read(self, texts: Sequence[str]) -> list[ModelOutput]:
        """The names of each text; there are no predications."""
        chars = [[char for char in text if not char.isspace()] for text in texts]
        places = [[at for at, char in enumerate(text) if not char.isspace()] for text in texts]
        found = self.component.predict(chars) if chars else []
        outputs = []
        for row, names in zip(places, found, strict=True):
            inside = [(first, last, label) for _, label, first, last in names if 0 <= first < last <= len(row)]
            outputs.append(ModelOutput(sorted((row[a], row[b - 1] + 1, label) for a, b, label in inside), []))
        return outputs


class MultiTaskModel:
    """A multi-task model: words, names, and semantic roles, or dependencies where it has no roles."""

    def __init__(self, folder: Path, component: Any) -> None:
        tasks = list(component.tasks)
        self.component = component
        self.words = _pick(tasks, "tok", "tok/fine")
        self.names = _pick(tasks, "ner", "ner/msra")
        self.roles = _pick(tasks, "srl", "srl")
        self.tree = None if self.roles else _pick(tasks, "dep", "dep")
        self.tags = _pick(tasks, "pos", "pos/ctb") if self.tree else None
        if self.words is None or not (self.names or self.roles or self.tree):
            raise ValueError(
                f"model hanlp: {folder} has the tasks {', '.join(tasks)}; tok and one of ner, srl, dep are needed"
            )

    def read(self, texts: Sequence[str]) -> list[ModelOutput]:
        """The names and predications of each text."""
        wanted = [task for task in (self.words, self.names, self.roles, self.tree, self.tags) if task]
        found = self.component.predict(list(texts), tasks=wanted)
        return [self._output(text, {task: found[task][row] for task in wanted}) for row, text in enumerate(texts)]

    def _output(self, text: str, found: dict[str, Any]) -> ModelOutput:
        words = found[str(self.words)]
        spans = align(words, text)
        names = []
        for _, label, first, last in found[self.names] if self.names else ():
            ends = spans[first:last]
            if ends and ends[0] and ends[-1]:
                names.append((ends[0][0], ends[-1][1], label))
        if self.roles:
            frames = [[(role, first, last) for _, role, first, last in frame] for frame in found[self.roles]]
            return ModelOutput(sorted(names), list(from_semantic_roles(frames, spans, _SOURCE)))
        tree = list(_tree(words, spans, found[self.tree], found[self.tags])) if self.tree and self.tags else []
        return ModelOutput(sorted(names), list(from_dependencies(tree, _SOURCE)))


def _tree(
    words: list[str], spans: list[tuple[int, int] | None], arcs: list[tuple[int, str]], tags: list[str]
) -> Iterator[Dependent]:
    """HanLP numbers heads from 1, 0 is the root."""
    for word, span, (head, relation), tag in zip(words, spans, arcs, tags, strict=False):
        yield Dependent(word, span, tag, head - 1, relation)


def _pick(tasks: list[str], family: str, first: str) -> str | None:
    """The task of a family (`ner/msra`, `ner/pku` …) that is used."""
    own = [task for task in tasks if task.split("/")[0] == family]
    return first if first in own else next(iter(own), None)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """HanLP writes progress to both streams, whatever `verbose` is."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield
