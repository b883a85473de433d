"""Nothing that a tagger may call a name breaks the stages."""

from hypothesis import given, settings
from hypothesis import strategies as st
from linking import ids_of, linked

from bulletinnlp.identity.anaphora import find_references
from bulletinnlp.identity.article_entities import EntityMention, article_entities
from bulletinnlp.identity.profile import profile_of
from bulletinnlp.places.homes import home_of_text
from bulletinnlp.places.locate import locate
from bulletinnlp.text.mentions import Mention

HOMES = st.sampled_from([None, "山东省聊城市东昌府区", "广东省东莞市", "山东省聊城市", "371502", "火星"])
PIECES = [
    "第",
    "一",
    "县",
    "区",
    "市",
    "镇",
    "村",
    "社区",
    "聊城",
    "东昌府",
    "中共",
    "团",
    "委",
    "中国共产党",
    "局",
    "老",
    "某",
]
TEXT = st.one_of(
    st.lists(st.sampled_from([*PIECES, "该", "我", "全", " ", "\n", "|", "\t", "A", "1"]), min_size=1, max_size=6).map(
        "".join
    ),
    st.text(min_size=1, max_size=12),
)


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(["PER", "ORG", "PLACE"]), TEXT), max_size=6), HOMES)
def test_any_names(names: list[tuple[str, str]], home: str | None) -> None:
    text, spans = "", []
    for label, name in names:
        spans.append((label, name, len(text), len(text) + len(name)))
        text += name + "，该局我区全镇"
    places = locate([Mention(*span) for span in spans if span[0] != "PER"], home, text)
    assert len(places) == sum(label != "PER" for label, _ in names)
    find_references(text, [Mention(*span) for span in spans], home)
    home_of_text(text)
    titles = (("局长", names[0][1]),) if names else ()
    found = article_entities("p#1", [EntityMention(label, name, titles=titles) for label, name in names], home)
    ids = ids_of(found)
    assert len(ids) == len(names)
    rows, final = linked(map(profile_of, found))
    assert {final.get(i, i) for i in ids} == {row.entity_id for row in rows}
    assert sum(row.mentions for row in rows) == len(names)
