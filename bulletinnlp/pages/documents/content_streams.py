"""Whether what the pages of a PDF print can be unpacked: pdfium shows a page blank whose content is damaged."""

from __future__ import annotations

import base64
import re
import zlib

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/(\w+Decode)\b")
#: What stands in the heads of pictures, fonts and other streams that print nothing by themselves.
_NO_CONTENT = re.compile(rb"/(?:Type|Subtype|Length1|N)\b")
_SPACE = re.compile(rb"\s+")
#: The head of a stream is not longer.
_HEAD = 1000


def has_damage(data: bytes) -> bool:
    """Whether a stream of content in a PDF can not be unpacked; what is encrypted or packed otherwise is passed over.

    >>> whole = b"<< /Filter /FlateDecode >>\\nstream\\n" + zlib.compress(b"BT ET") + b"\\nendstream"
    >>> has_damage(whole), has_damage(whole.replace(b"x", b"?", 1))
    (False, True)
    """
    return b"/Encrypt" not in data and any(_is_damaged(data, found) for found in _STREAM.finditer(data))


def _is_damaged(data: bytes, found: re.Match[bytes]) -> bool:
    head = data[max(0, found.start() - _HEAD) : found.start()].rpartition(b"obj")[2]
    filters = _FILTER.findall(head)
    if _NO_CONTENT.search(head) or not filters or not set(filters) <= {b"ASCII85Decode", b"FlateDecode"}:
        return False
    end = data.find(b"endstream", found.end())
    content = data[found.end() : end if end >= 0 else len(data)]
    try:
        for name in filters:
            if name == b"ASCII85Decode":
                content = base64.a85decode(_SPACE.sub(b"", content.partition(b"~>")[0]))
            else:
                content = zlib.decompressobj().decompress(content)
    except (ValueError, zlib.error):
        return True
    return False
