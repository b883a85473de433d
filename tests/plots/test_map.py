"""Dots stand where the tables say, and count their events; the counties are the source's."""

import numpy as np
import pytest

import bulletinnlp
from bulletinnlp.places.outlines import outlines


def dots(ax: object) -> dict[tuple[float, float], float]:
    """The dots by their place, with their size."""
    marked = [group for group in ax.collections if group.get_label()[0] != "_"]
    return {
        (round(float(x), 4), round(float(y), 4)): float(size)
        for group in marked
        for (x, y), size in zip(group.get_offsets(), group.get_sizes(), strict=True)
    }


def texts(ax: object) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_a_dot_for_each_county(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.map()
    places = found.entities[found.entities.label == "PLACE"]
    assert set(dots(ax)) == {(row.longitude, row.latitude) for row in places.itertuples()}
    assert {"临清市 1", "高唐县 1", "聊城市 9"} & set(texts(ax)) == {"临清市 1", "高唐县 1"}  # 振华社区 is of 临清市
    assert "2 of 5 events" in texts(ax)[-2] + texts(ax)[-1] + "".join(texts(ax))
    assert "茌平区" in texts(ax)  # between them, without an event


def test_equals_the_table(seeds: bulletinnlp.Extraction) -> None:
    """Events of each point, counted with pandas."""
    where = seeds.arguments[(seeds.arguments.role == "where") & seeds.arguments.entity_id.notna()]
    where = where.merge(seeds.entities[seeds.entities.label == "PLACE"], on="entity_id").dropna(subset="latitude")
    counted = where.groupby(["longitude", "latitude"]).event_id.nunique().sort_values(ascending=False)
    ax = seeds.plot.map(area="370000")
    sizes = dots(ax)
    assert set(sizes) == set(counted.index)
    assert max(sizes, key=sizes.get) == counted.index[0]
    told = [text for text in texts(ax) if text.startswith("东昌府区 ")]
    assert told == [f"东昌府区 {counted.iloc[0]}"]


def test_few_far_away_are_named_not_shown(found: bulletinnlp.Extraction) -> None:
    texts_of = ["3月1日，县残联在临清市走访。", *["3月2日，县残联在高唐县走访。"] * 30, "3月3日，王强在喀什市走访。"]
    far = bulletinnlp.extract(texts=texts_of, published="2022-03-05")
    ax = far.plot.map(language="zh")
    assert any("图外：喀什市 1" in text for text in texts(ax))
    assert ax.get_xlim()[0] > 110
    assert far.plot.map(area="65").get_xlim()[1] < 100


def test_outlines_are_the_sources(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.map()
    drawn = [path.vertices for group in ax.collections for path in group.get_paths() if len(path.vertices) > 60]
    [ring] = outlines().rings("371581")
    assert any(len(points) == len(ring) and np.allclose(points[:-1], ring[:-1]) for points in drawn)
    bare = found.plot.map(outlines=False)
    assert dots(bare) == dots(ax)
    assert not [path for group in bare.collections for path in group.get_paths() if len(path.vertices) > 60]


def test_no_outline_of_a_county() -> None:
    found = bulletinnlp.extract(texts=["3月1日，王强在加格达奇区走访困难群众。"], published="2022-03-05")
    assert (found.entities.adcode == "232761").any()
    assert any("Without an outline: 加格达奇区" in text for text in texts(found.plot.map()))


def test_no_place(found: bulletinnlp.Extraction) -> None:
    ax = found.plot.map(events=found.events.iloc[:0])
    assert texts(ax)[-1] == "No event is of a place whose coordinates are known."
    with pytest.raises(ValueError, match="no outline of an area '99'"):
        found.plot.map(area="99")


def test_a_single_dot_has_its_neighbours() -> None:
    one = bulletinnlp.extract(texts=["3月1日，县残联在临清市走访困难群众。"], published="2022-03-05")
    drawn = texts(one.plot.map())
    assert "临清市 1" in drawn
    assert {"冠县", "高唐县"} & set(drawn)


def test_no_home_is_known() -> None:
    found = bulletinnlp.extract(texts=["11月27日，县残联走访困难群众。"], published="2022-11-29")
    assert "`home`" in texts(found.plot.map())[-1]
