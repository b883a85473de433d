"""From the Docs of a pipeline to tables.

| to see | open |
| --- | --- |
| the tables, their columns, types and meanings | `schema.py`; the types of events, `event_meanings.py` |
| a Doc to rows | `rows.py`; Docs without a page, `docs.py` |
| rows, Arrow tables, DataFrames | `frames.py`; a cell of CSV, `cells.py` |
| ids of entities over a whole input | `linking.py` |
| views of a database, boxes of a PDF, what a run says of problems | `views.py`, `boxes.py`, `problems.py` |
"""
