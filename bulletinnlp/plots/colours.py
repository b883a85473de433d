"""The colour of each type of event: the same in every picture, whatever else is drawn."""

from __future__ import annotations

from zlib import crc32

#: Okabe and Ito's colours for types that are frequent in local newspapers, Tol's muted and light ones for the others
#: (https://jfly.uni-koeln.de/color/, https://personal.sron.nl/~pault/).
TYPES = {
    "meeting": "#0072B2", "inspection": "#E69F00", "publicity": "#009E73", "visit": "#CC79A7", "training": "#56B4E9",
    "construction": "#D55E00", "health": "#F0E442", "donation": "#332288", "volunteering": "#AA4499",
    "notice": "#999933", "contest": "#44AA99", "performance": "#882255", "honour": "#DDCC77", "statement": "#88CCEE",
    "enforcement": "#117733", "teaching": "#CC6677", "signing": "#BBCC33", "appointment": "#77AADD",
    "rescue": "#EE8866", "accident": "#661100", "other": "#8c8c8c",
}  # fmt: skip
#: For types of one's own, by their name.
OWN = ("#FFAABB", "#6699CC", "#AAAA00", "#A6761D", "#7570B3", "#66A61E")
#: Of no type.
NONE = "#c4c4c4"
#: Below this luminance numbers on a colour are white.
DARK = 0.22


def colour_of(kind: str | None) -> str:
    """The colour of a type of event.

    >>> colour_of("health"), colour_of("运动") == colour_of("运动")
    ('#F0E442', True)
    """
    if not kind:
        return NONE
    return TYPES.get(kind) or OWN[crc32(kind.encode()) % len(OWN)]


def is_dark(colour: str) -> bool:
    """Whether white text is read better on a colour than black.

    >>> is_dark("#0072B2"), is_dark("#F0E442")
    (True, False)
    """
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < DARK
