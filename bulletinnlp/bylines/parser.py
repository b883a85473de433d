"""From a byline as printed to the people and organisations that it names.

The words of the line (`articles.signature_words.read_words`) are read from left to right. A cue opens a *group* with a
role (记者 …, 责编 …); names that follow belong to the group; an organisation or a newsroom becomes the outlet of the
names behind it, or signs for itself when none follows. A cue at the end of names (摄, 供稿) gives the role of the names
before it.

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
from typing import cast

import regex

from bulletinnlp.annotations import Contributor, ContributorRole
from bulletinnlp.articles.signature_words import SignatureWord, cue_of, read_words

#: Cues that say that pictures, or that the text, is theirs; 文/图 says both.
_PICTURE = frozenset(("摄", "图", "摄影", "供图", "配图", "拍摄", "摄像"))
_TEXT = frozenset(("文", "文图", "图文"))
_TIE = regex.compile(r"[ \u3000]?[/／:：|]")


@dataclass(slots=True)
class _Member:
    """A name, or an organisation that no name has followed; its outlet, and the role that the outlet gives it."""

    word: SignatureWord
    outlet: SignatureWord | None = None
    role: ContributorRole | None = None


@dataclass(slots=True)
class _CueGroup:
    """The names behind one cue (or before any cue)."""

    role: ContributorRole | None
    outlet: SignatureWord | None = None
    members: list[_Member] = field(default_factory=list)


def parse(text: str, photo: bool = False) -> list[Contributor]:
    """The contributors that a byline names, in the order of the line.

    `photo` says that the byline signs a picture's caption: bare names before 摄影报道 are then photographers.

    >>> [(c.name, c.role, c.outlet) for c in parse("(融媒体 全兴社 通讯员 苏敏)")]
    [('全兴社', 'reporter', '融媒体'), ('苏敏', 'correspondent', None)]
    >>> [(c.name, c.role) for c in parse("来源：徐闻发布 记者：张  娅 编辑：甲建国 审核：李想")]
    [('徐闻发布', 'source'), ('张娅', 'reporter'), ('甲建国', 'editor'), ('李想', 'editor')]
    """
    return contributors(text, read_words(text), photo)


def contributors(text: str, words: list[SignatureWord], photo: bool) -> list[Contributor]:
    """The same, of a byline whose words are read."""
    return _Parser(text, [word for word in words if word.kind not in ("date", "remark")], photo).parse()


class _Parser:
    """One pass over the words."""

    def __init__(self, text: str, words: list[SignatureWord], photo: bool) -> None:
        self.words = words
        self.text = text
        self.photo = photo
        self.groups = [_CueGroup(None)]
        #: Groups before this one have their role from a cue behind them.
        self.closed = 0
        #: 图/ was read, and the next cue only says who the photographer is.
        self.pictures = False
        self.text_first = bool(words) and words[0].kind == "cue" and words[0].text in _PICTURE | _TEXT

    def parse(self) -> list[Contributor]:
        for at, word in enumerate(self.words):
            following = self.words[at + 1] if at + 1 < len(self.words) else None
            if word.kind == "cue":
                self._cue(word, self.words[at - 1], following)
            elif word.kind not in ("media", "org"):
                self._name(word)
            elif not self._org_in_brackets(word):
                self._org(word, following)
        return [row for group in self.groups for row in _rows(group)]

    @property
    def _open(self) -> list[_CueGroup]:
        """The groups that have no role from a cue behind them."""
        return self.groups[self.closed :]

    def _cue(self, word: SignatureWord, before: SignatureWord, following: SignatureWord | None) -> None:
        cue = cue_of(word.text)
        assert cue is not None
        named = any(group.members for group in self._open)
        followed = following is not None and following.kind != "cue"
        tied = self._is_tied(word, following)
        #: 文 and 图 stand behind the names, unless the line begins with one of them.
        suffix = named and not self.text_first and not tied and len(word.text) == 1
        if tied and not followed and word.text in _PICTURE:
            self.pictures = True  # 图/通讯员 甲
        elif cue.role == "keep" or (not named and cue.place != "before" and not followed):
            self._close("photographer" if word.text == "摄影报道" and self.photo else None)
        elif cue.place == "before" or (cue.place == "both" and followed and not suffix) or not named:
            role = "photographer" if self.pictures else cue.role
            self.pictures = False
            self.groups.append(_CueGroup(cast(ContributorRole, role), self._taken_outlet(word)))
        else:  # 甲 乙 摄, 甲 文, 县公安局 供稿
            if word.text in _PICTURE and before.text not in _TEXT | _PICTURE:
                for group in self._open:
                    group.role = "photographer"
            elif cue.role == "source":
                for group in self._open:
                    if group.role is None and not any(member.word.kind == "name" for member in group.members):
                        group.role = "source"
            self._close()
            self.groups.append(_CueGroup(None))

    def _close(self, role: ContributorRole | None = None) -> None:
        """Close the open groups, those without a role in this one."""
        for group in self._open:
            group.role = group.role or role
        self.closed = len(self.groups)

    def _is_tied(self, cue: SignatureWord, following: SignatureWord | None) -> bool:
        """Whether a cue is tied to what follows: 文/甲 图/乙, 图：乙 (but not 文/图)."""
        if following is None or following.text in _PICTURE | _TEXT:
            return False
        return _TIE.match(self.text, cue.end) is not None

    def _taken_outlet(self, cue: SignatureWord) -> SignatureWord | None:
        """The organisation printed right before the cue, without a space: 融媒体中心|记者, 本报|通讯员."""
        group = self.groups[-1]
        last = group.members[-1].word if group.members else None
        if last is not None and last.end == cue.start and last.kind in ("media", "org"):
            return group.members.pop().word
        if group.outlet is not None and group.outlet.end == cue.start:
            outlet, group.outlet = group.outlet, None
            return outlet
        return None

    def _org(self, word: SignatureWord, following: SignatureWord | None) -> None:
        group = self.groups[-1]
        if following is not None and following.kind == "name" and group.role not in ("source", "editor"):
            group.outlet = word
        else:
            group.members.append(_Member(word))

    def _org_in_brackets(self, word: SignatureWord) -> bool:
        """An organisation in brackets behind names is theirs: 甲 乙（县教育局）."""
        if word.start == 0 or self.text[word.start - 1] not in "（(" or self.text[word.end : word.end + 1] not in "）)":
            return False
        names = [one for one in self.groups[-1].members if one.word.kind == "name" and one.outlet is None]
        for name in names:
            name.outlet = word
            name.role = "correspondent" if word.kind == "org" else name.role
        return bool(names)

    def _name(self, word: SignatureWord) -> None:
        group = self.groups[-1]
        of_org = group.role is None and group.outlet is not None and group.outlet.kind == "org"
        group.members.append(_Member(word, group.outlet, "correspondent" if of_org else None))


def _rows(group: _CueGroup) -> list[Contributor]:
    found = []
    for member in group.members:
        word, outlet = member.word, member.outlet
        if word.kind == "other" and len(word.text) < 2:
            continue
        role = group.role or member.role or ("source" if word.kind in ("org", "media") else "reporter")
        name = "".join(word.text.split())
        found.append(Contributor(name, role, outlet.text if outlet else None, word.text, word.start, word.end))
    return found
