"""Names across a document: what is certain once is found wherever it stands again.

>>> text = "村民刘大壮说，地里旱。大壮的邻居不信，刘大壮一家笑了。"
>>> [text[n.start:n.end] for n in spread(text, [(0, len(text))], [Name(2, 5, "PER", 0.9, "grammar")])]
['刘大壮', '刘大壮']
"""

from __future__ import annotations

from collections.abc import Iterable

from bulletinnlp.names.name import Name, choose

#: A name of this score is looked for in the whole document.
CERTAIN = 0.75


def spread(text: str, stretches: Iterable[tuple[int, int]], names: list[Name]) -> list[Name]:
    """`names`, and every further occurrence of those that are certain, within `stretches` of the text."""
    known: dict[str, Name] = {}
    for name in names:
        string = text[name.start : name.end]
        if name.score >= CERTAIN and (string not in known or known[string].score < name.score):
            known[string] = name
    found = list(names)
    for string, name in known.items():
        for start, end in stretches:
            at = text.find(string, start, end)
            while at >= 0:
                found.append(Name(at, at + len(string), name.label, name.score * 0.98, "consistency"))
                at = text.find(string, at + len(string), end)
    return choose(found)
