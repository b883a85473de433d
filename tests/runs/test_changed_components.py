"""A run does not go on with components of the user's that have changed since."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import catalogue
import pytest
import spacy
from spacy.language import Language

from bulletinnlp import Page
from bulletinnlp.output.checkpoints import Checkpoints, OtherRunError
from bulletinnlp.runs.component_digests import digests_of_components
from bulletinnlp.runs.extract import extract_to
from bulletinnlp.runs.pipeline_config import PipelineConfig
from bulletinnlp.runs.run_fingerprint import run_settings

CODE = """
import re
from spacy.language import Language

WORDS = {"县", "区"}
SHAPE = re.compile("县长")

def helper(doc):
    return doc

@Language.component("mine")
def mine(doc):
    return helper(doc) if WORDS else SHAPE

class Titles:
    def __init__(self, nlp, name):
        self.name = name
    def __call__(self, doc):
        return self.read(doc)
    @staticmethod
    def read(doc):
        return helper(doc)

@Language.factory("titles")
def make(nlp, name):
    return Titles(nlp, name)
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for a module of the user's."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    yield tmp_path
    sys.modules.pop("my_components", None)


def imported(code: str, home: Path) -> ModuleType:
    """The module with that code, as a new process would have it."""
    (home / "my_components.py").write_text(code, encoding="utf-8")
    for key in [key for key in catalogue.REGISTRY if key[-1] in ("mine", "titles")]:
        del catalogue.REGISTRY[key]
    sys.modules.pop("my_components", None)
    importlib.invalidate_caches()
    return importlib.import_module("my_components")


def pipeline(*names: str) -> Language:
    nlp = spacy.blank("zh")
    for name in names:
        nlp.add_pipe(name)
    return nlp


def digests(code: str, home: Path) -> dict[str, str]:
    imported(code, home)
    found, unseen = digests_of_components(pipeline("mine", "titles"))
    assert not unseen
    return found


#: What becomes of the code, and the components that are others then.
CHANGES = [
    ("a comment beside them", lambda code: "# mine\n" + code, set()),
    ("a function that none uses", lambda code: code + "\ndef other():\n    return 1\n", set()),
    ("a component", lambda code: code.replace("else SHAPE", "else None"), {"mine"}),
    ("a helper of both", lambda code: code.replace("return doc\n", "return doc[:1]\n"), {"mine", "titles"}),
    ("a list", lambda code: code.replace('"区"', '"市"'), {"mine"}),
    ("an expression", lambda code: code.replace("县长", "区长"), {"mine"}),
    ("a method", lambda code: code.replace("self.read(doc)", "self.read(doc) or doc"), {"titles"}),
    ("what makes it", lambda code: code.replace("Titles(nlp, name)\n", "Titles(nlp, 'x')\n"), {"titles"}),
]  # fmt: skip


@pytest.mark.parametrize(("change", "changed"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_the_code_of_components(change, changed: set[str], home: Path) -> None:  # type: ignore[no-untyped-def]
    before, now = digests(CODE, home), digests(change(CODE), home)
    assert {name for name in before if before[name] != now[name]} == changed


def test_our_own_components_have_no_digest() -> None:
    assert digests_of_components(pipeline("bulletin_times", "sentencizer"))[0].keys() <= {"sentencizer"}


def test_patterns_of_a_ruler_count() -> None:
    def ruled(name: str) -> dict[str, str]:
        nlp = spacy.blank("zh")
        nlp.add_pipe("span_ruler").add_patterns([{"label": "PER", "pattern": name}])  # type: ignore[attr-defined]
        return digests_of_components(nlp)[0]

    assert ruled("孙乐文") == ruled("孙乐文") != ruled("李明")


def test_a_run_is_not_gone_on_with(home: Path) -> None:
    pages = [Page("p", "县里开会。", published="2022")]
    imported(CODE, home)
    extract_to(pages, home / "out", nlp=pipeline("mine"))
    again = extract_to(pages, home / "out", nlp=pipeline("mine"), resume=True)
    assert again.done_before
    imported(CODE.replace('"区"', '"市"'), home)
    with pytest.warns(UserWarning, match="had other inputs or settings; all is read again"):
        assert not extract_to(pages, home / "out", nlp=pipeline("mine"), resume=True).done_before


def test_nor_are_its_finished_pages(home: Path) -> None:
    imported(CODE, home)
    checkpoints = Checkpoints(home / "out")
    checkpoints.begin(run_settings(pipeline("mine"), PipelineConfig(), None), resume=False)
    checkpoints.begin(run_settings(pipeline("mine"), PipelineConfig(), None), resume=True)
    imported(CODE.replace('"区"', '"市"'), home)
    with pytest.raises(OtherRunError, match="another one: the component mine has changed"):
        checkpoints.begin(run_settings(pipeline("mine"), PipelineConfig(), None), resume=True)


def test_code_without_a_source_is_said(home: Path) -> None:
    exec(CODE.replace('"mine"', '"unseen"').partition("class")[0], {"__name__": "nowhere"})
    with pytest.warns(UserWarning, match="the source of unseen can not be had; resume does not see if it changes"):
        extract_to(Page("p", "县里开会。", published="2022"), home / "out", nlp=pipeline("unseen"))
