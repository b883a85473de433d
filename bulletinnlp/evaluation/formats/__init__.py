"""Annotations in the formats of other tools, there and back.

| format | for | write | read |
| --- | --- | --- | --- |
| brat standoff | correcting in brat | `write_brat` | `read_brat` |
| Label Studio JSON | correcting in Label Studio | `write_label_studio` | `read_label_studio` |
| numbered sentences, an event a line | correcting events in an editor | `write_numbered` | `read_numbered` |
| CoNLL, BIO tags | training taggers | `write_conll` | `read_conll` |
| spaCy's DocBin | training with spaCy | `write_docbin` | `read_docbin` |

The first two hold articles with all that was found (`bulletinnlp.evaluation.annotate` writes them), `numbered(tables)`
the events, the last two names and times alone, which `annotated(tables)` takes out of the tables. BIO tags and spaCy's
`doc.ents` hold no overlap: of marks that overlap, the longer stays (a DocBin keeps times apart).
"""

from bulletinnlp.evaluation.annotated_article import Actor, Mark, NumberedArticle, NumberedEvent
from bulletinnlp.evaluation.formats.annotated import Annotated, annotated
from bulletinnlp.evaluation.formats.brat import read_brat, write_brat
from bulletinnlp.evaluation.formats.conll import read_conll, write_conll
from bulletinnlp.evaluation.formats.docbin import read_docbin, write_docbin
from bulletinnlp.evaluation.formats.label_studio import read_label_studio, write_label_studio
from bulletinnlp.evaluation.formats.numbered import numbered, read_numbered, write_numbered

__all__ = [
    "Actor",
    "Annotated",
    "Mark",
    "NumberedArticle",
    "NumberedEvent",
    "annotated",
    "numbered",
    "read_brat",
    "read_conll",
    "read_docbin",
    "read_label_studio",
    "read_numbered",
    "write_brat",
    "write_conll",
    "write_docbin",
    "write_label_studio",
    "write_numbered",
]
