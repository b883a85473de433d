"""The order in which a page is read: pictures of pages, and what is read one after another."""

import pytest
from drawn import drawn

from bulletinnlp.pages.documents.xy_cut import blocks

#: A picture, and the words in the order in which they are read; `|` stands between blocks.
PAGES = {
    "columns": (
        """
        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cccccc
        """,
        "a1 a2 | b1 b2 | c1 c2",
    ),
    "a headline over all columns": (
        """
        H1HHHHHHHHHHHHHHHHHHHHHHHHHH

        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cccccc
        """,
        "H1 | a1 a2 | b1 b2 | c1 c2",
    ),
    "a short headline over the middle of three columns": (
        """
                  H1HHHHHH

        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cccccc
        """,
        "H1 | a1 a2 | b1 b2 | c1 c2",
    ),
    "a short headline at the left": (
        """
        H1HHHH

        a1aaaaaa  b1bbbbbb
        a2aaaaaa  b2bbbbbb

        I1IIII

        c1cccccc  d1dddddd
        c2cccccc  d2dddddd
        """,
        "H1 | a1 a2 | b1 b2 | I1 | c1 c2 | d1 d2",
    ),
    "articles side by side": (
        """
        H1HHHHHHHHHHHHHHHH  I1IIIIII

        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cccccc
                            c3cccccc
        """,
        "H1 | a1 a2 | b1 b2 | I1 c1 c2 c3",
    ),
    "side by side, a short headline in the middle of its columns": (
        """
        H1HHHHHH       I1IIIIIIII

        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cccccc
        """,
        "H1 a1 a2 | I1 | b1 b2 | c1 c2",
    ),
    "columns that end at different heights": (
        """
        H1HHHHHHHHHHHHHHHHHHHHHHHHHH

        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cc
        a3aaaaaa  b3bb
        """,
        "H1 | a1 a2 a3 | b1 b2 b3 | c1 c2",
    ),
    "two rows of articles, cut at different columns": (
        """
        H1HHHHHH  I1IIIIIIIIIIIIIIII

        a1aaaaaa  b1bbbbbb  c1cccccc
        a2aaaaaa  b2bbbbbb  c2cccccc

        J1JJJJJJJJJJJJJJJJ  K1KKKKKK

        d1dddddd  e1eeeeee  f1ffffff
        d2dddddd  e2eeeeee  f2ffffff
        """,
        "H1 a1 a2 | I1 | b1 b2 | c1 c2 | J1 | d1 d2 | e1 e2 | K1 f1 f2",
    ),
    "a headline over four columns, of which the text fills three": (
        """
        H1HHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHHH

        a1aaaaaa  b1bbbbbb  c1cccccc  d1dddddd
        a2aaaaaa  b2bbbbbb  c2cccccc  d2dddddd

                       I1IIIIII

        e1eeeeee  f1ffffff  g1gggggg
        e2eeeeee  f2ffffff
        """,
        "H1 | a1 a2 | b1 b2 | c1 c2 | d1 d2 | I1 | e1 e2 | f1 f2 | g1",
    ),
    "sub-headings side by side": (
        """
        H1HHHHHHHHHHHHHHHH

        a1aaaaaa  b1bbbbbb
        a2aaaaaa  b2bbbbbb

          a3*       b3*

        a4aaaaaa  b4bbbbbb
        a5aaaaaa  b5bbbbbb
        """,
        "H1 | a1 a2 a3 a4 a5 | b1 b2 b3 b4 b5",
    ),
    "a table is read row by row": (
        """
        H1HHHHHHHHHHHH

        t1   t2   t3
        t4   t5   t6
        t7   t8   t9
        """,
        "H1 | t1 t2 t3 t4 t5 t6 t7 t8 t9",
    ),
    "the last column holds a byline only": (
        """
                     H1HHHHHH

        a1aaaaaaaa  b1bbbbbbbb  c1cccccccc
        a2aaaaaaaa  b2bbbbbbbb
        """,
        "H1 | a1 a2 | b1 b2 | c1",
    ),
}


@pytest.mark.parametrize("page", PAGES)
def test_order(page: str) -> None:
    picture, expected = PAGES[page]
    found = [" ".join(f.text[:2] for f in block.runs) for block in blocks(drawn(picture))]
    assert " | ".join(found) == expected


def test_nothing_is_lost_where_nothing_can_be_cut() -> None:
    stairs = drawn("\n".join(" " * n + "aaaaaaaaaaaa" for n in range(1500)))
    assert sum(len(block.runs) for block in blocks(stairs)) == 1500
