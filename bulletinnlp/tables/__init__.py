"""From the Docs of a pipeline to tables.

| to see | open |
| --- | --- |
| the tables, their columns, types and meanings | `schema.py`; the types of events, `event_meanings.py` |
| a Doc to rows | `rows.py`; Docs without a page, `docs.py` |
| rows, Arrow tables, DataFrames | `frames.py`; a cell of CSV, `cells.py` |
| ids of entities over a whole input | `linking.py` |
| what view, plots and measures read: the tables as DataFrames | `table_set.py` |
| views of a database; what is printed of a run's problems | `views.py`, `problems.py` |
"""
