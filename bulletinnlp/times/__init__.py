"""Times: every Chinese time expression of a text, to TIMEX3 and to an interval.

>>> from bulletinnlp.times import find
>>> [(t.text, t.type, t.value) for t in find("11月25日（星期五）上午9时，区里召开会议。近日，准备就绪。", "2022-11-29")]
[('11月25日（星期五）上午9时', 'TIME', '2022-11-25T09:00'), ('近日', 'DATE', 'PAST_REF')]
"""

from bulletinnlp.annotations import Time
from bulletinnlp.times.finder import find, normalise

__all__ = ["Time", "find", "normalise"]
