"""The index of entities: what is one, what stays two, and that the order of reading does not matter."""

from settled import settled

from bulletinnlp.identity.entities import EntityIndex, MentionFact

HOME = "山东省聊城市东昌府区"


def person(name: str, *titles: tuple[str, str | None]) -> MentionFact:
    return MentionFact("PER", name, titles=titles)


def count(*articles: list[MentionFact], home: str = HOME) -> int:
    """How many entities these articles have."""
    index = EntityIndex()
    for n, facts in enumerate(articles):
        index.add_article(f"p#{n}", facts, home)
    return len(settled(index)[0])


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
    index = EntityIndex()
    index.add_article("p#1", [person("习近平", ("总书记", None))], HOME)
    index.add_article("q#1", [person("习近平")], "河南省开封市兰考县")
    assert len(settled(index)[0]) == 1


def test_the_same_body_in_two_counties_stays_two() -> None:
    index = EntityIndex()
    index.add_article("p#1", [MentionFact("ORG", "县公安局")], "河南省开封市兰考县")
    index.add_article("q#1", [MentionFact("ORG", "县公安局")], "山东省聊城市东阿县")
    assert sorted(row.region or "" for row in settled(index)[0]) == ["山东省聊城市东阿县", "河南省开封市兰考县"]


def test_a_company_by_its_brand_in_the_same_article() -> None:
    full = MentionFact("ORG", "威县金凤凰蛋鸡养殖有限公司")
    assert count([full, MentionFact("ORG", "金凤凰公司")], home="河北省邢台市威县") == 1
    assert count([full, MentionFact("ORG", "金龙公司")], home="河北省邢台市威县") == 2


def test_parents() -> None:
    index = EntityIndex()
    town = MentionFact("PLACE", "道口铺街道", "371502005", None, True)
    index.add_article(
        "p#1",
        [
            town,
            MentionFact("PLACE", "陈化屯村", "371502005207", None, True),
            MentionFact("ORG", "道口铺街道党工委", "371502005"),
            MentionFact("ORG", "区公安局"),
            MentionFact("ORG", "区公安局交警大队"),
        ],
        HOME,
    )
    rows = {row.name: row for row in settled(index)[0]}
    assert rows["陈化屯村"].parent_id == rows["道口铺街道"].entity_id
    assert rows["道口铺街道党工委"].parent_id == rows["道口铺街道"].entity_id
    assert rows["区公安局交警大队"].parent_id == rows["区公安局"].entity_id


def test_several_workers_give_what_one_gives() -> None:
    articles = [
        [MentionFact("ORG", "区市场监督管理局"), person("孙乐文", ("书记", "道口铺街道"))],
        [MentionFact("ORG", "区市场监管局"), person("孙乐文")],
        [MentionFact("ORG", "市监局"), MentionFact("PLACE", "聊城", "371500", None, True)],
    ]
    alone, left, right = EntityIndex(), EntityIndex(), EntityIndex()
    for n, facts in enumerate(articles):
        alone.add_article(f"p#{n}", facts, HOME)
        (left if n % 2 else right).add_article(f"p#{n}", facts, HOME)
    apart = settled(left, right)
    left.merge(right)
    assert settled(alone) == settled(left) == apart
