"""The card of a trained model: what it was made of, how well it does, on what terms it may go further."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bulletinnlp import __version__
from bulletinnlp.finetune.corrections import Counts
from bulletinnlp.finetune.figures import Figure

_CARD = """# A model trained further with bulletinnlp

{networks} of bulletinnlp {version},
trained further on {day} on corrected articles: {counts}.

Use it: `bulletinnlp.load(model="FOLDER")`, `bulletinnlp extract … --model FOLDER`.

## Measured

{figures}

## How it was made

{how}

## Terms

The weights began as those that ship with bulletinnlp (MIT); their cards, `bulletinnlp/data/names/README.md` and
`bulletinnlp/data/events/README.md`, name the corpora that they were trained on; several of these were given for
research. What was learned since comes from your articles: whoever passes the model on should have the right to, since
names and turns of phrase of the articles can be drawn out of a network that learned them.
"""


def card(
    counts: Counts, held: Counts, before: Mapping[str, Figure], after: Mapping[str, Figure], settings: Mapping[str, Any]
) -> str:
    """The text of the card."""
    networks = {"names": "The tagger of names", "events": "The network of events"}
    named = " and ".join(networks[part] for part in settings)
    return _CARD.format(
        networks=named.replace(" and The", " and the"),
        version=__version__,
        day=date.today().isoformat(),
        counts=counted(counts),
        figures=_figures(held, before, after),
        how="\n".join(f"- {name}: {_settings(some)}" for name, some in settings.items()),
    )


def counted(counts: Counts) -> str:
    """
    >>> counted(Counts(40, 812, 0, 0))
    '40 articles, 812 names'
    """
    text = f"{some(counts.articles, 'article')}, {some(counts.names, 'name')}"
    return f"{text}, {some(counts.events, 'event')}" if counts.events else text


def some(number: int, what: str) -> str:
    """
    >>> some(1, "article"), some(1200, "name")
    ('1 article', '1,200 names')
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _settings(settings: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {json.dumps(value)}" for name, value in settings.items())


def _figures(held: Counts, before: Mapping[str, Figure], after: Mapping[str, Figure]) -> str:
    if not after:
        return "Nothing was held out: how well the model does is not known."
    lines = [
        f"F1 (precision, recall) on articles that were held out and not learned from: {counted(held)}.",
        "The articles are given as they were cut; names, times, events are found. With so few, a difference of a few",
        "hundredths may be chance.",
        "",
        "| | to find | as shipped | trained further |",
        "| --- | --- | --- | --- |",
    ]
    for name, new in after.items():
        old = before.get(name, Figure(0, 0, 0, 0))
        lines.append(f"| {name} | {new.gold} | {_shown(old)} | {_shown(new)} |")
    return "\n".join(lines)


def _shown(figure: Figure) -> str:
    return f"{figure.f1:.3f} ({figure.precision:.3f}, {figure.recall:.3f})"
