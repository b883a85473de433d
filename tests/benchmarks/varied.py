"""Pages that go on bringing new names: the corpus, composed again and again with other persons, towns and bodies.

    python tests/benchmarks/varied.py 1000 FOLDER

Each time round, marked names of `training/corpus` get other characters, the same ones all over a round (魏庄村 and
姜楼镇魏庄村 stay one village); counties and their bureaus stay. Pages are composed of five to twelve articles
(`tests/corpus/compose.py`). The same count gives the same pages.
"""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bulletinnlp.data import lexicon
from bulletinnlp.identity.organisations import words
from bulletinnlp.text.short_names import is_short

CORPUS = Path(__file__).parents[1] / "corpus"
FILES = sorted((Path(__file__).parents[2] / "training" / "corpus").glob("p*.txt"))
#: Rounds that are composed at a time.
ROUNDS = 20
_MARKED = re.compile(r"\[([POL]):([^\[\]]+?)\]")
_LISTS = re.compile(r"^contributors:.*", re.MULTILINE | re.DOTALL)
#: 姜楼镇|魏庄村, but not 农村, 城乡.
_TOWN = re.compile(r"[^省市州县区旗镇乡村街道社]{1,3}?(?=镇|(?<!城)乡|(?<!农)村|街道|社区|苏木|嘎查)")
#: Bodies that have a name of their own, and what no name begins with: the 县 of a county.
_OWN = re.compile(r"(?:公司|合作社|农场|集团|厂|超市|协会|小学|中学|学校|幼儿园|医院)$")
_UNIT = frozenset("省市州县区旗")


def varied(article: str, turn: int) -> str:
    """A marked-up article with other names, the same for the same round.

    Its lists (roles, quotes, events) are left out: they quote the text as it was.
    """
    article = _LISTS.sub("", article)
    swaps = {name: other for label, name in _MARKED.findall(article) if (other := _swapped(label, name, turn)) != name}
    if not swaps:
        return article
    longest_first = sorted(swaps, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda match: swaps[match[0]], article)


def _swapped(label: str, name: str, turn: int) -> str:
    if label == "P":
        known = name[0] in _surnames() and len(name) < 4 and not is_short(name)
        return _other(name[0], turn, _surnames()) + _other(name[1:], turn, _given()) if known else name
    if label == "O" and _OWN.search(name):
        name = _own(name, turn)
    return _TOWN.sub(lambda match: _other(match[0], turn, _given()), name)


def _own(body: str, turn: int) -> str:
    """The body with other characters where its name holds no word for bodies."""
    pieces = words(body)
    after = [*pieces[1:], ""]
    new = [
        _other(piece, turn, _given()) if len(piece) == 1 and piece not in _UNIT and follows not in _UNIT else piece
        for piece, follows in zip(pieces, after, strict=True)
    ]
    return "".join(new)


def _other(some: str, turn: int, pool: str) -> str:
    """As many characters out of a pool: the same for the same ones in the same round."""
    chance = random.Random(f"{turn}\t{some}")
    return "".join(chance.choice(pool) for _ in some)


@cache
def _surnames() -> str:
    return "".join(sorted(name for name in lexicon("surnames") if len(name) == 1))


@cache
def _given() -> str:
    """The characters of the corpus's given names."""
    people = {name for file in FILES for label, name in _MARKED.findall(file.read_text("utf-8")) if label == "P"}
    return "".join(sorted({char for name in people if 1 < len(name) < 4 for char in name[1:]}))


def _rounds(work: Path) -> Iterator[list[Path]]:
    """The pages of some rounds at a time, without end."""
    first = 0
    while True:
        marked = []
        for turn in range(first, first + ROUNDS):
            for file in FILES:
                marked.append(work / f"{turn}-{file.name}")
                articles = file.read_text("utf-8").split("%%%\n")
                marked[-1].write_text("%%%\n".join(varied(article, turn) for article in articles), encoding="utf-8")
        seed = ["--seed", first, "--prefix", f"{first:05d}-"]
        command = [sys.executable, CORPUS / "compose.py", *seed, work / "texts", work / "gold", *marked]
        subprocess.run(list(map(str, command)), check=True, capture_output=True)
        yield sorted((work / "texts").glob(f"{first:05d}-*.txt"))
        shutil.rmtree(work / "texts")
        for path in marked:
            path.unlink()
        first += ROUNDS


def write_pages(count: int, folder: Path) -> Path:
    """Write so many pages into a new folder; gives the folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as work:
        written = 0
        for pages in _rounds(Path(work)):
            for page in pages[: count - written]:
                shutil.move(page, folder / page.name)
                written += 1
            if written == count:
                return folder
    raise AssertionError("the rounds have no end")


if __name__ == "__main__":
    write_pages(int(sys.argv[1]), Path(sys.argv[2]))
