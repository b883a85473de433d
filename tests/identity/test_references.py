"""Stand-ins: marked sentences. Names stand in square brackets, stand-ins in braces with what they stand for."""

import re

import pytest

from bulletinnlp.identity.references import Named, find_references

LABEL = {"P": "PER", "O": "ORG", "L": "PLACE"}
MARK = re.compile(r"\[([POL]):([^\]]+)\]|\{([^=}]+)=([^}]+)\}")

CASES = [
    ("山东省聊城市东昌府区", "[L:斗虎屯镇]行动迅速，{该镇=斗虎屯镇}立即组建小组。"),
    ("山东省聊城市东昌府区", "{我区=东昌府区}各学校积极参与，{全区=东昌府区}已有三家，{我市=聊城市}仅五家。"),
    ("河南省开封市兰考县", "{全县=兰考县}粮食丰收，{全省=河南省}第一。"),
    ("西藏自治区林芝市米林县", "据统计，{我县=米林县}接待游客。"),
    ("内蒙古自治区赤峰市巴林右旗", "{全旗=巴林右旗}牲畜存栏稳定。"),
    ("河南省开封市兰考县", "[O:县农业农村局]与[O:县气象局]会商，{该局=县农业农村局}科长说。"),
    ("河南省开封市兰考县", "[O:县公安局刑警大队]破案，{该局=县公安局}悬赏，{该大队=县公安局刑警大队}追查。"),
    ("河南省开封市兰考县", "[L:堌阳镇徐场村]村民受益，{该村=堌阳镇徐场村}和{该镇=堌阳镇}都满意。"),
    ("河南省开封市兰考县", "[O:兰考县第一初级中学]开学，{该校=兰考县第一初级中学}校长致辞。"),
    (
        "河南省开封市兰考县",
        "[O:仙桃家具有限公司]扩产，{该企业=仙桃家具有限公司}用工百人，{该公司=仙桃家具有限公司}纳税。",
    ),
    ("河南省开封市兰考县", "[O:仪封乡徐庄村党支部]带头，{该村=仪封乡徐庄村}致富。"),
    ("", "[L:兰考县]召开会议，{全县=兰考县}各单位参加。"),
    # No stand-ins
    ("河南省开封市兰考县", "[L:堌阳镇]的干部说，应该局部调整，全市场降价，全县城停水，该村民不在。"),
    ("河南省开封市兰考县", "[O:县财政局]健全县乡村三级网络，守住安全区，摸清基本县情，开展自我区分，树立旗帜。"),
    ("河南省开封市兰考县", "[O:县财政局]顾全局、谋长远，全会精神全部落实，我会努力。"),
]


@pytest.mark.parametrize(("home", "marked"), CASES)
def test_stand_ins(home: str, marked: str) -> None:
    text, names, wanted = "", [], []
    at = 0
    for match in MARK.finditer(marked):
        text += marked[at : match.start()]
        label, name, stand_in, antecedent = match.groups()
        if name:
            names.append(Named(LABEL[label], name, len(text), len(text) + len(name)))
        else:
            wanted.append((stand_in, len(text), antecedent))
        text += name or stand_in
        at = match.end()
    text += marked[at:]
    found = find_references(text, names, home)
    assert [(ref.text, ref.start, ref.antecedent) for ref in found] == wanted
