"""The tagger that was made of this project's own material alone: `load(model="open")`."""

import pickle

import pytest

import bulletinnlp
from bulletinnlp.names.tagger import embedded, shipped

MARKED = [
    ("近日，县市场监督管理局执法人员检查药店。", [("县市场监督管理局", "ORG")]),
    ("家住柳林镇前王村的高女士说，不用再跑腿了。", [("柳林镇前王村", "PLACE"), ("高女士", "PER")]),
    (
        "4月2日，县教育局局长贺秋实说，城关镇中心小学已经开学。",
        [("县教育局", "ORG"), ("贺秋实", "PER"), ("城关镇中心小学", "ORG")],
    ),
]


@pytest.mark.parametrize(("text", "names"), MARKED)
def test_names(text: str, names: list[tuple[str, str]]) -> None:
    nlp = bulletinnlp.load(model="open", exclude=["roles", "quotes", "events"])
    assert [(ent.text, ent.label_) for ent in nlp(text).ents] == names


def test_events_are_read_with_either() -> None:
    found = bulletinnlp.extract(texts=["5月7日，县残联为32名残疾人发放轮椅。"], published="2022", model="open")
    assert found.events[["who", "trigger"]].values.tolist() == [[["县残联"], "发放"]]


def test_it_is_loaded_once_and_found_again_by_its_name() -> None:
    assert pickle.loads(pickle.dumps(shipped("open"))) is shipped("open")
    assert pickle.loads(pickle.dumps(embedded())) is embedded()
    assert shipped("open") is not embedded()


def test_one_tagger_of_ours_at_a_time() -> None:
    with pytest.raises(ValueError, match="one of embedded, open, trained"):
        bulletinnlp.load(model="embedded+open")
