"""Who stands together in events: ties between names, by the same rules as the view's (`report/view/network.js`).

An event of k parties joins each two of them by 1 / (k - 1) (Newman 2001,
https://doi.org/10.1103/PhysRevE.64.016132), so no list of guests becomes a clique. A shared
page or article joins nobody.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any

from bulletinnlp.plots.plot_data import Name, PlotData, PlotEvent

if TYPE_CHECKING:
    import pandas as pd

    from bulletinnlp.tables.table_set import TableSet

#: Every name keeps its strongest ties.
TIES_KEPT = 3


@dataclass
class Tie:
    """Two names that stand together, in so many events."""

    ends: tuple[Name, Name]
    events: int = 0
    weight: float = 0.0


def ties_of(events: Iterable[PlotEvent]) -> list[Tie]:
    """Each two names that act or are acted upon in one event."""
    ties: dict[tuple[Name, Name], Tie] = {}
    for event in events:
        parties = sorted({*event.who, *event.whom}, key=lambda name: name.number)
        for ends in combinations(parties, 2):
            tie = ties.setdefault(ends, Tie(ends))
            tie.events += 1
            tie.weight += 1 / (len(parties) - 1)
    return list(ties.values())


def strongest(ties: Iterable[Tie], most: int) -> tuple[dict[Name, float], list[Tie]]:
    """The names with most weight, and of their ties those that are among the strongest of one end."""
    ties = list(ties)
    weights: dict[Name, float] = defaultdict(float)
    for tie in ties:
        for end in tie.ends:
            weights[end] += tie.weight
    chosen = sorted(weights, key=lambda name: (-weights[name], name.number))[:most]
    inside = set(chosen)
    left: Counter[Name] = Counter()
    kept = []
    for tie in sorted(ties, key=lambda tie: -tie.weight):
        if inside.issuperset(tie.ends) and any(left[end] < TIES_KEPT for end in tie.ends):
            left.update(tie.ends)
            kept.append(tie)
    return {name: weights[name] for name in chosen if left[name]}, kept


def graph(found: TableSet, events: pd.DataFrame | None = None) -> Any:
    """All names that stand together in events, as a `networkx.Graph`; needs the extra `plots`.

    A node is a name, or where two entities bear it, the name and its number; with `kind` (PER, ORG, PLACE, None). An
    edge has `events`, how many, and `weight`, each event by the number of its parties.

    >>> import bulletinnlp
    >>> found = bulletinnlp.extract(texts=["11月27日，县残联为县一中捐赠轮椅。"], published="2022-11-29")
    >>> list(graph(found).edges(data="events"))
    [('县残联', '县一中', 1)]
    """
    import networkx as nx

    ties = ties_of(PlotData(found, events).events)
    names = dict.fromkeys(end for tie in ties for end in tie.ends)
    often = Counter(name.text for name in names)
    node = {name: name.text if often[name.text] == 1 else f"{name.text} ({name.number})" for name in names}
    made = nx.Graph()
    for name in names:
        made.add_node(node[name], kind=name.label)
    for tie in ties:
        made.add_edge(node[tie.ends[0]], node[tie.ends[1]], events=tie.events, weight=tie.weight)
    return made
