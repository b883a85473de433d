"""Text in plain characters: 11⽉25⽇, 民國 and dates with invisible characters inside read as 11月25日, 民国."""

from __future__ import annotations

from bulletinnlp.pages.plain import Visible, plain
from bulletinnlp.times.time import Time


class PlainText(Visible):
    """A text in plain characters, and where each of them stands in the text as printed.

    >>> read = PlainText("11⽉\u200b25⽇")
    >>> read.text, read.inside(4)
    ('11月25日', 3)
    """

    def __init__(self, printed: str) -> None:
        super().__init__(printed)
        self._printed = printed
        self.text = plain(self.text)

    def as_printed(self, time: Time) -> Time:
        """A time of the plain text, with its place and its characters in the printed one."""
        start, end = self.given(time.start, time.end)
        return time._replace(text=self._printed[start:end], start=start, end=end)
