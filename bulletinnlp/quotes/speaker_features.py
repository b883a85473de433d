"""What speaks for each of those who may have said a quotation (`speakers.py`): the features of the model that chooses.

A name in the quotation itself is usually addressed, not speaking; a name between the quotation and a cue (”孙乐文说)
nearly always speaks. Without a cue it is how the words sound that tells (thanks of a resident, orders of a volunteer),
who is the subject of the clause beside them rather than its object, and whose turn it is. The weights are in
`data/events/speaker.json`.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from bulletinnlp.quotes.apposition import PLAIN, Option, named_by, people
from bulletinnlp.quotes.conversations import talk_features
from bulletinnlp.quotes.speakers import Scene, cue_pattern, words_in
from bulletinnlp.roles.titles import NAMES
from bulletinnlp.text.sentences import SPEECH_END, WIDE_CLAUSE_ENDS, WIDE_SENTENCE_ENDS
from bulletinnlp.text.words import Word

_GOVERN = frozenset("对向给跟同与在从为问替把被让叫冲朝请教劝陪和")
#: A preposition with a title or kin before a name: 对妻子史亚凤, 向大堂经理方正.
_GOVERNED = regex.compile(r"[对向给跟问替把让被朝与请叫][^，。；：！？“”、\n]{1,6}$")
#: Words behind which comes who wrote, called or spoke, and what behind somebody's 的 is his word.
_RECEIVED = regex.compile(
    r"(?:收到|接到|接听|接起|接通|拨通|听到|听见|听|传来|来自|递来|发来|响起|遇到|看到|迎面|说话的|喊话的|开口的)[^，。；！？\n]{0,14}$"
)
_VOICE = regex.compile(r"的?[^，。；！？“”\n]{0,8}?(?:来信|信|电话|短信|工单|话|声|留言|消息|条幅|求助|诉求|感谢)")
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
#: Unnamed people of a body, who speak for it: 区税务局相关负责人, 区财政局志愿者.
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
_CLAUSE_ENDS = frozenset(WIDE_CLAUSE_ENDS + "”“\n,;…")


def words_of(scene: Scene, option: Option) -> str | None:
    """The words that are printed for a speaker, with the people of a body who speak for it (区税务局相关负责人); None
    where nothing is printed."""
    if option.end <= 0:
        return None
    people_of = _SPOKESMAN.match(scene.text, option.end) if option.kind in NAMES else None
    return scene.text[option.start : people_of.end() if people_of else option.end].replace("\n", "")


def speaker_features(scene: Scene, option: Option) -> list[str]:
    """What speaks for and against an option."""
    text = scene.text
    content = text[scene.left + 1 : scene.right - 1]
    gap = text[scene.last_end + 1 : scene.left] if 0 <= scene.last_end < scene.left else ""
    features = [f"kind={option.kind}"]
    if option.speaker is not None and len(option.speaker) > 1 and option.speaker in content:
        features.append("addressed")
    features += _turn(scene, option, gap)
    features += talk_features(scene, option)
    run = _run(scene)
    features.append(f"{run}|{option.kind}|last {option.speaker == scene.last}")
    if option.kind in ("last", "nobody", "turn"):
        return features + _context(scene, option.kind, gap)
    if scene.before_last is not None and option.speaker == scene.before_last != scene.last:
        features.append(f"spoke before the last|gap {min(len(gap) // 10, 4)}")
        if scene.last is not None and scene.last in content:
            features.append("answers the last")
    if option.speaker == scene.last:
        features.append("is last speaker")
        features.append(f"is last speaker|gap {min(len(gap) // 10, 4)}")
    before = text[option.start - 1] if option.start else "\n"
    after = text[option.end] if option.end < len(text) else "\n"
    features.append(f"governed={before if before in _GOVERN else '-'}|{option.kind}")
    if _GOVERNED.search(text, max(option.start - 7, 0), option.start):
        features.append(f"governed near|{option.kind}")
    features.append(f"after={after if after in '的、和与，家等一人' else '-'}|{option.kind}")
    side = "before" if option.end <= scene.left else "behind"
    begin, end = (option.end, scene.chain[0]) if side == "before" else (scene.chain[1], option.start)
    between = text[begin:end]
    features.append(f"{side}|{option.kind}")
    features.append(f"{run}|{side}|{option.kind}")
    features += _address(scene, option, side, run)
    features.append(f"{side}|length {min(len(between) // 6, 9)}")
    low, high = (option.end, scene.left) if side == "before" else (scene.right, option.start)
    others = [name.label for name in scene.passage.names_in(low, high) if name.name != option.speaker]
    features.append(f"{side}|names {min(len(others), 3)}")
    persons = others.count("PER")
    features.append(f"{side}|people {min(persons, 3)}|{option.kind}")
    sentences = min(scene.passage.stops_in(begin, end), 3)
    features += _clause(scene, option, side, sentences, min(persons, 3))
    features.append(f"{side}|sentences {sentences}")
    features.append(f"{side}|commas {min(sum(between.count(mark) for mark in '，,；'), 3)}|{min(sentences, 1)}")
    if "\n" in between:
        features.append(f"{side}|paragraph")
    quotes = scene.passage.quotes
    if side == "before" and bisect_left(quotes, (end, 0)) > bisect_left(quotes, (begin, 0)):
        features.append("before|quotation between")
    features += _voice(scene, option, content)
    if option.kind in PLAIN:
        features.append(f"{side}|next {text[option.end : option.end + 2]}|phrase")
        features.append(f"{side}|before it {text[max(option.start - 2, 0) : option.start]}|phrase")
    else:
        features.append(f"{side}|next {text[option.end : option.end + 2]}")
        features.append(f"{side}|before it {text[max(option.start - 2, 0) : option.start]}")
    if option.kind in NAMES and _SPOKESMAN.match(text, option.end):
        features.append(f"{side}|its people|{option.kind}")
    if _RECEIVED.search(text, max(option.start - 24, 0), option.start):
        features.append(f"{side}|heard from")
    if _VOICE.match(text, option.end):
        features.append(f"{side}|its voice")
    if option.kind in PLAIN and option.speaker is not None:
        features.append(f"person noun|{side}" if option.speaker.endswith(people()) else "thing")
        features.append(f"phrase length {min(len(option.speaker), 7)}")
        if (person := named_by(option, scene.passage.apposed)) is not None:
            features += [f"has a name|{side}", f"has a name|last {person.name == scene.last}"]
    return features + _cues(scene, option, side, (begin, end), sentences)


def _run(scene: Scene) -> str:
    """Where a quotation stands among those that adjoin it, and whether a colon or a cue is at either end of them."""
    text, (begin, end) = scene.text, scene.chain
    first, last = scene.left == begin, not text[scene.right : end].strip("，,…")
    if first and last:
        return "alone"
    colon = text[begin - 1 : begin] in ("：", ":")
    stop = SPEECH_END.search(text, end, end + 30)
    cue = bool(scene.passage.cues_in(end, stop.start() if stop else end + 30))
    return f"run {'first' if first else 'last' if last else 'inside'}|colon {colon}|cue {cue}"


def _address(scene: Scene, option: Option, side: str, run: str) -> list[str]:
    """Is the option spoken to, does it hear somebody, does it lead those who speak, is it called 老人?"""
    text = scene.text
    features = []
    if _ADDRESSED.search(text, max(option.start - 14, 0), option.start):
        direct = side == "before" and _SPOKEN_TO.match(text, option.end, scene.left + 1) is not None
        features.append(f"{side}|spoken to|{direct}")
        features.append(f"{side}|spoken to|{direct}|{option.kind}")
    if _LEADS.match(text, option.end):
        features.append(f"{side}|leads")
    if side == "before" and run != "alone":
        adjacent = scene.passage.stops_in(option.end, scene.chain[0]) == 0
        features.append(f"{run}|before in its sentence {adjacent}")
    if option.kind == "pronoun":
        features += _antecedent(scene, option)
    if option.kind in ("PER", "pronoun"):
        features.append(f"{side}|{option.kind}|main person {option.speaker == scene.passage.main_person}")
    if _HEARS.match(text, option.end):
        features.append(f"{side}|hears|{option.kind}")
    if text[option.start : option.end].endswith("老人"):
        features.append(f"老人|{side}|{option.kind}|last {option.speaker == scene.last}")
    return features


def _antecedent(scene: Scene, option: Option) -> list[str]:
    """What speaks for the person whom a pronoun may stand for: his place in his sentence, his part in the talk."""
    text, start = scene.text, option.antecedent
    pronoun = "他" if text[option.start] in "他她" else text[option.start : option.end]
    governed = text[start - 1 : start] in _GOVERN or _GOVERNED.search(text, max(start - 8, 0), start) is not None
    sentences = min(scene.passage.stops_in(start, option.start), 3)
    last = option.speaker == scene.last
    return [
        f"{pronoun}|rank {option.rank}|governed {governed}",
        f"{pronoun}|rank {option.rank}|sentences {sentences}",
        f"{pronoun}|rank {option.rank}|last {last}|main {option.speaker == scene.passage.main_person}",
        f"{pronoun}|governed {governed}|sentences {sentences}",
    ]


def _turn(scene: Scene, option: Option, gap: str) -> list[str]:
    """Whose turn is it: does a question, an order or half a sentence go before, and how far before?"""
    if scene.last_end < 0:
        return []
    index = bisect_left(scene.passage.quotes, (scene.left, 0))
    earlier = scene.text[scene.passage.quotes[index - 1][1] - 2] if index else ""
    mark = "?" if earlier in "？?" else "." if earlier in "。！!" else ","
    if option.kind == "last" or (option.speaker is not None and option.speaker == scene.last):
        who = "last"
    elif option.speaker is not None and option.speaker == scene.before_last:
        who = "before last"
    else:
        who = "nobody" if option.kind == "nobody" else "other"
    adjoins = not gap.strip("，。 …")
    return [
        f"turn {who}|{mark}|adjoins {adjoins}",
        f"turn {who}|{mark}|gap {min(len(gap), 60) // 8}",
        f"turn {who}|{mark}|paragraph {chr(10) in gap}",
    ]


def _clause(scene: Scene, option: Option, side: str, sentences: int, persons: int) -> list[str]:
    """What the option is in its clause (subject, object, behind a preposition, owner of something), what it does there,
    and whether a pronoun that speaks may stand for it."""
    text = scene.text
    clause = _words_around(scene, option)
    opens = not clause or clause[0].start == 0 or text[clause[0].start - 1] in WIDE_SENTENCE_ENDS + "\n”"
    later = [word for word in clause if word.start >= option.end]
    if later and later[0].text == "的":
        role = "owner"
    else:
        governs = (word.kind for word in reversed(clause) if word.end <= option.start and word.kind in "vp")
        role = {"v": "object", "p": "governed", "": "subject"}[next(governs, "")]
    kind = "name" if option.kind in NAMES else option.kind
    verb = next((word.text for word in later if word.kind == "v"), "-")
    features = [
        f"{role}|{side}|{kind}",
        f"{role}|{side}|opens {opens}",
        f"{role}|{side}|sentences {sentences}",
        f"{role}|{side}|sentences {sentences}|opens {opens}|{kind}",
        f"{side}|followed by {later[0].kind if later else '-'}|{kind}",
        f"{role}|{side}|verb={verb}",
    ]
    ahead, behind = scene.chain
    between = text[option.end : ahead] if side == "before" else text[behind : option.start]
    commas = min(sum(between.count(mark) for mark in "，,；"), 2)
    touch = "colon" if side == "before" and between[-1:] in ("：", ":") else min(len(between.strip("，, ")) // 4, 3)
    if sentences == 0:
        features += [f"{role}|{side}|{touch}|commas {commas}|{kind}", f"{side}|{touch}|commas {commas}|opens {opens}"]
    stands = {"": "paragraph", "\n": "paragraph", "。": "sentence", "”": "quotation"}.get(
        text[max(ahead - 1, 0) : ahead], "-"
    )
    features.append(f"opens {stands}|{side}|{role}|{kind}|{min(sentences, 2)}")
    for where, found in (
        ("behind", _PRONOUN_BEHIND.match(text, behind, behind + 12)),
        ("before", _PRONOUN_BEFORE.search(text[max(ahead - 24, 0) : ahead])),
    ):
        if found is not None:
            pronoun = f"pronoun {where} {'他' if found[1] in '他她' else found[1]}"
            features += [
                f"{pronoun}|{side}|{option.kind}|{role}",
                f"{pronoun}|{side}|{option.kind}|people {persons}",
                f"{pronoun}|{option.kind}|{role}|opens {opens}|sentences {sentences}",
                f"{pronoun}|is last {option.speaker == scene.last}",
            ]
    return features


def _words_around(scene: Scene, option: Option) -> list[Word]:
    """The words of the clause that an option stands in."""
    text = scene.text
    start, end = option.start, option.end
    floor, ceiling = max(start - 60, 0), min(end + 40, len(text))
    while start > floor and text[start - 1] not in _CLAUSE_ENDS:
        start -= 1
    known = scene.passage.clauses.get(start)
    if known is None:
        while end < ceiling and text[end] not in _CLAUSE_ENDS:
            end += 1
        known = scene.passage.clauses[start] = words_in(scene.passage, start, end)
    return known


def _voice(scene: Scene, option: Option, content: str) -> list[str]:
    """Does the quotation sound like the speaker: thanks of a resident, orders of a volunteer? How present is he?"""
    if option.speaker is None:
        return []
    plain = option.kind in PLAIN
    sort = option.speaker[-2:] if plain else option.kind
    features = [f"{tone}|{sort}" for tone, sounds in _TONES.items() if sounds.search(content)]
    head = option.speaker[-3:] if plain else option.speaker
    features.append(f"named {min(scene.passage.count(head), 4)} times|{option.kind}")
    if head in scene.text[: scene.passage.start]:
        features.append(f"in the headline|{option.kind}")
    return features


def _cues(scene: Scene, option: Option, side: str, between: tuple[int, int], sentences: int) -> list[str]:
    """Where a cue stands between the speaker and the quotation, or behind both."""
    text, (begin, end) = scene.text, between
    features = []
    if side == "before":
        colon = "colon" if text[begin:end][-1:] in ("：", ":") else "-"
        cue = next(reversed(scene.passage.cues_in(begin, end)), None) if sentences == 0 else None
        if cue is not None:
            features.append(f"before|cue|tail {min(end - cue[1], 4)}|{colon}")
            clauses = sum(text.count(mark, begin, cue[0]) for mark in "，,；")
            features.append(f"before|cue in {'same' if clauses == 0 else 'later'} clause|{option.kind}")
            features.append(f"before|words to cue {min(cue[0] - begin, 9) // 2}")
        elif sentences == 0:
            features.append(f"before|no cue|{colon}|{option.kind}")
        clause = max(text.rfind(mark, max(option.start - 30, 0), option.start) for mark in WIDE_CLAUSE_ENDS + "”\n")
        features.append(f"before|opens its clause {min(option.start - clause - 1, 12) // 3}")
        return features
    limit = option.end + 30
    stop = min((at for at in (text.find(mark, option.end, limit) for mark in "，。：！？\n") if at >= 0), default=limit)
    said = next(iter(scene.passage.cues_in(option.end, stop)), None)
    touches = text[begin:end].strip("，, ")
    features.append("behind|touches" if not touches else f"behind|after {min(len(touches), 12) // 3}")
    if said is not None:
        features.append(f"behind|cue {min(said[0] - option.end, 12) // 3}|{option.kind}")
    else:
        features.append(f"behind|no cue|{option.kind}")
        later = SPEECH_END.search(text, stop, limit + 30)
        if scene.passage.cues_in(stop, later.start() if later else limit + 30):
            features.append(f"behind|cue in a later clause|{option.kind}")
    if scene.passage.cues_in(begin, end):
        features.append("behind|cue before the name")
    return features


def _context(scene: Scene, kind: str, gap: str) -> list[str]:
    """What speaks for nobody new: the quotation goes on, no cue near."""
    text = scene.text
    behind = text[scene.right : scene.right + 12]
    ahead = text[max(scene.left - 12, 0) : scene.left]
    near = SPEECH_END.split(ahead)[-1]
    close = SPEECH_END.split(behind)[0]
    features = [f"{kind}|gap {min(len(gap), 60) // 6}" if gap or scene.last_end >= 0 else f"{kind}|first"]
    features.append(f"{kind}|cue ahead" if cue_pattern().search(near) else f"{kind}|no cue ahead")
    features.append(f"{kind}|cue behind" if cue_pattern().search(close) else f"{kind}|no cue behind")
    if ahead[-1:] in ("：", ":"):
        features.append(f"{kind}|colon")
    if "\n" in gap:
        features.append(f"{kind}|new paragraph")
    if not gap.strip("，。 "):
        features.append(f"{kind}|adjoins the last")
    if ahead[-1:] in ("\n", ""):
        features.append(f"{kind}|opens its paragraph")
    return features
