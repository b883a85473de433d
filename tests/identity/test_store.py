"""The store: the same entities however the names come in, in memory that does not grow with them."""

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from linking import linked, profiles_of

from bulletinnlp.identity.article_entities import EntityMention
from bulletinnlp.identity.blocks import BUCKETS, bucketed, divisions_in, parse_lines
from bulletinnlp.identity.profile import EntityProfile, merged_profiles
from bulletinnlp.identity.store import EntityStore

HOME = "山东省聊城市东昌府区"
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", [chr(code) for code in range(0x4E00, 0x4E00 + 300)]
FULLS = ["市场监督管理局", "教育和体育局", "住房和城乡建设局", "人力资源和社会保障局", "第二人民医院"]
SHORTS = ["市场监管局", "教体局", "住建局", "人社局", "二院"]


def article(turn: int) -> list[EntityProfile]:
    """Names of an article: bureaus in short and in full, persons with and without titles, companies, divisions."""
    chance = random.Random(turn)
    person = "".join([chance.choice(SURNAMES), *chance.choices(GIVEN[:8], k=2)])
    title = chance.choice([(), (("局长", "区" + chance.choice(SHORTS)),), (("书记", "道口铺街道"),)])
    company = "".join(chance.choices(GIVEN, k=4)) + chance.choice(["有限公司", "有限公司聊城分公司"])
    return profiles_of(
        f"p#{turn}",
        [
            EntityMention("PER", person, titles=title),
            EntityMention("ORG", "区" + chance.choice(FULLS)),
            EntityMention("ORG", "东昌府区" + chance.choice(SHORTS)),
            EntityMention("ORG", company),
            EntityMention("PLACE", "道口铺街道", "371502005", True),
            EntityMention("ORG", "道口铺街道党工委", "371502005"),
        ],
        HOME,
    )


@pytest.fixture(scope="module")
def articles() -> list[list[EntityProfile]]:
    return [article(turn) for turn in range(300)]


def test_all_names_at_once_or_article_by_article(articles: list[list[EntityProfile]]) -> None:
    entities, renamed = linked(merged_profiles(profile for some in articles for profile in some))
    assert (entities, renamed) == linked(*reversed(articles))
    assert {row.name for row in entities} >= {"区" + full for full in FULLS}
    assert sum(row.mentions for row in entities) == 300 * 6
    assert len(renamed) > 10


def test_in_a_file_or_in_memory(articles: list[list[EntityProfile]], tmp_path: Path) -> None:
    path = tmp_path / "names.sqlite"
    assert linked(*articles) == linked(*articles, path=path)
    assert linked(*articles[:10]) == linked(*articles[:10], path=path)  # a file of another time is no matter


def test_bucket_by_bucket_as_engines_do(articles: list[list[EntityProfile]]) -> None:
    entities, renamed = linked(*articles)
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    places: dict[str, str] = {}
    for some in articles:
        places |= divisions_in(some)
        for bucket, line in bucketed(some):
            buckets[bucket].append(line)
    by_bucket = [linked(parse_lines(lines), places=places) for lines in buckets]
    assert [row for rows, _ in by_bucket for row in rows] == entities
    assert {old: new for _, some in by_bucket for old, new in some.items()} == renamed


def test_only_what_is_asked_for_is_told(articles: list[list[EntityProfile]]) -> None:
    with EntityStore() as store:
        for some in articles:
            store.add(some)
        store.link()
        every = store.canonical_ids()
        asked = sorted(every)[:3]
        assert store.canonical([*asked, "0" * 16]) == {entity_id: every[entity_id] for entity_id in asked}


def test_memory_does_not_grow_with_the_names(tmp_path: Path) -> None:
    """All names new, all companies of one block. What SQLite holds is bounded by `CACHE`."""

    def new_names(count: int) -> Iterator[list[EntityProfile]]:
        for turn in range(count):
            first, second = (GIVEN[turn // 300 % 300], GIVEN[turn % 300])
            yield profiles_of("p#1", [EntityMention("ORG", f"{first}龘{second}有限公司")], HOME)
            yield profiles_of("p#2", [EntityMention("PER", f"王{first}{second}")], HOME)

    def peak(count: int) -> int:
        tracemalloc.start()
        with EntityStore(tmp_path / "names.sqlite") as store:
            for profiles in new_names(count):
                store.add(profiles)
            store.link()
            assert sum(1 for _ in store.entities()) == 2 * count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1_200)  # tables that are read once
    assert peak(6_000) < peak(1_200) + 500_000


def test_a_store_that_can_not_be_written() -> None:
    with pytest.raises(OSError, match=r"/proc/names\.sqlite: can not be written"):
        EntityStore(Path("/proc/names.sqlite"))
