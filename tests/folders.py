"""Where the tests find pages, annotations and the corpus."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"
#: Annotated events: of the two seed pages of `GOLD`, and of the fifth of the corpus that nothing learns from.
SEED_EVENTS = GOLD / "events" / "pages.num"
HELD_OUT_EVENTS = GOLD / "events" / "held.num"
#: Annotated events that the events stage learns from.
TRAINING_EVENTS = ROOT / "training" / "events_gold"
#: The fifth of the annotated corpus that nothing learns from (`p?e.txt`), and `compose.py`; the other four fifths.
CORPUS = ROOT / "tests" / "corpus"
TRAINING_CORPUS = ROOT / "training" / "corpus"


def corpus() -> list[Path]:
    """The files of the whole corpus, by name."""
    return sorted([*CORPUS.glob("p*.txt"), *TRAINING_CORPUS.glob("p*.txt")], key=lambda path: path.name)
