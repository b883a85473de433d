"""From a folder of corrected articles to the folder of a model."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any, NamedTuple

import torch

from bulletinnlp.evaluation.marked import read_marked
from bulletinnlp.finetune.card import card, counted
from bulletinnlp.finetune.corrections import Corrections, Counts, split
from bulletinnlp.finetune.events.tuning import EventsSettings, tune_events
from bulletinnlp.finetune.figures import Figure, measured
from bulletinnlp.finetune.folder import CARD, write_manifest, written_whole
from bulletinnlp.finetune.names.tuning import NamesSettings, tune_names


class Trained(NamedTuple):
    """A model that was trained: its folder, how much it learned from, how much was held out, and the figures on that
    of the networks as they ship and of the model."""

    folder: Path
    counts: Counts
    held_out: Counts
    before: dict[str, Figure]
    after: dict[str, Figure]

    def lines(self) -> list[str]:
        """What to say of it, a line each."""
        learned_from = f"learned from {counted(self.counts)}"
        if not self.after:
            return [f"{learned_from}; nothing was held out to measure on"]
        shown = [
            f"  {name}: {self.before[name].f1:.3f} → {new.f1:.3f} ({new.gold} to find)"
            for name, new in self.after.items()
        ]
        return [
            learned_from,
            f"F1 on what was held out ({counted(self.held_out)}), as shipped → trained further:",
            *shown,
        ]


def tune(
    folder: str | Path,
    out: str | Path,
    held_out: float,
    overwrite: bool,
    watch: Any,
    names: NamesSettings,
    events: EventsSettings,
) -> Trained:
    """See `bulletinnlp.finetune.train`."""
    if not 0 <= held_out <= 0.5:
        raise ValueError(f"held_out must be from 0 to 0.5, not {held_out}")
    learned, held = split(read_marked(folder), held_out)
    material = Corrections(learned)
    if not material.named and not material.with_events:
        raise ValueError(f"{folder}: no article has a marked name or an annotated event to learn from")
    settings: dict[str, Any] = {}
    with written_whole(Path(out), overwrite) as unfinished, _alone(), watch or nullcontext():
        if material.named:
            samples = material.names()
            step = _steps(watch, "names", 2 * names.steps(samples))
            tune_names(samples, unfinished / "names", names, step)
            settings["names"] = asdict(names)
        if material.with_events:
            some = material.events()
            step = _steps(watch, "events", events.every(some))
            tune_events(some, unfinished / "events", events, step)
            settings["events"] = asdict(events)
        about = {"learned": material.counts()._asdict(), "settings": settings}
        write_manifest(unfinished, about)
        before, after = measured(held, "embedded"), measured(held, f"trained:{unfinished}")
        held_counts = Corrections(held).counts()
        text = card(material.counts(), held_counts, before, after, settings)
        (unfinished / CARD).write_text(text, encoding="utf-8")
        figures = {name: {"shipped": before[name].f1, "trained": new.f1, "of": new.gold} for name, new in after.items()}
        write_manifest(unfinished, {**about, "held_out": held_counts._asdict(), "figures": figures})
    return Trained(Path(out), material.counts(), held_counts, before, after)


@contextmanager
def _alone() -> Iterator[None]:
    """PyTorch on one thread, its random numbers apart from the caller's."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng(devices=[]):
            yield
    finally:
        torch.set_num_threads(threads)


def _steps(watch: Any, what: str, total: int) -> Callable[[], None]:
    """A call that moves the progress bar on by a step."""
    if watch is None:
        return lambda: None
    task = watch.add_task(what, total=total)
    return lambda: watch.advance(task)
