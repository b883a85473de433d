"""Names and times in the formats of other tools, and events as lines of text, there and back.

`annotated(tables)` takes them out of the tables, a writer hands them to a tool in which people correct them, a reader
takes them back, and `corrected(tables, …)` puts them into the tables again. Writers and readers are symmetrical:

| format | for | write | read |
| --- | --- | --- | --- |
| brat standoff | correcting in brat | `write_brat` | `read_brat` |
| Label Studio JSON | correcting in Label Studio | `write_label_studio` | `read_label_studio` |
| CoNLL, BIO tags | training taggers | `write_conll` | `read_conll` |
| spaCy's DocBin | training with spaCy | `write_docbin` | `read_docbin` |

`numbered(tables)` takes the events out, sentence by sentence; `write_numbered` and `read_numbered` are a text file that
shows the articles, and one beside it with an event a line, in which people annotate what `score` takes as gold.

BIO tags and spaCy's `doc.ents` hold no overlap: of marks that overlap, the longer stays (a DocBin keeps times apart).
"""

from bulletinnlp.evaluation.formats.annotated import Annotated, Mark, annotated
from bulletinnlp.evaluation.formats.brat import read_brat, write_brat
from bulletinnlp.evaluation.formats.conll import read_conll, write_conll
from bulletinnlp.evaluation.formats.correcting import corrected
from bulletinnlp.evaluation.formats.docbin import read_docbin, write_docbin
from bulletinnlp.evaluation.formats.label_studio import read_label_studio, write_label_studio
from bulletinnlp.evaluation.formats.numbered import read_numbered, write_numbered
from bulletinnlp.evaluation.formats.told import Actor, NumberedArticle, NumberedEvent, numbered

__all__ = [
    "Actor",
    "Annotated",
    "Mark",
    "NumberedArticle",
    "NumberedEvent",
    "annotated",
    "corrected",
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
