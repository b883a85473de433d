"""Reading: encodings, manifest, date of issue."""

from bulletinnlp.pages.manifest import Issue, ManifestError, read_manifest
from bulletinnlp.pages.page import Given, Page
from bulletinnlp.pages.problem import Problem
from bulletinnlp.pages.reading import read, scan

__all__ = ["Given", "Issue", "ManifestError", "Page", "Problem", "read", "read_manifest", "scan"]
