"""Rows on their way to tables: as few as can be are Python objects at a time."""

import tracemalloc
from collections.abc import Iterator

import pandas as pd

from bulletinnlp.tables.frames import arrow_tables, frame, from_arrow, packed
from bulletinnlp.tables.rows import Row, Rows
from bulletinnlp.tables.schema import TABLES


def segment(number: int) -> Row:
    text = f"第{number}段：召开推进会。"
    return {"page_id": f"p{number // 50}", "article_id": None, "kind": "body", "start": 0, "end": 9, "text": text}


def pages(count: int) -> Iterator[Rows]:
    for page in range(count):
        problem = {"page_id": f"p{page}", "article_id": None, "stage": "read", "severity": "warning", "message": "…"}
        segments = [segment(50 * page + number) for number in range(50)]
        yield {"segments": segments, "problems": [problem] if page % 7 == 0 else []}


def test_pages_that_are_packed_by_and_by_are_those_packed_at_once() -> None:
    every: Rows = {}
    for page in pages(100):
        for table, rows in page.items():
            every.setdefault(table, []).extend(rows)
    assert packed(map(arrow_tables, pages(100))) == arrow_tables(every)
    assert packed([]) == {}


def test_few_rows_are_held_as_python_objects() -> None:
    tracemalloc.start()
    part = packed(map(arrow_tables, pages(1_000)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert part["segments"].num_rows == 50_000
    assert peak < 50_000 * 100  # Arrow's memory is not counted; a dict alone has 350 bytes


def test_frames_are_the_same_from_arrow_and_from_rows() -> None:
    times = {"begin": "2022-11-02T00:00:00", "until": None}
    events: list[Row] = [
        {"event_id": "p#1/1", "main": True, "who": ["郑家镇"], "whom": [], "start": 3, "end": 5, "score": 0.5, **times},
        {"event_id": "p#1/2", "main": None, "who": [], "whom": ["堂邑镇"], "start": 8, "end": 9, "type": "meeting"},
    ]
    events = [{"where": [], **event} for event in events]
    table = TABLES["events"]
    data = arrow_tables({"events": events})["events"]
    pd.testing.assert_frame_equal(from_arrow(table, data), frame(table, events))
    without = [{**event, "type": None} for event in events]
    pd.testing.assert_frame_equal(from_arrow(table, data.drop_columns("type")), frame(table, without))
