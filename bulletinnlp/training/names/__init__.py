"""How the embedded tagger of names was made: `python -m bulletinnlp.training.names DATA_FOLDER`."""
