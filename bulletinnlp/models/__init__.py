"""Other models behind the same stages: HanLP, spaCy, a gazetteer; and how their names are joined.

| to see … | open |
| --- | --- |
| what `model=` may name | `model_spec` |
| a folder that `bulletinnlp train` wrote | `model_folder` |
| the stages; where a text is cut for a model | `component` |
| HanLP, spaCy, the words of a list of yours | `hanlp_model`, `spacy_model`, `gazetteer` |
| words that a model gives back, found in the text again | `word_alignment` |
| labels that mean PER, ORG, PLACE | `external_model` |
| who does what, out of a model's roles or dependencies | `semantic_roles` |
| which of several names stays | `join` |

| stage | reads | writes |
| --- | --- | --- |
| `bulletin_hanlp` | the text | `doc._.proposals`, `doc._.predications` |
| `bulletin_spacy` | the text | `doc._.proposals`, `doc._.predications` |
| `bulletin_join` | `doc._.proposals`, `doc.ents`, span groups | `doc.ents` |

`load(model="hanlp")` puts them together: see `bulletinnlp.pipeline.load`. A folder that `bulletinnlp train` wrote takes
the place of the networks that ship. Neither hanlp nor torch is imported before a stage that needs it is made.

A model of your own joins in the same way. It proposes names (`Proposal`), and where it has predicates and arguments, it
writes them (`bulletinnlp.annotations.Predication`); the events stage then goes by those:

>>> import bulletinnlp
>>> from spacy.language import Language
>>> from bulletinnlp.annotations import Predication
>>> from bulletinnlp.annotations import Proposal
>>> @Language.component("mine", assigns=["doc._.proposals", "doc._.predications"])
... def mine(doc):
...     doc._.proposals = [Proposal(3, 6, "PER", 0.9, "mine")]
...     doc._.predications = [Predication(6, 8, "mine", "who", 3, 6), Predication(6, 8, "mine", "what", 8, 10)]
...     return doc
>>> nlp = bulletinnlp.load()
>>> before = nlp.add_pipe("mine", before="bulletin_names")
>>> after = nlp.add_pipe("bulletin_join", after="bulletin_names")
>>> doc = nlp("昨日，贺秋实种下月季。")
>>> [(ent.text, ent._.source) for ent in doc.ents]
[('贺秋实', 'embedded+mine')]
>>> [(argument.role, argument.text) for argument in doc._.arguments]
[('who', '贺秋实'), ('what', '月季'), ('when', '昨日')]
"""
