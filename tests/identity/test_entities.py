"""Entity linking: what is one, what stays two, and that the order of reading does not matter."""

from itertools import chain

from linking import linked, profiles_of

from bulletinnlp.identity.article_entities import EntityMention
from bulletinnlp.identity.profile import merged_profiles

HOME = "山东省聊城市东昌府区"


def person(name: str, *titles: tuple[str, str | None]) -> EntityMention:
    return EntityMention("PER", name, titles=titles)


def count(*articles: list[EntityMention], home: str = HOME) -> int:
    """How many entities these articles have."""
    return len(linked(*(profiles_of(f"p#{n}", mentions, home) for n, mentions in enumerate(articles)))[0])


def test_a_person_named_with_and_without_a_title_is_one() -> None:
    assert count([person("孟梅艳", ("副书记", "古楼街道香江社区"))], [person("孟梅艳")]) == 1


def test_a_person_in_a_village_and_in_its_town_is_one() -> None:
    assert count([person("李明", ("书记", "古楼街道香江社区"))], [person("李明", ("网格员", "古楼街道"))]) == 1


def test_the_same_name_in_two_units_stays_two() -> None:
    assert count([person("王伟", ("局长", "区财政局"))], [person("王伟", ("局长", "区教体局"))]) == 2


def test_a_name_without_title_is_not_forced_on_one_of_two() -> None:
    two = [person("王伟", ("局长", "区财政局"))], [person("王伟", ("局长", "区教体局"))]
    assert count(*two, [person("王伟")]) == 3


def test_leaders_with_several_hats_are_one() -> None:
    assert count([person("李强", ("书记", "区委"))], [person("李强", ("区长", "区政府"))]) == 1


def test_an_honorific_never_joins_another_article() -> None:
    assert count([person("高女士")], [person("高女士")]) == 2


def test_a_surname_with_a_title_is_the_bearer_in_the_same_article() -> None:
    assert count([person("仇海生", ("队长", "启东市海鹰救援队")), person("仇队长")]) == 1


def test_national_figures_are_one_everywhere() -> None:
    one, other = [person("习近平", ("总书记", None))], [person("习近平")]
    assert len(linked(profiles_of("p#1", one, HOME), profiles_of("q#1", other, "河南省开封市兰考县"))[0]) == 1


def test_the_same_body_in_two_counties_stays_two() -> None:
    homes = ["河南省开封市兰考县", "山东省聊城市东阿县"]
    rows = linked(*(profiles_of("p#1", [EntityMention("ORG", "县公安局")], home) for home in homes))[0]
    assert sorted(row.region or "" for row in rows) == ["山东省聊城市东阿县", "河南省开封市兰考县"]


def test_a_company_by_its_brand_in_the_same_article() -> None:
    full = EntityMention("ORG", "威县金凤凰蛋鸡养殖有限公司")
    assert count([full, EntityMention("ORG", "金凤凰公司")], home="河北省邢台市威县") == 1
    assert count([full, EntityMention("ORG", "金龙公司")], home="河北省邢台市威县") == 2


def test_parents() -> None:
    town = EntityMention("PLACE", "道口铺街道", "371502005", True)
    found = profiles_of(
        "p#1",
        [
            town,
            EntityMention("PLACE", "陈化屯村", "371502005207", True),
            EntityMention("ORG", "道口铺街道党工委", "371502005"),
            EntityMention("ORG", "区公安局"),
            EntityMention("ORG", "区公安局交警大队"),
        ],
        HOME,
    )
    rows = {row.name: row for row in linked(found)[0]}
    assert rows["陈化屯村"].parent_id == rows["道口铺街道"].entity_id
    assert rows["道口铺街道党工委"].parent_id == rows["道口铺街道"].entity_id
    assert rows["区公安局交警大队"].parent_id == rows["区公安局"].entity_id


def test_several_workers_give_what_one_gives() -> None:
    articles = [
        [EntityMention("ORG", "区市场监督管理局"), person("孙乐文", ("书记", "道口铺街道"))],
        [EntityMention("ORG", "区市场监管局"), person("孙乐文")],
        [EntityMention("ORG", "市监局"), EntityMention("PLACE", "聊城", "371500", True)],
    ]
    found = [profiles_of(f"p#{n}", mentions, HOME) for n, mentions in enumerate(articles)]
    alone, left = merged_profiles(chain(*found)), merged_profiles(chain(found[0], found[2]))
    assert linked(alone) == linked(left, found[1]) == linked(*reversed(found))
