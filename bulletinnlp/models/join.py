"""Joining the names that several sources found in a text: the rule.

1. Each source's score is multiplied by its *trust* (1 unless you say otherwise).
2. Sources that find the same characters with the same label agree: one name, with the score
   1 − (1 − s₁)(1 − s₂)…, no higher than .99, and all of them in `source` (`embedded+hanlp`).
3. Where names overlap, the one with the higher score stays; at the same score the longer one, then the one that begins
   first. (Names never overlap in `doc.ents`; our guidelines want the longest span.)

The second step is the noisy-or of independent witnesses (Pearl 1988, Probabilistic Reasoning in Intelligent Systems,
4.3.2). Models are not quite independent, hence the cap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bulletinnlp.annotations import Proposal
from bulletinnlp.names.spans import choose

#: However many agree, no name is surer than this.
SUREST = 0.99


def join(proposals: Iterable[Proposal], trust: Mapping[str, float] | None = None) -> list[Proposal]:
    """The names on which the sources settle, in the order of the text, without overlap.

    >>> proposals = [
    ...     Proposal(0, 4, "PLACE", 0.8, "embedded"), Proposal(0, 8, "PLACE", 0.9, "hanlp"),
    ...     Proposal(9, 12, "PER", 0.9, "embedded"), Proposal(9, 12, "PER", 0.8, "hanlp"),
    ... ]
    >>> for name in join(proposals):
    ...     print(name)
    Proposal(start=0, end=8, label='PLACE', score=0.9, source='hanlp', known_as='')
    Proposal(start=9, end=12, label='PER', score=0.98, source='embedded+hanlp', known_as='')
    >>> join(proposals, {"hanlp": 0.5})[0]
    Proposal(start=0, end=4, label='PLACE', score=0.8, source='embedded', known_as='')
    """
    trust = trust or {}
    agreed: dict[tuple[int, int, str], dict[str, float]] = {}
    lines: dict[tuple[int, int, str], str] = {}
    for one in proposals:
        if one.known_as:
            lines[one.start, one.end, one.label] = one.known_as
        scores = agreed.setdefault((one.start, one.end, one.label), {})
        scores[one.source] = max(scores.get(one.source, 0.0), one.score * trust.get(one.source, 1.0))
    names = [_agreed(key, scores)._replace(known_as=lines.get(key, "")) for key, scores in agreed.items()]
    return choose(sorted(names, key=lambda name: name.label))


def _agreed(key: tuple[int, int, str], scores: Mapping[str, float]) -> Proposal:
    start, end, label = key
    score, doubt = max(scores.values()), 1.0
    for one in scores.values():
        doubt *= 1.0 - one
    if len(scores) > 1:
        score = max(score, min(1.0 - doubt, SUREST))
    return Proposal(start, end, label, round(score, 4), "+".join(sorted(scores)))  # type: ignore[arg-type]
