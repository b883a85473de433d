"""Where the names of places lie: from names to official codes, and the home of a paper.

The table itself is `bulletinnlp.places.divisions.divisions()`.

>>> from bulletinnlp.places import resolve
>>> resolve("道口铺街道陈化屯村", home="聊城市东昌府区").adcode
'371502005207'
"""

from bulletinnlp.places.homes import Home, home
from bulletinnlp.places.lookup import Place, resolve

__all__ = ["Home", "Place", "home", "resolve"]
