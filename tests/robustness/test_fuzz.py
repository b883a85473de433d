"""Pages made at random out of what pages are made of, whole pipeline: no exception, tiles whole, time in bounds.

`BULLETINNLP_FUZZ=50000 pytest tests/robustness/test_fuzz.py` runs as many as that; without it, some hundreds.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odd_pages import NEWS, WEIRD, check
from spacy.language import Language

import bulletinnlp
from bulletinnlp.pages import Page

PAGES = int(os.environ.get("BULLETINNLP_FUZZ", "300"))
AT_ONCE = 50
CORPUS = Path(__file__).parent.parent / "corpus"
MARKS = "，。；：？！、“”‘’（）()《》【】—…·\n\n\n　 \t\0\u200b\ufeff\ufffd\ue000"


@pytest.fixture(scope="module")
def nlp() -> Language:
    return bulletinnlp.load()


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    """Pieces of real pages, cut anywhere."""
    text = "".join((CORPUS / f"p{n}a.txt").read_text("utf-8") for n in (1, 2, 3))
    dice = random.Random(0)
    return [text[at : at + dice.randint(1, 40)] for at in (dice.randrange(len(text)) for _ in range(5000))]


def made(dice: random.Random, sentences: list[str]) -> Iterator[str]:
    """Pieces of a page: sentences, marks, odd things, characters of any plane; again and again, or not."""
    odd = [text[:60] for text in WEIRD.values() if "\ud800" not in text]
    for _ in range(dice.randint(0, 12)):
        kind = dice.random()
        if kind < 0.6:
            piece = dice.choice(sentences)
        elif kind < 0.8:
            piece = dice.choice(MARKS) * dice.choice((1, 1, 1, 2, 30))
        elif kind < 0.95:
            piece = dice.choice(odd)
        else:
            piece = "".join(
                chr(dice.choice((dice.randrange(0xD800), dice.randrange(0xE000, 0x110000)))) for _ in "12345"
            )
        yield piece * dice.choice((1, 1, 1, 1, 5))


@pytest.mark.parametrize("batch", range(max(1, PAGES // AT_ONCE)))
def test_pages_of_pieces(batch: int, nlp: Language, sentences: list[str]) -> None:
    dice = random.Random(batch)
    texts = ["".join(made(dice, sentences)) for _ in range(AT_ONCE)]
    began = time.process_time()
    pages = [Page(f"b{batch}-{n}", text, published="2022-11") for n, text in enumerate(texts)]
    found = bulletinnlp.extract(pages, nlp=nlp)
    assert time.process_time() - began < 5 + sum(map(len, texts)) / 500
    for page in pages:
        own = found.segments[found.segments["page_id"] == page.page_id]
        assert "".join(own["text"]) == page.text
    errors = found.problems[found.problems["severity"] == "error"]
    assert errors.empty, errors["message"].tolist()


ANY = st.text(st.characters(codec="utf-8"), max_size=200)
PRESS = st.text(st.sampled_from(sorted(set(NEWS + MARKS))), max_size=200)


@settings(max_examples=max(100, PAGES // 50), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=ANY | PRESS)
def test_any_text(nlp: Language, text: str) -> None:
    check(bulletinnlp.extract(Page("p", text, published="2022-11"), nlp=nlp), text)
