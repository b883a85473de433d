"""The types of events: what `events.type` may say, with the meaning of each and an example.

They are those of `tests/gold/events/EVENTS.md`, which says how a row gets one; as a table of your own:

>>> import pandas as pd
>>> types = pd.DataFrame(EVENT_TYPES.values())
>>> types[["name", "chinese", "example"]].head(1).values.tolist()
[['meeting', '会议', '5月7日，县教育局召开校园安全会议。']]
"""

from __future__ import annotations

from typing import NamedTuple


class EventType(NamedTuple):
    """A type of events: its name as in the column `type`, its name in Chinese, its meaning, a sentence of that type."""

    name: str
    chinese: str
    meaning: str
    example: str


_TYPES = """
meeting | 会议 | people or bodies meet, confer, negotiate; hold, attend, chair, open a gathering or event that none of the others names | 5月7日，县教育局召开校园安全会议。
inspection | 检查调研 | examine, survey, check, supervise, research on site, patrol | 5月7日，县市场监管局检查农贸市场。
visit | 走访 | go to see a place or a person; go, come, send, receive guests | 5月7日，县残联走访困难家庭。
training | 培训 | training, drill, instruction, demonstration outside school | 5月7日，县农业农村局举办果树修剪培训班。
publicity | 宣传 | the public is told, called upon, shown; media, exhibitions, promotion | 5月7日，县司法局宣传反诈知识。
volunteering | 志愿服务 | help and service to others, duty at a post, cleaning, delivery, care | 5月7日，县一中志愿者清扫街道。
donation | 捐赠 | something is given, paid out, subsidised, raised | 5月7日，县残联为32名残疾人发放轮椅。
signing | 签约合作 | agreements, partnerships, purchases, contracts, investment | 5月7日，县人民医院与市中心医院签订合作协议。
notice | 发布 | an authority or body issues, decides, launches, regulates, plans, approves | 5月7日，县政府印发养老服务实施方案。
appointment | 人事机构 | posts and bodies: elections, postings, hiring, founding a body or a team, joining and leaving | 5月7日，县政府任命张卫国为县水利局局长。
honour | 荣誉 | prizes, titles, praise, merits | 5月7日，县交警大队荣获省级文明单位称号。
contest | 比赛 | sport and competitions | 5月7日，县文体局举办乒乓球比赛。
performance | 演出 | stage, song, festival, art, rite | 5月7日，县豫剧团演出《花木兰》。
construction | 建设生产 | building, repairing, installing, setting up a place; farming, production, trade, technology | 5月7日，清河镇修建水泥路12公里。
enforcement | 执法司法 | police, courts, regulators act on somebody; complaints, disputes, mediation | 5月7日，县公安局抓获两名嫌疑人。
rescue | 救援 | people or goods are brought out of danger; fire and flood fighting | 5月7日，县消防救援大队救出三名被困群众。
accident | 事故 | something bad happens: accidents, disasters, sickness, death | 5月7日，清河镇发生一起交通事故。
health | 卫生健康 | care of the sick, prevention, tests, vaccination | 5月7日，县人民医院开展义诊活动。
teaching | 教育 | what schools do | 9月1日，县一中开学。
statement | 表态 | somebody says, writes, asks, answers, calls, thanks | 5月7日，县民政局答复来信。
other | 其他 | none of these | 5月7日，张卫国放下饭碗。
"""  # noqa: E501  a type a line

#: By name, in the order of the annotation guidelines.
EVENT_TYPES: dict[str, EventType] = {
    kind.name: kind for kind in (EventType(*line.split(" | ")) for line in _TYPES.strip().splitlines())
}
