"""Runs: from sources to tables, in this process, in several (`workers`), with Dask (`dask`) or Spark (`spark`)."""
