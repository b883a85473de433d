"""Titles: who holds which office, in apposition (县教育局局长王强) and by appointment (任命王强为局长).

| to see | open |
| --- | --- |
| the component and its options | `component.py` |
| what a title is: its words, its kind, where its organisation stands | `titles.py` |
| titles before and behind a name | `apposition.py` |
| titles that a verb gives or takes | `appointments.py` |
| the organisation of a title that stands without one | `organisations.py` |
"""
