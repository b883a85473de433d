"""Names and times in the formats of other tools, there and back.

`annotated(tables)` takes them out of the tables, a writer hands them to a tool in which people correct them, a reader
takes them back, and `corrected(tables, …)` puts them into the tables again. Writers and readers are symmetrical:

| format | for | write | read |
| --- | --- | --- | --- |
| brat standoff | correcting in brat | `write_brat` | `read_brat` |
| Label Studio JSON | correcting in Label Studio | `write_label_studio` | `read_label_studio` |
| CoNLL, BIO tags | training taggers | `write_conll` | `read_conll` |
| spaCy's DocBin | training with spaCy | `write_docbin` | `read_docbin` |

BIO tags and spaCy's `doc.ents` hold no overlap: of marks that overlap, the longer stays (a DocBin keeps times apart).
"""

from bulletinnlp.evaluation.formats.annotated import Annotated, Mark, annotated
from bulletinnlp.evaluation.formats.brat import read_brat, write_brat
from bulletinnlp.evaluation.formats.conll import read_conll, write_conll
from bulletinnlp.evaluation.formats.correcting import corrected
from bulletinnlp.evaluation.formats.docbin import read_docbin, write_docbin
from bulletinnlp.evaluation.formats.label_studio import read_label_studio, write_label_studio

__all__ = [
    "Annotated",
    "Mark",
    "annotated",
    "corrected",
    "read_brat",
    "read_conll",
    "read_docbin",
    "read_label_studio",
    "write_brat",
    "write_conll",
    "write_docbin",
    "write_label_studio",
]
