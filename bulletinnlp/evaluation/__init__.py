"""How right the tables are: scores on annotated pages, and annotations in the formats of other tools.

`score(gold, tables)` measures. `write_draft(tables, folder)` makes pages to annotate out of tables, `gold_tables(gold)`
tables out of annotated pages. `bulletinnlp.evaluation.formats` hands names and times to other tools and takes them
back.
"""

from bulletinnlp.evaluation.drafting import write_draft
from bulletinnlp.evaluation.measure import score
from bulletinnlp.evaluation.perfect import gold_tables
from bulletinnlp.evaluation.scores import Scores

__all__ = ["Scores", "gold_tables", "score", "write_draft"]
