"""The recipes that made what ships in `bulletinnlp/data`, and what they learn from. Run them from a checkout.

| to make again | run | it learns from |
| --- | --- | --- |
| the tagger of names | `python -m training.names` | general corpora, `corpus`, `articles`, lists in `names` |
| the same, trained further | `python -m training.names.finetune` | the same |
| the tagger `open` | `python -m training.names.own` | `corpus`, `articles`, the lists |
| events, main events, types | `python -m training.events` | the same texts, `events_gold`, `type_sentences.tsv` |
| the same, taught by a larger network | `python -m training.events.teaching` | the same, news, multilingual-e5-small |
| the same, trained further | `python -m training.events.further` | the same texts, the news |
| speakers of quotations | `python -m training.speakers` | `corpus`, `articles` |
| divisions, coordinates, outlines | `python -m training.divisions`, `.coordinates`, `.outlines` | published tables |
| words, plain characters | `python -m training.words`, `.characters` | LAC, OpenCC, Unicode |

Each says in its docstring what it needs and how long it takes; the extra `recipes` holds what they import. What users
train further with `bulletinnlp train` is in `bulletinnlp/finetune`, which ships; the recipes take networks, batches
and export from there. `corpus` are four fifths of the annotated corpus; the last fifth, `tests/corpus`, only measures.
Both are marked text (`bulletinnlp.evaluation.marked`; `tests/corpus/FORMAT.md`).
"""
