"""What the overview counts, as values; how it looks is tested in a browser."""

from collections import Counter

import bulletinnlp
from bulletinnlp.report.view_data import ViewData
from bulletinnlp.report.view_file import data_block
from bulletinnlp.tables.table_set import rows_of


def test_the_index_counts_what_the_tables_hold(seeds: bulletinnlp.Extraction) -> None:
    rows = rows_of(seeds)
    index = ViewData(rows).index()
    articles = [dict(zip(index["columns"]["index"], row, strict=True)) for row in index["articles"]]
    events = [row for article in articles for row in article["events"]]
    assert len(events) == len(rows["events"])
    assert [index["types"][kind] for kind, *_ in events] == [row["type"] for row in rows["events"]]
    assert sum(len(article["roles"]) for article in articles) == len(rows["roles"])
    assert len(index["problems"]) == len(rows["problems"])
    names = [index["entities"][n][1] if n is not None else text for text, n in index["names"]]
    shown = Counter(names[n] for *_, who, _, _ in events for n in who)
    entities = {row["entity_id"]: row["name"] for row in rows["entities"]}
    named = {(a["event_id"], entities.get(a["entity_id"], a["text"])) for a in rows["arguments"]
             if a["role"] == "who" and a["named"]}  # fmt: skip
    assert shown == Counter(name for _, name in named)


def test_a_thousand_articles_stay_small(seeds: bulletinnlp.Extraction) -> None:
    """An article takes 6,000 bytes of the file at most, its text, rows and share of the index together."""
    contents = ViewData(seeds)
    parts = [contents.index(), *contents.texts(), *contents.chunks()]
    assert sum(len(data_block("part", part).encode()) for part in parts) < 6_000 * len(seeds.articles)


def test_what_the_page_says_is_not_said_twice(seeds: bulletinnlp.Extraction) -> None:
    """Of a thousand sentences, hardly one is written beside the text that holds it."""
    contents = ViewData(seeds)
    place = contents.index()["columns"]["events"].index("sentence")
    sentences = [row[place] for page in contents.chunks() for article in page for row in article.get("events", [])]
    assert sum(sentence == 0 for sentence in sentences) > 0.95 * len(sentences)
