"""Pages of the genre, and what they hold. A case is a page: `label| text` a line, blank lines as printed."""

from __future__ import annotations

import pytest

from bulletinnlp.articles import Article, split
from bulletinnlp.pages.page import Page


def articles(text: str, **known: str) -> tuple[Article, ...]:
    return split(Page("p", text, **known)).articles


def marked(case: str) -> tuple[str, list[str]]:
    """A page from a case, and what its lines should be."""
    lines = [line.split("|", 1) for line in case.strip("\n").split("\n")]
    labels = [label.strip() for label, _ in lines if label.strip()]
    return "\n".join(text for _, text in lines), labels


def labels(text: str) -> list[str]:
    """What each printed line is taken for: the kind of its first segment, with the number of the article."""
    segments = split(Page("p", text)).segments
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            start = at + len(line) - len(line.lstrip())
            segment = next(s for s in segments if s.start <= start < s.end)
            found.append(f"{segment.kind}{segment.article or ''}")
        at += len(line) + 1
    return found


PAGES = {
    "banner, eyebrow, headline, dateline, byline at the foot": """
banner1|教育快讯
eyebrow1|柳河镇中心小学
headline1|麦田当教室 农民当老师
dateline1|柳河讯 5月18日，柳河镇中心小学组织三年级学生走进麦田，听种粮大户讲小麦的一生。
body1|孩子们捧着麦穗，数了一遍又一遍。“原来一粒麦子能长出这么多。”学生陈小雨说。
byline1|（县教育和体育局）
headline2|县税务局上门辅导 企业开票更省心
dateline2|本报讯 近日，县税务局组织业务骨干走进企业，辅导财务人员使用数电发票。
byline2|（记者 王小明 通讯员 李大伟）""",
    "byline under the headline, no blank line between articles": """
headline1|老邮差的三十年
byline1|本报记者 王小明
body1|清晨6点，县邮政局的院子里，老张已经把当天的报纸分好，装进两只绿色的邮包。
body1|“这条路我闭着眼都能走。”老张说，三十年来他走过的路能绕地球三圈。
headline2|全县春灌全面展开
dateline2|本报讯 连日来，各乡镇抢抓农时，组织群众开展春灌，目前已浇灌小麦12万亩。
byline2|（通讯员 李大伟）""",
    "column breaks in mid-sentence and mid-word": """
headline1|她把老人当亲人
dateline1|东河讯 11月14日下午，一名男子来到隔离点，打听母亲的情况。在此值班的社区工
     |
body1|作人员陈小雨得知后，立即前往老人家中。在
body1|柳河镇，她已经服务了三年。
     |
body1|“应该的。”她说。
byline1|（记者 王小明）""",
    "caption of a picture, and a brief": """
headline1|重阳送温暖
     |
body1|近日，柳河镇志愿者走进敬老院，为老人包饺子、理发。
byline1|通讯员 李大伟 摄
body2|10月8日，县气象局发布大风蓝色预警，提醒群众加固大棚。
byline2|（县气象局）""",
    "byline in brackets behind the dateline": """
headline1|我县小麦病虫害防治全面铺开
dateline1|本报讯（记者 王小明 通讯员 李大伟） 4月2日，县农业农村局组织技术人员下乡指导防治。
body1|截至目前，全县已防治小麦30万亩。
headline2|城区新增停车位八百个
dateline2|本报讯（记者 陈小雨） 昨日，记者从县城管局获悉，城区新增停车位八百个。""",
    "masthead, imprint, advertisement": """
stray|今日东河
stray|2017年8月17日 星期四
stray|第3版
headline1|暑期安全课开讲
dateline1|东河讯 8月16日，县消防大队走进社区，为孩子们讲解消防知识。
byline1|（记者 王小明）
stray|本报地址：新华路18号 邮编：252000
headline2|图书馆延长开放时间
dateline2|东河讯 即日起，县图书馆每天延长开放两小时，方便学生阅读。
byline2|（记者 陈小雨）
stray|广告热线：0635-8888888""",
    "half-width punctuation": """
headline1|我区开展线上巡课
dateline1|东河讯 近日,我区开展线上巡课,各学校教师云端相聚,共同研讨。
byline1|(区教体局)
headline2|线上购物更安全
dateline2|东河讯 “下单很方便,还是无接触配送。”家住柳河小区的高女士说。
byline2|(融媒体 王小明 陈小雨)""",
    "a notice with lists, signed by a body with the date": """
headline1|关于城区部分道路临时交通管制的通告
body1|因管网改造施工需要，决定对城区部分道路实行临时交通管制，现将有关事项通告如下：
body1|一、管制时间：2020年5月16日至6月30日
body1|二、管制路段：人民路与建设街交叉口
body1|三、请过往车辆提前绕行。
body1|特此通告。
byline1|东河县公安局交通警察大队 2020年5月14日""",
    "a headline of two lines": """
headline1|我市与东方新能源公司签订合作协议
headline1|投资二十一亿元建设储能电池基地
dateline1|本报讯 6月7日，我市与东方新能源公司签订合作协议，市长出席签约仪式。
byline1|（记者 王小明）""",
}


@pytest.mark.parametrize("name", PAGES)
def test_the_lines_of_a_page(name: str) -> None:
    text, expected = marked(PAGES[name])
    assert labels(text) == expected


def test_column_breaks_go_and_paragraphs_stay() -> None:
    text, _ = marked(PAGES["column breaks in mid-sentence and mid-word"])
    (article,) = articles(text)
    assert article.body is not None
    assert "社区工作人员陈小雨" in article.body
    assert "在柳河镇，她已经服务了三年。\n“应该的。”她说。" in article.body
    start = article.text.index("社区工作人员")
    page_start, page_end = article.alignment.to_page(start, start + 6)
    assert text[page_start:page_end] == "社区工\n\n作人员"


def test_the_lines_of_a_headline_are_joined_by_a_space_that_maps_to_the_break() -> None:
    text, _ = marked(PAGES["a headline of two lines"])
    (article,) = articles(text)
    assert article.headline == "我市与东方新能源公司签订合作协议 投资二十一亿元建设储能电池基地"
    at = article.text.index(" ")
    assert text[slice(*article.alignment.to_page(at, at + 1))] == "\n"


def test_dateline_and_byline_in_its_bracket() -> None:
    text, _ = marked(PAGES["byline in brackets behind the dateline"])
    first, second = articles(text)
    assert (first.dateline, first.byline) == ("本报讯", "（记者 王小明 通讯员 李大伟）")
    assert second.body == "昨日，记者从县城管局获悉，城区新增停车位八百个。"


def test_a_byline_at_the_end_of_the_last_paragraph() -> None:
    (article,) = articles("麦收开镰\n本报讯 6月1日，我县小麦开镰收割，预计十天完成。（记者 王小明 通讯员 李大伟）")
    assert article.byline == "（记者 王小明 通讯员 李大伟）"
    assert article.body == "6月1日，我县小麦开镰收割，预计十天完成。"


def test_an_article_interrupted_by_a_picture_is_rejoined() -> None:
    text = (
        "老邮差的三十年\n东河讯 清晨6点，县邮政局的院子里，老张已经把当天的报纸分好。他要送的是一条六十公\n\n"
        "银杏树下 欢乐开跑\n近日，县体育中心举行迷你马拉松，三百多名跑友参加。\n通讯员 李大伟 摄\n\n"
        "里的山路。“闭着眼都能走。”老张说。\n（记者 王小明）\n"
    )
    first, second = articles(text)
    assert (
        first.body
        == "清晨6点，县邮政局的院子里，老张已经把当天的报纸分好。他要送的是一条六十公里的山路。“闭着眼都能走。”老张说。"
    )
    assert first.byline == "（记者 王小明）"
    assert first.flags == ("rejoined",)
    assert second.kind == "photo"
    assert second.headline == "银杏树下 欢乐开跑"


def test_a_caption_without_a_headline_is_cut_out_of_the_article_it_interrupts() -> None:
    text = (
        "沙漠边上的球赛\n东河讯 10月20日，终场哨响，红枣一队赢下了比赛。队长平日里在棉田干活，收了工才摸得着球。决\n\n"
        "11月20日，柳河镇的千年银杏进入最佳观赏期，游人如织。\n李大伟 摄\n\n"
        "赛里，他一人包办两球。\n（记者 王小明）\n\n学雷锋 见行动\n东河讯 3月5日，志愿者走上街头。\n（记者 陈小雨）\n"
    )
    first, second, third = articles(text)
    assert first.body is not None
    assert first.body.endswith("决赛里，他一人包办两球。")
    assert (second.kind, second.byline) == ("photo", "李大伟 摄")
    assert third.headline == "学雷锋 见行动"


def test_text_from_another_page_begins_an_article() -> None:
    text = (
        "农技下乡\n东河讯 3月5日，农技员下乡。\n（记者 王小明）\n（上接第1版）会议指出，要加强领导。\n（记者 陈小雨）\n"
    )
    first, second = articles(text)
    assert (second.body, second.flags) == ("会议指出，要加强领导。", ("broken_start",))
    assert first.flags == ()


@pytest.mark.parametrize(
    ("line", "dateline", "byline"),
    [
        ("东昌府讯 近日，我区开展巡课。", "东昌府讯", None),
        ("本报讯(记者王小明)近日，我区开展巡课。", "本报讯", "(记者王小明)"),
        ("【本报讯】近日，我区开展巡课。", "【本报讯】", None),
        ("本报石浦9月16日讯 （记者 王小明） 近日，我区开展巡课。", "本报石浦9月16日讯", "（记者 王小明）"),
        ("新华社北京11月3日电 近日，我区开展巡课。", "新华社北京11月3日电", None),
        ("今日东河讯 近日，我区开展巡课。", "今日东河讯", None),
        ("通讯 近日，我区开展巡课。", None, None),
        ("本报讯（11月3日）近日，我区开展巡课。", "本报讯", None),
    ],
)
def test_datelines(line: str, dateline: str | None, byline: str | None) -> None:
    (article,) = articles(f"我区开展线上巡课\n{line}\n")
    assert (article.dateline, article.byline) == (dateline, byline)


def test_an_article_that_breaks_off_is_flagged() -> None:
    text = (
        "做好每一个细节\n“这是您的证件，请拿好。”前台工作人员说。\n“我们深知疫情当前，任何一个细节都\n\n"
        "医保业务 线上办理\n东河讯 近日，县医保局推出线上办理业务，方便群众。\n（记者 王小明）\n"
    )
    first, second = articles(text)
    assert first.flags == ("broken_end",)
    assert second.flags == ()
    assert any("breaks off" in problem.message for problem in split(Page("p", text)).problems)


def test_text_that_an_ocr_repeated_is_stray_and_the_article_flagged() -> None:
    again = "居民非常感动，并表示社区网格员非常贴心，解决了孩子上网课的问题。"
    text = (
        f"绿色通道故事多\n东河讯 11月4日，社区开通了绿色通道。\n{again}\n\n{again}{again}\n\n{again}\n（记者 王小明）\n"
    )
    (article,) = articles(text)
    assert article.body == f"11月4日，社区开通了绿色通道。\n{again}"
    assert article.flags == ("repeated_text",)
    assert sum(s.end - s.start for s in split(Page("p", text)).segments if s.kind == "stray") >= 3 * len(again)


def test_a_page_without_line_breaks() -> None:
    text, _ = marked(PAGES["half-width punctuation"])
    plain = [(a.headline, a.dateline, a.body, a.byline) for a in articles(text)]
    assert [(a.headline, a.dateline, a.body, a.byline) for a in articles(" ".join(text.split("\n")))] == plain


def test_narrow_columns_are_put_together() -> None:
    text = (
        "线上巡课 提质增效\n　　东河讯 近日，我区全面开展线\n上巡课、教研工作。区教研中心统一\n"
        "部署，各学校教师云端相聚，共同研\n讨授课内容。\n　　为保证质量，教研员每天进入各班\n"
        "级听课，并做好记录，随时与教师交\n流沟通，推广好的做法。\n（记者 王小明）\n"
    )
    (article,) = articles(text)
    assert article.headline == "线上巡课 提质增效"
    assert article.body == (
        "近日，我区全面开展线上巡课、教研工作。区教研中心统一部署，各学校教师云端相聚，共同研讨授课内容。\n"
        "为保证质量，教研员每天进入各班级听课，并做好记录，随时与教师交流沟通，推广好的做法。"
    )


def test_articles_inherit_what_is_known_of_the_page() -> None:
    text, _ = marked(PAGES["half-width punctuation"])
    first, second = articles(text, published="2022-11-29", paper="今日东河", home="山东省聊城市东昌府区")
    assert (first.article_id, second.article_id) == ("p#1", "p#2")
    assert (second.published, second.paper, second.home) == ("2022-11-29", "今日东河", "山东省聊城市东昌府区")


@pytest.mark.parametrize("text", ["", "\n\n", "　　", "\ufeff", "\x00", "。", "，，，", "\ud800", "（", "\r\n\r\n"])
def test_next_to_nothing(text: str) -> None:
    found = split(Page("p", text))
    assert "".join(text[s.start : s.end] for s in found.segments) == text


def test_line_ends_of_every_kind() -> None:
    text, expected = marked(PAGES["banner, eyebrow, headline, dateline, byline at the foot"])
    plain = [(a.headline, a.body, a.byline) for a in articles(text)]
    for end in ("\r\n", "\r", "\u2028"):
        assert [(a.headline, a.body, a.byline) for a in articles(text.replace("\n", end))] == plain
    assert len(expected) == 9
