"""How the network of `bulletin_events` is made: see `__main__.py`."""
