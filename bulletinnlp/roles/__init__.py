"""Titles: who holds which office, as apposition (县教育局局长王强) and as appointment (任命王强为局长)."""
