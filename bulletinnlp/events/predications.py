"""Events out of what another model says of the predicates: semantic roles or dependencies.

Where a stage before has written `doc._.predications`, its predicates are the candidates: those that our network takes
for an event with some probability. An argument that the model gives counts before ours: an actor, a recipient or a
place is a name inside the model's words, a time one inside its `when`, an object its words. What the model leaves open,
above all subjects and times that are left out, is found as otherwise (`events.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bulletinnlp.annotations import Predication, PredicationRole
from bulletinnlp.events.arguments import LONGEST_OBJECT, LONGEST_PHRASE, Arguments, Value
from bulletinnlp.events.context import ArticleContext, Span
from bulletinnlp.events.events import Found, arguments_of, meanings, records
from bulletinnlp.events.inputs import inputs
from bulletinnlp.events.own_verbs import is_taken_away
from bulletinnlp.events.predicates import Predicate
from bulletinnlp.events.reader import Encoded, Reader

#: The arguments that a model gives a predicate: role, start and end of each.
Given = list[tuple[PredicationRole, int, int]]
_JOINED = frozenset("、和与及同")


def by_predicate(records: Iterable[Predication]) -> dict[tuple[int, int], Given]:
    """Predicates in the order of the text, each with its arguments.

    >>> text = "近日，县教育局召开会议。"
    >>> said = [Predication(7, 9, "hanlp", "who", 3, 7), Predication(7, 9, "hanlp", "what", 9, 11)]
    >>> {text[s:e]: [(role, text[a:b]) for role, a, b in given] for (s, e), given in by_predicate(said).items()}
    {'召开': [('who', '县教育局'), ('what', '会议')]}
    """
    found: dict[tuple[int, int], Given] = {}
    for one in sorted(records, key=lambda record: (record.start, record.end)):
        given = found.setdefault((one.start, one.end), [])
        if one.role is not None and one.argument_start is not None and one.argument_end is not None:
            given.append((one.role, one.argument_start, one.argument_end))
    return found


def find_predicated(
    reader: Reader, articles: Sequence[ArticleContext], said: Sequence[Sequence[Predication]], threshold: float
) -> list[Found]:
    """The events and arguments of each article, whose predicates a model has told."""
    encoded = reader.encode(articles) if articles else []
    every = [by_predicate(some) for some in said]
    chosen = [
        _likely(article, one, given, threshold) for article, one, given in zip(articles, encoded, every, strict=True)
    ]
    asked = [
        inputs(article, one.chars, [(start, end) for start, end, _ in some])
        for article, one, some in zip(articles, encoded, chosen, strict=True)
    ]
    found = []
    answers = reader.ask(articles, encoded, asked)
    for article, some, read, given, meaning in zip(articles, chosen, answers, every, meanings(encoded), strict=True):
        arguments = arguments_of(article, some, read)
        for predicate, own in zip(some, arguments, strict=True):
            overrule(article, own, given[predicate.start, predicate.end])
        found.append(records(article, some, read, arguments, meaning))
    return found


def _likely(article: ArticleContext, encoded: Encoded, given: dict[Span, Given], threshold: float) -> list[Predicate]:
    """The model's predicates that our network takes for an event with at least half of the threshold's probability."""
    chance = 1 - encoded.tags[encoded.places[:-1]][:, 0]
    body = not all(sentence.head for sentence in article.sentences)
    found = []
    for start, end in given:
        score = float(chance[start:end].max(initial=0.0))
        if is_taken_away(article.text[start:end]):
            continue
        if score >= threshold / 2 and not (body and article.sentences[article.sentence_at(start)].head):
            found.append(Predicate(start, end, score))
    return found


def overrule(article: ArticleContext, own: Arguments, given: Given) -> None:
    """Put what the model says in the place of what we found."""
    for role in ("who", "whom", "where"):
        names = [value for name, start, end in given if name == role for value in _named(article, start, end)]
        if names:
            setattr(own, role, names)
        elif role == "who" and any(name == "who" for name, _, _ in given):
            own.who = [_words(article, start, end, LONGEST_PHRASE) for name, start, end in given if name == "who"]
    times = [
        Value(mention.name, mention.start, mention.end, True)
        for name, start, end in given
        if name == "when"
        for mention in (article.mentions[n] for n in article.mentions_in(start, end))
        if mention.kind == "TIME"
    ]
    if times:
        own.when = times[0]
    objects = [_words(article, start, end, LONGEST_OBJECT) for name, start, end in given if name == "what"]
    if objects:
        own.what = objects[0]


def _named(article: ArticleContext, start: int, end: int) -> list[Value]:
    """The names in a stretch; a body or place that stands before a person's name in it is the person's."""
    inside = [article.mentions[n] for n in article.mentions_in(start, end) if article.mentions[n].kind != "TIME"]
    titled = {
        number
        for number, (left, right) in enumerate(pairwise(inside))
        if left.kind != "PER" and right.kind == "PER" and not _JOINED & set(article.text[left.end : right.start])
    }
    return [Value(m.name, m.start, m.end, True) for number, m in enumerate(inside) if number not in titled]


def _words(article: ArticleContext, start: int, end: int, longest: int) -> Value:
    end = min(end, start + longest)
    return Value("".join(article.text[start:end].split()), start, end, False)
