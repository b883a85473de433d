"""Reading: encodings, manifest, date of issue."""

from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.page import Given, Page
from bulletinnlp.pages.problem import ProblemRow
from bulletinnlp.pages.reading import read, scan

__all__ = ["Given", "Issue", "ManifestError", "Page", "ProblemRow", "read", "read_manifest", "scan"]
