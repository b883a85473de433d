"""The view's overview and `extraction.plot` show the same numbers."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from browsing import Window, assert_calm

import bulletinnlp
from bulletinnlp.plots.plot_data import PlotData, ranked
from bulletinnlp.plots.ties import ties_of
from bulletinnlp.plots.time_bins import bins_of, counts
from bulletinnlp.summaries.days import EPOCH

pytestmark = pytest.mark.browser
BIN = re.compile(r"\w+, (\d+ \w+ \d{4}): ([\d,]+) events?, ([\d,]+) articles?")


@pytest.fixture
def window(driver: Any, seeds_file: Path) -> Iterator[Window]:
    opened = Window(driver, seeds_file)
    yield opened
    assert_calm(driver)


def labels(window: Window, selector: str) -> list[str]:
    return window.run(
        "return [...document.querySelectorAll(arguments[0])].map(n => n.getAttribute('aria-label') ?? n.textContent)",
        selector,
    )


def test_days(window: Window, seeds: bulletinnlp.Extraction) -> None:
    data = PlotData(seeds)
    events, articles = [[event.days] for event in data.events if event.days], data.article_days()
    _, bins = bins_of([span for mine in (*events, *articles) for span in mine])
    counted = zip(bins, counts(bins, events), counts(bins, articles), strict=True)
    shown = [BIN.fullmatch(label).groups() for label in labels(window, ".bin")]
    assert [(datetime.strptime(day, "%d %B %Y").date(), int(events), int(told)) for day, events, told in shown] == [
        (date.fromordinal(one.first + EPOCH), many, told) for one, many, told in counted
    ]


def test_actors(window: Window, seeds: bulletinnlp.Extraction) -> None:
    rows = list(zip(labels(window, ".matrix tbody th"), labels(window, ".matrix .sum"), strict=True))
    most = ranked(name for event in PlotData(seeds).events for name in event.who)
    assert [(name, int(many)) for name, many in rows] == [(name.text, many) for name, many in most[: len(rows)]]


def test_places(window: Window, seeds: bulletinnlp.Extraction) -> None:
    data = PlotData(seeds)
    met = ranked(spot for event in data.events for spot in {name.point for name in event.where} if spot is not None)
    shown = [re.fullmatch(r"(.+) · ([\d,]+) events?", label).groups() for label in labels(window, ".dot title")]
    assert sorted((name, int(many)) for name, many in shown) == sorted((data.points[n].name, many) for n, many in met)


def test_ties(window: Window, seeds: bulletinnlp.Extraction) -> None:
    ties = {"".join(sorted(f"{a.text} — {b.text}")): tie.events for tie in ties_of(PlotData(seeds).events)
            for a, b in [tie.ends]}  # fmt: skip
    names, many = labels(window, ".network .bars .label"), labels(window, ".network .bars .many")
    assert len(names) >= 10
    assert {"".join(sorted(name)): int(n) for name, n in zip(names, many, strict=True)}.items() <= ties.items()
