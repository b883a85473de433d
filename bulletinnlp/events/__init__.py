"""Events: who did what, where and when.

| to see | open |
| --- | --- |
| the stage, and what it takes from a `Doc` | `component.py` |
| how the events of an article are found, step by step | `extractor.py` |
| an article's sentences, passages and mentions | `article_context.py` |
| the network, run by ONNX Runtime, and its inputs | `event_network.py`, `character_marks.py`, `head_inputs.py` |
| which characters are triggers; verbs of the user's | `triggers.py`, `own_verbs.py` |
| the candidates for arguments, and which are chosen | `candidates.py`, `arguments.py` |
| what kind an event is, what the article is about | `type_model.py`, `main_events.py` |
| events out of the predicates of another model | `predications.py` |
"""
