"""Bylines as cases: what is printed, and whom it names. `name=role` or `name=role=outlet`, in order."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletinnlp.bylines import parse

CASES = """
(融媒体 全兴社 通讯员 苏敏)                      | 全兴社=reporter=融媒体 苏敏=correspondent
(区教体局)                                       | 区教体局=source
区教体局宣                                       | 区教体局=source
东昌府交警大队 摄                                | 东昌府交警大队=photographer
融媒体 徐振鑫 通讯员 张振祥 摄                   | 徐振鑫=photographer=融媒体 张振祥=photographer
（本报记者 甲、乙 实习生 丙 文/图）              | 甲=reporter=本报 乙=reporter=本报 丙=reporter
通讯员：甲 乙                                    | 甲=correspondent 乙=correspondent
来源：某某发布 编辑：甲 审核：乙                 | 某某发布=source 甲=editor 乙=editor
（张  娅）                                       | 张娅=reporter
(记者 王小明 通讯员 张  娅 李大伟)               | 王小明=reporter 张娅=correspondent 李大伟=correspondent
（经济日报）                                     | 经济日报=source
（据《人民日报》）                               | 人民日报=source
据新华社                                         | 新华社=source
（新华社北京11月3日电）                          |
(县公安局 王小雪 李想)                           | 王小雪=correspondent=县公安局 李想=correspondent=县公安局
王小明 李大伟（县教育局）                        | 王小明=correspondent=县教育局 李大伟=correspondent=县教育局
（区融媒体中心 王小明）                          | 王小明=reporter=区融媒体中心
（县融媒体中心 王小明 县法院 李大伟）            | 王小明=reporter=县融媒体中心 李大伟=correspondent=县法院
（区国税局 区地税局）                            | 区国税局=source 区地税局=source
（柳河镇 供稿）                                  | 柳河镇=source
（旗委宣传部 白玉山 供稿）                       | 白玉山=correspondent=旗委宣传部
（通讯员 县公安局 王小明）                       | 王小明=correspondent=县公安局
（通讯员 县公安局）                              | 县公安局=correspondent
□本报记者 王小明 本报通讯员 李大伟               | 王小明=reporter=本报 李大伟=correspondent=本报
本报首席记者 王小明                              | 王小明=reporter=本报
记者张建国 通讯员李大伟                          | 张建国=reporter 李大伟=correspondent
通讯员王小明摄                                   | 王小明=photographer
（记者 王小明 文 李大伟 图）                     | 王小明=reporter 李大伟=photographer
（记者 王小明 李想 文 陈小雨 摄）                | 王小明=reporter 李想=reporter 陈小雨=photographer
（王小明 / 文 李大伟 / 摄）                      | 王小明=reporter 李大伟=photographer
（王小明 李大伟/摄）                             | 王小明=photographer 李大伟=photographer
文/王小明 图/李大伟                              | 王小明=reporter 李大伟=photographer
文/县融媒体中心 王小明 图/通讯员 李大伟          | 王小明=reporter=县融媒体中心 李大伟=photographer
文：王小明 图：李大伟                            | 王小明=reporter 李大伟=photographer
（王小明 李想 摄影 陈小雨）                      | 王小明=reporter 李想=reporter 陈小雨=photographer
摄影 王小明 李大伟                               | 王小明=photographer 李大伟=photographer
（本报记者 王小明 李想 摄影报道）                | 王小明=reporter=本报 李想=reporter=本报
文/图 记者 王小明 实习生 李想                    | 王小明=reporter 李想=reporter
记者 王小明 通讯员 李想 图片由受访者提供         | 王小明=reporter 李想=correspondent
（记者 买买提·艾力 通讯员 阿依古丽）             | 买买提·艾力=reporter 阿依古丽=correspondent
撰稿：王小明 一审：李想 二审：陈小雨 三审：张建国 | 王小明=reporter 李想=editor 陈小雨=editor 张建国=editor
记者：王小明　责编：李想                         | 王小明=reporter 李想=editor
读者 王小明                                      | 王小明=correspondent
东河县公安局交通警察大队 2020年5月14日           | 东河县公安局交通警察大队=source
（信息来源：北京市郊铁路公司）                   | 北京市郊铁路公司=source
（郑家镇 张建国）                                | 张建国=correspondent=郑家镇
张红旗 摄                                        | 张红旗=photographer
"""


@pytest.mark.parametrize("case", CASES.strip().split("\n"))
def test_bylines(case: str) -> None:
    text, expected = case.rsplit("|", 1)
    found = ["=".join(filter(None, (c.name, c.role, c.outlet))) for c in parse(text.strip())]
    assert found == expected.split()


@pytest.mark.parametrize("case", CASES.strip().split("\n"))
def test_the_width_of_brackets_and_colons_does_not_matter(case: str) -> None:
    text, expected = case.rsplit("|", 1)
    other = text.strip().translate(str.maketrans("（）：()", "():（）"))
    assert [c.name for c in parse(other)] == [item.split("=")[0] for item in expected.split()]


def test_bare_names_under_a_picture_are_photographers() -> None:
    assert [c.role for c in parse("王小明 李大伟 摄影报道", photo=True)] == ["photographer", "photographer"]
    assert [c.role for c in parse("王小明 李大伟 摄影报道")] == ["reporter", "reporter"]


@settings(max_examples=300)
@given(
    st.one_of(
        st.text(st.characters(codec=None), max_size=80),
        st.lists(
            st.sampled_from(
                [
                    "记者",
                    "通讯员",
                    "摄",
                    "文",
                    "图",
                    "/",
                    " ",
                    "（",
                    "）",
                    "：",
                    "、",
                    "王小明",
                    "县公安局",
                    "本报",
                    "来源",
                    "供稿",
                    "\ud800",
                ]
            )
        ).map("".join),
    )
)
def test_any_text_can_be_read(text: str) -> None:
    for contributor in parse(text):
        assert text[contributor.start : contributor.end] == contributor.text
        assert contributor.name
