"""The view's file, its command, and an article in a notebook; how it looks is tested in a browser."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
import spacy
from folders import GOLD, SEED_EVENTS, SEEDS
from spacy.tokens import Doc

import bulletinnlp
from bulletinnlp.annotations import Argument, Event
from bulletinnlp.evaluation import gold_tables
from bulletinnlp.report import render, show_docs, view_file
from bulletinnlp.report.proof_ranges import Letters
from bulletinnlp.report.view_data import COLUMNS, ViewData

BLOCK = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "bulletinnlp", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8")


@pytest.fixture(scope="module")
def file(seeds: bulletinnlp.Extraction, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return seeds.to_html(tmp_path_factory.mktemp("view") / "view.html")


def entries_of(contents: ViewData) -> list[dict]:
    """The articles of the index, with the names of their columns."""
    index = contents.index()
    return [dict(zip(index["columns"]["index"], row, strict=True)) for row in index["articles"]]


def events_of(contents: ViewData) -> list[tuple[str, dict]]:
    """The events as the view holds them, each with the text of its page."""
    return [
        (page["text"], dict(zip(COLUMNS["events"], row, strict=True)))
        for page, articles in zip(contents.texts(), contents.chunks(), strict=True)
        for article in articles
        for row in article.get("events", [])
    ]


def test_the_file_holds_everything_and_names_no_address(file: Path, seeds: bulletinnlp.Extraction) -> None:
    text = file.read_text("utf-8")
    blocks = {name: json.loads(data) for name, data in BLOCK.findall(text)}
    assert len(blocks["index"]["articles"]) == len(seeds.articles)
    assert [f"page-{n}" in blocks for n in range(5)] == [True] * 5
    assert not re.search(r"(src|href)=[\"']?(?!#|data:)\w", BLOCK.sub("", text))
    assert "default-src &#x27;none&#x27;" in text


def test_the_evidence_of_every_event_is_its_sentence(seeds: bulletinnlp.Extraction) -> None:
    proofs = [
        "".join("".join(text[start:end] for start, end in event["proof"]).split())
        for text, event in events_of(ViewData(seeds))
    ]
    assert proofs == ["".join(sentence.split()) for sentence in seeds.events.sentence]


def test_actors_without_a_name_are_told_apart() -> None:
    """All of an event, or one beside another that has a name; and which articles have an event with a name."""
    tables = gold_tables(GOLD, SEEDS, events=SEED_EVENTS)
    contents = ViewData(tables)
    unnamed = [event["unnamed"] for _, event in events_of(contents)]
    rows = [row for article in entries_of(contents) for row in article["events"]]
    named = [bool(flags & 2) for _, _, flags, *_ in rows]
    assert named == list(tables.events.named)
    for actors, has_name, without in zip(tables.events.who, named, unnamed, strict=True):
        assert without == list(actors) if not has_name else without != list(actors)
    assert any(has_name and without for has_name, without in zip(named, unnamed, strict=True))


def test_evidence_passes_over_text_of_others() -> None:
    letters = Letters("社区召开\n\n图片新闻\n\n推进会。", [(0, 4), (12, 16)])
    assert letters.ranges("社区召开推进会。", 2) == [[0, 4], [12, 16]]
    assert letters.ranges("镇上召开推进会。", 2) == []
    assert letters.ranges(None, 2) == []


def test_some_pages_only(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    first = seeds.pages.page_id[0]
    path = seeds.to_html(tmp_path / "one.html", pages=[first], language="zh")
    blocks = {name: json.loads(data) for name, data in BLOCK.findall(path.read_text("utf-8"))}
    assert [page["page_id"] for page in blocks["index"]["pages"]] == [first]
    assert "page-1" not in blocks
    assert blocks["index"]["language"] == "zh"


def test_what_can_not_be_shown_is_said(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no page 'p9'"):
        seeds.to_html(tmp_path / "x.html", pages=["p9"])
    with pytest.raises(ValueError, match="language 'de' is unknown; choose en, zh"):
        seeds.to_html(tmp_path / "x.html", language="de")
    with pytest.raises(ValueError, match="missing: segments, articles"):
        bulletinnlp.Extraction({"pages": seeds.pages}).to_html(tmp_path / "x.html")
    assert not (tmp_path / "x.html").exists()


@pytest.mark.parametrize("earlier", [False, True])
@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_comes_while_a_view_is_written_stays(
    kind: str, earlier: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables, path = gold_tables(GOLD, SEEDS), tmp_path / "view.html"
    if earlier:
        tables.to_html(path)
    seal = view_file._seal

    def sealed(aside: Path) -> None:
        seal(aside)
        path.unlink(missing_ok=True)
        {
            "file": lambda: path.write_text("mine"),
            "folder": path.mkdir,
            "link": lambda: path.symlink_to("elsewhere"),
        }[kind]()

    monkeypatch.setattr(view_file, "_seal", sealed)
    with pytest.raises(FileExistsError, match=r"view\.html: is in the way, it came while this was written"):
        tables.to_html(path)
    assert [each.name for each in tmp_path.iterdir()] == ["view.html"]
    assert path.is_dir() or path.is_symlink() or path.read_text() == "mine"


@pytest.mark.parametrize("format", ["parquet", "jsonl", "csv", "duckdb", "sqlite"])
def test_the_command_reads_every_format(tmp_path: Path, format: str) -> None:
    tables = gold_tables(GOLD, SEEDS, events=SEED_EVENTS)
    done = run("view", tables.write(tmp_path, format))
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "view.html")
    assert (tmp_path / "view.html").read_text("utf-8") == tables.to_html(tmp_path / "again.html").read_text("utf-8")


def test_evaluate(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    tables = seeds.write(tmp_path / "tables", "jsonl")
    done = run("evaluate", GOLD, tables, "--texts", SEEDS, "--errors", "times", "--json", tmp_path / "scores.json")
    assert done.returncode == 0, done.stderr
    assert re.search(r"^mentions +0\.\d+ ", done.stdout, re.MULTILINE)
    assert "pages tiled without loss: 2 of 2" in done.stdout
    scores = json.loads((tmp_path / "scores.json").read_text("utf-8"))
    assert scores["articles: headline"]["gold"] == 26
    events = run("evaluate", SEED_EVENTS, tables, "--texts", SEEDS, "--errors", "events: who").stdout
    assert re.search(r"^events: whole row +0\.\d+ ", events, re.MULTILINE)
    assert re.search(r"^- events: who \| 00", events, re.MULTILINE)
    assert "pages tiled" not in events
    table = run("evaluate", GOLD, tables, "--texts", SEEDS, "--format", "markdown").stdout
    assert table.startswith("| measure | precision |")


def test_commands_say_what_is_wrong_in_a_line(seeds: bulletinnlp.Extraction, tmp_path: Path) -> None:
    tables = seeds.write(tmp_path / "tables", "jsonl")
    for arguments, message in (
        (["view", tmp_path], "no tables here"),
        (["view", tables, "--page", "p9"], "there is no page 'p9'"),
        (["evaluate", tmp_path, tables], "no annotated pages here"),
        (["evaluate", GOLD, tables, "--errors", "nouns"], "there is no measure that begins with 'nouns'"),
    ):
        done = run(*arguments)
        assert done.returncode == 2
        [line] = done.stderr.strip().splitlines()
        assert message in line


def test_an_article_in_a_notebook() -> None:
    nlp = bulletinnlp.load(published="2022-11-29")
    doc = nlp("11月13日，梁水镇镇副镇长<b>孙乐文</b>到古楼街道支援。")
    shown = render(doc)
    assert shown._repr_html_() == shown
    assert "&lt;" in shown
    assert "<b>孙" not in shown
    text = re.sub(r"<style>.*?</style>|<table>.*</table>|<[^>]+>", "", shown, flags=re.DOTALL)
    assert text == "11月13日，梁水镇镇副镇长&lt;b&gt;孙乐文&lt;/b&gt;到古楼街道支援。"
    assert 'class="m TIME" data-note="2022-11-13">11月13日</span>' in shown


def test_an_article_of_any_length_in_a_notebook() -> None:
    """Sixteen times as many marks and events take about sixteen times as long; 256 times, if each looked at all."""

    def seconds(count: int) -> float:
        doc = spacy.blank("zh")("孙乐文查获假酒。" * count)
        doc.set_ents([doc.char_span(8 * n, 8 * n + 3, label="PER") for n in range(count)])
        doc._.events = [
            Event(True, "enforcement", "查获", at, at + 2, 0, 9, "positive", "actual", 0.9)
            for at in range(3, 8 * count, 8)
        ]
        doc._.arguments = [Argument(n, "who", "孙乐文", 8 * n, 8 * n + 3) for n in range(count)]
        begun = time.process_time()
        shown = render(doc)
        taken = time.process_time() - begun
        assert shown.count("<td>孙乐文</td><td>查获</td>") == shown.count('class="m PER"') == count
        return taken

    seconds(100)
    few, many = seconds(250), seconds(4_000)
    assert many < 80 * max(few, 0.005), (few, many)


def test_an_actor_without_a_name_in_a_notebook() -> None:
    doc = spacy.blank("zh")("孙乐文和民警查获假酒")
    doc._.events = [Event(True, "enforcement", "查获", 6, 8, 0, 10, "positive", "actual", 0.9)]
    doc._.arguments = [Argument(0, "who", "孙乐文", 0, 3), Argument(0, "who", "民警", 4, 6, named=False)]
    assert '<td>孙乐文、<span class="unnamed">民警</span></td><td>查获</td>' in render(doc)


def test_docs_show_themselves_in_ipython(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RuntimeError, match="IPython and Jupyter only"):
        show_docs()
    shown: dict = {}
    formatter = SimpleNamespace(for_type=shown.__setitem__)
    shell = SimpleNamespace(display_formatter=SimpleNamespace(formatters={"text/html": formatter}))
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    show_docs()
    assert shown == {Doc: render}
