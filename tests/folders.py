"""Where the tests find pages, annotations and the corpus."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"
CORPUS = ROOT / "tests" / "corpus"
