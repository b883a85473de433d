"""Runs: from sources to tables, in this process, in several, with Dask or Spark.

| to see | open |
| --- | --- |
| the way from sources to tables | `extract.py` |
| who reads the inputs: this process, or several | `page_reader.py`, `workers.py` |
| a page to rows: split, run the stages, tabulate | `page_rows.py`; how long it may take, `page_timeout.py` |
| how a process makes its pipeline | `pipeline_config.py` |
| what is read again by `resume`, and why | `run_fingerprint.py`; components of the user's, `component_digests.py` |
| Dask, Spark | `dask.py`, `spark.py`, `input_records.py`, `engine_problems.py` |
"""
