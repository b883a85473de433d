"""A folder of tables on disk: what is ours in it, one run at a time, finished pages, publishing.

| to see | open |
| --- | --- |
| what stands in a folder: tables, finished pages, both | `table_folder.py` |
| which files are ours, and may be replaced or removed | `ownership.py` |
| what is read and is never replaced by a table | `replaced_inputs.py` |
| the hidden folders of a run | `hidden_folders.py`; which files in them are ours, `hidden_names.py` |
| why a run is refused: another one writes there | `lock.py` |
| finished pages, kept while a run goes on | `checkpoints.py`; the files of each: `checkpoint_files.py` |
| tables on their way, and how they are published | `staging.py` |
| a format that is written, or read back | `writers.py`, `readers.py` |
| reading while a run replaces the tables | `consistent_reads.py` |
"""
