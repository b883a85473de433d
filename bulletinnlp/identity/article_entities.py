"""Entity linking within an article: which of its mentions mean the same person, organisation or place.

Each mention gets a key from what the article says of it (`ArticleLinker.key`); keys of one article that mean the same
are merged (`merging.py`). The id is made of the key alone, so it is the same in every process. Ids of different
articles are linked by the `EntityStore` (`store.py`).

| mention | its key |
| --- | --- |
| 道口铺街道, a division of China | its code |
| 阳光新城, another place | its county and its name; its town, if many places bear the name (文化广场) |
| 区教体局, 东昌府区教体局 | the unit that it belongs to, and its name without that |
| 孙乐文 | the paper's home, the name, the organisation of the first title |
| 高女士, 老张 | the article and the name |

>>> ids = [article_entities(f"p#{n}", [EntityMention("ORG", name)], "371502")[0].entity_id
...        for n, name in enumerate(["区教体局", "东昌府区教体局", "市教体局"])]
>>> ids[0] == ids[1], ids[0] == ids[2]
(True, False)
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from spacy.tokens import Doc

from bulletinnlp.annotations import LABELS, Entity
from bulletinnlp.data import lexicon
from bulletinnlp.identity.canonical import canonical_name
from bulletinnlp.identity.merging import merged
from bulletinnlp.identity.organisations import organisation_name
from bulletinnlp.identity.persons import Affiliation, Persons, affiliation_of
from bulletinnlp.identity.profile import EntityKey, EntityProfile
from bulletinnlp.places.divisions import Division, divisions
from bulletinnlp.places.lookup import best_parse, home_code, parses
from bulletinnlp.text.docs import ents_of, listed_as, text_of
from bulletinnlp.text.plain import plain, without_breaks
from bulletinnlp.text.short_names import is_short


class EntityMention(NamedTuple):
    """A mention, as far as entity linking reads it.

    `adcode` and `exact` are those of its `Location`, if it has one. `titles` are those that the article gives a person,
    each with its organisation or None; one mention of the name may have them all. `alias` is what is printed where that
    is not `text`, the name under which a gazetteer has it.
    """

    label: str
    text: str
    adcode: str | None = None
    exact: bool = False
    titles: tuple[tuple[str, str | None], ...] = ()
    alias: str | None = None


def entities_of(doc: Doc) -> list[Entity]:
    """The entities of a Doc: of its names, and the home that anaphors mean (我区), though no name need say it."""
    starts = [ent.start_char for ent in doc.ents if ent.label_ in LABELS]
    found = article_entities(_article_id(doc), _mentions(doc), doc._.home, starts)
    if home := _home_meant(doc):
        entity_id = EntityKey("PLACE", home.code, "").id()
        number = next((number for number, entity in enumerate(found) if entity.entity_id == entity_id), None)
        if number is None:
            found.append(Entity(entity_id, "PLACE", home.name, (), (), (), home.code, inferred=(home.name,)))
        else:
            found[number] = found[number]._replace(inferred=(home.name,))
    return found


def _article_id(doc: Doc) -> str:
    """The id of the article; of a Doc that has none, one made of its text."""
    return doc._.article_id or hashlib.blake2b(text_of(doc).encode("utf-8", "replace"), digest_size=8).hexdigest()


def _mentions(doc: Doc) -> list[EntityMention]:
    """The names of a Doc, in plain characters: 張偉 and 张伟 are one. A person's first mention has all his titles."""
    locations = {(place.start, place.end): place for place in doc._.locations}
    listed = [plain(name) if (name := listed_as(ent)[0]) else None for ent in doc.ents]
    names = [without_breaks(text) for _, text, _, _ in ents_of(doc)]
    listed_name = {name: entry for name, entry in zip(names, listed, strict=True) if entry}
    titles: dict[str, dict[tuple[str, str | None], None]] = {}
    for role in (*doc._.roles, *doc._.appointments):
        person, organisation = plain(role.person), role.organisation and plain(role.organisation)
        titles.setdefault(listed_name.get(person, person), {})[plain(role.title), organisation] = None
    found = []
    for (label, _, start, end), printed, entry in zip(ents_of(doc), names, listed, strict=True):
        if label not in LABELS:
            continue
        name = entry or printed
        location = locations.get((start, end))
        adcode, exact = (location.adcode, location.exact) if location else (None, False)
        held = tuple(titles.pop(name, ())) if label == "PER" else ()
        alias = printed if name != printed else None
        found.append(EntityMention(label, name, adcode, bool(adcode and exact), held, alias))
    return found


def _home_meant(doc: Doc) -> Division | None:
    """The unit that ends the paper's home, if other stages name it and no mention does: 东昌府区 for 我区."""
    stated = {
        *(reference.antecedent for reference in doc._.references),
        *(name for role in (*doc._.roles, *doc._.appointments) for name in (role.person, role.organisation)),
        *(quote.speaker for quote in doc._.quotes),
        *(argument.text for argument in doc._.arguments if argument.named),
    }
    home = doc._.home or ""
    named = {name for name in stated if name and home.endswith(name)}
    named -= {without_breaks(text) for _, text, _, _ in ents_of(doc)} if named else set()
    code = home_code(home) if named else ""
    return next((unit for unit in divisions().chain(code) if unit.name in named), None) if code else None


def article_entities(
    article_id: str, mentions: Sequence[EntityMention], home: str | None = None, starts: Sequence[int] | None = None
) -> list[Entity]:
    """The entities of one article, in the order of their first mentions.

    `home` is the paper's home as in `pages.home` (山东省聊城市东昌府区), or its code; `starts` says where the mentions
    begin in the article's text (without it, their numbers).

    >>> printed = [("ORG", "区市场监督管理局"), ("PER", "孙乐文"), ("ORG", "市场监管局")]
    >>> mentions = [EntityMention(*name) for name in printed]
    >>> [(entity.name, entity.mentions) for entity in article_entities("p#1", mentions, "371502", [0, 9, 20])]
    [('区市场监督管理局', (0, 20)), ('孙乐文', (9,))]
    """
    linker = ArticleLinker(article_id, mentions, home_code(home))
    key_of: dict[EntityMention, EntityKey] = {}
    profiles: dict[str, EntityProfile] = {}
    for mention, count in Counter(mentions).items():
        key = key_of[mention] = linker.key(mention)
        profiles.setdefault(key.id(), EntityProfile(key)).add(linker.profile(mention, key, count))
    same = merged(profiles)
    for entity_id, kept in same.items():
        profiles[kept].add(profiles[entity_id])
    members: dict[str, list[int]] = {}
    ids = {mention: same.get(key.id(), key.id()) for mention, key in key_of.items()}
    for number, mention in enumerate(mentions):
        members.setdefault(ids[mention], []).append(number)
    return [
        _entity(profiles[entity_id], linker, [(mentions[n], starts[n] if starts else n) for n in numbers])
        for entity_id, numbers in members.items()
    ]


def _entity(profile: EntityProfile, linker: ArticleLinker, mentions: Sequence[tuple[EntityMention, int]]) -> Entity:
    key = profile.key
    return Entity(
        key.id(),
        key.label,  # type: ignore[arg-type]
        canonical_name(profile),
        tuple(start for _, start in mentions),
        tuple(mention.alias or mention.text for mention, _ in mentions),
        tuple(linker.adcode(mention) for mention, _ in mentions),
        key.scope,
        key.core,
        tuple(key.affiliation or ()),
        tuple(sorted(map(tuple, profile.affiliations))),
        profile.national,
    )


class ArticleLinker:
    """The mentions of one article, and the keys that they get in the light of each other."""

    def __init__(self, article_id: str, mentions: Iterable[EntityMention], home: str) -> None:
        self.article_id = article_id
        self.home = home
        titles: dict[str, dict[tuple[str, str | None], None]] = {}
        towns = set()
        for mention in mentions:
            if mention.label == "PER":
                titles.setdefault(mention.text, {}).update(dict.fromkeys(mention.titles))
            if mention.adcode and len(mention.adcode) >= 9:
                towns.add(mention.adcode[:9])
        held = {person: [title for title, _ in some] for person, some in titles.items()}
        self.persons = Persons(held)
        self.affiliations = {person: self._affiliations(some) for person, some in titles.items()}
        national = lexicon("national_titles")
        self.national = {person for person, some in held.items() if any(title.endswith(national) for title in some)}
        self.town = towns.pop() if len(towns) == 1 else None

    def key(self, mention: EntityMention) -> EntityKey:
        """The key of a mention, before those of the article are merged."""
        if mention.label == "PER":
            return self._person(mention.text)
        if mention.label == "PLACE":
            return self._place(mention)
        organisation = organisation_name(mention.text, self.home)
        if self.town and mention.text.startswith(("镇", "乡", "街道")) and organisation.core == mention.text:
            return EntityKey("ORG", self.town, mention.text.removeprefix("街道").lstrip("镇乡"))
        return EntityKey("ORG", organisation.code, organisation.core)

    def _place(self, mention: EntityMention) -> EntityKey:
        """A division by its code; a site by its county and its name, by its town if many places bear the name."""
        code = divisions()[mention.adcode].code if mention.adcode else self.home
        if mention.adcode and mention.exact:
            return EntityKey("PLACE", code, "")
        parse = best_parse([one for one in parses(mention.text, self.home) if one.rest and not one.bare], self.home)
        core = parse.rest if parse else mention.text
        return EntityKey("PLACE", code[:9] if core in lexicon("generic_sites") else code[:6], core)

    def _person(self, name: str) -> EntityKey:
        full = self.persons.full_name(name) or name
        if is_short(full):
            return EntityKey("PER", self.article_id, full)
        return EntityKey("PER", self.home, full, next(iter(self.affiliations[full]), None))

    def _affiliations(self, titles: Iterable[tuple[str, str | None]]) -> list[Affiliation]:
        """The affiliations that a person's titles say, in order."""
        named = dict.fromkeys(organisation for _, organisation in titles if organisation)
        return [affiliation_of(organisation, self.home) for organisation in named]

    def profile(self, mention: EntityMention, key: EntityKey, count: int) -> EntityProfile:
        """What so many mentions say."""
        names = {mention.alias or mention.text: count}
        if mention.label == "PER":
            affiliations = set(self.affiliations[mention.text])
            return EntityProfile(key, names, affiliations=affiliations, national=mention.text in self.national)
        code = self.adcode(mention)
        return EntityProfile(key, names, adcodes={code: count} if code else {}, unanchored=code is None)

    def adcode(self, mention: EntityMention) -> str | None:
        """The code of the unit that a place or an organisation lies in, as far as its name says so."""
        if mention.adcode or mention.label != "ORG":
            return mention.adcode if mention.label != "PER" else None
        organisation = organisation_name(mention.text, self.home)
        return divisions()[organisation.code].adcode if organisation.stated and organisation.code else None
