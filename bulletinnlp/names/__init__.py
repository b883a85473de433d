"""Names of persons, organisations and places: a tagger's reading of each sentence, weighed against its article.

| to see | open |
| --- | --- |
| the component and its options | `component.py` |
| text as the tagger takes it: numbers of characters, pairs, dictionary words | `encoder.py` |
| the tagger: a network, run by ONNX Runtime | `tagger.py` |
| the best tags of a sentence, and how likely any span is a name | `decoding.py` |
| what speaks for each span of an article, and which are taken | `candidates.py`, `spans.py` |
| names by affixes and company: suffixes, surnames, titles | `name_patterns.py` |
| what endings of organisations and places of a user change | `own_endings.py` |

How the tagger was made, and how well it does: `data/names/README.md`.
"""
