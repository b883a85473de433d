"""The byline parser: who wrote, photographed, edited or supplied an article.

>>> from bulletinnlp.bylines import parse
>>> [(c.name, c.role) for c in parse("东昌府交警大队 摄")]
[('东昌府交警大队', 'photographer')]

| to see | open |
| --- | --- |
| who signs, in which role, for whom | `parser` |
| what is a name, a cue, an organisation in a byline | `bulletinnlp.articles.signature_words` |
| which line is a byline | `bulletinnlp.articles.signatures` |
| the spaCy component | `component` |
"""

from bulletinnlp.annotations import Contributor, ContributorRole
from bulletinnlp.bylines.parser import parse

__all__ = ["Contributor", "ContributorRole", "parse"]
