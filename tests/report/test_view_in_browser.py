"""The view in a real browser: what a person sees, clicks and hears."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CONTRAST, Window, assert_calm

import bulletinnlp
from bulletinnlp.report import write_view
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.table_set import rows_of

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def view_file(annotated: bulletinnlp.Extraction, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return annotated.to_html(tmp_path_factory.mktemp("view") / "view.html", language="en")


@pytest.fixture
def window(driver: Any, view_file: Path) -> Iterator[Window]:
    opened = Window(driver, view_file, anchor="#pane=articles")
    yield opened
    assert_calm(driver)


def test_the_page_stands_as_printed(window: Window, annotated: bulletinnlp.Extraction) -> None:
    segments = annotated.segments
    first = segments[segments.page_id == segments.page_id[0]]
    shown = window.run("return [...document.querySelectorAll('#printed .segment')].map(n => n.textContent).join('')")
    assert shown == "".join(first.text)
    assert len(window.all("#printed .piece-of")) == annotated.pages.articles[0]
    assert len(window.all("#results .hit")) == len(annotated.articles)
    assert "2 pages · 26 articles" in window.one("#counts").text


def test_a_click_on_an_article_shows_what_it_says(window: Window) -> None:
    window.all(".hit")[0].click()
    assert window.one("#reading h2").text == "一封感谢信背后的抗疫故事"
    shown = window.texts(".card .show")
    assert shown == ["转载", "写给", "进行", "组织", "维持", "值守", "进行", "配送", "收", "叮嘱"]
    assert window.texts(".card .unnamed") == ["医护人员"]
    assert window.all(".card dd")[1].text == "11月25日"
    people = window.one(".people").text
    assert "孙乐文" in people
    assert "党支部书记" in people
    assert len(window.all(".times tbody tr")) == 5
    assert len(window.all(".piece-of.chosen")) == 1
    assert window.texts("#printed .mark.PER")[:2] == ["王惠迎", "孙乐文"]


def test_a_click_lights_up_the_sentence(window: Window) -> None:
    window.all(".hit")[0].click()
    card = window.all(".card .show")[1]
    card.click()
    assert window.lit("strong") == "写给"
    sentence = (
        "感谢信是该街道同创社区新城小学五年级二班王惠迎小朋友写给该社区党委委员、居委委员、仙庄村党支部书记孙乐文的。"
    )
    lit = "".join(window.lit(kind) for kind in ("strong", "argument", "soft"))
    assert Counter(sentence) <= Counter(lit)
    assert card.get_attribute("aria-pressed") == "true"
    assert sentence in window.one("#said").get_attribute("textContent")
    piece = window.one(".piece.strong")
    frame = window.one("#printed")
    assert frame.rect["y"] < piece.rect["y"] < frame.rect["y"] + frame.rect["height"]
    window.press("\ue00c")  # Escape
    assert window.lit("strong") == ""
    assert card.get_attribute("aria-pressed") == "false"


def test_hover_and_focus_light_up_a_row(window: Window) -> None:
    window.all(".hit")[0].click()
    row = window.all(".references tbody tr")[0]
    window.hover(row)
    assert window.lit("strong") == "该街道"
    window.hover(window.one("#reading h2"))
    assert window.lit("strong") == ""
    window.run("arguments[0].focus({preventScroll: true})", window.all(".people .show")[1])  # the mouse stays off it
    assert window.lit("strong").startswith("孙乐文" * 2)
    assert "党支部书记" in window.lit("soft")


def test_a_click_on_the_page_chooses_the_article(window: Window) -> None:
    window.all(".pick")[1].click()
    assert window.one("#reading h2").text.startswith("我区发挥双拥职能")
    assert window.one(".hit[aria-current]").text.startswith("我区发挥双拥职能")
    assert window.run("return decodeURIComponent(location.hash)") == "#000_06986f19817cff91#2"


def test_an_address_leads_to_an_article(driver: Any, view_file: Path) -> None:
    window = Window(driver, view_file, anchor="#002_03730d0c7d4ab020%232")
    assert window.one("#reading h2").text.startswith("柳园街道")
    assert window.one("#page-title").text == "002_03730d0c7d4ab020"
    assert window.one(".hit[aria-current]").is_displayed()
    assert_calm(driver)


def test_filters(window: Window) -> None:
    everything = window.one("#found").text
    window.one("#f-person").send_keys("孙乐")
    assert window.texts("#f-person-list li .head") == ["孙乐文"]
    assert window.one("#f-person").get_attribute("aria-expanded") == "true"
    window.press("\ue015", "\ue007")  # down, enter
    assert window.one("#f-person").get_attribute("value") == "孙乐文"
    assert window.one("#found").text.startswith("1 of 26")
    assert window.texts(".hit .head") == ["一封感谢信背后的抗疫故事"]
    window.one("#clear").click()
    assert window.one("#found").text == everything
    window.one("#f-words").send_keys("柳园街道")
    assert all("柳园街道" in text for text in window.texts(".hit"))
    window.one("#f-words").send_keys("不在任何标题里")
    assert window.texts("#results li") == ["No article fits. Take a filter away."]


def test_only_events_with_a_name(window: Window, annotated: bulletinnlp.Extraction) -> None:
    """The list holds articles that tell of somebody with a name, and an article what they do."""
    events = annotated.events
    [article_id] = (events.groupby("article_id").named.mean().between(0.1, 0.9)).pipe(lambda some: some[some].index[:1])
    mine = events[events.article_id == article_id]
    headline = annotated.articles.set_index("article_id").headline[article_id]
    next(hit for hit in window.all(".hit") if headline in hit.text).click()
    assert len(window.all(".card")) == len(mine)
    window.one("#f-named").click()
    assert len(window.all(".card")) == mine.named.sum()
    told = events[events.named].article_id.nunique()
    assert window.one("#found").text == f"{told} of 26 articles"
    window.one("#clear").click()
    assert len(window.all(".card")) == len(mine)
    assert window.one("#found").text == "26 of 26 articles"


def test_from_a_row_to_all_articles_with_the_name(window: Window) -> None:
    window.all(".hit")[0].click()
    window.one(".names .elsewhere").click()
    assert not window.one("#found").text.startswith("26 of")
    assert window.one("#f-place").get_attribute("value") + window.one("#f-body").get_attribute("value")


def test_pages_and_marks(window: Window) -> None:
    window.all("#page-nav button")[1].click()
    assert window.one("#page-title").text == "002_03730d0c7d4ab020"
    assert window.one("#page-nav").text.split() == ["‹", "2", "of", "2", "›"]
    window.all(".pick")[1].click()
    window.one(".layer.PLACE").click()
    assert window.one(".layer.PLACE").get_attribute("aria-pressed") == "false"
    place = window.one("#printed .mark.PLACE")
    assert "none" in place.value_of_css_property("text-decoration-line")


def test_both_languages(window: Window) -> None:
    window.all(".hit")[0].click()
    window.one("#language").click()
    assert window.run("return document.documentElement.lang") == "zh"
    assert window.one(".part.events h3").text.startswith("事件")
    assert window.one("#reading h2").text == "一封感谢信背后的抗疫故事"


def test_keyboard_alone(window: Window) -> None:
    """Tab reaches the filters, then the list; Enter opens an article, and an event lights up."""
    window.run("document.querySelector('.hit').focus()")
    window.press("\ue015", "\ue013", "\ue007")  # down, up, enter
    assert window.one("#reading h2").text == "一封感谢信背后的抗疫故事"
    window.run("document.querySelector('.card .show').focus()")
    assert window.lit("strong") == "转载"
    window.press(" ")
    assert window.run("return document.activeElement.getAttribute('aria-pressed')") == "true"


def test_everything_that_can_be_pressed_has_a_name(window: Window) -> None:
    window.all(".hit")[0].click()
    script = """return [...document.querySelectorAll('button, input, select, [role=region], section, nav')]
        .filter(n => !(n.getAttribute('aria-label') || n.getAttribute('aria-labelledby') || n.textContent.trim()
            || (n.id && document.querySelector(`label[for="${n.id}"]`)))).map(n => n.outerHTML)"""
    assert window.run(script) == []
    ids = window.run("return [...document.querySelectorAll('[id]')].map(n => n.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("dark", [False, True])
def test_contrast(window: Window, dark: bool) -> None:
    """Text stands out from its ground by 4.5 to 1 at least (WCAG AA)."""
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    window.all(".hit")[0].click()
    window.all(".card .show")[0].click()
    window.driver.execute_async_script("setTimeout(arguments[0], 300)")  # colours fade in
    faint = window.run(CONTRAST)
    window.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert faint == []


def test_one_pane_in_a_narrow_window(driver: Any, view_file: Path) -> None:
    window = Window(driver, view_file, width=500, height=900)
    panes = lambda: [node.get_attribute("id") for node in window.all(".pane") if node.is_displayed()]  # noqa: E731
    assert panes() == ["overview"]
    window.one("[data-pane-button=list]").click()
    assert panes() == ["list"]
    window.all(".hit")[0].click()
    assert panes() == ["reading"]
    window.all(".card .show")[0].click()
    assert panes() == ["page"]
    assert window.one(".piece.strong").is_displayed()
    fits = (
        "const all = document.documentElement; return [all.scrollWidth <= innerWidth, all.scrollHeight <= innerHeight]"
    )
    assert window.run(fits) == [True, True]
    assert_calm(driver)


HOSTILE = "</script><img src=x onerror=\"document.title='hacked'\"><!--"


def test_hostile_names_stay_text(driver: Any, annotated: bulletinnlp.Extraction, tmp_path: Path) -> None:
    rows = rows_of(annotated)
    for table, columns in {
        "entities": ["name", "region"], "mentions": ["text"], "roles": ["person", "title"],
        "events": ["trigger", "what", "type", "sentence", "value"], "articles": ["headline", "eyebrow"],
        "pages": ["paper", "home"], "times": ["value"],
        "quotes": ["speaker", "text"], "references": ["antecedent"], "bylines": ["name", "outlet"],
    }.items():  # fmt: skip
        for row in rows[table]:
            row.update(dict.fromkeys(columns, HOSTILE))
    path = bulletinnlp.Extraction.from_rows(TABLES.values(), rows).to_html(tmp_path / "hostile.html", language="en")
    window = Window(driver, path)
    window.all(".hit")[0].click()
    assert window.one("#reading h2").text == HOSTILE
    assert window.all("img") == []
    assert "hacked" not in window.driver.title.replace(HOSTILE, "")
    assert_calm(driver)


def test_offsets_count_code_points(driver: Any, tmp_path: Path) -> None:
    """Rare characters in names (𬭎, 𣲗) take two units in the browser's strings."""
    text = "𬭎𣲗村党支部书记王𬱖带队走访。"
    rows = {
        "pages": [{"page_id": "p", "chars": len(text), "articles": 1, "stray_chars": 0}],
        "segments": [{"page_id": "p", "article_id": "p#1", "kind": "body", "start": 0, "end": len(text), "text": text}],
        "articles": [{"article_id": "p#1", "page_id": "p", "position": 1, "kind": "brief", "body": text, "start": 0,
                      "end": len(text), "chars": len(text), "flags": []}],
        "mentions": [{"mention_id": "p#1/1", "article_id": "p#1", "part": "body", "label": "PER", "text": "王𬱖",
                      "start": 8, "end": 10, "entity_id": "e1"}],
    }  # fmt: skip
    tables = [TABLES[name] for name in rows]
    window = Window(driver, bulletinnlp.Extraction.from_rows(tables, rows).to_html(tmp_path / "rare.html"))
    window.all(".hit")[0].click()
    assert window.texts("#printed .mark.PER") == ["王𬱖"]
    assert window.all(".part.events") == []
    assert_calm(driver)


@pytest.mark.slow
def test_thousands_of_articles(driver: Any, annotated: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """260 copies of the pages, 6,760 articles: it opens in seconds and a filter takes no time to notice."""
    rows = rows_of(annotated)
    many: dict[str, list[dict]] = {name: [] for name in rows}
    many["entities"] = rows["entities"]
    for copy in range(260):
        for name, some in rows.items():
            if name != "entities":
                ids = [key for key in ("page_id", "article_id", "event_id", "mention_id") if some and key in some[0]]
                many[name] += [{**row, **{key: row[key] and f"{copy}-{row[key]}" for key in ids}} for row in some]
    path = bulletinnlp.Extraction.from_rows(TABLES.values(), many).to_html(tmp_path / "many.html", language="en")
    window = Window(driver, path)
    assert window.one("#found").text == "6,760 of 6,760 articles"
    assert len(window.all("#results .hit")) == 40
    timing = window.run(
        "const t = performance.getEntriesByType('navigation')[0]; return t.loadEventEnd || performance.now()"
    )
    assert timing < 8000
    took = window.run(
        """const box = document.getElementById('f-words'), t = performance.now();
        box.value = '感谢信'; box.dispatchEvent(new Event('input')); document.body.offsetHeight;
        return performance.now() - t"""
    )
    assert took < 500
    assert window.one("#found").text == "260 of 6,760 articles"
    window.all("#pager button")[1].click()
    assert "2 of 7" in window.one("#pager").text
    window.run("location.hash = '#200-000_06986f19817cff91%231&q=感谢信'")
    window.driver.execute_async_script("setTimeout(arguments[0], 200)")
    assert window.one(".hit[aria-current]").is_displayed()
    assert "6 of 7" in window.one("#pager").text
    assert_calm(driver)


def test_tables_of_few_stages_or_no_pages(driver: Any, annotated: bulletinnlp.Extraction, tmp_path: Path) -> None:
    few = bulletinnlp.Extraction({name: annotated.tables[name] for name in ("pages", "segments", "articles")})
    window = Window(driver, few.to_html(tmp_path / "few.html"))
    window.all(".hit")[0].click()
    assert window.one("#reading h2").text == "一封感谢信背后的抗疫故事"
    assert window.all("#f-person, #f-type, #f-from, .part") == []
    assert_calm(driver)
    none = bulletinnlp.Extraction.from_rows(TABLES.values(), {})
    window = Window(driver, none.to_html(tmp_path / "none.html", language="en"))
    assert window.one("#found").text == "0 of 0 articles"
    assert_calm(driver)


def test_odd_characters_stand_as_they_are(driver: Any, tmp_path: Path) -> None:
    text = "<b>标题</b> & “引号”\r\n\t\x0b正文\u2028一段\x00。\ud800"
    rows = {
        "pages": [{"page_id": "p", "chars": len(text), "articles": 0, "stray_chars": 9}],
        "segments": [{"page_id": "p", "article_id": None, "kind": "stray", "start": 0, "end": len(text), "text": text}],
    }
    path = write_view({**rows, "articles": []}, tmp_path / "odd.html")
    window = Window(driver, path)
    shown = window.run("return document.querySelector('#printed .segment').textContent")
    assert shown == text.replace("\ud800", "?")
    assert_calm(driver)
