"""The network of events, to be trained: `samples.py` what it learns from, `tuning.py` how it is trained further."""
