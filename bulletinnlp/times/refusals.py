"""What looks like a time and is none, or is less than it seems: decided by what stands beside it."""

from __future__ import annotations

import re
from functools import cache

from bulletinnlp.data import lexicon
from bulletinnlp.times.lexer import NUMERALS, Lexeme

_HAN = re.compile(r"[\u4e00-\u9fff]")
#: The sentence looks ahead.
_AHEAD = re.compile(
    "将(?=[于在从自举开会迎有由面组上展赴停对至按]|全面|正式|继续|陆续|实行|实施|恢复|进行|投入|建成|达到|完成|启动|推出|持续|登场)"
    "|拟于|预计|计划|即将|届时|来临|临近|到来|将至|在即|将近|倒计时|备战|迎接|有望|力争|争取|须|应于|截止|为期|报名时间"
)
#: The sentence looks back.
_BACK = re.compile("一过|已过|刚过|过后|刚刚过去|过去的|以来|已经|已于|曾|了[，。；]")


_HABIT = re.compile("平日|平时|经常|常常|总是|往往|通常|不管|无论|末班|首班|习惯|一般都|时常|轮流")


def habitual(text: str, sentence: tuple[int, int], start: int) -> bool:
    """The sentence tells what is done as a rule: a time of day in it has no date."""
    return bool(_HABIT.search(text, sentence[0], start))


def quoted(text: str, floor: int, start: int) -> bool:
    """Whether a place stands inside “…”."""
    opened = text.rfind("“", max(floor, start - 300), start)
    return opened >= 0 and text.find("”", opened, start) < 0


def compared(text: str, start: int, end: int, by_number: bool) -> bool:
    """A year that something is measured against (比2015年高), or that only modifies, is not the one told of."""
    return text[max(0, start - 1) : start] in tuple("比较与同跟和超按据") or (
        by_number and text[end : end + 1] in ("级", "届")
    )


def look(text: str, sentence: tuple[int, int], start: int, end: int) -> int:
    """Where the sentence around a time looks: 1 ahead, -1 back, 0 does not say; 2 and -2 where the next word says so."""
    if text[end : end + 2] in ("临近", "来临", "将至", "在即", "到来", "即将"):
        return 2
    if text[end : end + 2] in ("一过", "已过", "刚过", "过后"):
        return -2
    if (text[end : end + 1] == "前" and text[end : end + 2] != "前后") or text[end : end + 2] in (
        "之前",
        "以前",
        "以后",
    ):
        return 1
    around = text[max(sentence[0], start - 20) : min(sentence[1], end + 24)]
    if _AHEAD.search(around):
        return 1
    return -1 if _BACK.search(around) else 0


@cache
def _names() -> re.Pattern[str]:
    return re.compile("|".join(sorted(lexicon("time_names"), key=len, reverse=True)))


def _han(text: str, at: int) -> bool:
    return 0 <= at < len(text) and bool(_HAN.match(text[at]))


def refused(text: str, branch: str, codes: str, lexemes: list[Lexeme], before: str) -> bool:
    """True for what is no time here."""
    start, end = lexemes[0].start, lexemes[-1].end
    if branch == "point" or branch == "range":
        return _point_refused(text, codes, lexemes, before, start, end)
    if branch in ("length", "compound", "ago", "lately", "beat"):
        return _length_refused(text, branch, codes, lexemes, before, start, end)
    if branch == "vague":
        return _vague_refused(text, lexemes[0], start, end)
    if branch == "same":
        return _han(text, start - 1) and text[start - 1] not in "与比较同和在将于，" and lexemes[-1].value == "0"
    return branch == "set" and _set_refused(text, codes, lexemes, start, end)


_COUNTED_POINTS = re.compile(
    "建议|意见|要求|希望|看法|做法|措施|体会|原因|共识|注意|感受|经验|优势|内容|安排|启示|特色|特点|思考|倡议|提示|承诺|一线|"
    "问题|理由|好处|变化|启发|贡献|努力|工作|[：:]|提升|左右(?!.{0,4}[到出开])|[上下]|[、]|支持|心意|爱心|小|点|线|儿|不|也|都|没"
)
#: 11:9 beside what may be a time: the games of a match.
_SET_SCORE = re.compile(r"(?<![\d:：])\d{1,2}[:：]\d(?!\d)")
_SCORE = re.compile("比分|战胜|击败|领先|险胜|取胜|逆转|战平|总分|大胜|完胜|惜败|负于")


def _point_refused(text: str, codes: str, lexemes: list[Lexeme], before: str, start: int, end: int) -> bool:
    single = codes.rstrip("许多")
    if codes in ("s", "晚", "夜", "U至", "x", "世m"):
        return codes != "世m"
    if single[-1:] == "点" and single in ("N点", "N点许", "N至N点") and lexemes[0].code == "N":
        return _point_of_clock(text, codes, lexemes, start, end)
    if single == "N时" and (lexemes[0].value.value is None or text[start:end] == "一时"):
        return True
    if codes == "k" and any(
        not text[score.end() : score.end() + 1].isdecimal()
        for score in _SET_SCORE.finditer(text, max(0, start - 8), end + 8)
    ):
        return True
    if "k" in codes and _SCORE.search(text, max(0, start - 8), min(len(text), end + 6)):
        return True
    if codes in ("P", "Po") and text[start:end] in ("早", "晨", "大早"):
        return True
    if codes in ("P",) and text[start:end] == "黑夜":
        return True
    if codes == "P" and text[start:end] in ("黎明", "拂晓") and _han(text, start - 1):
        return text[start - 1] not in "的日在到天每从至，"
    if codes in ("S", "G", "H至", "SS") and codes in ("S", "G"):
        return _season_refused(text, start, end)
    if (
        "N季" in codes
        and text[lexemes[-1].start : end] == "季"
        or (codes.endswith("N季") and text[end - 1 : end] == "季")
    ):
        return True
    if any(lexeme.code in "fZF" for lexeme in lexemes) and _feast_refused(text, codes, lexemes, start, end):
        return True
    if codes in ("A", "D") and text[start] == "后" and _han(text, start - 1):
        return text[start - 1] not in "今明和到在是至预计划"
    if codes[0] == "a" and text[start:end] in ("这天", "那天", "这一天", "那一天") and _han(text, start - 1):
        return text[start - 1] not in "从自在到是就每"
    if (
        codes in ("P", "夜")
        and text[start] == "夜"
        and text[max(0, start - 1) : start] in tuple("雨雪寒黑冬夏秋春月暗")
    ):
        return True
    if codes in ("Ny", "N") or (codes[-1] in "Ny" and codes[:-1] in ("", "第")):
        return (
            len(lexemes[-1].value.text) != 4
            and text[end : end + 1] == "、"
            and bool(re.match("(?:、[0-9]+)+年", text[end : end + 12]))
        )
    if codes == "N月" and lexemes[0].value.value is None:
        return True
    if codes == "N日":
        return _day_refused(text, lexemes, start, end)
    if _SHOP_SIGN.match(text, end):
        return True
    if codes[0] in "fFDCWwN" and codes in ("N月", "W", "w", "D") and _names().match(text, end):
        return True
    if codes in ("P", "晚", "夜") and text[start - 1 : start] == "个":
        return True
    if codes == "c" and text[start:end] == "当年" and text[max(0, start - 1) : start] in tuple("张的是起忆想比如像和"):
        return True
    if codes == "n" and text.startswith("年终", start):
        return _han(text, end) and text[end] in "总奖考述评决"
    if codes == "第N年" and lexemes[1].value.value == 1 and _han(text, start - 1):
        return True
    if codes[0] == "n" and before and before in "Nyμ":
        return True
    if codes == "Nn" and not (lexemes[0].value.arabic and len(lexemes[0].value.text) == 2):
        return True
    if codes.startswith("第") and codes.endswith("年"):
        return text[max(0, start - 2) : start] in ("连续", "已是", "这是") or text[end : end + 1] == "级"
    if codes == "R":
        return _han(text, end) and text[end] in "学年级毕班生"
    if codes in ("N年N月",) and len(lexemes[0].value.text) != 2:
        return True
    if before in ("q", "p") and codes[0] in "Ny":
        return True
    if codes == "第N天" and lexemes[1].value.value == 1 and _han(text, start - 1):
        return True
    if before == "第" and codes[0] in "Ny":
        return True
    return codes == "fo" and text[end - 1] == "起" and text[start - 1 : start] not in ("自", "从", "“")


#: 三月三日字号酒店
_SHOP_SIGN = re.compile("[一二三四五六七八九十]*日?字号")


def _point_of_clock(text: str, codes: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    number = lexemes[0].value
    if number.value is None or number.value > 24 or number.value != int(number.value):
        return True
    if codes != "N点":
        return False
    word = text[start:end]
    if text[end : end + 1] and text[end] in NUMERALS:
        return True
    if word.endswith("点钟"):
        return False
    if word == "一点" or text[max(0, start - 1) : start] in ("有", "这", "第", "百", "出", "讲", "谈", "几"):
        return True
    return bool(_COUNTED_POINTS.match(text, end))


def _season_refused(text: str, start: int, end: int) -> bool:
    """A season by itself is a time only where it stands as one: 秋天，… 在冬季，…"""
    if _han(text, start - 1) and text[start - 1] not in "在到从自于":
        return True
    return _han(text, end) and text[end : end + 2] not in ("时节", "里，", "到来", "来临", "正是")


#: What may stand right before a feast of two characters; after any other it is a name (张国庆) or another word.
_BEFORE_FEAST = "在到过是的逢又年从于至随着临当迎今天日自每去和与即值入交以为庆贺度欢共话祝遇及了将近离距比跟就因如历届赶接备忙前后还"
_WEATHER = (
    "节气",
    "时节",
    "当天",
    "当日",
    "前后",
    "前一",
    "前夕",
    "一过",
    "已过",
    "过后",
    "刚过",
    "将至",
    "至，",
    "之后",
    "之前",
    "到来",
    "来临",
    "是二",
    "是农",
)


#: 国庆70周年
_JUBILEE = re.compile("[0-9零一二三四五六七八九十百]+周年|华诞")


def _feast_refused(text: str, codes: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    following = text[end : end + 2]
    if (
        _names().match(text, end)
        or _JUBILEE.match(text, end)
        or text[end : end + 1] in ("·", "•")
        or text[max(0, start - 1) : start] in ("·",)
    ):
        return True
    core = next(lexeme for lexeme in lexemes if lexeme.code in "fZF")
    alone = codes in ("F", "f", "Z")
    if core.code == "Z":
        if not alone:
            return False
        if following in _WEATHER:
            return False
        date_before = text[max(0, start - 1) : start] in ("，", "（", "(", "、", "日", "是") and not _han(text, end)
        return not date_before
    if core.code == "f" and alone:
        quoted = text[max(0, start - 1) : start] in ("“", '"') and text[end : end + 1] in ("”", '"')
        return not (
            quoted
            or following[:1] in ("前", "后")
            or following in ("前夕", "当天", "之前", "之后", "来临", "临近", "将至", "到来")
        )
    if core.value.rule[0] == "节" and _han(text, start - 1) and core.start == start:
        return text[start - 1] not in _BEFORE_FEAST
    if alone and end - start == 2 and _han(text, start - 1):
        return text[start - 1] not in _BEFORE_FEAST
    return False


_LENGTH_BEFORE = re.compile(
    "(?:为期|连续|历时|拘留|处以|停业|停工|停课|放假|轮休|隔离|持续|耗时|用时|长达|近|达|共|仅|约定|整整|短短|满|限期|逾期|超过|不足|不到|工期|有|用了|了|第|这|每)$"
)
_LENGTH_AFTER = re.compile("内|之内|以内|以上|以下|游|有余|的时间|的期限|为限|期限")


def _day_refused(text: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    """15日 is a date, 三日内 a length (which the grammar tries next), 3号 mostly no time at all."""
    if text[end : end + 1] in ("元", "圆") or (lexemes[0].value.value or 0) > 99:
        return True
    if text[end - 1] == "号":
        return _numbered(text, lexemes, start, end)
    return is_length_of_days(text, lexemes, start, end)


#: What is numbered: 5号楼, 3号线.
_NUMBERED = re.compile(
    "[楼线院门机文馆坑台桌车店厅码井公口仓窑泊矿炉塔桥路街库灯选病床员种风令棚池罐船坝站岗厂标航煤洞渠段柱桩墓窗电居住户舱房室柜球钻涵隧主拖汽"
    "柴油锅高变地教厨泵闸堤园]|大街|试验|试点|学生|同学|玉米|配"
)


_AFTER_A_DAY = "前后起上下早晚凌中夜至到就我他她要将开送在举召正是有也又再，"


def _numbered(text: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    """27号送到 is a day, 5号楼 and 银河-3号 are not."""
    number = lexemes[0].value
    if number.value is None or number.value > 31 or text[start - 1 : start] in ("-", "—", "“", "第"):
        return True
    if text[start - 1 : start].isascii() and text[start - 1 : start].isalnum():
        return True
    if _NUMBERED.match(text, end):
        return True
    if not _han(text, start - 1):
        return _han(text, end) and text[end] not in _AFTER_A_DAY
    return text[start - 1] not in "在于到自从是至约定截计说了"


def is_length_of_days(text: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    number = lexemes[0].value
    if number.value is None:
        return True
    if text[start - 1 : start] == "第":
        return True
    return bool(_LENGTH_BEFORE.search(text[max(0, start - 3) : start]) or _LENGTH_AFTER.match(text, end)) or (
        not number.arabic and not 1 <= number.value <= 31
    )


_NO_LENGTH_AFTER = re.compile(
    "\\d|人生|制|级(?!别)|一贯|义务教育|生活圈|便民|健身圈|经济圈|交通圈|通勤圈|行动|规划|攻坚|期(?!间|限|满)|以上学历|陈|古[城镇村县]|便利店"
)


_PART_NEXT = re.compile("晚|早|上午|下午|中午|傍|夜|清晨|凌")


def _length_refused(
    text: str, branch: str, codes: str, lexemes: list[Lexeme], before: str, start: int, end: int
) -> bool:
    if before == "第" or text[start - 1 : start] in ("第", "每"):
        return True
    if branch in ("length", "compound", "beat") and _NO_LENGTH_AFTER.match(text, end):
        return True
    if codes.endswith("P") and (
        text[start - 1 : start] == "的" or text[:end].endswith(("傍晚", "夜里", "清晨", "早晨", "深夜"))
    ):
        return True
    if re.search("最小|最大|树龄|月龄|年龄", text[max(0, start - 6) : start]):
        return True
    if text[start:end] == "半天":
        return text[end : end + 1] in ("没", "不", "才") or (text[start - 1 : start] == "了" and not _han(text, end))
    if text[start:end] == "四周" and not re.match("内|时间|的时间", text[end : end + 3]):
        return True
    if text[start:end] == "一夜" and text[end : end + 1] in tuple("“人间成爆走白春"):
        return True
    if _in_name(text, start, end):
        return True
    if codes == "全" and text[max(0, start - 1) : start] in ("个", "第"):
        return True
    if (
        "N月" in codes
        and "个" not in codes
        and codes[0] == "N"
        and not (lexemes[0].value.value is None or lexemes[0].value.text == "两")
    ):
        return True
    if text[start:end] == "一天" and (
        text[max(0, start - 1) : start] in tuple("的后某头另") or _PART_NEXT.match(text, end)
    ):
        return True
    if codes.endswith("季") and not text[:end].endswith("季度"):
        return True
    if codes.endswith("日") or codes in ("N日前", "N日后"):
        if "y" in codes:
            return True
        number = lexemes[0].value if lexemes[0].code == "N" else None
        if branch == "ago":
            return number is not None and number.arabic
        if branch == "lately" and codes in ("N日o",):
            return number is not None and number.arabic
        if branch == "length":
            return number is not None and not is_length_of_days(
                text, [lex for lex in lexemes if lex.code == "N"], start, end
            )
    if codes.endswith("号") or (codes.endswith("日") and text[end - 1] == "号"):
        return True
    if codes in ("N刻",) and not text[:end].endswith("钟"):
        return True
    if branch == "lately" and codes[-1] == "o" and text[:end].endswith("起"):
        return True
    if codes == "全" and text[start:end] in ("终日", "成天"):
        return False
    return text[start:end] in ("百年", "千年", "万年") and not re.compile("历史|来|间|前|后|沧桑").match(text, end)


#: What follows the quotation marks of a name: “光荣在党50年”纪念章.
_NAMED = re.compile(
    "”(?:纪念章|活动|行动|工程|计划|奖|称号|项目|专项|攻坚|模式|品牌|服务|大赛|比赛|展|主题|机制|工作法|制度|战|会|课堂)"
)


def _in_name(text: str, start: int, end: int) -> bool:
    """Inside a quoted name: “百日攻坚”行动."""
    opened = text.rfind("“", max(0, start - 12), start)
    closed = text.find("”", end, end + 8)
    return 0 <= opened and closed >= 0 and "”" not in text[opened:start] and bool(_NAMED.match(text, closed))


def almost(text: str, lexemes: list[Lexeme]) -> bool:
    """近 before a length means almost: 守护近20年, not 近五年."""
    start = lexemes[0].start
    if lexemes[-1].code in "小钟秒":
        return True
    if not _han(text, start - 1) or text[start - 1] in "在是比据对，":
        return False
    number = next((lexeme.value.value for lexeme in lexemes if lexeme.code == "N"), None)
    small = number is not None and number <= 10 and lexemes[-1].code in "年月周天"
    return not small or bool(
        re.search(
            "(?:历时|用|花|耗时|达|了|过|长|守|干|时|经|持续|坚守|有|距|等|住|走)$", text[max(0, start - 3) : start]
        )
    )


def _vague_refused(text: str, lexeme: Lexeme, start: int, end: int) -> bool:
    word = text[start:end]
    previous = text[start - 1 : start] if start else ""
    if lexeme.code == "前":
        return word != "以前" or (_han(text, start - 1) and previous not in "比跟和与从是像较在")
    if lexeme.code == "未" and word in ("过去", "过去的"):
        if text[end : end + 1] in "了，。！,” 的" and _han(text, start - 1):
            return True
        return _han(text, start - 1) and previous not in "比跟和与从是把像较在对将而"
    if word in ("过去的", "接下来的"):
        return True
    if word == "往后" and (_han(text, start - 1) or text[end : end + 1] in tuple("退看走窗站躲一靠推移缩")):
        return True
    if word == "最近" and text[end : end + 1] == "的" and text[end + 1 : end + 2] not in tuple("一几这那"):
        return True
    if word == "最近" and (previous in tuple("离距") or text[max(0, start - 2) : start] in ("距离", "离得", "就近")):
        return True
    if word.startswith("那") and _han(text, start - 1):
        return True
    if word == "未来":
        return _han(text, start - 1) or (_han(text, end) and text[end] not in "将我该还要区县市镇")
    if word == "当前":
        return text[max(0, start - 2) : start] in (
            "疫情",
            "大敌",
            "国难",
            "灾难",
            "困难",
            "洪水",
            "汛情",
            "危难",
            "大灾",
            "大战",
        )
    return False


def _set_refused(text: str, codes: str, lexemes: list[Lexeme], start: int, end: int) -> bool:
    if codes[0] == "隔" and text[start] == "隔" and text[max(0, start - 1) : start] in tuple("时相间阻"):
        return True
    if codes[0] == "逢" and text[start - 1 : start] in tuple("恰正适欣又时喜"):
        return True
    if codes[0] == "逢" and codes[1:2] in ("N", "R"):
        return "逢" not in codes[1:] and "排" not in codes and "、" not in codes
    return codes.startswith("N日度")


_FIGURE_AHEAD = re.compile("(?:美好|更好|幸福|灿烂|辉煌|光明|绚丽|精彩|希望)(?:的|之)?$|[的之]$")


#: 我们的今天，… 今天的幸福生活
_FIGURE_NOW = re.compile("的今天[，。！”]|.?今天的(?:幸福|好日子|好生活|美好|成绩|成就|局面|一切|辉煌|和平|模样)")


def figure(text: str, codes: str, lexemes: list[Lexeme]) -> str | None:
    """明天 as a figure: 更加美好的明天 → FUTURE_REF."""
    start, end = lexemes[0].start, lexemes[-1].end
    if codes == "D" and text[start:end] == "今天" and _FIGURE_NOW.match(text, max(0, start - 1)):
        return "PRESENT_REF"
    if (
        codes == "D"
        and text[start:end] == "明天"
        and _FIGURE_AHEAD.search(text[max(0, start - 4) : start])
        and not _han(text, end)
    ):
        return "FUTURE_REF"
    return None


_GENERAL_ACTION = re.compile(
    "(?:总结|反馈|配送|送达|办结|下单|清运|清零|清|达|火险|结算|完成|处置|整改|销号|研判|报告|检测|采摘)"
)
_GENERAL_BEFORE = re.compile("(?:做到|实现|确保|可采取|坚持|发布|承诺|力争|、)[“]?$")


def generic(text: str, codes: str, lexemes: list[Lexeme], sentence: tuple[int, int]) -> bool:
    """当日反馈, 次日配送, 上午下单、下午配送: meant in general."""
    start, end = lexemes[0].start, lexemes[-1].end
    if codes == "P":
        around = text[max(sentence[0], start - 8) : end + 8]
        return bool(re.search("[上下中][午].{2}[、，][上下中]午.{2}", around)) and bool(
            re.search("可|采取|方式|做到", text[sentence[0] : sentence[1]])
        )
    if codes not in ("a", "D"):
        return False
    word = text[start:end]
    if codes == "D" and word not in ("前日", "当日"):
        return False
    pair = re.search(
        "(?:前|当|次|即)[日天][^，。日天]{1,6}[、，和]?(?:前|当|次|即)[日天][^，。日天]{1,6}",
        text[max(sentence[0], start - 8) : end + 10],
    )
    if codes == "D":
        return bool(pair)
    return bool(
        (pair and _GENERAL_ACTION.search(text[end : end + 3]))
        or (_GENERAL_BEFORE.search(text[max(0, start - 4) : start]) and _GENERAL_ACTION.match(text, end))
    )
