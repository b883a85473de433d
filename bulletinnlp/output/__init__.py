"""A folder of tables on disk: what is ours in it, one run at a time, finished pages, publishing."""
