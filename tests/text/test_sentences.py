"""Sentences as cases: a text, and its sentences with | between them, as they are read and as an annotation has them."""

from __future__ import annotations

import pytest

from bulletinnlp.text.sentences import (
    LIMIT,
    SPEECH_END,
    annotated_sentences,
    sentence_start,
    sentences,
    trimmed,
)

CASES = [
    ("天亮了。“好！”他说。", "天亮了。|“好！”|他说。", "天亮了。|“好！”|他说。"),
    ("县里开会；\n村里修路", "县里开会；|村里修路", "县里开会；|村里修路"),
    ("甲来了；乙走了？！", "甲来了；乙走了？！", "甲来了；|乙走了？！"),
    ("（好。）散会…… 再见!", "（好。）|散会…… 再见!", "（好。）|散会…… 再见!"),
    (" \n ", "", ""),
]


@pytest.mark.parametrize(("text", "read", "annotated"), CASES)
def test_sentences(text: str, read: str, annotated: str) -> None:
    assert "|".join(text[start:end] for start, end in sentences(text)) == read
    assert "|".join(text[start:end] for start, end in annotated_sentences(text)) == annotated


def test_a_sentence_that_is_too_long_is_cut_at_its_last_comma() -> None:
    text = "甲" * 100 + "，" + "乙" * 100 + "。"
    assert sentences(text) == [(0, 101), (101, 202)]
    assert max(end - start for start, end in sentences("甲" * 1_000)) == LIMIT
    assert list(annotated_sentences(text)) == [(0, 202)]


def test_only_a_part_of_a_text_is_cut() -> None:
    text = "一。二。三。"
    assert sentences(text, 2, 5) == [(2, 4), (4, 5)]


def test_where_a_sentence_begins() -> None:
    text = "天亮了。“我想……走”"
    assert sentence_start(text, 0, len(text)) == 4
    assert sentence_start(text, 0, len(text), SPEECH_END) == 9
    assert sentence_start(text, 6, 7) == 6
    assert trimmed(" 甲 ", 0, 3) == (1, 2)
