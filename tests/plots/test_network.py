"""Lines equal the pairs that stand together in events."""

from itertools import combinations

import numpy as np
import pytest

import bulletinnlp
from bulletinnlp.plots.layout import TALL, lay_out
from bulletinnlp.plots.plot_data import Name, PlotEvent
from bulletinnlp.plots.ties import graph, strongest, ties_of


def told(*names: str) -> PlotEvent:
    numbered = {name: n for n, name in enumerate("甲乙丙丁戊己庚辛")}
    return PlotEvent("visit", True, None, tuple(Name(name, numbered[name], "PER", None) for name in names), (), ())


@pytest.mark.parametrize(
    ("events", "ties"),
    [
        (["甲"], {}),
        (["甲乙", "乙甲"], {"甲乙": (2, 2.0)}),
        (["甲乙丙"], {"甲乙": (1, 0.5), "甲丙": (1, 0.5), "乙丙": (1, 0.5)}),  # a list of guests joins each the less
        (["甲乙", "丙丁"], {"甲乙": (1, 1.0), "丙丁": (1, 1.0)}),  # an article of both joins nobody
    ],
)
def test_ties(events: list[str], ties: dict[str, tuple[int, float]]) -> None:
    found = ties_of(told(*names) for names in events)
    assert {"".join(end.text for end in tie.ends): (tie.events, tie.weight) for tie in found} == ties


def test_the_strongest_stay() -> None:
    events = [told("甲", other) for other in "乙丙丁戊己庚辛"] + [told("乙", "丙")] * 2
    weights, kept = strongest(ties_of(events), 4)
    assert [name.text for name in weights] == ["甲", "乙", "丙", "丁"]
    assert {"".join(end.text for end in tie.ends) for tie in kept} == {"甲乙", "甲丙", "甲丁", "乙丙"}


def test_equals_the_table(seeds: bulletinnlp.Extraction) -> None:
    """Pairs of entities that act or are acted upon in an event, counted anew."""
    parties = seeds.arguments[seeds.arguments.role.isin(["who", "whom"]) & seeds.arguments.named]
    pairs = set()
    for _, names in parties.groupby("event_id"):
        pairs |= set(combinations(sorted(set(names.entity_id.fillna(names.text))), 2))
    found = graph(seeds)
    assert found.number_of_edges() == len(pairs) > 10
    ax = seeds.plot.network(top=1000)
    lines = ax.collections[0].get_segments()
    assert 10 < len(lines) <= len(pairs)
    assert len({tuple(point) for line in lines for point in line}) == found.number_of_nodes()


def test_drawn_and_as_a_graph(found: bulletinnlp.Extraction) -> None:
    assert {frozenset(edge) for edge in graph(found).edges} == {
        frozenset({"临清市公安局", "振华社区"}),
        frozenset({"临清市民政局", "临清市公安局"}),
    }
    ax = found.plot.network()
    assert {text.get_text() for text in ax.texts} >= {"临清市公安局", "临清市民政局", "振华社区"}
    assert len(ax.collections[0].get_segments()) == 2
    assert [text.get_text() for text in found.plot.network(events=found.events[:1]).texts][
        -1
    ] == "No event has two names."


@pytest.mark.parametrize("many", [2, 12, 40])
def test_no_name_covers_another(many: int) -> None:
    ties = [(n, (n * 7 + 1) % many) for n in range(many) if n != (n * 7 + 1) % many]
    places = lay_out(ties, [28.0] * many, 680, 520)
    for a, b in combinations(range(many), 2):
        across, down = np.abs(places[a] - places[b])
        assert across >= 2 * 28 - 1 or down >= TALL - 1
    assert np.all(places >= 0)
    assert np.all(places <= [680, 520])


def test_long_names_stand_in_two_lines() -> None:
    texts = ["11月27日，东昌府区教育和体育局为临清市公安局捐赠口罩。"]
    found = bulletinnlp.extract(texts=texts, published="2022-11-29")
    assert "东昌府区教\n育和体育局" in {text.get_text() for text in found.plot.network().texts}
