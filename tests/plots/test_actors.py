"""Bars equal the events of each actor, by type."""

from collections import Counter

import bulletinnlp


def rows(ax: object) -> dict[str, int]:
    """The length of each actor's bar."""
    names = [label.get_text() for label in ax.get_yticklabels()]
    return {name: sum(round(bars[n].get_width()) for bars in ax.containers) for n, name in enumerate(names)}


def test_actors(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.actors(language="zh")
    assert rows(ax) == {"临清市公安局": 2, "临清市民政局": 1, "茌平区教育局": 1, "王强": 1}
    types = {bars.get_label(): [round(bar.get_width()) for bar in bars] for bars in ax.containers}
    assert types == {"走访": [1, 0, 0, 1], "培训": [1, 0, 0, 0], "捐赠": [0, 1, 0, 0], "会议": [0, 0, 1, 0]}


def test_equals_the_table(seeds: bulletinnlp.Extraction) -> None:
    """Counted with pandas: each entity that acts, once an event."""
    acting = seeds.arguments[(seeds.arguments.role == "who") & seeds.arguments.entity_id.notna()]
    acting = acting.drop_duplicates(["event_id", "entity_id"])
    acting = acting.merge(seeds.entities[["entity_id", "name"]], on="entity_id")
    counted = acting.groupby("entity_id").size().sort_values(ascending=False)
    name = seeds.entities.set_index("entity_id")["name"]
    assert Counter(rows(seeds.plot.actors(top=5)).values()) == Counter(counted.head(5).tolist())
    longest = next(iter(rows(seeds.plot.actors()).items()))
    assert longest == (name[counted.index[0]], counted.iloc[0])


def test_types_beyond_the_colours_are_one(seeds: bulletinnlp.Extraction) -> None:
    ax = seeds.plot.actors()
    assert ax.containers[-1].get_label() == "further types"
    assert len(ax.containers) == 8


def test_nobody(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.actors(events=found.events.iloc[:0])
    assert [text.get_text() for text in ax.texts][-1] == "No event has an actor with a name."


def test_a_type_has_one_colour(found: bulletinnlp.Extraction) -> None:
    """Whatever else is drawn."""
    colours = {bars.get_label(): bars[0].get_facecolor() for bars in found.plot.actors().containers}
    alone = found.plot.actors(events=found.events[found.events.type == "donation"])
    assert alone.containers[0][0].get_facecolor() == colours["donation"]
    assert len(set(colours.values())) == len(colours)
