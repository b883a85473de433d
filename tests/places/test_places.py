"""Looking names up, the home of a page, and the component."""

import subprocess
import sys

import pytest
import spacy

from bulletinnlp.annotations import Part
from bulletinnlp.articles.article import Alignment, Article
from bulletinnlp.places import component
from bulletinnlp.places.homes import home, home_of_text
from bulletinnlp.places.locate import locate
from bulletinnlp.places.lookup import home_code, resolve
from bulletinnlp.text.mentions import Mention

NLP = spacy.blank("zh")


@pytest.mark.parametrize(
    ("name", "home", "region"),
    [
        ("道口铺街道陈化屯村", "聊城市东昌府区", "山东省聊城市东昌府区道口铺街道陈化屯村"),
        ("东昌府", "371502", "山东省聊城市东昌府区"),
        ("聊城", "371502", "山东省聊城市"),
        ("彭水县", None, "重庆市彭水苗族土家族自治县"),
        ("重庆市彭水县", "371502", "重庆市彭水苗族土家族自治县"),
        ("吉林", None, "吉林省"),
        ("湘西州", None, "湖南省湘西土家族苗族自治州"),
        ("茌平县", "371502", "山东省聊城市茌平区"),
        ("蓟县", None, "天津市蓟州区"),
        ("莪山乡", "浙江省杭州市桐庐县", "浙江省杭州市桐庐县莪山畲族乡"),
        ("东莞市长安镇", None, "广东省东莞市长安镇"),
        ("梁水镇镇", "371502", "山东省聊城市东昌府区梁水镇"),
        ("昆山市", None, "江苏省苏州市昆山市"),
        ("唐山", "河北省张家口市张北县", "河北省唐山市"),
        ("碑林区", None, "陕西省西安市碑林区"),
    ],
)
def test_a_name_gets_its_unit(name: str, home: str | None, region: str) -> None:
    found = resolve(name, home)
    assert (found.region, found.exact) == (region, True)


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("道口铺街道仙庄村", "山东省聊城市东昌府区道口铺街道"),
        ("新区街道后许小区", "山东省聊城市东昌府区新区街道"),
        ("聊城高速西口", "山东省聊城市"),
    ],
)
def test_what_the_table_lacks_gets_the_unit_around_it(name: str, region: str) -> None:
    found = resolve(name, "371502")
    assert (found.region, found.exact) == (region, False)


@pytest.mark.parametrize("name", ["北京西路", "水城", "仙庄村", "新华街道", "黄山", "河南镇", "香江市场", "北口"])
def test_nothing_is_better_than_something_wrong(name: str) -> None:
    assert resolve(name, "371502").adcode is None


@pytest.mark.parametrize(
    ("home", "code"),
    [
        ("山东省聊城市东昌府区", "371502"),
        ("聊城市东昌府区", "371502"),
        ("371502", "371502"),
        ("371500", "3715"),
        ("广东省东莞市", "441900"),
        ("新疆生产建设兵团第八师石河子市", "659001"),
        ("西藏自治区林芝市米林县", "540481"),
        ("火星", ""),
        (None, ""),
    ],
)
def test_the_code_of_a_home(home: str | None, code: str) -> None:
    assert home_code(home) == code


@pytest.mark.parametrize(
    ("text", "paper", "name", "source"),
    [
        ("东阿讯 6月6日，县农业农村局督导三夏生产。", None, "山东省聊城市东阿县", "dateline"),
        ("近日，县农业农村局督导三夏生产。", "今日东阿", "山东省聊城市东阿县", "paper"),
        ("近日，斗虎屯镇和道口铺街道召开会议。我区各单位参加。", None, "山东省聊城市东昌府区", "text"),
    ],
)
def test_home(text: str, paper: str | None, name: str, source: str) -> None:
    found = home_of_text(text, paper)
    assert found is not None
    assert (found.name, found.source) == (name, source)


@pytest.mark.parametrize(
    "text", ["近日，各地开展志愿服务。", "新华社北京11月3日电 会议强调。", "区委召开会议。", "公安机关提醒：平安过节。"]
)
def test_no_home_without_clear_evidence(text: str) -> None:
    assert home_of_text(text) is None


def test_home_of_the_articles_of_a_page() -> None:
    text = "东阿讯 县农业农村局督导三夏生产。"
    parts = (Part("dateline", 0, 3), Part("body", 4, len(text)))
    article = Article("p#1", "p", 1, "article", text, parts, Alignment((0,), (0,)), 0, len(text))
    found = home([article])
    assert found is not None
    assert found.name == "山东省聊城市东阿县"
    assert home([]) is None


@pytest.mark.parametrize(
    ("text", "names", "region"),
    [
        ("侯营镇行动迅速。该镇阳光新城热闹。", ["侯营镇", "阳光新城"], "山东省聊城市东昌府区侯营镇"),
        ("我区香江市场热闹。", ["香江市场"], "山东省聊城市东昌府区"),
        ("新区街道辖区的阿尔卡迪亚小区", ["新区街道", "阿尔卡迪亚小区"], "山东省聊城市东昌府区新区街道"),
        ("在香江市场购物。", ["香江市场"], None),
        ("高唐县的代表来到梁村镇", ["高唐县", "梁村镇"], "山东省聊城市高唐县梁村镇"),
        ("姜楼镇，魏庄村", ["姜楼镇", "魏庄村"], None),
    ],
)
def test_the_text_says_where_a_place_is(text: str, names: list[str], region: str | None) -> None:
    spans = [Mention("PLACE", name, text.index(name), text.index(name) + len(name)) for name in names]
    assert locate(spans, "山东省聊城市东昌府区", text)[-1].region == region


def test_the_component_complains_of_ambiguous_names() -> None:
    doc = spacy.blank("zh")("新华街道召开会议。")
    doc.ents = [doc.char_span(0, 4, label="PLACE")]
    component.Places(NLP)(doc)
    assert [location.adcode for location in doc._.locations] == [None]
    assert doc._.problems[0].stage == "places"
    assert "新华街道 may be any of 27 divisions" in doc._.problems[0].message


def test_the_component_complains_of_a_home_that_does_not_exist() -> None:
    doc = spacy.blank("zh")("我区召开会议。")
    doc._.home = "火星"
    assert "火星" in component.Places(NLP)(doc)._.problems[0].message


def test_options_are_checked() -> None:
    with pytest.raises(ValueError, match="labels must be some of PLACE, ORG"):
        component.Places(NLP, labels=["CITY"])


def test_loading_is_quick_and_small() -> None:
    script = """
import resource, time
import bulletinnlp.places.lookup
from bulletinnlp.places.divisions import divisions
before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
divisions().named("聊城")
took = time.process_time() - start
for county in ("371502", "410225", "330122"):
    divisions().villages(county)
print(took, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""
    best = float("inf")
    for _ in range(3):  # another process may have the machine
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        seconds, mebibytes = map(float, done.stdout.split())
        assert mebibytes < 60
        best = min(best, seconds)
        if best < 0.1:
            return
    raise AssertionError(f"{best:.3f} s to load the divisions")
