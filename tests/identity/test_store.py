"""The register: the same entities however the names come in, in memory that does not grow with them."""

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from settled import settled

from bulletinnlp.identity.blocks import BUCKETS, bucketed, divisions_in, parse_lines
from bulletinnlp.identity.entities import EntityIndex, MentionFact
from bulletinnlp.identity.store import EntityStore

HOME = "山东省聊城市东昌府区"
SURNAMES, GIVEN = "王李张刘陈杨赵黄周吴", [chr(code) for code in range(0x4E00, 0x4E00 + 300)]
FULLS = ["市场监督管理局", "教育和体育局", "住房和城乡建设局", "人力资源和社会保障局", "第二人民医院"]
SHORTS = ["市场监管局", "教体局", "住建局", "人社局", "二院"]


def index_of(turn: int) -> EntityIndex:
    """Names of an article: bureaus in short and in full, persons with and without titles, companies, divisions."""
    chance = random.Random(turn)
    person = "".join([chance.choice(SURNAMES), *chance.choices(GIVEN[:8], k=2)])
    title = chance.choice([(), (("局长", "区" + chance.choice(SHORTS)),), (("书记", "道口铺街道"),)])
    company = "".join(chance.choices(GIVEN, k=4)) + chance.choice(["有限公司", "有限公司聊城分公司"])
    index = EntityIndex()
    index.add_article(
        f"p#{turn}",
        [
            MentionFact("PER", person, titles=title),
            MentionFact("ORG", "区" + chance.choice(FULLS)),
            MentionFact("ORG", "东昌府区" + chance.choice(SHORTS)),
            MentionFact("ORG", company),
            MentionFact("PLACE", "道口铺街道", "371502005", None, True),
            MentionFact("ORG", "道口铺街道党工委", "371502005"),
        ],
        HOME,
    )
    return index


@pytest.fixture(scope="module")
def indexes() -> list[EntityIndex]:
    return [index_of(turn) for turn in range(300)]


def test_all_names_at_once_or_article_by_article(indexes: list[EntityIndex]) -> None:
    together = EntityIndex()
    for index in indexes:
        together.merge(index)
    entities, renamed = settled(together)
    assert (entities, renamed) == settled(*reversed(indexes))
    assert {row.name for row in entities} >= {"区" + full for full in FULLS}
    assert sum(row.mentions for row in entities) == 300 * 6
    assert len(renamed) > 10


def test_in_a_file_or_in_memory(indexes: list[EntityIndex], tmp_path: Path) -> None:
    path = tmp_path / "names.sqlite"
    assert settled(*indexes) == settled(*indexes, path=path)
    assert settled(*indexes[:10]) == settled(*indexes[:10], path=path)  # a file of another time is no matter


def test_bucket_by_bucket_as_engines_do(indexes: list[EntityIndex]) -> None:
    entities, renamed = settled(*indexes)
    buckets: list[list[str]] = [[] for _ in range(BUCKETS)]
    places: dict[str, str] = {}
    for index in indexes:
        places |= divisions_in(index)
        for bucket, line in bucketed(index):
            buckets[bucket].append(line)
    by_bucket = [settled(parse_lines(lines), places=places) for lines in buckets]
    assert [row for rows, _ in by_bucket for row in rows] == entities
    assert {old: new for _, some in by_bucket for old, new in some.items()} == renamed


def test_only_what_is_asked_for_is_told(indexes: list[EntityIndex]) -> None:
    with EntityStore() as register:
        for index in indexes:
            register.add(index)
        register.link()
        every = register.canonical_ids()
        some = sorted(every)[:3]
        assert register.canonical([*some, "0" * 16]) == {entity_id: every[entity_id] for entity_id in some}


def test_memory_does_not_grow_with_the_names(tmp_path: Path) -> None:
    """All names new, all companies of one block. What SQLite holds is bounded by `CACHE`."""

    def new_names(count: int) -> Iterator[EntityIndex]:
        for turn in range(count):
            first, second = (GIVEN[turn // 300 % 300], GIVEN[turn % 300])
            index = EntityIndex()
            index.add_article("p#1", [MentionFact("ORG", f"{first}龘{second}有限公司")], HOME)
            index.add_article("p#2", [MentionFact("PER", f"王{first}{second}")], HOME)
            yield index

    def peak(count: int) -> int:
        tracemalloc.start()
        with EntityStore(tmp_path / "names.sqlite") as register:
            for index in new_names(count):
                register.add(index)
            register.link()
            assert sum(1 for _ in register.entities()) == 2 * count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(1_200)  # tables that are read once
    assert peak(6_000) < peak(1_200) + 500_000


def test_a_register_that_can_not_be_written() -> None:
    with pytest.raises(OSError, match=r"/proc/names\.sqlite: can not be written"):
        EntityStore(Path("/proc/names.sqlite"))
