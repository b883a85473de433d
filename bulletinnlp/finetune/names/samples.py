"""What the tagger of names learns from: texts with their names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bulletinnlp.annotations import READ_PARTS
from bulletinnlp.evaluation.annotated_article import NAMES, AnnotatedArticle

#: The corpora in the order of their numbers. `genre` is what the tagger takes a text for at run time.
CORPORA = ("genre", "msra", "people_daily", "boson", "cluener", "resume")


class Sample(NamedTuple):
    """A text with its names: `(start, end, label)`, in order, without overlap. `head`: it is a headline or eyebrow."""

    text: str
    names: tuple[tuple[int, int, str], ...]
    corpus: str = "genre"
    head: bool = False


def samples_of(article: AnnotatedArticle) -> Iterator[Sample]:
    """Eyebrow, headline and the paragraphs of the body, with their names.

    >>> from bulletinnlp.evaluation.annotated_article import Mark
    >>> article = AnnotatedArticle(headline="老兵返乡", body="孙乐文到。\\n众人来。", marks=(Mark("PER", 5, 8),))
    >>> [(sample.text, sample.names, sample.head) for sample in samples_of(article)]
    [('老兵返乡', (), True), ('孙乐文到。', ((0, 3, 'PER'),), False), ('众人来。', (), False)]
    """
    names = sorted((mark.start, mark.end, mark.label) for mark in article.marks if mark.label in NAMES)
    for part in article.parts:
        if part.kind not in READ_PARTS:
            continue
        start = part.start
        for line in article.text[part.start : part.end].split("\n"):
            end = start + len(line)
            inside = tuple((a - start, b - start, label) for a, b, label in names if start <= a and b <= end)
            if line.strip():
                yield Sample(line, inside, head=part.kind != "body")
            start = end + 1
