"""A spaCy pipeline for Chinese as a model of names, and predications where it has a parser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.models.external_model import ModelOutput, first_line
from bulletinnlp.models.semantic_roles import Dependent, from_dependencies


def load_spacy(model: str) -> SpacyPipeline:
    """A spaCy pipeline by the name of its package (zh_core_web_sm) or by its folder, ready to use.

    Raises FileNotFoundError if there is no such package or folder, ModuleNotFoundError if the pipeline needs a package
    that is not installed, ValueError if it can not be loaded or finds no names. The message is one line.
    """
    if not model:
        raise ValueError("model spacy needs the name or the folder of a pipeline: spacy:zh_core_web_sm")
    if not spacy.util.is_package(model) and not Path(model).exists():
        raise FileNotFoundError(
            f"model spacy: there is no package or folder '{model}'; "
            "a package is installed by: python -m spacy download NAME"
        )
    try:
        nlp = spacy.load(model)
    except ImportError as error:  # pkuseg, transformers …
        raise ModuleNotFoundError(f"model spacy: '{model}' needs a package: {first_line(error)}") from None
    except Exception as error:  # a broken folder can break in any way
        raise ValueError(
            f"model spacy: '{model}' can not be loaded ({type(error).__name__}: {first_line(error)})"
        ) from None
    assigned = {what for name in nlp.pipe_names for what in nlp.get_pipe_meta(name).assigns}
    if not assigned & {"doc.ents", "token.dep"}:
        raise ValueError(f"model spacy: '{model}' finds neither names nor dependencies (its stages: {nlp.pipe_names})")
    return SpacyPipeline(nlp)


class SpacyPipeline:
    """A spaCy pipeline. Its words may be cut in any way: only character offsets leave it."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def read(self, texts: Sequence[str]) -> list[ModelOutput]:
        """The names and predications of each text."""
        return [_output(doc) for doc in self.nlp.pipe(texts)]


def _output(doc: Doc) -> ModelOutput:
    names = []
    for ent in doc.ents:
        printed = ent.text.strip()
        if printed:
            start = ent.start_char + ent.text.index(printed)
            names.append((start, start + len(printed), ent.label_))
    if not doc.has_annotation("DEP"):
        return ModelOutput(names, [])
    tree = [
        Dependent(
            token.text,
            (token.idx, token.idx + len(token)),
            token.tag_ or token.pos_,
            -1 if token.head.i == token.i else token.head.i,
            token.dep_,
        )
        for token in doc
    ]
    return ModelOutput(names, list(from_dependencies(tree, "spacy")))
