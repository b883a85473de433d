"""The tagger's vocabulary: characters, pairs of characters, and the dictionary."""

from __future__ import annotations

from collections import Counter

import numpy as np

from bulletinnlp.data import lexicon, table
from bulletinnlp.finetune.names.samples import Sample
from bulletinnlp.names.features import KINDS, LONGEST, Dictionary, Encoder, pair_codes, plain
from training.names.divisions import Divisions
from training.names.invention import companies

#: Tags of jieba's dictionary by our kinds. Persons (nr…) are left out: the tagger shall not lean on the famous.
POS = {
    "noun": ["n", "ng", "t", "g", "j", "s"],
    "verb": ["v", "vn", "vg", "vd", "vi", "vq", "ad"],
    "modifier": ["a", "an", "ag", "b", "z", "d", "dg"],
    "function": ["r", "rr", "rz", "c", "p", "q", "u", "uj", "ul", "uv", "uz", "y", "f", "m", "mq", "mg", "e", "o"],
    "idiom": ["i", "l"],
    "proper": ["nz"],
    "place": ["ns"],
    "body": ["nt"],
}


def dictionary(divisions: Divisions, rare: int = 4) -> Dictionary:
    """jieba's dictionary (MIT) above a frequency, and the words of our own."""
    import jieba

    kind_of = {tag: kind for kind, tags in POS.items() for tag in tags}
    words: dict[str, int] = {}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, frequency, tag = line.decode("utf-8").split()
            listed = kind_of.get(tag)
            if listed and int(frequency) >= rare and 2 <= len(word) <= 6:
                words[word] = words.get(word, 0) | 1 << KINDS.index(listed)
    return with_own(Dictionary(words), divisions)


def with_own(known: Dictionary, divisions: Divisions) -> Dictionary:
    """A dictionary with the words of our own: divisions down to the town, the lexicons, companies."""
    words = dict(known.words)

    def put(word: str, kind: str) -> None:
        if 1 <= len(word) <= LONGEST:
            words[word] = words.get(word, 0) | 1 << KINDS.index(kind)

    for word, kind in divisions.words().items():
        put(word, "division" if kind == "place" else "town")
    for word in lexicon("surnames"):
        put(word, "surname")
    for word, _ in table("honorifics"):
        put(word, "honorific")
    for word in (*lexicon("titles_before_names"), *lexicon("titles")):
        put(word, "title")
    for word, _ in table("body_suffixes"):
        put(word, "body_suffix")
    for word, _ in table("place_suffixes"):
        put(word, "place_suffix")
    for word in companies():
        put(word, "body")
    return Dictionary(words)


def encoder(samples: list[Sample], divisions: Divisions, words: Dictionary, pairs: int = 50_000) -> Encoder:
    """The characters of corpora and divisions, and the most frequent pairs of the corpora."""
    chars: Counter[str] = Counter()
    for sample in samples:
        chars.update(map(plain, sample.text))
    for level in divisions.names.values():
        for name in level.values():
            chars.update(map(plain, name))
    for names in divisions.villages.values():
        chars.update(char for name in names for char in map(plain, name))
    for word in lexicon("surnames"):
        chars.update(word * 3)
    known = "".join(sorted(char for char, count in chars.items() if count >= 3))
    draft = Encoder(known, np.zeros(1, dtype=np.int64), words)
    codes: Counter[int] = Counter()
    for sample in samples:
        weight = 4 if sample.corpus == "genre" else 1
        for code in pair_codes(np.array([draft.number(char) for char in sample.text] or [0])).tolist():
            codes[code] += weight
    frequent = sorted(code for code, _ in codes.most_common(pairs))
    return Encoder(known, np.array(frequent, dtype=np.int64), words)
