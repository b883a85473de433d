"""Looking at what was found: a whole run as one HTML file, an article in a notebook."""

from bulletinnlp.report.rendering import render, show_docs
from bulletinnlp.report.writing import write_view

__all__ = ["render", "show_docs", "write_view"]
