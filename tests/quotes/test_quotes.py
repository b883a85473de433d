"""Quotations as cases: a marked-up text, and speaker:quotation for each, `-` for nobody."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from growth_of_calls import MOST, calls
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from bulletinnlp.quotes.quotations import find_quotes
from bulletinnlp.text.quotation_marks import pair_marks

Read = Callable[..., Doc]

CASES = """
[P:马上]说：“今年收成真不错。” | 马上:今年收成真不错。
“今年收成真不错。”[P:马上]说。 | 马上:今年收成真不错。
“今年收成真不错，”[P:马上]说，“明年还种。” | 马上:今年收成真不错， 马上:明年还种。
[O:县农业局]局长[P:李林]介绍，“种子钱由县财政补贴六成”。 | 李林:种子钱由县财政补贴六成
“叔，叫我‘老张’就行。”[P:马上]笑着说。 | 马上:叔，叫我‘老张’就行。
[P:马上]告诉记者:"今年收成真不错。" | 马上:今年收成真不错。
「今年收成真不错。」[P:马上]说。 | 马上:今年收成真不错。
“大家都要戴好口罩！”党员志愿者们提醒道。 | 党员志愿者们:大家都要戴好口罩！
“有事就找我们。”[O:区税务局]相关负责人表示。 | 区税务局:有事就找我们。
[P:马上]说：“今年收成真不错。 | 马上:今年收成真不错。
[P:赵大山]说，“路修好了”。 | 赵大山:路修好了
[P:陈志刚]说，“水渠修好了”，随后下了田。 | 陈志刚:水渠修好了
[P:赵大山]说：‘路修好了，心里亮堂。’ | 赵大山:路修好了，心里亮堂。
“快走！”“水来了！”村民们喊道。 | 村民们:快走！ 村民们:水来了！
记者问：“收成怎么样？”“好着呢！”[P:赵大山]答道。 | 记者:收成怎么样？ 赵大山:好着呢！
“大爷，药吃了吗？”村医[P:曾小雨]问。“吃了，吃了。”老人点点头。 | 曾小雨:大爷，药吃了吗？ 老人:吃了，吃了。
[P:孙伟]说：“先把沟挖通。”“泵我来抬。”[P:郑海涛]接着说。 | 孙伟:先把沟挖通。 郑海涛:泵我来抬。
“加油！”在[P:李明]的带领下，队员们齐声喊道。 | 队员们:加油！
[P:周强]一边示范，一边对社员[P:孙亮]说：“手要稳。” | 周强:手要稳。
[P:龙飞]叮嘱工地负责人[P:高明]：“安全帽一刻也不能摘。” | 龙飞:安全帽一刻也不能摘。
“喂，我家停电了。”值班员[P:田野]接到村民的电话。“马上去。”[P:田野]说。 | 村民:喂，我家停电了。 田野:马上去。
居民[P:李慧]在感谢信中写道：“感谢街道的同志们。” | 李慧:感谢街道的同志们。
“多亏了工作队。”一位村民告诉记者。 | 一位村民:多亏了工作队。
"""


@pytest.mark.parametrize("case", [line for line in CASES.splitlines() if line])
def test_quotations(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    found = [f"{quote.speaker or '-'}:{quote.text}" for quote in read(body)._.quotes]
    assert found == wanted.split()


CONVERSATIONS = """
“那一家就是我，”[P:鲁德印]抹了抹刀，“卖不出去也得刻。” | 鲁德印:那一家就是我， 鲁德印:卖不出去也得刻。
“香！”[P:隋远]尝了一口。 | 隋远:香！
[P:郭宝江]每次都说“再等等”，从不着急。 | 郭宝江:再等等
[P:路遥]坦言，过去招工靠熟人，现在，“我们得把摊子摆到手机里”。 | 路遥:我们得把摊子摆到手机里
“进来坐，[P:郭大娘]。”[P:孙伟]拉开门。 | 孙伟:进来坐，郭大娘。
“咚咚咚！”有人敲门。 |
"""


@pytest.mark.parametrize("case", [line for line in CONVERSATIONS.splitlines() if line])
def test_short_and_interrupted_quotations(read: Read, case: str) -> None:
    body, wanted = case.split(" |")
    assert [f"{quote.speaker}:{quote.text}" for quote in read(body)._.quotes] == wanted.split()


def test_a_noun_of_kin_stands_for_who_is_named(read: Read) -> None:
    doc = read("[P:温大山]退休那天，把望远镜交给儿子[P:温小川]。“山交给我吧。”儿子说。")
    assert [(quote.speaker, quote.speaker_text) for quote in doc._.quotes] == [("温小川", "儿子")]


TURNS = """
记者：怎么缴？/[P:李建华]：手机上就能缴。 | 记者:怎么缴？ 李建华:手机上就能缴。
记者：后悔吗？[P:吴海燕]（笑）：不后悔。 | 记者:后悔吗？ 吴海燕:不后悔。
●记者 您哪年来的？/●[P:杨树林] 1986年。 | 记者:您哪年来的？ 杨树林:1986年。
【记者】您哪年来的？/【[P:杨树林]】1986年。 | 记者:您哪年来的？ 杨树林:1986年。
记者访问了[P:李建华]。/问：怎么缴？/答：手机上就能缴。 | 记者:怎么缴？ 李建华:手机上就能缴。
问：怎么缴？ 答：手机上就能缴。 | -:怎么缴？ -:手机上就能缴。
[P:谷玉兰]：我是1998年来的。/谷：那时没有路。 | 谷玉兰:我是1998年来的。 谷玉兰:那时没有路。
记者：[P:谷玉兰]，苦吗？/谷：不苦。 | 记者:谷玉兰，苦吗？ 谷玉兰:不苦。
网友“小河边”：我家门口的路灯坏了！/[O:县住建局]回复：已修好。 | 网友“小河边”:我家门口的路灯坏了！ 县住建局:已修好。
读者[P:张某]：楼下太吵。/律师解答：可以起诉。 | 张某:楼下太吵。 律师:可以起诉。
记者：为什么回来？/[P:吴海燕]：因为“缺老师”，我就回来了。 | 记者:为什么回来？ 吴海燕:因为“缺老师”，我就回来了。
"""


@pytest.mark.parametrize("case", [line for line in TURNS.splitlines() if line])
def test_turns_without_marks(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    found = [f"{quote.speaker or '-'}:{quote.text}" for quote in read(body.replace("/", "\n"))._.quotes]
    assert found == wanted.split()


def test_a_turn_goes_on_in_the_next_paragraph(read: Read) -> None:
    doc = read(
        "记者：路难走吗？\n[P:谷玉兰]：难走。\n那时候下一场雨，要走上整整一天才能出山。\n记者：后来呢？\n[P:谷玉兰]：后来修了路。\n"
        "如今，这条路上每天有三班客车来往于县城。"
    )
    assert [quote.text for quote in doc._.quotes] == [
        "路难走吗？", "难走。那时候下一场雨，要走上整整一天才能出山。", "后来呢？", "后来修了路。",
    ]  # fmt: skip


LISTS = """
时间：5月3日上午9时。/地点：[L:县体育馆]。/联系人：[P:王芳]。/联系电话：3222222。
[P:王强]：男，汉族，现任县教育局副局长。/[P:李梅]：女，汉族，现任县民政局副局长。
组长：[P:王强]/副组长：[P:李梅] [P:张三]/成员：[P:赵四]。
一等奖：[P:王强]/参赛对象：全县中小学教师。
要求：各乡镇要高度重视。/措施：加强巡查。/责编：[P:王芳]
编辑同志：/我是[L:城关镇]居民。
[P:王强]：95分。/[P:李梅]：93分。
"""


@pytest.mark.parametrize("body", [line for line in LISTS.splitlines() if line])
def test_lists_are_no_turns(read: Read, body: str) -> None:
    assert read(body.replace("/", "\n"))._.quotes == []


PRINTED = """
“有事就找我们。”[O:区税务局]相关负责人表示。 | 区税务局: 区税务局相关负责人
[P:郭宝江]来了。“坐稳。”老乡[P:老郭]说。 | 郭宝江: 老郭
“今年收成真不错。”村民们说。 | 村民们: 村民们
“今年收成真不错。” | None: None
"""


@pytest.mark.parametrize("case", [line for line in PRINTED.splitlines() if line])
def test_the_words_that_are_printed_for_a_speaker(read: Read, case: str) -> None:
    body, wanted = case.split(" | ")
    assert [f"{quote.speaker}: {quote.speaker_text}" for quote in read(body)._.quotes] == [wanted]


def test_a_quotation_over_paragraphs_is_one(read: Read) -> None:
    doc = read("[P:马上]说：“今年收成真不错。\n“明年再种五十亩。”大家都笑了。")
    assert [quote.text for quote in doc._.quotes] == ["今年收成真不错。“明年再种五十亩。"]


NONE = """
活动以“梨花海里话振兴”为主题
志愿者化身“多面手”
[L:古楼街道]“女子工作组”活跃在小区
推行“一格一员”模式
荣获“全国文明村”称号
横幅上写着“热烈欢迎”四个大字
这里叫‘柳园’，也叫‘梨园’
"""


@pytest.mark.parametrize("body", [line for line in NONE.splitlines() if line])
def test_names_and_slogans_are_no_quotations(read: Read, body: str) -> None:
    assert read(body)._.quotes == []


@given(st.text(alphabet='“”"‘’「」说。，：甲乙\n', max_size=200))
@settings(max_examples=300)
def test_any_marks(text: str) -> None:
    for pair in pair_marks(text):
        assert 0 <= pair.start <= pair.end <= len(text)
        assert pair.depth >= 1
    quotes = find_quotes(text, [])
    assert all(text[q.start : q.end].replace("\n", "") == q.text for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))


@given(
    st.lists(
        st.sampled_from(["记者", "问", "答", "王芳", "：", "。", "？", "“", "”", "\n", "好", "●", " "]), max_size=80
    )
)
@settings(max_examples=200)
def test_any_turns(pieces: list[str]) -> None:
    text = "".join(pieces)
    quotes = find_quotes(text, [])
    assert all(text[q.start : q.end].replace("\n", "") == q.text for q in quotes)
    assert all(a.end <= b.start for a, b in pairwise(quotes))


@pytest.mark.parametrize(
    "marks", ["“", "”", '"', "“”", "““”", "他说：“好。", "“今年收成不错。”", "问：好吗？答：好。", "记者：好吗？\n"]
)
def test_calls_grow_with_the_text(marks: str) -> None:
    find_quotes(marks * 50, [])
    few, many = (calls(lambda count=count: find_quotes(marks * count, [])) for count in (250, 1_000))  # type: ignore[misc]
    assert many < MOST * max(few, 2_000)
