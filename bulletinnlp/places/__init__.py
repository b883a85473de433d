"""Where the names of places lie: from names to official codes, and the home of a paper.

| to see | open |
| --- | --- |
| the stage `bulletin_places` | `component.py` |
| the table of divisions, and its names | `divisions.py`, `name_forms.py` |
| which division a name denotes | `lookup.py`; in the light of its article, `locate.py` |
| the home of a paper | `homes.py` |
| coordinates of seats, outlines of counties | `coordinates.py`, `outlines.py` |

>>> from bulletinnlp.places import resolve
>>> resolve("道口铺街道陈化屯村", home="聊城市东昌府区").adcode
'371502005207'
"""

from bulletinnlp.places.homes import Home, home
from bulletinnlp.places.lookup import Place, resolve

__all__ = ["Home", "Place", "home", "resolve"]
