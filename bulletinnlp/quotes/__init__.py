"""Attributed quotations, from quotation marks (孙乐文说：“…”) and from labels (记者：…).

| to see | open |
| --- | --- |
| the component and its options | `component.py` |
| what between quotation marks is a quotation, and the cue beside it | `quotations.py` |
| interviews and letters without quotation marks | `unmarked_turns.py` |
| the candidates for the speaker of a quotation | `speakers.py`, `person_nouns.py` |
| what speaks for each of them | `speaker_features.py`, `conversations.py` |
| the model that chooses one | `bulletinnlp.text.linear_model`, `data/events/speaker.json` |
| the quotations, names and cues of a text, by offset | `passage.py` |
"""
