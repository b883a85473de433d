"""What speaks for each candidate for the speaker of a quotation: the features of the model that chooses.

A name in the quotation itself is usually addressed, not speaking; a name between the quotation and a cue (”孙乐文说)
nearly always speaks. Without a cue what counts is how the words sound (thanks of a resident, orders of a volunteer),
who is the subject of the clause beside them rather than its object, and whose turn it is.

Features are short texts (`before|cue in same clause|PER`); their weights are in `data/events/speaker.json`.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

import regex

from bulletinnlp.quotes.conversations import conversation_features
from bulletinnlp.quotes.passage import Quotation, cue_pattern
from bulletinnlp.quotes.person_nouns import person_endings
from bulletinnlp.quotes.speakers import PLAIN, SpeakerCandidate, named_person
from bulletinnlp.roles.titles import NAMES
from bulletinnlp.text.sentences import SPEECH_END, WIDE_CLAUSE_ENDS, WIDE_SENTENCE_ENDS

_GOVERN = frozenset("对向给跟同与在从为问替把被让叫冲朝请教劝陪和")
#: A preposition with a title or kin before a name: 对妻子史亚凤, 向大堂经理方正.
_GOVERNED = regex.compile(r"[对向给跟问替把让被朝与请叫][^，。；：！？“”、\n]{1,6}$")
#: Words behind which comes who wrote, called or spoke, and what behind somebody's 的 is his word.
_RECEIVED = regex.compile(
    r"(?:收到|接到|接听|接起|接通|拨通|听到|听见|听|传来|来自|递来|发来|响起|遇到|看到|迎面|说话的|喊话的|开口的)[^，。；！？\n]{0,14}$"
)
_WORDS_OF = regex.compile(r"的?[^，。；！？“”\n]{0,8}?(?:来信|信|电话|短信|工单|话|声|留言|消息|条幅|求助|诉求|感谢)")
#: Who is spoken to: a verb or preposition before somebody, who is followed by no deed of his own but speech or a colon.
_ADDRESSED = regex.compile(
    r"(?:[对向跟给冲朝劝问]|告诉|叮嘱|提醒|嘱咐|嘱托|安慰|鼓励|勉励|招呼|拉着|拉住|扶着|握着)(?:着|了)?"
    r"[^，。；：！？“”\n]{0,10}$"
)
_SPOKEN_TO = regex.compile(
    r"[^，。；：！？“”\n]{0,6}?(?:说|讲|喊|道|问|交代|解释|介绍|叮嘱)?(?:道|着)?[：:，,]?[“\"‘「]"
)
#: Who leads, watches or asks for what others say: 在李明的带领下，队员们喊道.
_LEADS = regex.compile(
    r"的?(?:一声)?(?:带领|率领|指挥|指导|组织|陪同|引导|鼓励|主持|见证|注视|嘱托|号召|口令|提问|询问|搀扶|帮助|安慰)"
)
#: Who hears somebody: 贾薇接听了群众打来的电话.
_HEARS = regex.compile(r"[^，。；：！？“”\n]{0,5}?(?:接到|接听|接起|接通|收到|听到|听见)")
#: Unnamed members of an organisation, who speak for it: 区税务局相关负责人, 区财政局志愿者.
_SPOKESMAN = regex.compile(
    r"的?(?:相关|有关|现场|值班|一位|一名|[0-9]+名)?"
    r"(?:负责人|负责同志|相关人士|发言人|[^，。；]{0,3}(?:工作人员|志愿者|职工|民警|干警|队员|员工|干部))"
)
#: What a quotation sounds like, and so who may say it: thanks and relief, orders, greetings, reports of work.
_TONES = {
    "thanks": regex.compile("谢|多亏|真好|方便多|放心了|没想到|不用愁|高兴|感动|暖"),
    "orders": regex.compile("请|别|不要|注意|大家|戴好|排队|记得|慢点|小心"),
    "greets": regex.compile("^.{0,3}(?:您好|你好|喂)"),
    "asks": regex.compile("[？?]"),
    "reports": regex.compile("目前|今年|下一步|我们将|全[县区市镇乡村]|已经?[^，]{0,6}[0-9]|项目|工作"),
    "I": regex.compile("我(?!们)"),
    "we": regex.compile("我们|咱"),
}
#: A pronoun, or what stands for a name, that speaks right behind a quotation (”她说) or before one (他笑着说：“).
_PRONOUN_BEHIND = regex.compile(r"[，,]?\s*.{0,8}?(他们|她们|他|她|老人|对方|大家|记者)")
_PRONOUN_BEFORE = regex.compile(r"(?:^|[，。！？；：”\n])(他们|她们|他|她|老人|大家)[^，。！？；“”]{0,12}[：:，,]?$")
_COLONS = ("：", ":")
_COMMAS = "，,；"
#: What stands before a quotation, by the mark there.
_OPENINGS = {"": "paragraph", "\n": "paragraph", "。": "sentence", "”": "quotation"}


class _Beside(NamedTuple):
    """A candidate whose words stand before or behind a quotation and those that adjoin it, and what lies between."""

    quotation: Quotation
    candidate: SpeakerCandidate
    side: str
    #: Where what lies between begins and ends, and how many sentences end in it, 3 at most.
    begin: int
    end: int
    sentences: int

    @property
    def text(self) -> str:
        """The text around."""
        return self.quotation.text

    @property
    def between(self) -> str:
        """What lies between."""
        return self.text[self.begin : self.end]

    @property
    def is_last(self) -> bool:
        """Whether the candidate spoke last."""
        return self.candidate.speaker == self.quotation.last

    @property
    def is_main(self) -> bool:
        """Whether the candidate is the person who is named most often."""
        return self.candidate.speaker == self.quotation.passage.main_person

    def commas(self, most: int) -> int:
        """How many commas lie between, `most` at most."""
        return min(sum(map(self.between.count, _COMMAS)), most)


def speaker_text(quotation: Quotation, candidate: SpeakerCandidate) -> str | None:
    """The words that are printed for a speaker, with the members of an organisation who speak for it
    (区税务局相关负责人); None where nothing is printed."""
    if candidate.end <= 0:
        return None
    members = _SPOKESMAN.match(quotation.text, candidate.end) if candidate.kind in NAMES else None
    return quotation.text[candidate.start : members.end() if members else candidate.end].replace("\n", "")


def speaker_features(quotation: Quotation, candidate: SpeakerCandidate) -> list[str]:
    """What speaks for and against a candidate."""
    kind, speaker = candidate.kind, candidate.speaker
    gap = quotation.text[quotation.last_end + 1 : quotation.left] if 0 <= quotation.last_end < quotation.left else ""
    run = _run(quotation)
    features = [f"kind={kind}"]
    if speaker is not None and len(speaker) > 1 and speaker in quotation.content:
        features.append("addressed")
    features += _turn(quotation, candidate, gap)
    features += conversation_features(quotation, candidate)
    features.append(f"{run}|{kind}|last {speaker == quotation.last}")
    if kind in ("last", "nobody", "turn"):
        return features + _surroundings(quotation, kind, gap)
    if quotation.before_last is not None and speaker == quotation.before_last != quotation.last:
        features.append(f"spoke before the last|gap {min(len(gap) // 10, 4)}")
        if quotation.last is not None and quotation.last in quotation.content:
            features.append("answers the last")
    if speaker == quotation.last:
        features += ["is last speaker", f"is last speaker|gap {min(len(gap) // 10, 4)}"]
    side = "before" if candidate.end <= quotation.left else "behind"
    begin, end = (candidate.end, quotation.run[0]) if side == "before" else (quotation.run[1], candidate.start)
    beside = _Beside(quotation, candidate, side, begin, end, min(quotation.passage.stops_in(begin, end), 3))
    features += _neighbouring_words(beside)
    features += _distance(beside, run)
    features += _address(beside, run)
    features += _clause(beside)
    features += _sound(quotation, candidate)
    features += _noun(beside)
    return features + (_cues_before(beside) if side == "before" else _cues_behind(beside))


def _run(quotation: Quotation) -> str:
    """Where a quotation stands among those that adjoin it, and whether a colon or a cue is at either end of them."""
    text, (begin, end) = quotation.text, quotation.run
    first, last = quotation.left == begin, not text[quotation.right : end].strip("，,…")
    if first and last:
        return "alone"
    colon = text[begin - 1 : begin] in _COLONS
    cue = bool(quotation.passage.cues_in(end, _stop(text, end, end + 30)))
    return f"run {'first' if first else 'last' if last else 'inside'}|colon {colon}|cue {cue}"


def _stop(text: str, begin: int, limit: int) -> int:
    """Where the sentence at `begin` ends; not beyond `limit`."""
    stop = SPEECH_END.search(text, begin, limit)
    return stop.start() if stop else limit


def _turn(quotation: Quotation, candidate: SpeakerCandidate, gap: str) -> list[str]:
    """Whose turn is it: does a question, an order or half a sentence go before, and how far before?"""
    if quotation.last_end < 0:
        return []
    index = quotation.number
    earlier = quotation.text[quotation.passage.quotes[index - 1][1] - 2] if index else ""
    mark = "?" if earlier in "？?" else "." if earlier in "。！!" else ","
    if candidate.kind == "last" or (candidate.speaker is not None and candidate.speaker == quotation.last):
        who = "last"
    elif candidate.speaker is not None and candidate.speaker == quotation.before_last:
        who = "before last"
    else:
        who = "nobody" if candidate.kind == "nobody" else "other"
    adjoins = not gap.strip("，。 …")
    return [
        f"turn {who}|{mark}|adjoins {adjoins}",
        f"turn {who}|{mark}|gap {min(len(gap), 60) // 8}",
        f"turn {who}|{mark}|paragraph {chr(10) in gap}",
    ]


def _surroundings(quotation: Quotation, kind: str, gap: str) -> list[str]:
    """What speaks for nobody new: the quotation goes on, no cue near."""
    behind = quotation.text[quotation.right : quotation.right + 12]
    ahead = quotation.text[max(quotation.left - 12, 0) : quotation.left]
    cue_ahead = cue_pattern().search(SPEECH_END.split(ahead)[-1])
    cue_behind = cue_pattern().search(SPEECH_END.split(behind)[0])
    features = [f"{kind}|gap {min(len(gap), 60) // 6}" if gap or quotation.last_end >= 0 else f"{kind}|first"]
    features.append(f"{kind}|cue ahead" if cue_ahead else f"{kind}|no cue ahead")
    features.append(f"{kind}|cue behind" if cue_behind else f"{kind}|no cue behind")
    if ahead[-1:] in _COLONS:
        features.append(f"{kind}|colon")
    if "\n" in gap:
        features.append(f"{kind}|new paragraph")
    if not gap.strip("，。 "):
        features.append(f"{kind}|adjoins the last")
    if ahead[-1:] in ("\n", ""):
        features.append(f"{kind}|opens its paragraph")
    return features


def _neighbouring_words(beside: _Beside) -> list[str]:
    """What stands right before the candidate and right behind."""
    text, candidate, side, kind = beside.text, beside.candidate, beside.side, beside.candidate.kind
    start, end = candidate.start, candidate.end
    before = text[start - 1] if start else "\n"
    after = text[end] if end < len(text) else "\n"
    features = [f"governed={before if before in _GOVERN else '-'}|{kind}"]
    if _GOVERNED.search(text, max(start - 7, 0), start):
        features.append(f"governed near|{kind}")
    features.append(f"after={after if after in '的、和与，家等一人' else '-'}|{kind}")
    phrase = "|phrase" if kind in PLAIN else ""
    features.append(f"{side}|next {text[end : end + 2]}{phrase}")
    features.append(f"{side}|before it {text[max(start - 2, 0) : start]}{phrase}")
    if kind in NAMES and _SPOKESMAN.match(text, end):
        features.append(f"{side}|its people|{kind}")
    if _RECEIVED.search(text, max(start - 24, 0), start):
        features.append(f"{side}|heard from")
    if _WORDS_OF.match(text, end):
        features.append(f"{side}|its voice")
    return features


def _distance(beside: _Beside, run: str) -> list[str]:
    """What lies between the candidate and the quotation."""
    quotation, side, kind = beside.quotation, beside.side, beside.candidate.kind
    names = _others(beside)
    features = [
        f"{side}|{kind}",
        f"{run}|{side}|{kind}",
        f"{side}|length {min(len(beside.between) // 6, 9)}",
        f"{side}|names {min(len(names), 3)}",
        f"{side}|people {min(names.count('PER'), 3)}|{kind}",
        f"{side}|sentences {beside.sentences}",
        f"{side}|commas {beside.commas(3)}|{min(beside.sentences, 1)}",
    ]
    if "\n" in beside.between:
        features.append(f"{side}|paragraph")
    quotes = quotation.passage.quotes
    if side == "before" and bisect_left(quotes, (beside.end, 0)) > bisect_left(quotes, (beside.begin, 0)):
        features.append("before|quotation between")
    return features


def _others(beside: _Beside) -> list[str]:
    """The labels of the names of others between the candidate and the quotation itself."""
    quotation, candidate = beside.quotation, beside.candidate
    before = beside.side == "before"
    low, high = (candidate.end, quotation.left) if before else (quotation.right, candidate.start)
    return [name.label for name in quotation.passage.names_in(low, high) if name.name != candidate.speaker]


def _address(beside: _Beside, run: str) -> list[str]:
    """Is the candidate spoken to, does it hear somebody, does it lead those who speak, is it called 老人?"""
    text, quotation, candidate, side = beside.text, beside.quotation, beside.candidate, beside.side
    kind = candidate.kind
    features = []
    if _ADDRESSED.search(text, max(candidate.start - 14, 0), candidate.start):
        direct = side == "before" and _SPOKEN_TO.match(text, candidate.end, quotation.left + 1) is not None
        features += [f"{side}|spoken to|{direct}", f"{side}|spoken to|{direct}|{kind}"]
    if _LEADS.match(text, candidate.end):
        features.append(f"{side}|leads")
    if side == "before" and run != "alone":
        features.append(f"{run}|before in its sentence {beside.sentences == 0}")
    if kind == "pronoun":
        features += _antecedent(beside)
    if kind in ("PER", "pronoun"):
        features.append(f"{side}|{kind}|main person {beside.is_main}")
    if _HEARS.match(text, candidate.end):
        features.append(f"{side}|hears|{kind}")
    if text[candidate.start : candidate.end].endswith("老人"):
        features.append(f"老人|{side}|{kind}|last {beside.is_last}")
    return features


def _antecedent(beside: _Beside) -> list[str]:
    """What speaks for the person whom a pronoun may stand for: his place in his sentence, his part in the talk."""
    text, candidate, start = beside.text, beside.candidate, beside.candidate.antecedent
    pronoun = "他" if text[candidate.start] in "他她" else text[candidate.start : candidate.end]
    governed = text[start - 1 : start] in _GOVERN or _GOVERNED.search(text, max(start - 8, 0), start) is not None
    sentences = min(beside.quotation.passage.stops_in(start, candidate.start), 3)
    return [
        f"{pronoun}|rank {candidate.rank}|governed {governed}",
        f"{pronoun}|rank {candidate.rank}|sentences {sentences}",
        f"{pronoun}|rank {candidate.rank}|last {beside.is_last}|main {beside.is_main}",
        f"{pronoun}|governed {governed}|sentences {sentences}",
    ]


def _clause(beside: _Beside) -> list[str]:
    """What the candidate is in its clause (subject, object, behind a preposition, owner of something), what it does
    there, and whether a pronoun that speaks may stand for it."""
    text, candidate, side, sentences = beside.text, beside.candidate, beside.side, beside.sentences
    clause = beside.quotation.passage.clause(candidate.start, candidate.end)
    opens = not clause or clause[0].start == 0 or text[clause[0].start - 1] in WIDE_SENTENCE_ENDS + "\n”"
    later = [word for word in clause if word.start >= candidate.end]
    if later and later[0].text == "的":
        role = "owner"
    else:
        governs = (word.kind for word in reversed(clause) if word.end <= candidate.start and word.kind in "vp")
        role = {"v": "object", "p": "governed", "": "subject"}[next(governs, "")]
    kind = "name" if candidate.kind in NAMES else candidate.kind
    verb = next((word.text for word in later if word.kind == "v"), "-")
    features = [
        f"{role}|{side}|{kind}",
        f"{role}|{side}|opens {opens}",
        f"{role}|{side}|sentences {sentences}",
        f"{role}|{side}|sentences {sentences}|opens {opens}|{kind}",
        f"{side}|followed by {later[0].kind if later else '-'}|{kind}",
        f"{role}|{side}|verb={verb}",
    ]
    if sentences == 0:
        colon = side == "before" and beside.between[-1:] in _COLONS
        touch = "colon" if colon else min(len(beside.between.strip("，, ")) // 4, 3)
        commas = beside.commas(2)
        features += [f"{role}|{side}|{touch}|commas {commas}|{kind}", f"{side}|{touch}|commas {commas}|opens {opens}"]
    ahead, behind = beside.quotation.run
    stands = _OPENINGS.get(text[max(ahead - 1, 0) : ahead], "-")
    features.append(f"opens {stands}|{side}|{role}|{kind}|{min(sentences, 2)}")
    persons = min(_others(beside).count("PER"), 3)
    for where, found in (
        ("behind", _PRONOUN_BEHIND.match(text, behind, behind + 12)),
        ("before", _PRONOUN_BEFORE.search(text[max(ahead - 24, 0) : ahead])),
    ):
        if found is not None:
            pronoun = f"pronoun {where} {'他' if found[1] in '他她' else found[1]}"
            features += [
                f"{pronoun}|{side}|{candidate.kind}|{role}",
                f"{pronoun}|{side}|{candidate.kind}|people {persons}",
                f"{pronoun}|{candidate.kind}|{role}|opens {opens}|sentences {sentences}",
                f"{pronoun}|is last {beside.is_last}",
            ]
    return features


def _sound(quotation: Quotation, candidate: SpeakerCandidate) -> list[str]:
    """Does the quotation sound like the speaker: thanks of a resident, orders of a volunteer? How present is he?"""
    if candidate.speaker is None:
        return []
    plain = candidate.kind in PLAIN
    sort = candidate.speaker[-2:] if plain else candidate.kind
    features = [f"{tone}|{sort}" for tone, sounds in _TONES.items() if sounds.search(quotation.content)]
    head = candidate.speaker[-3:] if plain else candidate.speaker
    features.append(f"named {min(quotation.passage.count(head), 4)} times|{candidate.kind}")
    if head in quotation.text[: quotation.passage.start]:
        features.append(f"in the headline|{candidate.kind}")
    return features


def _noun(beside: _Beside) -> list[str]:
    """What a candidate is that is no name: a person or a thing, and whether the person is named elsewhere."""
    candidate, side = beside.candidate, beside.side
    if candidate.kind not in PLAIN or candidate.speaker is None:
        return []
    features = [f"person noun|{side}" if candidate.speaker.endswith(person_endings()) else "thing"]
    features.append(f"phrase length {min(len(candidate.speaker), 7)}")
    if (person := named_person(candidate, beside.quotation.passage)) is not None:
        features += [f"has a name|{side}", f"has a name|last {person.name == beside.quotation.last}"]
    return features


def _cues_before(beside: _Beside) -> list[str]:
    """Where a cue stands between a speaker and the quotation behind him."""
    text, begin, end, kind = beside.text, beside.begin, beside.end, beside.candidate.kind
    features = []
    if beside.sentences == 0:
        colon = "colon" if beside.between[-1:] in _COLONS else "-"
        cue = next(reversed(beside.quotation.passage.cues_in(begin, end)), None)
        if cue is not None:
            features.append(f"before|cue|tail {min(end - cue[1], 4)}|{colon}")
            clauses = sum(text.count(mark, begin, cue[0]) for mark in _COMMAS)
            features.append(f"before|cue in {'same' if clauses == 0 else 'later'} clause|{kind}")
            features.append(f"before|words to cue {min(cue[0] - begin, 9) // 2}")
        else:
            features.append(f"before|no cue|{colon}|{kind}")
    start = beside.candidate.start
    clause = max(text.rfind(mark, max(start - 30, 0), start) for mark in WIDE_CLAUSE_ENDS + "”\n")
    return [*features, f"before|opens its clause {min(start - clause - 1, 12) // 3}"]


def _cues_behind(beside: _Beside) -> list[str]:
    """Where a cue stands behind a speaker who stands behind the quotation, or between both."""
    text, passage, end, kind = beside.text, beside.quotation.passage, beside.candidate.end, beside.candidate.kind
    limit = end + 30
    stop = min((at for at in (text.find(mark, end, limit) for mark in "，。：！？\n") if at >= 0), default=limit)
    between = beside.between.strip("，, ")
    features = ["behind|touches" if not between else f"behind|after {min(len(between), 12) // 3}"]
    if cues := passage.cues_in(end, stop):
        features.append(f"behind|cue {min(cues[0][0] - end, 12) // 3}|{kind}")
    else:
        features.append(f"behind|no cue|{kind}")
        if passage.cues_in(stop, _stop(text, stop, limit + 30)):
            features.append(f"behind|cue in a later clause|{kind}")
    if passage.cues_in(beside.begin, beside.end):
        features.append("behind|cue before the name")
    return features
