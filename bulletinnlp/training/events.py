"""How the models of `bulletin_events` and `bulletin_quotes` were made; run it to make them again.

    python -m bulletinnlp.training.events MARKED... --out bulletinnlp/data/events

`MARKED` are files of marked-up articles (see `marked.py`). Every stage before is taken from the marks, so the models
learn from names, times and stand-ins without faults. An annotator's event names its trigger as a string only; `align`
finds which occurrence is meant by looking for its actor, object, time and place around each.

Eight linear models come out, one JSON file each: `trigger` (is this verb an event?), `lead` (is this verb what the
article is about?), `main` (is this event what it is about, beside the others?), `who`, `what`, `when`, `where` (which
of the options?), `speaker` (whose is this quotation?).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.events.actors import Actors, actor_features, actor_options
from bulletinnlp.events.circumstances import place_features, place_options, time_features, time_options
from bulletinnlp.events.component import make_quotes, make_roles, names_of, story_of
from bulletinnlp.events.objects import object_features, object_options, object_text
from bulletinnlp.events.predicates import Candidate, candidates
from bulletinnlp.events.quotes import attribute
from bulletinnlp.events.salience import candidate_features, main_features
from bulletinnlp.events.speakers import Option, Scene, speaker_options
from bulletinnlp.events.story import Story
from bulletinnlp.events.voices import speaker_features
from bulletinnlp.training.linear import fit_choice, fit_yes_no, without_rare
from bulletinnlp.training.marked import MarkedArticle, article_doc, read_marked

PENALTY = {"trigger": 3.0, "lead": 3.0, "main": 6.0, "who": 1.0, "what": 2.0, "when": 2.0, "where": 2.0, "speaker": 2.0}
#: A feature counts that so many examples have (three-fold cross-validation: the same figures, a third of the weights).
LEAST = 3


class Wanted(NamedTuple):
    """An event as an annotator wrote it down."""

    trigger: str
    who: tuple[str, ...]
    what: str
    when: str
    where: tuple[str, ...]
    main: bool


@dataclass
class Examples:
    """What the models learn from: rows of features with answers, decisions with right options."""

    rows: dict[str, list[list[str]]] = field(default_factory=dict)
    answers: dict[str, list[bool]] = field(default_factory=dict)
    options: dict[str, list[list[list[str]]]] = field(default_factory=dict)
    right: dict[str, list[list[bool]]] = field(default_factory=dict)

    def row(self, model: str, features: list[str], answer: bool) -> None:
        """One example for a yes-or-no model."""
        self.rows.setdefault(model, []).append(features)
        self.answers.setdefault(model, []).append(answer)

    def choice(self, model: str, options: list[list[str]], right: list[bool]) -> None:
        """One example for a model that chooses."""
        if options:
            self.options.setdefault(model, []).append(options)
            self.right.setdefault(model, []).append(right)


def wanted_events(article: MarkedArticle) -> list[Wanted]:
    """The events that the article's annotator noted."""
    found = []
    for row in article.lists["events"]:
        trigger, who, what, when, where, main = (*row, *[""] * 6)[:6]
        found.append(Wanted(trigger, _list(who), what, when, _list(where), main == "main"))
    return found


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def align(article: MarkedArticle) -> list[tuple[int, Wanted]]:
    """For each event of the annotator, where its trigger most likely stands.

    >>> from bulletinnlp.training.marked import parse_marked
    >>> marked = "headline: 送书\\nbody:\\n[P:甲某]送行。[P:乙某]送书十册。\\nevents:\\n送 | 乙某 | 书十册 | | | main"
    >>> article = parse_marked(marked)
    >>> [article.text[at : at + 4] for at, _ in align(article)]
    ['送书十册']
    """
    found: list[tuple[int, Wanted]] = []
    taken: set[int] = set()
    for event in wanted_events(article):
        places = [at for at in _occurrences(article.text, event.trigger) if _is_read(article, at)]
        if places:
            best = max(places, key=lambda at: (_support(article, event, at) - (at in taken), -at))
            taken.add(best)
            found.append((best, event))
    return found


def _occurrences(text: str, what: str) -> Iterator[int]:
    at = text.find(what)
    while at >= 0:
        yield at
        at = text.find(what, at + 1)


def _is_read(article: MarkedArticle, at: int) -> bool:
    return not any(part.start <= at < part.end for part in article.parts if part.kind in ("dateline", "byline"))


def _support(article: MarkedArticle, event: Wanted, at: int) -> int:
    """How much of the event stands around its trigger at `at`."""
    text = article.text
    start = max(text.rfind(mark, 0, at) for mark in "。！？\n") + 1
    end = min((found for found in (text.find(mark, at) for mark in "。！？\n") if found >= 0), default=len(text))
    names: dict[str, list[int]] = {}
    for span in article.spans:
        name = span.extra[0] if span.kind == "R" and span.extra else span.text
        if start <= span.start < end:
            names.setdefault(name, []).append(span.start)
    support = 0
    if event.what:
        behind = text.find(event.what, at)
        support += 3 if 0 <= behind <= at + len(event.trigger) + 12 else 2 if event.what in text[start:end] else 0
    for who in event.who:
        places = names.get(who, [])
        support += 2 if any(place < at for place in places) else 1 if places else 0
    support += bool(event.when and event.when in names)
    return support + sum(where in names for where in event.where)


def learn_speakers(article: MarkedArticle, doc: Doc, examples: Examples) -> None:
    """Add what an article teaches about the speakers of its quotations."""
    wanted: list[tuple[int, int, str | None]] = []
    for speaker, opening, closing in (row[:3] for row in article.lists["quotes"]):
        start = article.text.find(opening)
        wanted.append((start, article.text.find(closing, start) + len(closing), speaker or None))

    def choose(scene: Scene) -> str | None:
        known = [w for start, end, w in wanted if start < scene.right and scene.left < end]
        if not known:
            return None
        options = speaker_options(scene)
        right = [_is_speaker(option, known[0]) for option in options]
        examples.choice("speaker", [speaker_features(scene, option) for option in options], right)
        return known[0]

    for part in article.parts:
        if part.kind == "body":
            attribute(doc.text, names_of(doc), part.start, part.end, choose)


def _is_speaker(option: Option, wanted: str | None) -> bool:
    """The scorer takes a speaker whose end is the annotator's, or the other way round."""
    if not option.speaker or not wanted:
        return option.speaker == wanted
    return option.speaker.endswith(wanted) or wanted.endswith(option.speaker)


def learn_from(article: MarkedArticle, doc: Doc, examples: Examples) -> None:
    """Add what an article teaches about its events."""
    story = story_of(doc)
    aligned = align(article)
    found: dict[int, Candidate] = {}
    for c in candidates(story.rows):
        words = story.rows[c.sentence].words
        start, end = words[c.first].start, words[c.last - 1].end
        number = _matching(story.text[start:end], start, end, aligned)
        features = candidate_features(story, c)
        examples.row("trigger", features, number is not None)
        examples.row("lead", features, number is not None and aligned[number][1].main)
        if number is not None:
            found.setdefault(number, c)
    for place, (number, c) in enumerate(found.items()):
        event = aligned[number][1]
        examples.row("main", main_features(story, c, event.who, place, len(found)), event.main)
        _learn_arguments(story, doc, c, event, examples)


def _matching(trigger: str, start: int, end: int, aligned: Sequence[tuple[int, Wanted]]) -> int | None:
    for number, (at, event) in enumerate(aligned):
        if start < at + len(event.trigger) and at < end and (trigger in event.trigger or event.trigger in trigger):
            return number
    return None


def _learn_arguments(story: Story, doc: Doc, c: Candidate, event: Wanted, examples: Examples) -> None:
    actors = actor_options(story, c)
    overlap = [_overlap(option, event.who) for option in actors]
    best = max(overlap, default=0.0)
    right = [best > 0 and value == best for value in overlap]
    examples.choice("who", [actor_features(story, c, option) for option in actors], right)
    times = {time.start: time for time in doc._.times}
    spots = time_options(story, c)
    texts = [None if spot is None else story.rows[spot.sentence].words[spot.word].text for spot in spots]
    right = [text == event.when if text else not event.when for text in texts]
    examples.choice("when", [time_features(story, c, spot, times) for spot in spots], right)
    spots = place_options(story, c)
    texts = [None if spot is None else story.name(story.rows[spot.sentence].words[spot.word]) for spot in spots]
    right = [any(same(text, where) for where in event.where) if text else not event.where for text in texts]
    examples.choice("where", [place_features(story, c, spot, event.who) for spot in spots], right)
    objects = object_options(story, c)
    texts = [None if option is None else object_text(story, c, option)[0] for option in objects]
    right = [same(text, event.what) if text else not event.what for text in texts]
    examples.choice("what", [object_features(story, c, option) for option in objects], right)


def _overlap(option: Actors, who: Sequence[str]) -> float:
    names, wanted = set(option.names), set(who)
    return len(names & wanted) / len(names | wanted) if wanted else 0.0


def same(one: str, other: str) -> bool:
    """Does one string hold the other? So the scorer compares triggers, objects and times."""
    one, other = one.strip("“”。，"), other.strip("“”。，")
    return bool(one and other) and (one in other or other in one)


def gather(articles: Iterable[MarkedArticle], nlp: Language) -> Examples:
    """The examples of many articles."""
    examples = Examples()
    roles, quotes = make_roles(nlp, "bulletin_roles"), make_quotes(nlp, "bulletin_quotes")
    for article in articles:
        doc = quotes(roles(article_doc(nlp, article)))
        learn_speakers(article, doc, examples)
        if article.lists["events"]:
            learn_from(article, doc, examples)
    return examples


def fit(examples: Examples) -> dict[str, dict[str, float]]:
    """The weights of every model."""
    weights = {
        name: fit_yes_no(without_rare(rows, LEAST), examples.answers[name], PENALTY[name])
        for name, rows in examples.rows.items()
    }
    for name, decisions in examples.options.items():
        kept = iter(without_rare([option for options in decisions for option in options], LEAST))
        thinned = [[next(kept) for _ in options] for options in decisions]
        weights[name] = fit_choice(thinned, examples.right[name], PENALTY[name])
    return weights


def main() -> None:
    """Read marked-up files and write the models."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("marked", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    articles = [article for path in options.marked for article in read_marked(path)]
    for name, weights in fit(gather(articles, spacy.blank("zh"))).items():
        lines = ",\n".join(f"{json.dumps(key, ensure_ascii=False)}: {value}" for key, value in weights.items())
        (options.out / f"{name}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
        print(f"{name}: {len(weights)} weights")


if __name__ == "__main__":
    main()
