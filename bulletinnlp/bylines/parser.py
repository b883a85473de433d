"""From a byline as printed to the people and bodies it names.

The words of the line (`articles.words.read_words`) are read from left to right. A cue opens a *group* with a role
(记者 …, 责编 …); names that follow belong to the group; a body or a newsroom becomes the outlet of the names behind it,
or signs for itself when none follows. A cue at the end of names (摄, 供稿) gives the role of the names before it.

| byline | contributors |
| --- | --- |
| (融媒体 全兴社 通讯员 苏敏) | 全兴社 reporter 融媒体 · 苏敏 correspondent |
| (县公安局 邸雪 李想) | 邸雪, 李想 correspondent 县公安局 |
| (区教体局) · 区教体局宣 | 区教体局 source |
| 融媒体 徐振鑫 通讯员 张振祥 摄 | 徐振鑫 photographer 融媒体 · 张振祥 photographer |
| （记者 甲 文 乙 图） | 甲 reporter · 乙 photographer |
| 甲 乙（县教育局） | 甲, 乙 correspondent 县教育局 |
| 来源：某某发布 编辑：甲 审核：乙 | 某某发布 source · 甲, 乙 editor |
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from bulletinnlp.annotations import Contributor, ContributorRole
from bulletinnlp.articles.signature_words import Word, cues, read_words

#: Cues at the end of a line that say that text and pictures, or only that the text, is theirs: the roles stay.
_PICTURE = frozenset(("摄", "图", "摄影", "供图", "配图", "拍摄", "摄像"))
_TIE = regex.compile(r"[ \u3000]?[/／:：|]")
_TEXT = frozenset(("文", "文图", "图文"))


@dataclass(slots=True)
class _Group:
    """The names behind one cue (or before any cue)."""

    role: ContributorRole | None
    outlet: Word | None = None
    #: A name, or a body that no name has followed yet, with its outlet.
    members: list[tuple[Word, Word | None, ContributorRole | None]] = field(default_factory=list)


def parse(text: str, photo: bool = False) -> list[Contributor]:
    """The contributors that a byline names, in the order of the line.

    `photo` says that the byline signs a picture's caption: bare names before 摄影报道 are then photographers.

    >>> [(c.name, c.role, c.outlet) for c in parse("(融媒体 全兴社 通讯员 苏敏)")]
    [('全兴社', 'reporter', '融媒体'), ('苏敏', 'correspondent', None)]
    >>> [(c.name, c.role) for c in parse("来源：徐闻发布 记者：张  娅 编辑：甲建国 审核：李想")]
    [('徐闻发布', 'source'), ('张娅', 'reporter'), ('甲建国', 'editor'), ('李想', 'editor')]
    """
    words = [word for word in read_words(text) if word.kind not in ("date", "remark")]
    return _Reader(text, words, photo).read()


class _Reader:
    """One pass over the words."""

    def __init__(self, text: str, words: list[Word], photo: bool) -> None:
        self.words = words
        self.text = text
        self.photo = photo
        self.groups: list[_Group] = [_Group(None)]
        #: Groups before this one have been given their role by a cue behind them.
        self.closed = 0
        #: 图/ was read, and the next cue only says who the photographer is.
        self.pictures = False
        self.text_first = bool(words) and words[0].kind == "cue" and words[0].text in _PICTURE | _TEXT

    def read(self) -> list[Contributor]:
        for at, word in enumerate(self.words):
            if word.kind == "cue":
                self._cue(word, at)
            elif word.kind in ("media", "body"):
                if not self._behind(word):
                    self._body(word, at)
            else:
                self._name(word)
        return [row for group in self.groups for row in _rows(group)]

    def _tied(self, word: Word, at: int) -> bool:
        """Whether a cue is tied to what follows: 文/甲 图/乙, 图：乙 (but not 文/图)."""
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is None or following.text in _PICTURE | _TEXT:
            return False
        return _TIE.match(self.text, word.end) is not None

    def _followed(self, at: int) -> bool:
        """Whether a name or a body stands right behind the word."""
        return at + 1 < len(self.words) and self.words[at + 1].kind != "cue"

    def _cue(self, word: Word, at: int) -> None:
        cue = next(found for n in range(len(word.text), 0, -1) if (found := cues().get(word.text[-n:])))
        named = any(group.members for group in self.groups[self.closed :])
        followed, tied = self._followed(at), self._tied(word, at)
        prefix = cue.place == "before" or (cue.place == "both" and followed and not self._suffix(word, named, tied))
        if tied and not followed and word.text in _PICTURE:
            self.pictures = True  # 图/通讯员 甲
        elif cue.role == "keep" or (not named and cue.place != "before" and not followed):
            self._keep(word)
        elif prefix or not named:
            role: ContributorRole = "photographer" if self.pictures else cue.role  # type: ignore[assignment]
            self.pictures = False
            self.groups.append(_Group(role, self._taken_outlet(word)))
        else:
            self._close(word, cue.role, self.words[at - 1])

    def _suffix(self, word: Word, named: bool, tied: bool) -> bool:
        """文 and 图 stand behind the names, unless the line begins with one of them."""
        return named and not self.text_first and not tied and len(word.text) == 1

    def _taken_outlet(self, cue: Word) -> Word | None:
        """The body printed right before the cue, without a space: 融媒体中心|记者, 本报|通讯员."""
        group = self.groups[-1]
        if group.members and group.members[-1][0].end == cue.start and group.members[-1][0].kind in ("media", "body"):
            return group.members.pop()[0]
        if group.outlet is not None and group.outlet.end == cue.start:
            outlet, group.outlet = group.outlet, None
            return outlet
        return None

    def _close(self, word: Word, role: str, before: Word) -> None:
        """A cue behind names: 甲 乙 摄, 甲 文, 县公安局 供稿."""
        open_groups = self.groups[self.closed :]
        if word.text in _PICTURE and before.text not in _TEXT and before.text not in _PICTURE:
            for group in open_groups:
                group.role = "photographer"
        elif role == "source":
            for group in open_groups:
                if group.role is None:
                    group.role = None if any(m[0].kind == "name" for m in group.members) else "source"
        self.closed = len(self.groups)
        self.groups.append(_Group(None))

    def _keep(self, word: Word) -> None:
        if word.text == "摄影报道" and self.photo:
            for group in self.groups[self.closed :]:
                group.role = group.role or "photographer"
        self.closed = len(self.groups)

    def _body(self, word: Word, at: int) -> None:
        group = self.groups[-1]
        following = self.words[at + 1] if at + 1 < len(self.words) else None
        if following is not None and following.kind == "name" and group.role not in ("source", "editor"):
            group.outlet = word
        else:
            group.members.append((word, None, None))

    def _behind(self, word: Word) -> bool:
        """A body in brackets behind names is theirs: 甲 乙（县教育局）."""
        members = self.groups[-1].members
        if word.start == 0 or self.text[word.start - 1] not in "（(" or self.text[word.end : word.end + 1] not in "）)":
            return False
        open_to = [i for i, (name, outlet, _) in enumerate(members) if name.kind == "name" and outlet is None]
        for i in open_to:
            members[i] = (members[i][0], word, "correspondent" if word.kind == "body" else members[i][2])
        return bool(open_to)

    def _name(self, word: Word) -> None:
        group = self.groups[-1]
        role: ContributorRole | None = None
        if group.role is None and group.outlet is not None and group.outlet.kind == "body":
            role = "correspondent"
        group.members.append((word, group.outlet, role))


def _rows(group: _Group) -> list[Contributor]:
    found = []
    for word, outlet, own in group.members:
        if word.kind == "other" and len(word.text) < 2:
            continue
        if group.role is not None:
            role = group.role
        elif own is not None:
            role = own
        else:
            role = "source" if word.kind in ("body", "media") else "reporter"
        name = "".join(word.text.split())
        found.append(Contributor(name, role, outlet.text if outlet else None, word.text, word.start, word.end))
    return found
