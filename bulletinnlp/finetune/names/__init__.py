"""The tagger of names, to be trained: `samples.py` what it learns from, `tuning.py` how it is trained further."""
