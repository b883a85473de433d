"""What every stage asks of a text: plain characters, sentences, words, quotation marks, short names, mentions.

| to see | open |
| --- | --- |
| a Doc's text, parts and names as stages read them | `docs.py`, `mentions.py` |
| text in plain characters: simplified, without what takes no room | `plain.py` |
| what ends a sentence, what a clause; sentences | `sentences.py` |
| which quotation marks belong together | `quotation_marks.py` |
| words with their classes: 召开 is a verb | `words.py` |
| short names of persons: 老郭, 高女士 | `short_names.py` |
| word lists as patterns | `patterns.py` |
"""
