"""How `data/lexicons/words.txt` got its classes and its newer words; run it to make them again.

    python -m training.words TEXT... --out bulletinnlp/data/lexicons/words.txt

jieba's dictionary, from which the list was made, says how frequent a word is, but often not what it is: 知识 and 收入
are verbs there, 累计 and 继续 too, and it lacks words that are common today. LAC (Jiao, Sun and Sun, 2018,
https://arxiv.org/abs/1807.01882; Apache licence 2.0; `pip install lac paddlepaddle==2.6.2`) tags running text, and what
it says of most occurrences of a word is its class here. `TEXT` are files of plain text, a passage a line; the shipped
list was made from the news of the public corpora for names and from the articles that train the events, 2.7 million
characters. Triggers gained .006, main events .014 (three-fold cross-validation).
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from bulletinnlp.data import resource, table
from bulletinnlp.text.words import cut

#: LAC's tags by our classes. Its names and times are not words: other stages find those.
CLASSES = {
    "v": "v", "vn": "N", "n": "n", "nz": "n", "nw": "n", "a": "a", "an": "a", "ad": "d", "d": "d", "vd": "d", "p": "p",
    "c": "c", "r": "r", "m": "m", "q": "q", "t": "t", "TIME": "t", "f": "f", "s": "s", "u": "u", "xc": "u",
}  # fmt: skip
#: A word is judged that was seen so often.
LEAST = 6
#: So much of its occurrences must agree on a class.
AGREE = 0.6
#: A new word has at most so much of its occurrences in names, numbers and titles of works.
NAMES = 0.3
_NO_WORDS = frozenset(("PER", "LOC", "ORG", "nr", "ns", "nt", "nz", "nw", "TIME", "m"))

Counts = Mapping[str, Counter[str]]


def tagged(passages: Iterable[str]) -> Counts:
    """How often LAC gives each word of the passages each tag."""
    import paddle

    # LAC asks for a module that paddlepaddle 2.6 renamed.
    sys.modules.setdefault("paddle.fluid", paddle.base)
    sys.modules.setdefault("paddle.fluid.core", paddle.base.core)
    from LAC import LAC

    model: Any = LAC(mode="lac")
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    left = iter(passages)
    while batch := list(islice(left, 64)):
        for words, tags in model.run(batch):
            for word, tag in zip(words, tags, strict=True):
                counts[word][tag] += 1
    return counts


def class_of(tags: Counter[str]) -> str | None:
    """The class of a word that was tagged so, None where the tags do not agree.

    >>> class_of(Counter(n=9, v=1)), class_of(Counter(v=4, vn=6)), class_of(Counter(n=5, d=5))
    ('n', 'N', None)
    """
    count = sum(tags.values())
    by_class: Counter[str] = Counter()
    for tag, times in tags.items():
        if tag in CLASSES:
            by_class[CLASSES[tag]] += times
    verb, nominal = by_class["v"], by_class["N"]
    if 2 * (verb + nominal) >= count:
        return "v" if verb > nominal or 2 * verb >= count else "N"
    best, times = by_class.most_common(1)[0] if by_class else ("", 0)
    return best if times >= AGREE * count else None


def taught(known: Mapping[str, tuple[int, str]], counts: Counts) -> dict[str, tuple[int, str]]:
    """The dictionary (word to cost and class) with the classes that the tags give, and with the words that it lacks."""
    words = dict(known)
    verbs = {row[0] for row in table("verbs")}
    total = sum(sum(tags.values()) for tags in counts.values())
    for word, tags in counts.items():
        count = sum(tags.values())
        kind = class_of(tags) if count >= LEAST else None
        if kind is None:
            continue
        if word in words:
            if word not in verbs:
                words[word] = (words[word][0], kind)
        elif kind in "nvNad" and _is_new_word(word, tags, count):
            words[word] = (round(-10 * math.log(count / total)), kind)
    return words


def _is_new_word(word: str, tags: Counter[str], count: int) -> bool:
    """Is it one word of two to four characters, no name, and not two words in one (正在进行, 踩着)?"""
    if not 2 <= len(word) <= 4 or any(not "一" <= char <= "鿿" for char in word) or word[-1] in "着了过的地得":
        return False
    if sum(tags[tag] for tag in _NO_WORDS) > NAMES * count:
        return False
    parts = cut(word)
    return parts[0].kind not in "dpcrmufqt" and not any(part.text in ("进行", "开展", "是", "有") for part in parts)


def lines(words: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """The lines of the file: class, cost, the words of both."""
    groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word, (cost, kind) in words.items():
        groups[kind, cost].append(word)
    for (kind, cost), group in sorted(groups.items()):
        yield f"{kind}\t{cost}\t{' '.join(sorted(group))}"


def main() -> None:
    """Read texts and write the dictionary."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    asked = parser.parse_args()
    known = {word: (int(cost), kind) for kind, cost, words in table("words") for word in words.split(" ")}
    read = (line for path in asked.texts for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    heading = resource("lexicons", "words.txt").read_text(encoding="utf-8").splitlines()
    made = taught(known, tagged(read))
    comments = [line for line in heading if line.startswith("#")]
    asked.out.write_text("\n".join([*comments, *lines(made), ""]), encoding="utf-8")
    print(f"{len(made)} words, {sum(made[word][1] != known[word][1] for word in known)} of another class than before")


if __name__ == "__main__":
    main()
