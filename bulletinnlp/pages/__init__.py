"""Reading: from what a user hands over to pages.

| to see … | open |
| --- | --- |
| the whole path, from sources to pages | `input_pages` |
| this input is read wrongly: a name, a DataFrame, a list of texts, what is refused | `sources` |
| a folder, a glob, a link, a file that is named twice | `files`, `globs` |
| a file of this kind is taken for another | `file_types`, `plain_files` |
| a text in the wrong encoding | `encodings` |
| a table: which column holds what | `column_mapping` |
| a table: rows that are left out, cells | `input_tables`, `row_pages` |
| CSV; JSON; Parquet, spreadsheets | `csv_tables`, `json_tables`, `table_files` |
| DataFrames, dicts, texts | `memory_tables` |
| PDF, Word, web pages | `documents` |
| HTML in cells | `html_text` |
| a date of issue | `issue_dates`, `manifest` |
| a warning about the state of a page | `quality` |
| an input that has changed since the run before | `input_state` |
"""

from bulletinnlp.pages.input_pages import read, scan
from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.page import Page, ProblemRow, StatedPart

__all__ = ["Issue", "ManifestError", "Page", "ProblemRow", "StatedPart", "read", "read_manifest", "scan"]
