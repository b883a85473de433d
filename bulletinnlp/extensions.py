"""All extensions of `Doc` and `Span` that stages of ours write. Importing this module declares them.

`bulletinnlp.load` does it by itself. Import it where Docs are read that were made elsewhere:

>>> import spacy
>>> from spacy.tokens import Doc, DocBin
>>> import bulletinnlp.extensions
>>> Doc.has_extension("events"), Doc.has_extension("times")
(True, True)
>>> made = spacy.blank("zh")("孙乐文说")
>>> made._.home = "山东省聊城市东昌府区"
>>> stored = DocBin(store_user_data=True, docs=[made]).to_bytes()
>>> [doc._.home for doc in DocBin().from_bytes(stored).get_docs(spacy.blank("zh").vocab)]
['山东省聊城市东昌府区']
"""

import bulletinnlp.articles.docs
import bulletinnlp.bylines.contributor
import bulletinnlp.doc
import bulletinnlp.events.predication
import bulletinnlp.events.records
import bulletinnlp.identity.reference
import bulletinnlp.models.records
import bulletinnlp.places.location
import bulletinnlp.times.time  # noqa: F401
