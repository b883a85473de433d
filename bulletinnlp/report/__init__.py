"""Looking at what was found: a whole run as one HTML file, an article in a notebook."""

from bulletinnlp.report.rendering import render
from bulletinnlp.report.writing import write_view

__all__ = ["render", "write_view"]
