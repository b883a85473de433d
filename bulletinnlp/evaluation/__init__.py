"""How right the tables are: scores on annotated pages, and annotations in the formats of other tools."""

from bulletinnlp.evaluation.measure import score
from bulletinnlp.evaluation.scores import Scores

__all__ = ["Scores", "score"]
