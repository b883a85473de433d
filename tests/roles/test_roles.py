"""Titles as cases: a marked-up sentence, and the rows it makes: person/title/unit, `-` for no unit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

Read = Callable[..., Doc]

CASES = """
[L:仙庄村]党支部书记[P:孙乐文]带队 | 孙乐文/党支部书记/仙庄村
[R:该镇=斗虎屯镇]副镇长[P:李明]说 | 李明/副镇长/斗虎屯镇
[L:甲社区]党委委员、居委委员、[L:乙村]支部书记[P:孙某]说 | 孙某/党委委员/甲社区 孙某/居委委员/甲社区 孙某/支部书记/乙村
[O:县委]副书记、县长[P:靳玉琴]出席 | 靳玉琴/副书记/县委 靳玉琴/县长/-
[L:贺营镇]党委书记、镇长[P:甲某]出席 | 甲某/党委书记/贺营镇 甲某/镇长/贺营镇
[O:县委]常委、[O:县人武部]政委[P:权勇]到场 | 权勇/常委/县委 权勇/政委/县人武部
[O:区委]常委、副区长[P:李响]讲话 | 李响/常委/区委 李响/副区长/-
[O:城南派出所]民警[P:党卫民]、[P:屈婷]赶到 | 党卫民/民警/城南派出所 屈婷/民警/城南派出所
[O:县农业局]局长[P:王强]、副局长[P:李林]到场 | 王强/局长/县农业局 李林/副局长/县农业局
[O:县人大常委会]主任[P:求国权]，副主任[P:石岳]参加 | 求国权/主任/县人大常委会 石岳/副主任/县人大常委会
[O:市委]书记[P:秦保建]、市长[P:范文卿]出席 | 秦保建/书记/市委 范文卿/市长/-
[O:团县委]招募的大学生志愿者[P:卫冬冬]来了 | 卫冬冬/大学生志愿者/团县委
值班民警[P:屈铁柱]出发 | 屈铁柱/值班民警/-
95后网格员[P:苏敏]上门 | 苏敏/网格员/-
一位退休教师[P:季广文]捐书 | 季广文/退休教师/-
他把伞递给大堂经理[P:方正] | 方正/大堂经理/-
[P:于洪]、[P:苗青]等8名人大代表视察 | 于洪/人大代表/- 苗青/人大代表/-
听取[P:李某]总书记的报告 | 李某/总书记/-
17岁小将[P:王某]夺冠 | 王某/小将/-
驻站专家[P:屈海明]教授说 | 屈海明/驻站专家/- 屈海明/教授/-
第五代传人[P:敬登岐]登台 | 敬登岐/第五代传人/-
[O:县残联]理事长[P:陈志刚]、乡长[P:马建民]到场 | 陈志刚/理事长/县残联 马建民/乡长/-
[O:区妇联]主席[P:李静]、镇党委书记[P:钟诚]到场 | 李静/主席/区妇联 钟诚/镇党委书记/-
[O:县妇幼保健院]院长[P:赵敏]、学生家长[P:刘洋]座谈 | 赵敏/院长/县妇幼保健院 刘洋/学生家长/-
[O:县教育局]局长[P:李明]和副局长[P:王军]到校 | 李明/局长/县教育局 王军/副局长/县教育局
[O:城南派出所]教导员[P:党卫民]、辅警[P:屈婷]赶到 | 党卫民/教导员/城南派出所 屈婷/辅警/城南派出所
[O:县委]常委、组织部部长，[O:县委党校]校长[P:吴晓东]授课 | 吴晓东/常委/县委 吴晓东/组织部部长/县委 吴晓东/校长/县委党校
[O:县供电公司]党委书记兼总经理[P:蒋文斌]检查 | 蒋文斌/党委书记/县供电公司 蒋文斌/总经理/县供电公司
[P:徐丽]（[O:县图书馆]馆长）介绍 | 徐丽/馆长/县图书馆
[P:沈建平]（退休教师）捐书 | 沈建平/退休教师/-
[P:钱程]，[O:县农科所]高级农艺师，带队到场 | 钱程/高级农艺师/县农科所
都市118酒店剧院店经理[P:钱亚超]值守 | 钱亚超/经理/都市118酒店剧院店
[O:市公安局]治安大队民警[P:樊国忠]赶到 | 樊国忠/民警/市公安局治安大队
公司副总经理[P:凌霄]介绍 | 凌霄/公司副总经理/-
突击队队长[P:代运国]带队 | 代运国/突击队队长/-
[L:柳树镇]00后村医[P:曾小雨]出诊 | 曾小雨/村医/柳树镇
七旬老党员[P:杜长河]捐款 | 杜长河/老党员/-
家住[L:铁路小区]的退休教师[P:欧阳淑华]来了 | 欧阳淑华/退休教师/-
在[L:和平社区]，党委书记[P:潘红]正在登记 | 潘红/党委书记/和平社区
在[L:柳园街道隔离点]，党工委委员[P:王宪强]说 | 王宪强/党工委委员/柳园街道
[O:县林业局]召开会议，局长[P:姚志勇]讲话 | 姚志勇/局长/县林业局
[O:县林业局]召开会议，乡长[P:姚志勇]讲话 | 姚志勇/乡长/-
[L:新城街道]党工委副书记、办事处主任[P:龙飞]检查 | 龙飞/党工委副书记/新城街道 龙飞/办事处主任/新城街道
派出检定员[P:陶绍良]驻场 | 陶绍良/检定员/-
连夜约谈作坊业主[P:郑某] | 郑某/作坊业主/-
[O:县人民法院]院长：[P:公正] | 公正/院长/县人民法院
[L:石桥村]党支部书记兼村委会主任[P:任建军]到场 | 任建军/党支部书记/石桥村 任建军/村委会主任/石桥村
[O:县应急管理局]局长[P:曹阳]、镇党委书记[P:钟诚]到场 | 曹阳/局长/县应急管理局 钟诚/镇党委书记/-
如家酒店人民路店店长[P:段莉]说 | 段莉/店长/如家酒店人民路店
平安镇党委副书记、人大主席[P:聂磊]到场 | 聂磊/党委副书记/平安镇 聂磊/人大主席/平安镇
[O:县公安局]副局长（主持工作）[P:李明]到场 | 李明/副局长/县公安局
[O:县信访局]局长（[O:县委办公室]副主任兼）[P:仲玮]陪同 | 仲玮/局长/县信访局 仲玮/副主任/县委办公室
[O:市委]副书记[P:王雄昌]（时任[O:灵山县委]书记）到场 | 王雄昌/副书记/市委 王雄昌/书记/灵山县委
[O:县实验小学]三（2）班班主任[P:郑晓雯]走进教室 | 郑晓雯/三（2）班班主任/县实验小学
大学生“村官”[P:苗娟]发言 | 苗娟/大学生“村官”/-
时任[L:周溪乡]党委书记、现[O:县水利局]局长[P:吴冬保]到场 | 吴冬保/党委书记/周溪乡 吴冬保/局长/县水利局
[O:县剧团]团长、老戏骨[P:常宝]登台 | 常宝/团长/县剧团 常宝/老戏骨/县剧团
来自[L:泉口镇]的“花儿”歌手[P:拉毛]登台 | 拉毛/歌手/-
新任村支书[P:石海滚]表态 | 石海滚/村支书/-
[O:县人武部]政委[P:丁鹏飞]大校率队 | 丁鹏飞/政委/县人武部 丁鹏飞/大校/-
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_titles(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    found = [f"{role.person}/{role.title}/{role.organisation or '-'}" for role in read(body)._.roles]
    assert sorted(found) == sorted(wanted.split())


NONE = """
领着儿子[P:卫东]上山
67岁的[P:解文魁]不识字
召集[P:李明]座谈
产量增长，[P:李明]笑了
妻子[P:侯月英]在家
救出“伤员”[P:蔺刚]
首名“被困者”[P:谢天]获救
[P:孙乐文]是[L:仙庄村]的书记
任命[P:高明]为[O:县民政局]局长
[P:黄海]任[L:青石镇]镇长后修了路
"""


@pytest.mark.parametrize("body", [line for line in NONE.splitlines() if line])
def test_what_is_no_title(read: Read, body: str) -> None:
    assert read(body)._.roles == []


def test_offsets_are_those_of_the_title(read: Read) -> None:
    doc = read("[L:仙庄村]党支部书记[P:孙乐文]带队")
    role = doc._.roles[0]
    assert doc.text[role.start : role.end] == "党支部书记"


STATUS = """
时任[O:县委]书记[P:贺文彬] | former office
[O:县农业局]原局长[P:江海] | former office
原[O:县农业局]局长[P:江海] | former office
代县长[P:左明] | acting office
现任村支书[P:任建军] | held office
[O:县医院]医生[P:白洁] | held occupation
[L:青山村]村民[P:侯永刚] | held condition
"""


@pytest.mark.parametrize("case", [line for line in STATUS.splitlines() if line])
def test_when_a_title_is_held_and_what_sort_it_is(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    assert [f"{role.status} {role.kind}" for role in read(body)._.roles] == [wanted]


APPOINTMENTS = """
任命[P:高明]为[O:县民政局]局长 | 高明/局长/县民政局/appointed
任命：[P:高明]为局长，[P:田野]为副局长 | 高明/局长/-/appointed 田野/副局长/-/appointed
选举[P:甲某]为[O:县政协]主席，[P:乙某]为副主席 | 甲某/主席/县政协/appointed 乙某/副主席/县政协/appointed
任命[P:甲某]、[P:乙某]为[O:县法院]审判员 | 甲某/审判员/县法院/appointed 乙某/审判员/县法院/appointed
免去[P:甲某]的[O:县教育局]局长职务 | 甲某/局长/县教育局/removed
免去[P:甲某]的镇长职务，[P:乙某]的副镇长职务 | 甲某/镇长/-/removed 乙某/副镇长/-/removed
[P:万波]不再担任[O:县税务局]局长职务 | 万波/局长/县税务局/removed
[P:甲某]，男，1975年生，现任副镇长，拟任镇长 | 甲某/副镇长/-/held 甲某/镇长/-/proposed
[P:李明]曾任[O:县粮食局]局长 | 李明/局长/县粮食局/former
[P:付小军]以713票当选村委会主任 | 付小军/村委会主任/-/appointed
[P:黄海]任[L:青石镇]镇长后，先修了路 | 黄海/镇长/青石镇/held
[P:邓强]是[O:县税务局]干部，去年驻村 | 邓强/干部/县税务局/held
[P:邓强]是[O:县一中]教师 |
[P:邓强]是来报名的 |
[O:县教育局]局长[P:李明]为学生颁奖 |
"""


@pytest.mark.parametrize("case", [line for line in APPOINTMENTS.splitlines() if line])
def test_titles_that_a_verb_gives_or_takes(read: Read, case: str) -> None:
    body, _, wanted = case.partition(" |")
    found = read(body)._.appointments
    assert [f"{r.person}/{r.title}/{r.organisation or '-'}/{r.status}" for r in found] == wanted.split()
