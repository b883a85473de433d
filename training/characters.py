"""Makes `data/lexicons/plain_characters.txt`: which characters the stages read as which.

    python -m training.characters TSCharacters.txt EquivalentUnifiedIdeograph.txt

The first file is OpenCC's table from traditional to simplified characters (in the PyPI package
`opencc-python-reimplemented` as `opencc/dictionary/TSCharacters.txt`, Apache-2.0), the second the Unicode Character
Database's list of the characters that radicals look like. One character stands for one: where OpenCC offers several,
the first is taken; rare ones outside the basic plane are left out.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import bulletinnlp.data

#: Characters that both standards have, of which simplified texts hardly ever make use.
TRADITIONAL_ALL_THE_SAME = "後於徵夥麽菸"
#: Characters that GB 2312 lacks, of names in simplified texts (通用规范汉字表, 2013: 毕昇, 濛阳镇).
SIMPLIFIED_ALL_THE_SAME = "昇濛"
HEAD = """\
# Characters that are read as others: the plain character, then those that stand for it, of the same length, so that
# offsets hold. Traditional characters: OpenCC's TSCharacters (opencc-python-reimplemented 0.1.7, Apache-2.0), without
# those that simplified texts use (乾, 薹: what GB 2312 has). Radicals that a PDF prints for characters (⻄, ⽉): from
# EquivalentUnifiedIdeograph of Unicode 14.0 (Unicode licence). Made by `python -m training.characters`.
"""


def main() -> None:
    """Parse the command line and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("traditional", type=Path, metavar="TSCharacters.txt")
    parser.add_argument("radicals", type=Path, metavar="EquivalentUnifiedIdeograph.txt")
    parser.add_argument("--out", type=Path, default=Path(str(bulletinnlp.data.resource("lexicons"))))
    options = parser.parse_args()
    simple = traditional(options.traditional.read_text("utf-8"))
    plain = simple | {form: simple.get(char, char) for form, char in radicals(options.radicals.read_text("utf-8"))}
    forms: dict[str, str] = {}
    for form, char in sorted(plain.items()):
        forms[char] = forms.get(char, "") + form
    lines = [f"{char}\t{some}\n" for char, some in sorted(forms.items())]
    (options.out / "plain_characters.txt").write_text(HEAD + "".join(lines), "utf-8")


def traditional(text: str) -> dict[str, str]:
    """OpenCC's table, each character with the first that it may become.

    >>> traditional("國\\t国\\n乾\\t干 乾\\n着\\t着")
    {'國': '国'}
    """
    rows = (line.split("\t") for line in text.splitlines() if line.strip())
    pairs = ((form, plain.split(" ")[0]) for form, plain in rows)
    return {form: plain for form, plain in pairs if form != plain and plain < "\U00010000" and not simplified(form)}


def simplified(char: str) -> bool:
    """Whether simplified texts use a character."""
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return char in SIMPLIFIED_ALL_THE_SAME
    return char not in TRADITIONAL_ALL_THE_SAME


def radicals(text: str) -> list[tuple[str, str]]:
    """The radicals and the characters that they look like; strokes are left out.

    >>> radicals("2EC4          ; 897F # CJK RADICAL WEST TWO\\n31D0          ; 4E00 # CJK STROKE H")
    [('⻄', '西')]
    """
    found = []
    for line in text.splitlines():
        codes, _, char = line.partition("#")[0].partition(";")
        first, _, last = codes.strip().partition("..")
        if char.strip():
            span = range(int(first, 16), int(last or first, 16) + 1)
            found += [(chr(code), chr(int(char, 16))) for code in span if 0x2E80 <= code < 0x2FE0]
    return found


if __name__ == "__main__":
    main()
