"""What the tagger sees of a text: characters, pairs of characters, and words of a dictionary.

The tagger does not segment. For each character it sees the character, the pair that it makes with the next one, and
which kinds of dictionary words begin at it, run through it or end at it. Training and runtime share this module, so
that they see the same.
"""

from __future__ import annotations

import lzma
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from numpy.typing import NDArray

#: Kinds of words in the dictionary, in the order of their bits. The first ones are parts of speech, the others say
#: what a word does to names.
KINDS = (
    "noun", "verb", "modifier", "function", "idiom", "proper", "place", "body", "division", "town", "surname",
    "honorific", "title", "body_suffix", "place_suffix",
)  # fmt: skip
#: Words of 2, 3 and 4 or more characters have bits of their own.
LENGTHS = 3
LONGEST = 8
WIDTH = 3 * (len(KINDS) + LENGTHS)
PAD, UNKNOWN = 0, 1
_NO_WORD = -1


@cache
def plain(char: str) -> str:
    """A character as the model reads it: NFKC, digits and Latin letters each as one.

    >>> [plain(char) for char in "，３Ｂ１村"]
    [',', '0', 'a', '0', '村']
    """
    folded = unicodedata.normalize("NFKC", char)
    char = folded if len(folded) == 1 else char
    if char.isspace():
        return " "
    if char.isdecimal():
        return "0"
    if char.isascii() and char.isalpha():
        return "a"
    return {'"': "“", "'": "‘", "•": "·", "‧": "·", "．": "."}.get(char, char)


class Dictionary:
    """Words and their kinds.

    >>> dictionary = Dictionary({"县": 1 << KINDS.index("division"), "东阿": 1 << KINDS.index("place")})
    >>> [hex(bits) for bits in dictionary.bits("东阿县")]
    ['0x8040', '0x8040000000000', '0x100000000100']
    """

    def __init__(self, words: dict[str, int]) -> None:
        self.words = words
        #: The words, and what longer ones begin with (as `_NO_WORD`), from two characters on.
        self._begun = dict.fromkeys((word[:end] for word in words for end in range(2, len(word))), _NO_WORD) | words
        self._single = {word: self._mark(kinds, 1) for word, kinds in words.items() if len(word) == 1}
        self._marks: dict[tuple[int, int], tuple[int, int, int]] = {}

    @classmethod
    def read(cls, path: Path | Traversable) -> Dictionary:
        """Read the packed form: a line for each set of kinds, a number, then its words."""
        words: dict[str, int] = {}
        for line in lzma.decompress(path.read_bytes()).decode("utf-8").splitlines():
            kinds, _, rest = line.partition("\t")
            words.update(dict.fromkeys(rest.split(" "), int(kinds)))
        return cls(words)

    def write(self, path: Path) -> None:
        """Write the packed form."""
        groups: dict[int, list[str]] = {}
        for word, kinds in self.words.items():
            groups.setdefault(kinds, []).append(word)
        lines = [f"{kinds}\t{' '.join(sorted(words))}" for kinds, words in sorted(groups.items())]
        path.write_bytes(lzma.compress("\n".join(lines).encode("utf-8"), preset=9))

    def bits(self, text: str) -> list[int]:
        """For each character a number whose bits say which words begin (B), run through (I) or end (E) there."""
        get, marks = self._begun.get, self._marks
        none = (0, 0, 0)
        bits = [begins | ends for begins, _, ends in (self._single.get(char, none) for char in text)]
        size = len(text)
        for start, begun in enumerate(map(str.__add__, text, text[1:])):
            end = start + 2
            while (kinds := get(begun)) is not None:
                if kinds != _NO_WORD:
                    key = (kinds, end - start)
                    mark = marks.get(key) or marks.setdefault(key, self._mark(*key))
                    bits[start] |= mark[0]
                    bits[end - 1] |= mark[2]
                    for at in range(start + 1, end - 1):
                        bits[at] |= mark[1]
                if end == size:
                    break
                end += 1
                begun = text[start:end]
        return bits

    @staticmethod
    def _mark(kinds: int, length: int) -> tuple[int, int, int]:
        """The bits that a word sets at its first, inner and last characters."""
        if length > 1:
            kinds |= 1 << (len(KINDS) + min(length, LENGTHS + 1) - 2)
        step = len(KINDS) + LENGTHS
        return kinds, kinds << step, kinds << (2 * step)


#: Characters, pairs and words of a text, by number: three arrays of the text's length.
Numbers = tuple["NDArray[np.int64]", "NDArray[np.int64]", "NDArray[np.uint64]"]


class Encoder:
    """Turns text into the numbers that the tagger takes.

    `chars` lists the characters of the vocabulary (number 2 and up); `pairs` its pairs, as sorted codes
    `first * 65536 + second` of character numbers.
    """

    def __init__(self, chars: str, pairs: NDArray[np.int64], dictionary: Dictionary) -> None:
        self.chars = chars
        self.pairs = pairs
        self.dictionary = dictionary
        self._number = {char: number for number, char in enumerate(chars, start=2)}

    def number(self, char: str) -> int:
        """The number of a character; what it is first time seen is kept, under the printed character."""
        number = self._number.get(char)
        if number is None:
            number = self._number[char] = self._number.get(plain(char), UNKNOWN)
        return number

    def pair_numbers(self, chars: NDArray[np.int64]) -> NDArray[np.int64]:
        """The number of the pair that each character makes with the next one."""
        codes = pair_codes(chars)
        at = np.searchsorted(self.pairs, codes)
        at[at == len(self.pairs)] = 0
        return np.where(self.pairs[at] == codes, at + 2, UNKNOWN)

    def __call__(self, text: str) -> Numbers:
        """Characters, pairs and words of a text: three arrays of the text's length."""
        number = self._number
        try:
            chars = np.array([number[char] for char in text], dtype=np.int64)
        except KeyError:
            chars = np.array([self.number(char) for char in text], dtype=np.int64)
        return chars, self.pair_numbers(chars), np.array(self.dictionary.bits(text), dtype=np.uint64)


def cut(numbers: Numbers, start: int, end: int, encode: Encoder) -> Numbers:
    """The numbers of `text[start:end]`, out of those of the text: its last character pairs with nothing.

    >>> encode = Encoder("县长", np.array([2 << 16, (2 << 16) + 3, 3 << 16]), Dictionary({}))
    >>> whole = encode("县长县")
    >>> all(bool((a == b).all()) for a, b in zip(cut(whole, 0, 1, encode), encode("县"), strict=True))
    True
    """
    chars, pairs, words = numbers[0][start:end], numbers[1][start:end], numbers[2][start:end]
    if end < len(numbers[0]) and end > start:
        pairs = pairs.copy()
        pairs[-1] = encode.pair_numbers(chars[-1:])[0]
    return chars, pairs, words


def pair_codes(chars: NDArray[np.int64]) -> NDArray[np.int64]:
    """The code of each character with its right neighbour; the last one pairs with nothing."""
    codes = chars << 16
    codes[:-1] += chars[1:]
    return codes


def unpack(bits: NDArray[Any], width: int = WIDTH) -> NDArray[np.uint8]:
    """The bits of each character (by default those of its words) as a last dimension of 0s and 1s, `width` wide."""
    octets = bits.astype(bits.dtype.newbyteorder("<"))[..., None].view(np.uint8)
    unpacked: NDArray[np.uint8] = np.unpackbits(octets, axis=-1, bitorder="little", count=width)
    return unpacked
