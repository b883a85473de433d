"""Where the tests find pages, annotations and the corpus."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"
#: Annotated events: of the two seed pages of `GOLD`, and of the fifth of the corpus that nothing learns from.
SEED_EVENTS = GOLD / "events" / "pages.num"
HELD_OUT_EVENTS = GOLD / "events" / "held.num"
#: Annotated events that the events stage learns from.
TRAINING_EVENTS = ROOT / "bulletinnlp" / "training" / "events_gold"
CORPUS = ROOT / "tests" / "corpus"
