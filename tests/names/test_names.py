"""Marked-up sentences through the whole stage: [P:…] person, [O:…] body, [L:…] place."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
import spacy
from spacy.language import Language

from bulletinnlp.annotations import Part
from bulletinnlp.names.component import Names

MARK = re.compile(r"\[([POL]):([^\]]*)\]")
LABEL = {"P": "PER", "O": "ORG", "L": "PLACE"}


@cache
def pipeline() -> Language:
    nlp = spacy.blank("zh")
    nlp.add_pipe("bulletin_names")
    return nlp


def read(marked: str) -> tuple[str, list[tuple[str, str]]]:
    return MARK.sub(r"\2", marked), [(LABEL[m[1]], m[2]) for m in MARK.finditer(marked)]


@pytest.mark.parametrize(
    "marked",
    [
        "近日，[O:县市场监督管理局]执法人员对辖区内药店进行检查。",
        "家住[L:柳林镇前王村]的[P:高女士]说，以后不用再跑腿了。",
        "[O:区委]、[O:区政府]高度重视。",
        "[O:县委]副书记[P:欧阳海清]主持会议，[O:县教育局]局长[P:马建国]参加。",
        "全市各村、各社区都行动起来，小区党支部冲在一线。",
        "近日，[O:柳林镇党委]邀请[O:鑫源果蔬有限公司]技术员授课。",
        "认真落实[O:区委][O:区政府]决策部署。",
        "[L:滨河社区]党委书记[P:孙立群]、居委会主任[P:王芳]参加。",
        "[O:区农业农村局]退休 党员[P:马建国]义务植树",
        "驻村第一书记[P:欧阳海清]、村民[P:扎西次仁]、[P:阿依古丽·买买提]一起去了。",
        "村民[P:高兴]说，马上就回家。",
        "我区[O:疫情防控指挥部]发布通告。",
        "[O:县委组织部]、[O:县人民医院急诊科]的志愿者来了。",
        "[P:王某某]、[P:李某]在[L:滨河小区3号楼]被抓获。",
        "[P:张大爷]去[O:阳光超市人民路店]买菜。",
        "[L:古楼街道]“女子工作组”上门服务。",
        "他读了《山东省志愿服务条例》，很受触动。",
    ],
)
def test_sentences(marked: str) -> None:
    text, wanted = read(marked)
    assert [(ent.label_, ent.text) for ent in pipeline()(text).ents] == wanted


def test_every_occurrence_of_a_certain_name_is_found() -> None:
    doc = pipeline()("县医院护士岳小满值完夜班。大家都喊她小满。同事眼里，岳小满话不多。")
    assert [ent.text for ent in doc.ents].count("岳小满") == 2


def test_only_eyebrow_headline_and_body_are_read() -> None:
    nlp = pipeline()
    text = "县教育局开会\n局长马建国讲话。\n（通讯员 赵丽华）"
    doc = nlp.make_doc(text)
    doc._.parts = [Part("headline", 0, 6), Part("body", 7, 15), Part("byline", 16, len(text))]
    assert "赵丽华" not in [ent.text for ent in nlp(doc).ents]


def test_scores_and_sources_are_set() -> None:
    for ent in pipeline()("县教育局局长马建国到会。").ents:
        assert 0 <= ent._.score <= 1
        assert ent._.source in ("embedded", "gazetteer", "grammar", "consistency")


def test_batches_read_as_single_documents_do() -> None:
    nlp = pipeline()
    texts = ["县教育局局长马建国到会。", "", "家住柳林镇前王村的高女士说好。", "天。" * 300]
    one = [[(ent.text, ent.label_) for ent in nlp(text).ents] for text in texts]
    assert [[(ent.text, ent.label_) for ent in doc.ents] for doc in nlp.pipe(texts, batch_size=3)] == one


def test_options_are_checked() -> None:
    nlp = spacy.blank("zh")
    with pytest.raises(ValueError, match="threshold"):
        Names(nlp, threshold=3)
    with pytest.raises(ValueError, match=r"tagger\.onnx"):
        Names(nlp, model="nowhere")


def test_kinds() -> None:
    """Bodies side by side, names that are words, companies, bodies with ordinals, names of many peoples."""
    lines = (Path(__file__).with_name("kinds.txt")).read_text("utf-8").splitlines()
    cases = [read(line) for line in lines if not line.startswith("#")]
    docs = pipeline().pipe(text for text, _ in cases)
    wrong = [
        doc.text
        for doc, (_, wanted) in zip(docs, cases, strict=True)
        if [(e.label_, e.text) for e in doc.ents] != wanted
    ]
    assert len(wrong) <= 12, wrong
