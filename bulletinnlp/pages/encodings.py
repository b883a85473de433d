"""Which encoding is this? Detected by strict decoding and checked for plausibility; never guessed silently.

Chinese offices hand in UTF-8, UTF-16 (Windows' "Unicode") and GB18030 (with its subsets GBK and GB2312); older files
and those from Hong Kong and Taiwan may be Big5. UTF-8 is strict enough to prove itself. The others decode almost any
bytes, so each candidate is judged by the share of its characters that ordinary Chinese text is made of.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Any, NamedTuple

from bulletinnlp.data import lexicon

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
#: A decoded sample with a smaller share of ordinary characters is no Chinese text.
PLAUSIBLE = 0.85
#: UTF-8 in which fewer than one character in a hundred is broken is damaged UTF-8, not another encoding.
DAMAGED = 0.01
SAMPLE = 200_000
#: The encoding of a file is found from so many bytes; a file may be larger than the memory.
SAMPLE_BYTES = 2_000_000
DOUBLE = re.compile(rb"[\xa1-\xfe][\xa1-\xfe]")
#: Of the characters of a Chinese text fewer are kana, and more lie in the later half of the frequent ones, if there are
#: enough of them to say so.
KANA, LATE, ENOUGH = 0.1, 0.15, 30
#: Of the characters of a short Chinese text, from so few, more than this share are among the 800 most frequent ones; of
#: those of a Korean text, more are syllables of Korean.
FEW, USUAL, KOREAN = 4, 0.4, 0.6
_JAPANESE = "it was read as GB 18030, but may be Japanese (EUC-JP); save it in UTF-8"
_KOREAN = "it was read as GB 18030, but may be Korean (CP949); save it in UTF-8"
_EITHER = "it was read as GB 18030, but may be Japanese (EUC-JP) or Korean (CP949); save it in UTF-8"


class NotTextError(ValueError):
    """The bytes are no text in any encoding that is looked for here."""


class Decoded(NamedTuple):
    """`text`, the Python codec that gave it, and what the reader should know (None if nothing)."""

    text: str
    encoding: str
    warning: str | None = None


def _gb_2312(first: int, last: int) -> str:
    """The rows of GB 2312 from one to another, by their first bytes."""
    data = bytes(b for high in range(first, last + 1) for low in range(0xA1, 0xFF) for b in (high, low))
    return data.decode("gb2312", "ignore")


def _frequent_in_big5() -> str:
    """The first level of Big5: the frequent characters."""
    pairs = (bytes((h, low)) for h in range(0xA4, 0xC7) for low in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return "".join(pair.decode("big5", "ignore") for pair in pairs)


@cache
def traditional() -> frozenset[str]:
    """The frequent characters that exist only in traditional script: those of Big5 that GB 2312 has not.

    >>> sorted(traditional() & set("東昌府區召開會議"))
    ['區', '會', '東', '議', '開']
    """
    return frozenset(_frequent_in_big5()) - frozenset(_gb_2312(0xA1, 0xF7))


@cache
def _ordinary() -> frozenset[str]:
    """Characters of running Chinese text: the frequent level of GB 2312 and of Big5, punctuation, ASCII."""
    symbols = _gb_2312(0xA1, 0xA1) + _gb_2312(0xA3, 0xA3)
    ascii_text = "".join(map(chr, range(0x20, 0x7F))) + "\n\r\t\u3000"
    return frozenset(_gb_2312(0xB0, 0xD7) + symbols + _frequent_in_big5() + ascii_text)


def plausibility(text: str) -> float:
    """Share of the characters that ordinary Chinese text is made of, 0–1.

    >>> plausibility("古楼街道469名网格员")
    1.0
    """
    return sum(map(_ordinary().__contains__, text)) / len(text) if text else 0.0


def decode(data: bytes) -> Decoded:
    """Decode the bytes of a file.

    Raises NotTextError if they are no text.

    >>> decode("东昌府讯".encode("gb18030"))
    Decoded(text='东昌府讯', encoding='gb18030', warning=None)
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict_or_damaged(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _with_surrogates(data) or _other(data)
    if b"\0" in data and _control_share(text) > 0.05:  # UTF-16 of Latin letters passes for UTF-8 full of NULs
        return _most_plausible(data) or _strict_or_damaged(data, "utf-8")
    return Decoded(text, "utf-8", _nul_warning(text))


def _with_surrogates(data: bytes) -> Decoded | None:
    """UTF-8 in which a program wrote the halves of UTF-16's pairs, alone or one after the other (CESU-8)."""
    try:
        halves = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    text = halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    lone = text.count("\ufffd") - halves.count("\ufffd")
    warning = f"it holds surrogates, which are no valid UTF-8; pairs were joined, others ({lone}) are shown as U+FFFD"
    return Decoded(text, "utf-8", warning)


def _other(data: bytes) -> Decoded:
    """Not UTF-8: the most plausible of the candidates, else damaged UTF-8, else a mixture by lines."""
    damaged = data[:SAMPLE].decode("utf-8", "replace")
    if damaged.count("\ufffd") < DAMAGED * len(damaged):
        return _strict_or_damaged(data, "utf-8")
    decoded = _most_plausible(data) or _by_lines(data)
    if decoded is None:
        raise NotTextError("the bytes are no text in UTF-8, UTF-16, GB18030 or Big5")
    return decoded


def _most_plausible(data: bytes) -> Decoded | None:
    scored = [(plausibility(data[:SAMPLE].decode(encoding, "replace")), encoding) for encoding in CANDIDATES]
    share, encoding = max(scored, key=lambda pair: pair[0])
    return _strict_or_damaged(data, encoding) if share >= PLAUSIBLE else None


def _other_language(data: bytes) -> str | None:
    """Whether bytes that pass for GB 2312 are rather Japanese (EUC-JP) or Korean (CP949), which have the same form.

    EUC-JP has its kana where GB 2312 has them, and Chinese has none; Korean syllables lie where the first half of the
    frequent Chinese characters do, and hardly anything in the other half, where four in ten of those of a text are.
    Read as GB 2312, few of the characters of either are among those that Chinese news is made of.
    """
    pairs = Counter(DOUBLE.findall(data[:SAMPLE]))
    leads: Counter[int] = Counter()
    for pair, count in pairs.items():
        leads[pair[0]] += count
    kana, characters = leads[0xA4] + leads[0xA5], sum(leads[lead] for lead in range(0xB0, 0xF8))
    late = sum(leads[lead] for lead in range(0xC9, 0xF8))
    if kana > KANA * leads.total():
        return _JAPANESE
    if characters > ENOUGH and late < LATE * characters:
        return _KOREAN
    usual = sum(count for pair, count in pairs.items() if pair[0] >= 0xB0 and pair in _frequent())
    if characters < FEW or usual >= (USUAL if characters > FEW + 2 else USUAL / 2) * characters:
        return None
    japanese, korean = _decodes(data[:SAMPLE], "euc_jp"), _is_korean(data[:SAMPLE])
    if japanese and korean and b" " not in data.strip():  # which Korean has between words
        return _EITHER
    return _KOREAN if korean else _JAPANESE if japanese else None


def _is_korean(data: bytes) -> bool:
    """Whether most characters that bytes give in CP949 are syllables of Korean."""
    text = [char for char in data.decode("cp949", "replace") if char > "\u2e7f"]
    return sum("가" <= char <= "힣" for char in text) > KOREAN * len(text)


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@cache
def _frequent() -> frozenset[bytes]:
    """The characters that Chinese news is made of, in GB 2312."""
    return frozenset(char.encode("gb2312") for line in lexicon("frequent_characters") for char in line)


def _strict_or_damaged(data: bytes, encoding: str) -> Decoded:
    try:
        text, warning = data.decode(encoding), None
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        warning = f"{text.count(chr(0xFFFD))} places are no valid {encoding}; each is shown as U+FFFD"
    if len(text) > 100 and _control_share(text) > 0.3:
        raise NotTextError("it holds control characters instead of text")
    if encoding == "gb18030":
        warning = warning or _other_language(data)
    return Decoded(text, encoding, warning or _nul_warning(text))


def _by_lines(data: bytes) -> Decoded | None:
    """Files pasted together from several sources: each line in UTF-8 if it can be, else in GB18030."""
    text = "\n".join(map(_decoded_line, data.split(b"\n")))
    if plausibility(text[:SAMPLE]) < PLAUSIBLE:
        return None
    return Decoded(text, "mixed", "its lines are partly UTF-8, partly GB18030; each was read in its own encoding")


def _decoded_line(line: bytes) -> str:
    """A line in UTF-8 if it can be, else in GB18030."""
    return line.decode("utf-8") if _decodes(line, "utf-8") else line.decode("gb18030", "replace")


def _control_share(text: str) -> float:
    sample = text[:SAMPLE]
    return sum(c < " " and c not in "\n\r\t\f\v" for c in sample) / len(sample) if sample else 0.0


def _nul_warning(text: str) -> str | None:
    count = text.count("\0")
    return f"it holds {count} NUL characters" if count else None


class DecodedLines:
    """Iterates over the lines of a file, with their ends; what its encoding does not know is shown as U+FFFD.

    A context manager. `encoding` is the Python codec, found by `decode`; `mixed` where each line is in its
    own. `take` gives the lines since it was last called. Entering raises OSError, and NotTextError for what is no text.
    """

    encoding: str

    def __init__(self, path: Path) -> None:
        self._path = path
        self._taken: list[str] = []
        #: How many NUL characters were left out.
        self.nuls = 0

    def __enter__(self) -> DecodedLines:
        with self._path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
        if len(sample) == SAMPLE_BYTES:
            sample = sample[: sample.rfind(b"\n") + 1] or sample
        self.encoding = decode(sample).encoding if sample.strip() else "utf-8"
        self._file: IO[Any] = (
            self._path.open("rb")
            if self.encoding == "mixed"
            else self._path.open(encoding=self.encoding, errors="replace", newline="")
        )
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        for line in map(_decoded_line, self._file) if self.encoding == "mixed" else self._file:
            if "\0" in line:
                self.nuls += line.count("\0")
                line = line.replace("\0", "")
            self._taken.append(line)
            yield line

    def take(self) -> list[str]:
        """The lines that were read since this was last called."""
        taken, self._taken = self._taken, []
        return taken
