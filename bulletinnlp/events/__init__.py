"""Titles, quotations and events: who said and did what, where and when.

| to see | open |
| --- | --- |
| the components and what they take from a `Doc` | `component.py` |
| what they write | `records.py` |
| titles of persons | `roles.py`, `appointments.py`; what a title is `titles.py`, whose it is `bodies.py` |
| the words of a stretch, short names | `words.py`, `people.py` |
| quotations and their speakers | `quotes.py`, `marks.py`; who speaks `speakers.py`, `voices.py`, `linear.py` |
| events, step by step | `events.py` |
| what the network reads of an article | `context.py`, `encoding.py` |
| the network, run by ONNX Runtime | `reader.py` |
| which characters are triggers | `predicates.py` |
| the options for arguments, and what the heads are told of them | `options.py`, `inputs.py` |
| which options are chosen | `arguments.py` |
| what the article is about | `main_events.py` |
| predicates that another model tells | `predication.py`, `predicated.py` |
"""
