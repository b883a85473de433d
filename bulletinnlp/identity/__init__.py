"""Which names mean the same person, organisation or place.

| to see | open |
| --- | --- |
| the stages `bulletin_references` and `bulletin_entities` | `component.py` |
| which words are anaphora (该镇, 我区), and what stands for the paper's home | `anaphora.py` |
| an anaphor that stands for the wrong name: 该镇 | `antecedents.py` |
| pronouns: 他, 她, 此人 | `pronouns.py` |
| entity linking within an article | `article_entities.py` |
| where an organisation belongs, its short and full names | `organisations.py` |
| short names of persons, their affiliations | `persons.py` |
| which ids are merged, and why | `merging.py` |
| entity linking over a whole input | `store.py`; on several machines, `blocks.py` |
| keys, ids, and the profile of an entity | `profile.py`; its row of the table `entities`, `canonical.py` |
"""
