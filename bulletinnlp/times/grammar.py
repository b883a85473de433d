"""The grammar of Chinese times, written over the codes of lexemes (`data/lexicons/time_words.txt` has the codes).

Small patterns compose into larger ones: 11月25日（星期五）上午9时 is coded `N月N日（W）PN时`, a DATE, a WEEKDAY and a
TIME_OF_DAY. The code string of a text is scanned once, from left to right, with one compiled pattern; which of its
branches matched says what was found.
"""

from __future__ import annotations

import re
from functools import cache

# --- dates -----------------------------------------------------------------------------------------------------------
#: 2022年, 今年, 去年全年, 当年, 光绪三十年, 道光元年, 公元前221年
YEAR = "(?:(?:y年|A|c)φ?|φ|Y[Ny]年|Y元|[pq]{1,2}[Ny]年)"
#: also 22年, which is a year only before something finer
YEAR_OF = f"(?:{YEAR}|N年)"
#: 11月, 本月, 当月, 上月月底
MONTH = "(?:(?:N月|[Bbι])β?|β)"
#: 农历十月初十, 正月十五, 腊月, 闰二月初八, 大年初一
LUNAR = "(?:(?:L大?闰?|闰)(?:N月|M)(?:R|ν|[Nf]日?)?|M(?:R|ν|[Nf]日?|m)?|N月R|L?大R|LR)"
#: 春节, “五一”假期, 三八国际妇女节, “3·15”消费者权益日, 清明节当天, 国庆中秋假期
FEAST = "(?:(?:“[fF]”(?=[假xtajFP晚夜])F?|J?[fFZ](?:F(?=[假x])|(?<=f)F)?)(?:N天(?=假))?(?:j|假x?|x|t|a){0,4})"
SEASON = "(?:[Ss]期?|G|SS|UU)"
#: 星期五, （星期五）
WEEKDAY = "(?:W|（W）)"
DECADE = "(?:(?:世|N纪)?[Ny]代[mz]?|世[mz]?|N纪[mz]?)"
#: 上半年, 一季度末, 首季度, 年底, 暑假, 秋天
PART_OF_YEAR = f"(?:H|Q|第?N季m?|{SEASON}|O|n|T)"
PART = "[P晚夜]"
#: 第一天, 最后一个月, 第三个周末, 第二个星期日
NTH = "(?:第N|λ)个?[天日周月季Ww]"
#: what has a first and a last: 去年, 国庆假期, 三季度, 2022年10月
PERIOD = f"(?:(?:{YEAR_OF}|v)?{FEAST}|(?:{YEAR_OF}的?)?(?:{MONTH}|H|第?N季|Q)|{YEAR}|C|ρ)"

DATE = "|".join(
    (
        f"(?=[^ ]{{0,14}}[第λ]){PERIOD}的?{NTH}",
        f"{YEAR}的?(?:D|B|C|ρ)",
        f"κ(?:[Ww]|{FEAST}|{SEASON})",
        f"L?(?:{YEAR_OF})?L?{LUNAR}|L{YEAR_OF}N月(?:N日?|ν)?",
        f"(?:{YEAR_OF}|v)?L?{FEAST}",
        f"(?:{YEAR_OF}|S)?{MONTH}(?:N日|ν|旬|m|N(?=(?:、N){{1,8}}日))?",
        f"(?:{YEAR_OF})?第?N(?=(?:、第?N){{1,8}}季)",
        "N(?=(?:、[Ny]){1,8}年)",
        f"{YEAR_OF}(?:{PART_OF_YEAR}|u(?=o)|前N个?季|前N个?月|m|a)|[yN]n",
        YEAR,
        "I",
        "[Da]",
        "C(?:[Ww]|m)?",
        "[Ww]",
        "N日|旬",
        "N(?=(?:、N){1,8}[日月])",
        "R",
        f"第N(?:天|年(?:{PART_OF_YEAR}|N月(?:N日)?)?)",
        "H|Q|ρm?|第?N季m?|前N个?季|前N个?月",
        "K(?:[xi]|(?=o)|m)|X(?=o)",
        "UU|U|A?u(?=o)|SS|S期?|G|O|T|n|岁",
        DECADE,
        "N至?N?学",
        "δN[天日年]",
    )
)

# --- the clock -------------------------------------------------------------------------------------------------------
#: 9时05分30秒, 两点三刻, 八点半, 8点许, 差十分九点, 18:20
HOUR = "(?:k许?多?|差N[分刻]N点|N[时点](?:半|N?N[刻分]半?(?:N秒)?|μ)?许?多?)"
TIME_OF_DAY = f"(?:{PART}?{HOUR}|{PART})"

#: a day with all that is adjacent: 上周五（11月25日）, 11月25日（星期五）上午9时, 昨晚8时
GLOSS = f"（(?:(?:{YEAR_OF})?N月)?N日?）日?"
DAY = f"(?:(?:C?W|D){GLOSS}|C?W(?:{YEAR_OF})?N月N日|(?:{DATE})){WEEKDAY}?"
POINT = f"(?:{DAY}[at]?(?:e(?:{HOUR})?|{TIME_OF_DAY})?|(?:{YEAR}的?)?[Ee](?:{HOUR})?|{TIME_OF_DAY})"
#: 6—8月, 10月15—16日, 一至三季度, 0—24时, 2020—2022年: the first end leaves its unit to the second
SHARED = "|".join(
    (
        f"(?:{YEAR_OF})?N至N月(?:份)?",
        f"(?:{YEAR_OF})?{MONTH}N至N日{TIME_OF_DAY}?",
        "N至N日",
        f"(?:{YEAR_OF})?第?N至第?N季",
        "N至y年",
        f"(?:{YEAR_OF})?{LUNAR}至[Nν]日?(?![年月时点天个])",
        f"(?:(?:{DATE}){WEEKDAY}?)?{PART}?N至N[时点](?:半|N?N[分刻]|μ)?",
    )
)
RANGE = f"(?:{SHARED})o?|{POINT}o?至{POINT}o?"

# --- lengths ---------------------------------------------------------------------------------------------------------
COUNT = "(?:N|半|把)"
#: 三年, 一年半, 两个多月, 三个半月, 一百来天, 半个多世纪, 个把小时, 十八个昼夜
PLAIN = (
    f"(?:{COUNT}[多来]?个[多来]?半?(?:月|周|小|季|纪|昼|工|期)|半月|把月|N月(?!N?日)"
    f"|{COUNT}[多来]?[年天周小钟秒刻纪载昼工日夜晚]半?多?|[ð多]个?[年天日月周小])"
)
#: 两年零三个月, 3小时41分, 3分02秒, 三天三夜, 一个上午, 全天24小时
COMPOUND = (
    "(?:N年N个月(?:N天)?|N个月N天|N天N[夜晚]|N天N个?小(?:N钟)?"
    f"|N个?小N[分钟](?:N秒)?|N[分钟]N秒|N个?{PART}|全N个?小|全)"
)
LENGTH = f"(?:N至(?={COUNT}))?(?:{COMPOUND}|{PLAIN})"

# --- what comes again ------------------------------------------------------------------------------------------------
#: what a SET says of when: 三、五 · 上旬 · 农历三月初三 · 早上7点到晚上9点
SET_DAY = f"(?:逢[NR](?:[逢排]N){{0,4}}|旬|m|a|{LUNAR}|L?{FEAST}|[cA]?(?:N至)?N月(?:N日|ν|旬|m|的?{NTH})?"
SET_DAY += f"|N日|R|{NTH}|W|w|S|s|O|工|D|“[fF]”)"
SET_PART = f"(?:{SET_DAY}(?:的?{TIME_OF_DAY})?|{TIME_OF_DAY})"
SET_REST = f"(?:[、至](?:{SET_PART}|[Nν])){{0,12}}(?:的?{TIME_OF_DAY})?"
SET_WHEN = f"(?:（?{SET_PART}{SET_REST}）?)?"
EVERY = "|".join(
    (
        f"每(?:N|半)?个?半?[年月天日周小时钟秒刻季期工昼]m?的?{SET_WHEN}",
        f"每{PART}{SET_WHEN}",
        f"每?逢?(?:逢N[逢排]N|逢N(?:、N){{1,8}}){SET_WHEN}",
        f"[每逢]个?{SET_PART}{SET_REST}",
        "隔(?:N|半)?个?[年月天日周小钟]",
        f"Σ{TIME_OF_DAY}?",
        f"(?:{PLAIN}|N个?季)度",
        f"W(?:、W){{1,6}}{SET_WHEN}",
        f"W至W(?:每天)?{SET_WHEN}",
        f"工{TIME_OF_DAY}至{TIME_OF_DAY}",
    )
)


def _with(codes: str, branch: str) -> str:
    """A branch that is tried only where one of its codes is near."""
    return f"(?=[^ ]{{0,60}}[{codes}])(?:{branch})"


BRANCHES = {
    "set": _with("每逢隔Σ度工W", EVERY),
    "beat": _with("班", f"(?:{PLAIN})(?=班)"),
    "range": _with("至", RANGE),
    "ago": _with("再前后", f"再(?:{LENGTH})|(?:{LENGTH})[前后](?:的(?:D|E(?:{HOUR})?))?"),
    "lately": _with("近未来o", f"[近未](?:{LENGTH})来?o?|(?:{LENGTH})(?:来|o)"),
    "compound": f"{COMPOUND}(?!月)",
    "same": f"(?:A|{YEAR})?同",
    "point": f"{POINT}o?",
    "length": f"近?(?:{LENGTH})",
    "vague": "V|未|前",
}


@cache
def scanner() -> re.Pattern[str]:
    """The whole grammar; the group that matched is named after its branch."""
    return re.compile("|".join(f"(?P<{name}>{branch})" for name, branch in BRANCHES.items()))


@cache
def branches() -> dict[str, re.Pattern[str]]:
    """Each branch by itself, in the order of precedence."""
    return {name: re.compile(branch) for name, branch in BRANCHES.items()}
