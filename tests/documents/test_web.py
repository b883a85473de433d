"""Web pages as input: the article, what the page says of it, pages without one."""

from pathlib import Path

import pytest

import bulletinnlp
from bulletinnlp.pages import Page, ProblemRow, StatedPart, scan

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>我县召开夏收工作会议_要闻_平原网</title></head><body>
<div class="nav"><a href="/">首页</a> | <a href="/yw">要闻</a> | <a href="/zw">政务</a></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/yw">要闻</a> &gt; 正文</div>
<h1>我县召开夏收工作会议</h1>
<div class="info"><span>2022-06-10 08:15</span> <span>来源：平原日报</span> <span>作者：王小明</span>
<span>点击：56</span></div>
<div class="content">{text}</div>
<div class="related"><h3>相关阅读</h3>
<ul><li><a href="1">南瓜饼的做法</a></li><li><a href="2">东关镇召开会议</a></li></ul></div>
<div class="foot">版权所有 平原网 鲁ICP备12345678号</div>
</body></html>"""
PARAGRAPHS = [
    "本报讯 6月8日，县里召开夏收工作会议，部署夏收工作。县长李建国出席会议并讲话，副县长张丽主持会议。",
    "会议要求，各镇要抢抓农时，颗粒归仓。会后，县农业农村局组织农机手下乡，三天收割小麦五万亩。",
    "李建国说：“今年的麦子长得好，大家要抓紧收。”",
]
FIGURES = "<table><tr><td>乡镇</td><td>面积</td></tr><tr><td>东关</td><td>4.2</td></tr></table>"
TEXT = "".join(f"<p>　　{paragraph}</p>" for paragraph in PARAGRAPHS)


def saved(tmp_path: Path, text: str, charset: str = "utf-8", name: str = "a.html") -> Path:
    """A web page with this text, in an encoding."""
    path = tmp_path / name
    path.write_bytes(PAGE.format(text=text, charset=charset).encode(charset))
    return path


def page(path: Path) -> Page:
    (found,) = (item for item in scan(path) if isinstance(item, Page))
    return found


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-16"])
def test_the_article_and_what_the_page_says_of_it(tmp_path: Path, charset: str) -> None:
    found = page(saved(tmp_path, TEXT, charset))
    stamp = "2022-06-10 08:15 来源：平原日报 作者：王小明 点击：56"
    assert found.text == "\n".join(["我县召开夏收工作会议", stamp, *PARAGRAPHS, ""])
    assert found.published == "2022-06-10"
    assert found.stated == (StatedPart("headline", 0, 10), StatedPart("body", 11, len(found.text) - 1))


def test_the_tables_of_a_web_page(tmp_path: Path) -> None:
    found = bulletinnlp.extract(saved(tmp_path, TEXT, name="a.htm"))
    (article,) = found.articles.itertuples()
    assert (article.article_id, article.headline, article.published) == ("a#1", "我县召开夏收工作会议", "2022-06-10")
    assert found.bylines[["name", "role"]].values.tolist() == [["平原日报", "source"], ["王小明", "reporter"]]
    assert found.times["value"].tolist()[0] == "2022-06-08"
    assert "2022-06-10 was taken from what the file says" in found.problems["message"].iloc[0]


def test_what_people_say_comes_first(tmp_path: Path) -> None:
    assert page(saved(tmp_path, TEXT)).published == "2022-06-10"
    (found, *_) = scan(tmp_path / "a.html", published="2022-06-11")
    assert isinstance(found, Page)
    assert found.published == "2022-06-11"


def test_tables_and_line_breaks_in_the_text(tmp_path: Path) -> None:
    text = f"<p>{PARAGRAPHS[0]}</p>{FIGURES}<p>{PARAGRAPHS[1]}<br>{PARAGRAPHS[2]}</p>"
    assert page(saved(tmp_path, text)).text.split("\n")[2:-1] == [
        PARAGRAPHS[0], "乡镇 面积", "东关 4.2", PARAGRAPHS[1], PARAGRAPHS[2],
    ]  # fmt: skip


LINKS = "".join(f'<li><a href="{n}">第{n}村召开会议</a> 06-10</li>' for n in range(60))
UNREAD = {
    f"<html><head><title>平原网</title></head><body><ul>{LINKS}</ul></body></html>": "no article was found",
    "": "the file is empty",
    "县里开会。": "it is no web page but plain text; name it a.txt",
    "%PDF-1.4 ": "it is no web page but a PDF; name it a.pdf",
}


@pytest.mark.parametrize(("text", "expected"), UNREAD.items())
def test_pages_without_an_article(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (problem,) = scan(tmp_path / "a.html")
    assert isinstance(problem, ProblemRow)
    assert problem.message.startswith(f"{tmp_path / 'a.html'}: {expected}")


def test_our_own_view_is_passed_over(tmp_path: Path) -> None:
    view = bulletinnlp.extract(saved(tmp_path, TEXT)).to_html(tmp_path / "view.html")
    (problem,) = scan(view)
    assert isinstance(problem, ProblemRow)
    assert problem.severity == "warning"
