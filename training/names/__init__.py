"""How the embedded tagger of names was made: see `__main__.py`."""
