"""Other models behind the same stages: HanLP, spaCy, a gazetteer; and how what several of them say is joined.

| stage | reads | writes |
| --- | --- | --- |
| `bulletin_hanlp` | the text | `doc._.proposals`, `doc._.predications` |
| `bulletin_spacy` | the text | `doc._.proposals`, `doc._.predications` |
| `bulletin_join` | `doc._.proposals`, `doc.ents`, span groups | `doc.ents` |

`load(model="hanlp")` puts them together: see `bulletinnlp.pipeline.load`. Neither hanlp nor torch is imported before a
stage that needs it is made.
"""
