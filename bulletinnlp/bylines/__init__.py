"""The byline parser: who wrote, photographed, edited or supplied an article.

>>> from bulletinnlp.bylines import parse
>>> [(c.name, c.role) for c in parse("东昌府交警大队 摄")]
[('东昌府交警大队', 'photographer')]
"""

from bulletinnlp.annotations import Contributor, ContributorRole
from bulletinnlp.bylines.parser import parse

__all__ = ["Contributor", "ContributorRole", "parse"]
