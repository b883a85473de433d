"""How right the tables are: scores on annotated articles, and articles to correct by hand.

`annotate(tables, folder)` writes articles with what was found in them, as marked text
(`bulletinnlp.evaluation.marked`), for brat or for Label Studio; people correct them; `score(folder, tables)` measures,
and `gold_tables(folder)` makes tables of them. `bulletinnlp.evaluation.formats` hands names, times and events to other
tools.

| to see | open |
| --- | --- |
| what is annotated in an article | `annotated_article.py` |
| articles written for correction, and read back | `annotating.py`, `marked`, `formats` |
| where an article and its events stand on a page | `alignment.py` |
| annotated pages, in whatever form; as tables | `gold_pages.py`, `gold_tables.py` |
| when two strings or stretches are the same | `equality.py` |
| where a string, or a trigger, stands in a long text | `finder.py`, `trigger_places.py` |
| what is counted, of pages and of events | `measures.py`, `event_measures.py` |
| the scores, and how they are shown | `scoring.py`, `scores.py` |
"""

from bulletinnlp.evaluation.annotating import annotate, read_annotated
from bulletinnlp.evaluation.gold_tables import gold_tables
from bulletinnlp.evaluation.scores import Scores
from bulletinnlp.evaluation.scoring import score

__all__ = ["Scores", "annotate", "gold_tables", "read_annotated", "score"]
