"""The overview, the table of events, the search, the address and CSV in a real browser."""

import csv
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CONTRAST, Window, assert_calm

import bulletinnlp
from bulletinnlp.tables.schema import TABLES
from bulletinnlp.tables.table_set import rows_of

pytestmark = pytest.mark.browser
Rows = dict[str, list[dict]]


@pytest.fixture
def window(driver: Any, seeds_file: Path) -> Iterator[Window]:
    opened = Window(driver, seeds_file)
    yield opened
    assert_calm(driver)


def view_of(rows: Rows, folder: Path) -> Path:
    tables = [TABLES[name] for name in rows]
    return bulletinnlp.Extraction.from_rows(tables, rows).to_html(folder / "made.html", language="en")


def figures(window: Window) -> dict[str, int]:
    names, numbers = window.texts(".figures dt"), window.texts(".figures dd")
    return {name: int(many.replace(",", "")) for name, many in zip(names, numbers, strict=True)}


def address(window: Window) -> str:
    return window.run("return decodeURIComponent(location.hash)")


def test_the_first_screen(window: Window, seeds: bulletinnlp.Extraction) -> None:
    events = seeds.events
    shown = figures(window)
    assert shown["articles"] == len(seeds.articles)
    assert shown["events"] == len(events)
    assert shown["main events"] == events.main.sum()
    assert shown["with an actor who has a name"] == events.named.sum()
    assert shown["planned, wished, denied"] == ((events.modality != "actual") | (events.polarity == "negative")).sum()
    assert window.texts(".panel h3") == [
        "When", "Who acts", "Where", "Who holds which office", "Who stands together", "To know",
    ]  # fmt: skip


def test_every_day_has_its_bar(window: Window) -> None:
    """Empty days too; a press on a day leaves what is told of it, another all again; the arrows lead along."""
    labels = window.run("return [...document.querySelectorAll('.bin')].map(n => n.getAttribute('aria-label'))")
    days = [re.match(r"\w+, (\d+ \w+ \d{4}): (\d+) events?, (\d+) articles?$", label).groups() for label in labels]
    dates = [time.strptime(day, "%d %B %Y") for day, _, _ in days]
    numbers = [int(time.mktime(date) + 43200) // 86400 for date in dates]
    assert numbers == list(range(numbers[0], numbers[0] + len(days)))
    assert any((events, articles) == ("0", "0") for _, events, articles in days)
    busiest = max(range(len(days)), key=lambda n: int(days[n][1]))
    everything = figures(window)["events"]
    window.all(".bin")[busiest].click()
    assert figures(window)["events"] == int(days[busiest][1]) < everything
    assert window.one("#found").text.startswith(f"{days[busiest][2]} of")
    assert f"From {days[busiest][0]}" in window.one(".chips").text
    assert window.run("return document.activeElement.className") == "bin"
    window.press("\ue012")  # left
    assert window.run("return document.activeElement.getAttribute('aria-label')") == labels[busiest - 1]
    window.all(".bin")[busiest].click()
    assert figures(window)["events"] == everything
    assert window.run("return document.querySelectorAll('.bin[tabindex=\"0\"]').length") == 1


def test_from_an_actor_to_the_sentence(
    window: Window, driver: Any, seeds: bulletinnlp.Extraction, seeds_file: Path
) -> None:
    """Who acts most → their events → the sentence lit up; the way back; and the same by the address."""
    names = seeds.entities.set_index("entity_id").name
    who = seeds.arguments.query("role == 'who' and named").drop_duplicates(["event_id", "entity_id"])
    [(most, many), *_] = Counter(names.reindex(who.entity_id)).most_common(1)
    assert window.texts(".matrix tbody th")[0] == most
    assert window.texts(".matrix .sum")[0] == str(many)
    window.one(".matrix tbody th button").click()
    assert window.one("#sheet h2").text == f"{many} events"
    assert window.texts("#sheet .chip") == [f"Who {most} ×"]
    trigger = window.one("#sheet tbody .show").text
    window.one("#sheet tbody .show").click()
    assert window.lit("strong") == trigger
    assert window.one(".card.kept .show").text == trigger
    assert f"actor={most}" in address(window)
    assert "event=" in address(window)
    link = window.run("return location.hash")
    window.driver.back()
    assert window.one("#sheet h2").text == f"{many} events"
    window.driver.back()
    assert window.all(".chip") == []
    assert window.one("#overview").is_displayed()
    assert_calm(driver)
    again = Window(driver, seeds_file, anchor=link)
    assert again.lit("strong") == trigger
    assert again.run("return location.hash") == link


def test_a_number_of_actor_and_type(window: Window) -> None:
    cell = window.one(".matrix .cell")
    many = cell.text
    cell.click()
    assert window.one("#sheet h2").text.split()[0] == many
    assert len(window.texts("#sheet .chip")) == 2
    window.all("#sheet .chip")[0].click()
    assert len(window.texts("#sheet .chip")) == 1
    assert window.run("return document.activeElement.id") == "sheet"


def test_events_show_all_their_cells(window: Window, seeds: bulletinnlp.Extraction) -> None:
    window.one("#switch-events").click()
    row = seeds.events.iloc[0]
    cells = window.texts("#sheet tbody tr:first-child > *")
    assert cells[0] == "、".join(row.who)
    assert cells[1] == f"{row.trigger} {row.what}"
    assert cells[2] == ("、".join(row.whom) or "—")
    assert ("main" in cells[5]) == row.main
    unnamed = [n for n, named in enumerate(seeds.events.named[:40]) if not named]
    lines = window.texts("#sheet tbody tr")
    assert [n for n, line in enumerate(lines) if "unnamed actor" in line] == unnamed


def test_words_in_the_text(window: Window, seeds: bulletinnlp.Extraction) -> None:
    """口罩 finds the articles whose text holds it, column breaks healed; it is marked in the list and on the page."""
    parts = seeds.segments.dropna(subset="article_id").groupby("article_id").text.agg("".join)
    holding = set(parts.index[parts.str.replace(r"\s", "", regex=True).str.contains("口罩")])
    window.one("#f-words").send_keys("口罩")
    assert window.one("#found").text == f"{len(holding)} of {len(seeds.articles)} articles"
    assert window.texts("#results .extract mark") == ["口罩"] * len(holding)
    assert figures(window)["events"] == seeds.events.article_id.isin(holding).sum()
    window.all(".hit")[0].click()
    assert "".join("".join(window.texts("#printed .SOUGHT")).split()).startswith("口罩")
    assert "q=口罩" in address(window)
    window.one("#f-words").clear()
    window.one("#f-words").send_keys("口罩 不在任何文中")
    assert window.texts("#results li") == ["No article fits. Take a filter away."]


def test_back_and_forward(window: Window) -> None:
    window.one("[data-pane-button=list]").click()
    first, second = window.all(".hit")[:2]
    first.click()
    head = window.one("#reading h2").text
    second.click()
    assert window.one("#reading h2").text != head
    window.driver.back()
    assert window.one("#reading h2").text == head
    window.driver.forward()
    assert window.one("#reading h2").text != head
    for _ in range(3):
        window.driver.back()
    assert window.one("#overview").is_displayed()


@pytest.mark.parametrize(
    "anchor", ["#%E0%A4%A", "#nothing&event=9&from=x&person=%E8%B0%81&between=%E8%B0%81&pane=x&toString=1", "#&&==&at"]
)
def test_an_address_that_names_nothing(driver: Any, seeds_file: Path, anchor: str) -> None:
    window = Window(driver, seeds_file, anchor=anchor)
    assert window.one("#overview").is_displayed()
    assert window.one("#found").text.startswith("60 of 60")
    assert_calm(driver)


def saved(window: Window, button: Any, folder: Path) -> list[dict[str, str]]:
    window.driver.execute_cdp_cmd("Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)})
    button.click()
    for _ in range(100):
        if found := list(folder.glob("*.csv")):
            with found[0].open(encoding="utf-8-sig", newline="") as file:
                return list(csv.DictReader(file))
        time.sleep(0.1)
    raise AssertionError("nothing was saved")


def test_the_rows_in_sight_as_csv(window: Window, seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """They are the rows of the table: what the view left out as the page's own words is put back to the letter."""
    window.one("#switch-events").click()
    rows = saved(window, window.one("#sheet .save"), tmp_path)
    text = lambda cell: "；".join(cell) if isinstance(cell, list) else "" if cell is None else str(cell)  # noqa: E731
    columns = ["event_id", "main", "named", "type", "trigger", "who", "actor_kind", "what", "whom", "when", "value",
               "where", "polarity", "modality", "sentence"]  # fmt: skip
    expected = [{column: text(row[column]) for column in columns} for row in rows_of(seeds)["events"]]
    assert [{column: row[column] for column in columns} for row in rows] == expected


def test_a_cell_is_no_formula(driver: Any, seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    rows = rows_of(seeds)
    heads = ['=HYPERLINK("x")', " +1", "'-1", "＠甲", '他说"好",\n走了', "我区"]
    for row, head in zip(rows["articles"], heads, strict=False):
        row["headline"] = head
    window = Window(driver, view_of(rows, tmp_path))
    found = saved(window, window.one("#save-articles .save"), tmp_path)
    assert [row["headline"] for row in found[:6]] == [f"'{head}" for head in heads[:4]] + heads[4:]
    assert len(found) == len(rows["articles"])
    assert_calm(driver)


def placed(seeds: bulletinnlp.Extraction) -> Rows:
    """The seed pages with two of their towns in two counties."""
    rows = rows_of(seeds)
    spots = {"柳园街道": ("371502002", 36.43, 115.99), "古楼街道": ("371503", 36.58, 116.25)}
    for row in rows["entities"]:
        row["adcode"], row["latitude"], row["longitude"] = spots.get(row["name"], (row["adcode"], None, None))
    return rows


def test_the_map(driver: Any, seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    """A dot for a county, north above south, east right of west; a press shows what happened there."""
    rows = placed(seeds)
    window = Window(driver, view_of(rows, tmp_path))
    assert sorted(window.texts(".map svg .place")) == ["东昌府区", "茌平区"]
    assert window.one(".map .scale-bar text").text.endswith(" km")
    dots = {dot.get_attribute("textContent").split(" · ")[0]: dot for dot in window.all(".map .dot")}
    x, y = ({name: float(dot.get_attribute(key)) for name, dot in dots.items()} for key in ("cx", "cy"))
    assert x["茌平区"] > x["东昌府区"]
    assert y["茌平区"] < y["东昌府区"]
    many = int(re.search(r"· (\d+)", dots["东昌府区"].get_attribute("textContent"))[1])
    window.run("arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", dots["东昌府区"])
    assert window.one("#sheet h2").text.split()[0] == str(many)
    assert "spot=东昌府区" in address(window)
    assert_calm(driver)


def test_without_coordinates_there_is_a_list(driver: Any, seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    rows = placed(seeds)
    for row in rows["entities"]:
        row["latitude"] = row["longitude"] = None
    window = Window(driver, view_of(rows, tmp_path))
    assert window.all(".map svg") == []
    label, many = window.one(".map .bars .label").text, window.one(".map .bars .many").text
    window.one(".map .bars button").click()
    assert window.one("#sheet h2").text.split()[0] == many
    assert all(label in row for row in window.texts("#sheet tbody tr"))
    assert_calm(driver)


def test_the_network_joins_by_events(window: Window, seeds: bulletinnlp.Extraction) -> None:
    """A tie is an event of both: neither a page nor an article makes one."""
    names = seeds.entities.set_index("entity_id").name
    parties = seeds.arguments.query("role in ('who', 'whom') and named")
    called = parties.assign(
        name=names.reindex(parties.entity_id).fillna(parties.text.set_axis(parties.entity_id)).values
    )
    together = called.groupby("event_id").name.agg(lambda some: sorted(set(some)))
    pairs = Counter((a, b) for some in together for n, a in enumerate(some) for b in some[n + 1 :])
    while more := window.all(".network .more"):
        more[0].click()
    labels, counts = window.texts(".network .bars .label"), window.texts(".network .bars .many")
    shown = {tuple(sorted(label.split(" — "))): int(many) for label, many in zip(labels, counts, strict=True)}
    assert shown == dict(pairs)
    nodes = window.all(".network .drawing .node")
    assert 2 <= len(nodes) <= 40
    window.one(".network .bars button").click()
    assert window.one("#sheet h2").text.split()[0] == counts[0]


def test_the_network_stands_still(driver: Any, window: Window, seeds_file: Path) -> None:
    """The same rows give the same drawing, within its frame, and no name over another."""
    names = "[...document.querySelectorAll('.network .drawing .node text')]"
    spots = f"return {names}.map(n => [n.getAttribute('x'), n.getAttribute('y')])"
    first = window.run(spots)
    assert Window(driver, seeds_file, anchor="#pane=overview").run(spots) == first
    overlaps = window.run(f"""const boxes = {names}.map(n => n.getBBox());
        const meet = (a, b) => a.x < b.x + b.width - 2 && a.y < b.y + b.height - 4;
        return boxes.filter((a, n) => boxes.slice(n + 1).some(b => meet(a, b) && meet(b, a))).length""")
    assert overlaps == 0


def test_offices_lead_to_their_proof(window: Window, seeds: bulletinnlp.Extraction) -> None:
    person, title, body, _ = (cell.text for cell in window.all(".offices tbody tr:nth-child(2) > *"))
    [row] = (
        seeds.roles[(seeds.roles.person == person) & (seeds.roles.title == title)]
        .drop_duplicates(["person", "title", "organisation"])
        .itertuples()
    )
    assert body == (row.organisation or "—")
    window.all(".offices tbody tr:nth-child(2) .proof")[0].click()
    assert window.lit("strong") == title
    assert person in window.lit("argument")


def test_problems_by_kind(window: Window, seeds: bulletinnlp.Extraction) -> None:
    kinds = dict(text.rsplit(" ", 1) for text in window.texts(".to_know summary"))
    assert kinds["Splitting into articles"] == str((seeds.problems.stage == "articles").sum())
    flags = seeds.articles["flags"].explode().dropna()
    assert kinds["Articles: repeats text"] == str((flags == "repeated_text").sum())
    window.all(".to_know summary")[0].click()
    window.one(".to_know details[open] li button").click()
    assert window.one("#printed").is_displayed()


#: TIMEX3, whether it is of a SET, and what it reads in English and Chinese.
MOMENTS = [
    ("2022-11-27", "27 November 2022", "2022年11月27日"),
    ("2022-11-27TEV", "27 November 2022, evening", "2022年11月27日 晚上"),
    ("2022-11-14T16:00", "14 November 2022, 16:00", "2022年11月14日 16:00"),
    ("2022-11", "November 2022", "2022年11月"),
    ("2022-11-XX", "November 2022, day unknown", "2022年11月某日"),
    ("XXXX-11-27", "27 November", "11月27日"),
    ("2022", "2022", "2022年"),
    ("199X", "1990s", "1990年代"),
    ("19XX", "century 20", "20世纪"),
    ("2022-Q1", "first quarter of 2022", "2022年第一季度"),
    ("2022-H2", "second half of 2022", "2022年下半年"),
    ("1937-WI", "winter 1937", "1937年冬"),
    ("2022-W47", "week 47 of 2022", "2022年第47周"),
    ("2022-11-13/2022-11-15", "13 November 2022 – 15 November 2022", "2022年11月13日 – 2022年11月15日"),
    ("2022-10-29/..", "since 29 October 2022", "自2022年10月29日起"),
    ("PAST_REF", "some time ago", "不久以前"),
    ("TMO", "morning", "上午"),
    ("T06:00", "06:00", "06:00"),
    ("P3M", "3 months", "3 个月"),
    ("PT1H30M", "1 hour 30 minutes", "1 小时 30 分钟"),
    ("PXD", "some days", "数天"),
    ("P1D SET", "every day", "每天"),
    ("P2W SET", "every 2 weeks", "每2 周"),
    ("XXXX-XX-XXT06:00 SET", "each day, 06:00", "每天 06:00"),
    ("XXXX-WXX-6 SET", "each Saturday", "每星期六"),
    ("no code", "no code", "no code"),
]


def test_times_in_words(driver: Any, tmp_path: Path) -> None:
    text = "时" * len(MOMENTS)
    times = [
        {"article_id": "p#1", "text": "时", "type": "SET" if code.endswith(" SET") else "DATE", "start": n,
         "end": n + 1, "value": code.removesuffix(" SET"), "anchor": "explicit"}
        for n, (code, _, _) in enumerate(MOMENTS)
    ]  # fmt: skip
    rows: Rows = {
        "pages": [{"page_id": "p", "chars": len(text), "articles": 1, "stray_chars": 0}],
        "segments": [{"page_id": "p", "article_id": "p#1", "kind": "body", "start": 0, "end": len(text), "text": text}],
        "articles": [{"article_id": "p#1", "page_id": "p", "position": 1, "kind": "brief", "body": text, "start": 0,
                      "end": len(text), "chars": len(text), "flags": []}],
        "times": times,
    }  # fmt: skip
    window = Window(driver, view_of(rows, tmp_path), anchor="#p%231")
    means = """return [...document.querySelectorAll('.times tbody td:nth-child(2)')]
        .map(n => (n.querySelector('.told') ?? n).textContent)"""
    assert window.run(means) == [english for _, english, _ in MOMENTS]
    window.one("#language").click()
    assert window.run(means) == [chinese for _, _, chinese in MOMENTS]
    assert_calm(driver)


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("anchor", ["#pane=overview&from=2022-11-01", "#pane=events&q=口罩"])
def test_contrast_and_names(driver: Any, seeds_file: Path, dark: bool, anchor: str) -> None:
    """Text stands out from its ground by 4.5 to 1; whatever can be pressed has a name; no id comes twice."""
    scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    window = Window(driver, seeds_file, anchor=anchor)
    faint = window.run(CONTRAST)
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert [one for one in faint if "zero" not in one] == []
    nameless = window.run("""const all = 'button, input, select, [role=region], [role=group], section, nav, table';
        return [...document.querySelectorAll(all)]
        .filter(n => !(n.getAttribute('aria-label') || n.getAttribute('aria-labelledby') || n.textContent.trim()
            || (n.id && document.querySelector(`label[for="${n.id}"]`)))).map(n => n.outerHTML)""")
    assert nameless == []
    ids = window.run("return [...document.querySelectorAll('[id]')].map(n => n.id)")
    assert len(ids) == len(set(ids))
    assert_calm(driver)


@pytest.mark.parametrize("anchor", ["", "#pane=events"])
def test_a_narrow_window(driver: Any, seeds_file: Path, anchor: str) -> None:
    """Nothing runs over the edge at 400 pixels."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    window = Window(driver, seeds_file, anchor=anchor)
    pane = "sheet" if anchor else "overview"
    over = window.run(f"""const pane = document.getElementById('{pane}');
        return [document.documentElement.scrollWidth, pane.scrollWidth - pane.clientWidth]""")
    shown = [node.get_attribute("id") for node in window.all(".pane") if node.is_displayed()]
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert over == [400, 0]
    assert shown == [pane]
    assert_calm(driver)


def test_hostile_text_stays_text(driver: Any, seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    hostile = "</script><svg onload=\"document.title='hacked'\"><!--"
    rows = placed(seeds)
    for table, columns in {
        "entities": ["region"], "roles": ["person", "title", "organisation"], "events": ["type", "value"],
        "arguments": ["text"], "problems": ["stage", "message"], "articles": ["headline", "article_id"],
    }.items():  # fmt: skip
        for row in rows[table]:
            row.update({column: hostile for column in columns if column != "article_id"})
    for row in rows["entities"][::2]:
        row["name"] = hostile
    window = Window(driver, view_of(rows, tmp_path))
    assert hostile in window.one("#overview").text
    window.one(".offices .proof").click()
    window.one("#switch-events").click()
    window.one("#sheet tbody .show").click()
    assert window.all("svg[onload]") == []
    assert "hacked" not in window.driver.title.replace(hostile, "")
    assert_calm(driver)


def test_an_event_by_its_id(driver: Any, seeds: bulletinnlp.Extraction, seeds_file: Path) -> None:
    row = seeds.events.iloc[3]
    window = Window(driver, seeds_file, anchor=f"#event={row.event_id.replace('#', '%23')}")
    assert window.one(".card.kept .show").text == row.trigger
    assert not window.one("#missing").is_displayed()
    astray = Window(driver, seeds_file, anchor="#event=nothing%231/2")
    assert astray.one("#missing").text == "Nothing here has the id nothing#1/2."
    assert_calm(driver)


def test_a_link_to_an_event_in_a_narrow_window(driver: Any, seeds: bulletinnlp.Extraction, seeds_file: Path) -> None:
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride", {"width": 400, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    )
    event_id = seeds.events.event_id[3].replace("#", "%23")
    shown = Window(driver, seeds_file, anchor=f"#event={event_id}").one(".card.kept").is_displayed()
    wide = Window(driver, seeds_file).run(
        "const one = document.querySelector('.wide'); return one.scrollWidth - one.clientWidth"
    )
    driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert shown
    assert wide <= 0


def test_earlier_leads_to_events(driver: Any, tmp_path: Path) -> None:
    """Not to a day of which only articles tell."""
    texts = ["11月27日，县一中举行运动会。"] * 120 + ["2020年3月2日，县一中举行运动会。", "较2019年5月6日增长三成。"]
    window = Window(
        driver, bulletinnlp.extract(texts=texts, published="2022-11-29").to_html(tmp_path / "v.html", language="en")
    )
    window.one(".ends button").click()
    assert figures(window)["events"] > 0
    assert_calm(driver)
