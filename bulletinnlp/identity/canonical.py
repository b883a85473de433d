"""The canonical name, code and seat of an entity: its row of the table `entities`."""

from __future__ import annotations

from typing import NamedTuple

from bulletinnlp.identity.organisations import organisation_name
from bulletinnlp.identity.profile import EntityProfile
from bulletinnlp.places.coordinates import coordinates
from bulletinnlp.places.divisions import divisions
from bulletinnlp.places.name_forms import village_name


class EntityRow(NamedTuple):
    """A row of the table `entities`."""

    entity_id: str
    label: str
    name: str
    aliases: list[str]
    mentions: int
    articles: int
    adcode: str | None
    region: str | None
    latitude: float | None
    longitude: float | None
    exact: bool | None
    parent_id: str | None
    acts: bool | None


def entity_row(entity_id: str, profile: EntityProfile, parent_id: str | None = None) -> EntityRow:
    """The row of an entity.

    >>> from bulletinnlp.identity.profile import EntityKey
    >>> key = EntityKey("ORG", "371502", "公安局")
    >>> row = entity_row("1f", EntityProfile(key, {"区公安局": 3, "公安局": 1}, 2, {"371502": 3}))
    >>> row.name, row.aliases, row.mentions, row.region, row.latitude, row.exact
    ('区公安局', ['公安局'], 4, '山东省聊城市东昌府区', 36.4347, False)
    """
    name = canonical_name(profile)
    adcode = finest(profile.adcodes)
    at = coordinates(adcode) if adcode else None
    return EntityRow(
        entity_id,
        profile.key.label,
        name,
        sorted(set(profile.names) - {name}),
        sum(profile.names.values()),
        profile.articles,
        adcode,
        divisions().region(adcode) if adcode else None,
        at and at.latitude,
        at and at.longitude,
        at and at.exact and profile.key.is_division,
        parent_id,
        profile.acts,
    )


def finest(adcodes: dict[str, int]) -> str | None:
    """The code that most mentions give; of equals, the finest.

    >>> finest({"371502": 2, "371502001": 2, "3715": 1})
    '371502001'
    """
    return max(adcodes, key=lambda code: (adcodes[code], len(code), code), default=None)


def canonical_name(profile: EntityProfile) -> str:
    """The name to show: a division's own; the fullest form of an organisation; the usual one of a person or a site."""
    key = profile.key
    if key.is_division:
        unit = divisions()[key.scope]
        return village_name(unit.name) if unit.level == "village" else unit.name
    if key.label == "PER" and key.core in profile.names:
        return key.core
    if key.label == "ORG" and len(profile.names) > 1:
        # by the length without a unit that any paper would name
        return max(profile.names, key=lambda name: (len(organisation_name(name, "").core), profile.names[name], name))
    return max(profile.names, key=lambda name: (profile.names[name], len(name), name))
