"""How right the tables are: scores on annotated articles, and articles to correct by hand.

`annotate(tables, folder)` writes articles with what was found in them, as marked text
(`bulletinnlp.evaluation.marked`), for brat or for Label Studio; people correct them; `score(folder, tables)` measures,
and `gold_tables(folder)` makes tables of them. `bulletinnlp.evaluation.formats` hands names, times and events to other
tools.
"""

from bulletinnlp.evaluation.annotating import annotate, read_annotated
from bulletinnlp.evaluation.gold_tables import gold_tables
from bulletinnlp.evaluation.scores import Scores
from bulletinnlp.evaluation.scoring import score

__all__ = ["Scores", "annotate", "gold_tables", "read_annotated", "score"]
