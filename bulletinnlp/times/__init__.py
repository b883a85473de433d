"""Times: every Chinese time expression of a text, to TIMEX3 and to an interval.

| to see | open |
| --- | --- |
| the stage | `component.py` |
| how the times of a text are found and normalised, one after the other | `timex.py` |
| words to lexemes; their kinds and the grammar over them | `lexer.py`, `time_grammar.py`, `numerals.py`, `borders.py` |
| what has the form of a time and is none | `false_positives.py` |
| what the words around say: past or future, a rule, a figure of speech | `time_cues.py` |
| lexemes to a typed expression | `point_parser.py` |
| the expressions, and how each resolves | `point_expressions.py`, `date_expressions.py`, `festivals.py` |
| what an expression is resolved in: date of issue, days mentioned before | `discourse.py` |
| what it resolves to: value, bounds; what no calendar has (2月30日) | `time_point.py`, `calendars.py` |
| durations and recurrences | `durations.py` |

>>> from bulletinnlp.times import find
>>> [(t.text, t.type, t.value) for t in find("11月25日（星期五）上午9时，区里召开会议。近日，准备就绪。", "2022-11-29")]
[('11月25日（星期五）上午9时', 'TIME', '2022-11-25T09:00'), ('近日', 'DATE', 'PAST_REF')]
"""

from bulletinnlp.annotations import Time
from bulletinnlp.times.timex import find, normalise

__all__ = ["Time", "find", "normalise"]
