"""Pages made at random out of what pages are made of, whole pipeline: no exception, tiles whole, time in bounds.

    BULLETINNLP_FUZZ=50000 pytest tests/robustness/test_fuzz.py

reads 50,000 pages; without it, 300. Half of them are made by dice, fifty to an input, and a find is repeated by the
number of its batch; half are made by hypothesis, which looks for the odd ones and makes a find as small as it can. At
the end it says how many pages were read.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from folders import SEEDS, TRAINING_CORPUS
from hypothesis import example, given, settings
from hypothesis import strategies as st
from odd_pages import NEWS, WEIRD, check
from spacy.language import Language

import bulletinnlp
from bulletinnlp.pages import Page

PAGES = int(os.environ.get("BULLETINNLP_FUZZ", "300"))
AT_ONCE = 50
BATCHES = max(1, PAGES // 2 // AT_ONCE)
#: Seconds of this process's CPU time for an input, and for each of its characters: the target of 20,000 characters a
#: second, four times over, as these pages are odder than any and shared cores are slower.
SECONDS, SECONDS_A_CHARACTER = 1.0, 4 / 20_000

MARKS = "，。；：？！、“”‘’（）()《》【】—…·\n\n\n　 \t\0\u200b\ufeff\ufffd\ue000"
#: Pieces of real pages, cut anywhere.
REAL = "".join((TRAINING_CORPUS / f"p{n}a.txt").read_text("utf-8") for n in (1, 2, 3))
CUTS = [(dice.randrange(len(REAL)), dice.randint(1, 40)) for dice in [random.Random(0)] for _ in range(5000)]
SENTENCES = [REAL[at : at + length] for at, length in CUTS]
ODD = [text[:60] for text in WEIRD.values() if "\ud800" not in text]


@dataclass
class Tally:
    """What has been read, the CPU time that it took, and the largest share of its bound that an input took."""

    pages: int = 0
    chars: int = 0
    seconds: float = 0.0
    closest: float = 0.0

    def read(self, texts: list[str], nlp: Language) -> bulletinnlp.Extraction:
        """The tables of these pages, made in time."""
        pages = [Page(f"p{n}", text, published="2022-11") for n, text in enumerate(texts)]
        chars = sum(map(len, texts))
        began = time.process_time()
        found = bulletinnlp.extract(pages, nlp=nlp)
        took, bound = time.process_time() - began, SECONDS + SECONDS_A_CHARACTER * chars
        assert took < bound, f"{chars} characters took {took:.1f} s"
        self.pages += len(texts)
        self.chars += chars
        self.seconds += took
        self.closest = max(self.closest, took / bound)
        return found

    def __str__(self) -> str:
        rate = self.chars / max(self.seconds, 0.001)
        read = f"{self.pages:,} pages of {self.chars:,} characters were read, {rate:,.0f} characters a second"
        return f"{read}; the slowest took {self.closest:.0%} of the time that it has"


@pytest.fixture(scope="module")
def nlp() -> Language:
    nlp = bulletinnlp.load()
    bulletinnlp.extract(SEEDS, nlp=nlp)  # lexicons are read when they are first needed
    return nlp


@pytest.fixture(scope="module")
def tally(pytestconfig: pytest.Config) -> Iterator[Tally]:
    tally = Tally()
    yield tally
    with pytestconfig.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print(f"\n{tally}")


def made(dice: random.Random) -> Iterator[str]:
    """Pieces of a page: sentences, marks, odd things, characters of any plane; again and again, or not."""
    for _ in range(dice.randint(0, 12)):
        kind = dice.random()
        if kind < 0.6:
            piece = dice.choice(SENTENCES)
        elif kind < 0.8:
            piece = dice.choice(MARKS) * dice.choice((1, 1, 1, 2, 30))
        elif kind < 0.95:
            piece = dice.choice(ODD)
        else:
            piece = "".join(
                chr(dice.choice((dice.randrange(0xD800), dice.randrange(0xE000, 0x110000)))) for _ in "12345"
            )
        yield piece * dice.choice((1, 1, 1, 1, 5))


@pytest.mark.parametrize("batch", range(BATCHES))
def test_pages_of_pieces(batch: int, nlp: Language, tally: Tally) -> None:
    dice = random.Random(batch)
    texts = ["".join(made(dice)) for _ in range(AT_ONCE)]
    found = tally.read(texts, nlp)
    for n, text in enumerate(texts):
        assert "".join(found.segments["text"][found.segments["page_id"] == f"p{n}"]) == text
    errors = found.problems[found.problems["severity"] == "error"]
    assert errors.empty, errors["message"].tolist()


ANY = st.text(st.characters(codec="utf-8"), max_size=200)
PRESS = st.text(st.sampled_from(sorted(set(NEWS + MARKS))), max_size=200)
PIECE = st.sampled_from(SENTENCES) | st.sampled_from(MARKS) | st.sampled_from(ODD) | st.text(max_size=5)
MADE = st.lists(st.tuples(PIECE, st.sampled_from((1, 1, 1, 5))), max_size=12).map(
    lambda pieces: "".join(piece * times for piece, times in pieces)
)


@settings(max_examples=max(1, PAGES - BATCHES * AT_ONCE))
@given(text=ANY | PRESS | MADE)
@example(text="0" * 42 + '，:"^\0\x85\x08:0')  # a name with a NUL at the end of its line
def test_any_text(nlp: Language, tally: Tally, text: str) -> None:
    check(tally.read([text], nlp), text)
