"""From articles to spaCy Docs that know where they stand on their page."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

from spacy.lang.zh import ChineseTokenizer
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from bulletinnlp.annotations import Part
from bulletinnlp.articles.article import Alignment, Article
from bulletinnlp.text.docs import printed_of, remember_text

_KEY = "bulletinnlp.article"
_FIELDS = tuple(field.name for field in fields(Article) if field.name not in ("text", "parts", "segments"))
#: Longer articles are no articles but broken input; the stages read this much of them (in characters).
READ_AT_MOST = 400_000
#: Characters, the space that belongs to the last of them, and white space that is a token.
_TOKENS = re.compile(r"(?:(\S+)( ?))?(\s*)")


def _put(doc: Doc, article: Article) -> None:
    row: dict[str, Any] = {name: getattr(article, name) for name in _FIELDS}
    row["alignment"] = (article.alignment.text_starts, article.alignment.page_starts)
    doc.user_data[_KEY] = row
    length = len(printed_of(doc))
    doc._.parts = [Part(p.kind, p.start, min(p.end, length)) for p in article.parts if p.start < length]
    for name in ("article_id", "published", "home", "paper"):
        setattr(doc._, name, getattr(article, name))


def _get(doc: Doc) -> Article | None:
    row = doc.user_data.get(_KEY)
    if row is None:
        return None
    alignment = Alignment(*(tuple(starts) for starts in row["alignment"]))
    flags = tuple(row["flags"])
    return Article(**{**row, "alignment": alignment, "flags": flags}, text=printed_of(doc), parts=tuple(doc._.parts))


Doc.set_extension("article", getter=_get, setter=_put, force=True)


def make_doc(nlp: Language, article: Article) -> Doc:
    """The Doc of an article, no stage run yet: `doc._.article` is the article, `doc.text` its text."""
    text = article.text[:READ_AT_MOST]
    by_character = isinstance(nlp.tokenizer, ChineseTokenizer) and nlp.tokenizer.segmenter == "char"
    doc = remember_text(_by_character(nlp.vocab, text) if by_character else nlp.make_doc(text), text)
    doc._.article = article
    return doc


def _by_character(vocab: Vocab, text: str) -> Doc:
    """What spaCy's tokenizer makes of a text, in time that grows with its length and not with the square of that.

    >>> import spacy
    >>> nlp, text = spacy.blank("zh"), " 县一中  开学\\n 9月 1日 "
    >>> doc = _by_character(nlp.vocab, text)
    >>> [(token.text, token.whitespace_) for token in doc] == [(token.text, token.whitespace_) for token in nlp(text)]
    True
    """
    words: list[str] = []
    spaces: list[bool] = []
    for characters, space, blank in _TOKENS.findall(text):
        words += characters
        spaces += [False] * len(characters)
        if space:
            spaces[-1] = True
        if blank:
            words.append(blank)
            spaces.append(False)
    return Doc(vocab, words, spaces)
