"""Scores of events: is it found, is it the main one, who, what, when, where."""

from __future__ import annotations

from typing import Any

from bulletinnlp.evaluation.counting import Count
from bulletinnlp.evaluation.equality import one_holds_the_other, plain_set
from bulletinnlp.evaluation.found import Row
from bulletinnlp.evaluation.gold import GoldArticle

TRIGGER, MAIN = "events (trigger)", "main events (trigger and who)"

Counts = dict[str, Count]


def score_events(counts: Counts, gold: GoldArticle, rows: list[Row]) -> None:
    """Pairs the events of an article, then counts triggers, main events, and the arguments of the pairs."""
    events = gold.rows("events")
    pairs = pair_events(events, rows)
    count = counts[TRIGGER]
    count.hits += len(pairs)
    count.gold += len(events)
    count.found += len(rows)
    for number, event in enumerate(events):
        if number not in pairs:
            count.miss(gold.tag, (event["trigger"], event["who"], event.get("what")))
    for number, row in enumerate(rows):
        if number not in pairs.values():
            count.extra(gold.tag, (row.get("trigger"), row.get("who"), row.get("what")))
    _score_main(counts[MAIN], gold, rows, pairs)
    for number, other in pairs.items():
        _score_arguments(counts, gold.tag, events[number], rows[other])


def pair_events(events: list[dict[str, Any]], rows: list[Row]) -> dict[int, int]:
    """Which row is which annotated event: the trigger of one holds that of the other.

    Where several fit, those that agree in more of who, what and when are paired first.
    """
    candidates = [
        (_agreement(event, row), number, other)
        for number, event in enumerate(events)
        for other, row in enumerate(rows)
        if one_holds_the_other(event["trigger"], row.get("trigger"))
    ]
    pairs: dict[int, int] = {}
    for _, number, other in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if number not in pairs and other not in pairs.values():
            pairs[number] = other
    return pairs


def _agreement(event: dict[str, Any], row: Row) -> int:
    actors = len(plain_set(event["who"]) & plain_set(row.get("who")))
    same = [one_holds_the_other(event.get(field), row.get(field)) for field in ("what", "when")]
    return actors + sum(same)


def _score_main(count: Count, gold: GoldArticle, rows: list[Row], pairs: dict[int, int]) -> None:
    count.found += sum(bool(row.get("main")) for row in rows)
    for number, event in enumerate(gold.rows("events")):
        if not event.get("main"):
            continue
        count.gold += 1
        if number in pairs and plain_set(event["who"]) & plain_set(rows[pairs[number]].get("who")):
            count.hits += 1
        else:
            count.miss(gold.tag, (event["trigger"], event["who"]))


def _score_arguments(counts: Counts, tag: str, event: dict[str, Any], row: Row) -> None:
    counts["events: who"].add(sorted(plain_set(event["who"])), sorted(plain_set(row.get("who"))), tag)
    for field in ("what", "when"):
        right, found = event.get(field), row.get(field)
        same = one_holds_the_other(right, found)
        _count_cell(counts[f"events: {field}"], right, found, same, tag, event["trigger"])
    places, other = plain_set(event.get("where")), plain_set(row.get("where"))
    same = any(one_holds_the_other(a, b) for a in places for b in other)
    _count_cell(counts["events: where"], sorted(places), sorted(other), same, tag, event["trigger"])


def _count_cell(count: Count, right: Any, found: Any, same: bool, tag: str, trigger: str) -> None:
    count.gold += bool(right)
    count.found += bool(found)
    if same:
        count.hits += 1
    elif right:
        count.miss(tag, (trigger, right, "not", found))
