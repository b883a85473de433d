"""What the words around a time say of it: where the sentence looks, whether it tells of a rule or in a figure."""

from __future__ import annotations

import re

from bulletinnlp.times.lexer import Lexeme
from bulletinnlp.times.refusals import HAN

#: The sentence looks ahead.
_AHEAD = re.compile(
    "将(?=[于在从自举开会迎有由面组上展赴停对至按返放再陆恢接安免不与是达率降回升出]|全面|正式|继续|陆续|实行|实施|恢复|进行|投入|建成|达到|完成|启动|推出"
    "|持续|登场)|拟于|预计|计划|即将|届时|来临|临近|到来|将至|在即|将近|倒计时|备战|迎接|有望|力争|争取|须|应于|截止|为期"
    "|报名时间"
)
#: The sentence looks back.
_BACK = re.compile("一过|已过|刚过|过后|刚刚过去|过去的|以来|已经|已于|曾|了|昨")
_NEXT_AHEAD = re.compile("临近|来临|将至|在即|到来|即将")
_NEXT_BACK = re.compile("一过|已过|刚过|过后")
_DEADLINE = re.compile("前(?!后)|之前|以前|以后")


def look(text: str, sentence: tuple[int, int], start: int, end: int) -> int:
    """Where the sentence around a time looks: 1 ahead, -1 back, 0 does not say; 2, -2 where the next word says so."""
    if _NEXT_AHEAD.match(text, end):
        return 2
    if _NEXT_BACK.match(text, end):
        return -2
    if _DEADLINE.match(text, end):
        return 1
    floor, roof = max(sentence[0], start - 20), min(sentence[1], end + 24)
    if _AHEAD.search(text, floor, roof):
        return 1
    return -1 if _BACK.search(text, floor, roof) else 0


_HABIT = re.compile("平日|平时|经常|常常|总是|往往|通常|不管|无论|末班|首班|习惯|一般都|时常|轮流")


def habitual(text: str, start: int, end: int) -> int:
    """From where on a sentence tells what is done as a rule: a time of day behind it has no date."""
    found = _HABIT.search(text, start, end)
    return found.start() if found else end


def quoted(text: str, floor: int, start: int) -> bool:
    """Whether a place stands inside “…”."""
    opened = text.rfind("“", max(floor, start - 300), start)
    return opened >= 0 and text.find("”", opened, start) < 0


def compared(text: str, start: int, end: int, by_number: bool) -> bool:
    """A year that something is measured against (比2015年高), or that only modifies, is not the one told of."""
    if text[max(0, start - 1) : start] in tuple("比较与同跟和超按据"):
        return True
    return by_number and text[end : end + 1] in ("级", "届")


_ALMOST = re.compile("(?:历时|用|花|耗时|达|了|过|长|守|干|时|经|持续|坚守|有|距|等|住|走)$")


def almost(text: str, lexemes: list[Lexeme]) -> bool:
    """近 before a length means almost: 守护近20年, not 近五年."""
    start = lexemes[0].start
    if lexemes[-1].code in "小钟秒" or any(lexeme.code == "N" and lexeme.value.text in "百千" for lexeme in lexemes):
        return True
    if not re.match(HAN, text[max(0, start - 1) : start]) or text[start - 1] in "在是比据对":
        return False
    number = next((lexeme.value.value for lexeme in lexemes if lexeme.code == "N"), None)
    small = number is not None and number <= 10 and lexemes[-1].code in "年月周天"
    return not small or bool(_ALMOST.search(text[max(0, start - 3) : start]))


#: 更加美好的明天
_FIGURE_AHEAD = re.compile(
    "(?:美好|更好|幸福|灿烂|辉煌|光明|绚丽|精彩|希望)(?:的|之)?$|[的之]$|(?:希望|赢)在$|(?:走向|拥抱|奔向|开创)$"
)
#: 我们的今天，… 今天的幸福生活
_FIGURE_NOW = re.compile("的今天[，。！,!”]|.?今天的(?:幸福|好日子|好生活|美好|成绩|成就|局面|一切|辉煌|和平|模样)")


def figure(text: str, codes: str, lexemes: list[Lexeme]) -> str | None:
    """今天 and 明天 as figures of speech: 更加美好的明天 → FUTURE_REF."""
    if codes != "D":
        return None
    start, end = lexemes[0].start, lexemes[-1].end
    word = text[start:end]
    if word == "今天" and _FIGURE_NOW.match(text, max(0, start - 1)):
        return "PRESENT_REF"
    if (
        word == "明天"
        and _FIGURE_AHEAD.search(text[max(0, start - 4) : start])
        and not re.match(HAN, text[end : end + 1])
    ):
        return "FUTURE_REF"
    return None


_ACTION = re.compile(
    "总结|反馈|配送|送达|办结|下单|清运|清零|清|达|火险|结算|完成|处置|整改|销号|研判|报告|检测|采摘|回复|答复|送货|发货|到账|制证"
)
_AS_A_RULE = re.compile("(?:做到|实现|确保|可采取|坚持|发布|承诺|力争|、)[“]?$")
#: 前日下单、次日送达
_PAIRED_DAYS = re.compile("(?:前|当|次|即)[日天][^，。,日天]{1,6}[、，和]?(?:前|当|次|即)[日天][^，。,日天]{1,6}")
#: 上午下单、下午配送
_PAIRED_PARTS = re.compile("[上下中]午.{2}[、，,][上下中]午.{2}")
_OFFERED = re.compile("可|采取|方式|做到")


def generic(text: str, codes: str, lexemes: list[Lexeme], sentence: tuple[int, int]) -> bool:
    """当日反馈, 次日配送, 上午下单、下午配送: meant in general."""
    start, end = lexemes[0].start, lexemes[-1].end
    floor = max(sentence[0], start - 8)
    if codes == "P":
        return bool(_PAIRED_PARTS.search(text, floor, end + 8) and _OFFERED.search(text, max(sentence[0], start - 40), end + 40))
    word = text[start:end]
    if codes == "D":
        return word in ("前日", "当日") and bool(_PAIRED_DAYS.search(text, floor, end + 10))
    if codes != "a":
        return False
    if _PAIRED_DAYS.search(text, floor, end + 10) and _ACTION.search(text, end, end + 3):
        return True
    return bool(_AS_A_RULE.search(text[max(0, start - 4) : start]) and _ACTION.match(text, end))
