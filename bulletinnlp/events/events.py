"""Who did what, where and when: the events of an article.

1. `predicates.py` proposes every verb as a candidate, with what the grammar of its clause says (`subjects.py`).
2. Two linear models over the same features (`salience.py`) say how likely an annotator notes it (`trigger.json` in
   `data/events/`) and how likely it is what the article is about (`lead.json`). Those are kept that do best in both
   together, at most six, one a clause.
3. For each, linear models choose the actor (`actors.py`), the object (`objects.py`), the time and the place
   (`circumstances.py`) among the options that the grammar offers. Without an actor that has a name there is no event.
4. Which one or two of them are the main events? `lead` has judged each by itself; `main.json` sees it beside the others
   (first or last, what it shares with the headline). Their sum is better than either: when it was chosen, who,
   what, where and when of the main event were right in .587 (corpus) and .646 (written articles), by `lead` alone in
   .530 and .638, by `main` alone in .553 and .617; now it is .622 and .657 (three-fold cross-validation).

Two methods were measured on the marked-up corpus, every stage before perfect: (1) the grammar over the word classes
of jieba's dictionary with a score set by hand (verbs of the type list, a named subject near, a time, an early
sentence); (2) the same candidates, ranked by the learned model. F1 of triggers: .41 by hand, .60 learned (five-fold
cross-validation). So the grammar offers and the model chooses. Learned from five times as many articles, with the
word classes of a tagger (`training/words.py`), it reaches .63 (three-fold, 979 articles), main events .75, and of the
matched events who .91, what .93, when .85, where .66.

How far can one get? A reader with the guidelines only, who had not seen the annotation, agreed with it in .77 of the
triggers of the seed pages and .70 of ten corpus articles (main events .83, .80; who, what and when above .92; where
.63, .83). A pretrained encoder (eight layers of multilingual-e5-small, MIT, fine-tuned on the same articles) reached
.55 on the held-out articles and .58 on the seed pages where the linear model had .58 and .52, the mean of both .61
and .60; it reads a tenth as fast as the whole pipeline may, and what it knows did not pass into a small network over
our features (distilled over 55,000 candidates: .58 and .51), nor do two of its layers, which would be fast enough,
hold it (.51 and .49). Tried and left as well: a network over the candidates of an article (+.01), classes of verbs
from word vectors (+.003), the arguments of the event told before as features (.00), the tags of the words around in
running text (+.004, before the dictionary had learned from them), pairs of the strongest features (-.01 to -.03),
more weight for the articles most like the seed pages (.00).

The models are made by `bulletinnlp/training/events.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from bulletinnlp.events.actors import Actors, actor_features, actor_options
from bulletinnlp.events.circumstances import Spot, place_features, place_options, time_features, time_options
from bulletinnlp.events.clauses import NAMES
from bulletinnlp.events.linear import Linear, load_model, probability
from bulletinnlp.events.modality import modality, polarity
from bulletinnlp.events.objects import Object, object_features, object_options, object_text
from bulletinnlp.events.predicates import PASSIVE, Candidate, candidates
from bulletinnlp.events.records import Argument, Event
from bulletinnlp.events.salience import candidate_features, main_features
from bulletinnlp.events.story import Story
from bulletinnlp.events.subjects import read_clause
from bulletinnlp.events.types import event_type
from bulletinnlp.times.time import Time

#: At most so many events an article, as a reader would note.
MOST = 6
#: Candidates whose salience is higher are events; so are the best `LEAST` if they are not faint, and the very best.
THRESHOLD = 0.27
LEAST = 3
FAINT = 0.16
#: A second main event must score at least this (cross-validation: annotators differ most in the second one).
SECOND_MAIN = 0.5
#: The logit of `trigger` that a main event needs: an article whose events are all faint has no main one.
SURE = -1.7
#: A place is given if it scores higher than no place, or than one that is the actor, less this much (cross-validation:
#: more are found than lost).
PLACELESS = 0.6

_RECIPIENT = frozenset("向给为")


Option = TypeVar("Option")


class Models(NamedTuple):
    """The linear models of the steps."""

    trigger: Linear
    lead: Linear
    main: Linear
    who: Linear
    what: Linear
    when: Linear
    where: Linear


def load_models() -> Models:
    """The models that ship with the package."""
    return Models(*(load_model(name) for name in Models._fields))


class Chosen(NamedTuple):
    """A candidate with what the models `trigger` and `lead` say of it (the logits)."""

    candidate: Candidate
    trigger: float
    lead: float

    @property
    def salience(self) -> float:
        """What candidates are ranked by: how likely it is noted, plus how likely it is the main event."""
        return probability(self.trigger) + probability(self.lead)


class Deed(NamedTuple):
    """A candidate that was chosen, with its arguments."""

    chosen: Chosen
    who: Actors
    what: Object | None
    when: Spot | None
    where: Spot | None


def find_events(
    story: Story, times: Sequence[Time], models: Models | None = None, most: int = MOST
) -> tuple[list[Event], list[Argument]]:
    """The events of an article and their arguments, in the order of the text."""
    models = models or load_models()
    by_start = {time.start: time for time in times}
    chosen = select(story, candidates(story.rows), models, most)
    return tell(story, [fill(story, one, by_start, models) for one in chosen], models.main)


def tell(story: Story, deeds: Iterable[Deed | None], model: Linear) -> tuple[list[Event], list[Argument]]:
    """Deeds as events and their arguments, in the order of the text; the main ones marked."""
    known = [deed for deed in deeds if deed is not None]
    known.sort(key=lambda deed: (deed.chosen.candidate.sentence, deed.chosen.candidate.first))
    mains = main_deeds(story, known, model)
    events = [_event(story, deed, number in mains) for number, deed in enumerate(known)]
    arguments = [argument for number, deed in enumerate(known) for argument in _arguments(story, deed, number)]
    return events, arguments


def select(story: Story, given: Iterable[Candidate], models: Models, most: int = MOST) -> list[Chosen]:
    """The candidates that an annotator would note, the most salient first.

    A headline says what the body tells again: it has candidates only where there is no body.
    """
    told = story.body_first if story.body_first < len(story.rows) else 0
    scored = [_weigh(story, c, models) for c in given if c.subject is not None and c.sentence >= told]
    scored.sort(key=lambda one: (-one.salience, one.candidate.sentence, one.candidate.first))
    chosen: list[Chosen] = []
    clauses: set[tuple[int, int]] = set()
    for one in scored:
        enough = len(chosen) >= (LEAST if one.salience >= FAINT else 1)
        if len(chosen) >= most or (enough and one.salience < THRESHOLD):
            break
        clause = (one.candidate.sentence, one.candidate.clause)
        if clause not in clauses:
            chosen.append(one)
            clauses.add(clause)
    return chosen


def _weigh(story: Story, c: Candidate, models: Models) -> Chosen:
    features = candidate_features(story, c)
    return Chosen(c, models.trigger.score(features), models.lead.score(features))


def fill(story: Story, chosen: Chosen, times: dict[int, Time], models: Models) -> Deed | None:
    """A candidate with its arguments; None if nobody with a name acts."""
    c = chosen.candidate
    who = _best(actor_options(story, c), models.who, lambda option: actor_features(story, c, option))
    if who is None:
        return None
    what = _best(object_options(story, c), models.what, lambda option: object_features(story, c, option))
    when = _best(time_options(story, c), models.when, lambda spot: time_features(story, c, spot, times))
    where = _place_of(story, c, who, models.where)
    return Deed(chosen, who, what, when, where)


def _best(options: Sequence[Option], model: Linear, features: Callable[[Option], list[str]]) -> Option | None:
    """The option that scores highest."""
    if len(options) < 2:
        return options[0] if options else None
    return max(options, key=lambda option: model.score(features(option)))


def _place_of(story: Story, c: Candidate, who: Actors, model: Linear) -> Spot | None:
    """Where it happens: the place that scores highest, if that is not far less than no place."""

    def score(spot: Spot | None) -> float:
        idle = spot is None or _named(story, spot)[0] in who.names
        return model.score(place_features(story, c, spot, who.names)) - (PLACELESS if idle else 0.0)

    options = place_options(story, c)
    return max(options, key=score) if len(options) > 1 else None


def main_deeds(story: Story, deeds: Sequence[Deed], model: Linear) -> set[int]:
    """Which of the deeds, in the order of the text, the article is about: one, or two where the second is likely; none
    where none is likely to be an event."""
    scores = [
        deed.chosen.lead + model.score(main_features(story, deed.chosen.candidate, deed.who.names, place, len(deeds)))
        for place, deed in enumerate(deeds)
    ]
    order = sorted(range(len(deeds)), key=lambda number: -scores[number])[:2]
    least = (-math.inf, SECOND_MAIN)
    return {
        number
        for number, low in zip(order, least, strict=False)
        if scores[number] > low and deeds[number].chosen.trigger > SURE
    }


def _event(story: Story, deed: Deed, main: bool) -> Event:
    c = deed.chosen.candidate
    sentence = story.rows[c.sentence]
    start, end = sentence.words[c.first].start, sentence.words[c.last - 1].end
    trigger = story.text[start:end]
    what = object_text(story, c, deed.what)[0] if deed.what else ""
    return Event(
        main,
        event_type(trigger, what),
        trigger,
        start,
        end,
        sentence.start,
        sentence.end,
        polarity(sentence, c),
        modality(sentence, c),
        round(probability(deed.chosen.trigger), 4),
    )


def _arguments(story: Story, deed: Deed, number: int) -> list[Argument]:
    c = deed.chosen.candidate
    group = deed.who.group
    found = [Argument(number, "who", *_named(story, Spot(group.sentence, index))) for index in group.words]
    if deed.what is not None:
        found.append(Argument(number, "what", *object_text(story, c, deed.what)))
    found += [Argument(number, "whom", *_named(story, spot)) for spot in _recipients(story, c)]
    if deed.when is not None:
        start, end = story.offset(*deed.when)
        found.append(Argument(number, "when", story.text[start:end], start, end))
    if deed.where is not None:
        found.append(Argument(number, "where", *_named(story, deed.where)))
    return found


def _named(story: Story, spot: Spot) -> tuple[str, int, int]:
    word = story.rows[spot.sentence].words[spot.word]
    return story.name(word), word.start, word.end


def _recipients(story: Story, c: Candidate) -> list[Spot]:
    """The names that the deed is for: 向…捐赠, 交给…, 授予…, and whom 被 shows it to befall."""
    words = story.rows[c.sentence].words
    clause = story.rows[c.sentence].clauses[c.clause]
    found = []
    if c.passive and c.subject_from == "agent":
        by = next(index for index in range(clause.first, c.first) if words[index].text in PASSIVE)
        befallen, _ = read_clause(story.rows[c.sentence], c.sentence, clause).subject_of(by)
        found = [Spot(c.sentence, index) for index in befallen.words] if befallen else []
    for index in range(clause.first + 1, c.first):
        if words[index].kind in NAMES and words[index - 1].text in _RECIPIENT:
            found.append(Spot(c.sentence, index))
    gives = words[c.last - 1].text in ("给", "予", "授予") or words[c.last - 1].text.endswith(("给", "予"))
    index = c.last
    while gives and index < clause.last and (words[index].kind in NAMES or words[index].text in "、和"):
        if words[index].kind in NAMES:
            found.append(Spot(c.sentence, index))
        index += 1
    return found
