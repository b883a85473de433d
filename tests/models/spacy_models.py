"""A tiny spaCy pipeline for Chinese, trained here on made-up sentences: words, tagger, parser, names."""

from __future__ import annotations

import random
from collections.abc import Callable

import made_up
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.vocab import Vocab


class Words:
    """A tokenizer that knows the words of the made-up sentences, as pkuseg knows those of Chinese."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        words = made_up.cutter().findall(text)
        return Doc(self.vocab, words=words, spaces=[False] * len(words))

    def to_disk(self, path: object, **_: object) -> None:
        """Nothing to save."""

    def from_disk(self, path: object, **_: object) -> Words:
        return self

    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, data: bytes, **_: object) -> Words:
        return self


@spacy.registry.tokenizers("made_up.Words")
def words_tokenizer() -> Callable[[Language], Words]:
    return lambda nlp: Words(nlp.vocab)


def _example(nlp: Language, words: made_up.Sentence) -> Example:
    gold = {
        "words": [word.text for word in words],
        "spaces": [False] * len(words),
        "tags": [word.pos for word in words],
        "heads": [word.head - 1 if word.head else at for at, word in enumerate(words)],
        "deps": [word.relation if word.head else "ROOT" for word in words],
        "entities": ["O" if word.name == "O" else f"U-{word.name}" for word in words],
    }
    return Example.from_dict(nlp.make_doc(made_up.text(words)), gold)


def train(stages: tuple[str, ...] = ("tagger", "parser", "ner"), rounds: int = 10) -> Language:
    """The pipeline, trained for some seconds."""
    spacy.util.fix_random_seed(1)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "made_up.Words"}}})
    for name in stages:
        nlp.add_pipe(name)
    data = [_example(nlp, words) for words in made_up.sentences(120)]
    optimizer = nlp.initialize(lambda: data)
    rng = random.Random(1)
    for _ in range(rounds):
        rng.shuffle(data)
        for batch in spacy.util.minibatch(data, 16):
            nlp.update(batch, sgd=optimizer)
    return nlp
