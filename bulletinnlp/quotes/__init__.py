"""Quotations: who said what, from quotation marks (孙乐文说：“…”) and from labels (记者：…).

| to see | open |
| --- | --- |
| the component and its options | `component.py` |
| what between quotation marks is a quotation, and the cue beside it | `quotations.py` |
| interviews and letters without quotation marks | `unmarked_turns.py` |
| who may have said a quotation | `speakers.py`, `person_nouns.py` |
| what speaks for each of them | `speaker_features.py`, `conversations.py` |
| the model that chooses one | `bulletinnlp.text.linear_model`, `data/events/speaker.json` |
| what a text knows of its quotations, names and cues | `passage.py` |
"""
