"""Looking at what was found: a whole run as one HTML file, an article in a notebook.

| to see … | open |
| --- | --- |
| the file, its policy, its checksum | `view_file` |
| what the view shows, as plain values | `view_data` |
| cells that the page says itself, and that are not written twice | `packing` |
| where the proof of an event stands on the page | `proof_ranges` |
| the outlines behind the map | `county_outlines` |
| how it looks, what it counts when filtered | `view/*.js`, `view/*.css` |
| one article in a notebook | `rendering` |
"""

from bulletinnlp.report.rendering import render, show_docs
from bulletinnlp.report.view_file import write_view

__all__ = ["render", "show_docs", "write_view"]
