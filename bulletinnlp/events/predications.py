"""Events out of the predicates of another model, with their arguments: semantic roles or dependencies.

Where a stage before has written `doc._.predications`, its predicates are the triggers: those that our network takes
for an event with some probability. An argument that the model gives counts before ours: an actor, a recipient or a
place is a name inside the model's words, a time one inside its `when`, an object its words. What the model leaves open,
above all subjects and times that are left out, is found as otherwise (`extractor.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bulletinnlp.annotations import Predication, PredicationRole
from bulletinnlp.events.arguments import LONGEST_OBJECT, LONGEST_PHRASE, Arguments, Value
from bulletinnlp.events.article_context import ArticleContext, Span
from bulletinnlp.events.event_network import Encoded, EventNetwork
from bulletinnlp.events.extractor import Found, events_of
from bulletinnlp.events.own_verbs import is_taken_away
from bulletinnlp.events.triggers import Trigger

#: The arguments that a model gives a predicate: role, start and end of each.
ModelArguments = list[tuple[PredicationRole, int, int]]
_JOINED = frozenset("、和与及同")


def by_predicate(records: Iterable[Predication]) -> dict[Span, ModelArguments]:
    """Predicates in the order of the text, each with its arguments.

    >>> text = "近日，县教育局召开会议。"
    >>> records = [Predication(7, 9, "hanlp", "who", 3, 7), Predication(7, 9, "hanlp", "what", 9, 11)]
    >>> {text[s:e]: [(role, text[a:b]) for role, a, b in some] for (s, e), some in by_predicate(records).items()}
    {'召开': [('who', '县教育局'), ('what', '会议')]}
    """
    found: dict[Span, ModelArguments] = {}
    for one in sorted(records, key=lambda record: (record.start, record.end)):
        arguments = found.setdefault((one.start, one.end), [])
        if one.role is not None and one.argument_start is not None and one.argument_end is not None:
            arguments.append((one.role, one.argument_start, one.argument_end))
    return found


def find_predicated(
    network: EventNetwork,
    articles: Sequence[ArticleContext],
    predications: Sequence[Sequence[Predication]],
    threshold: float,
) -> list[Found]:
    """The events and arguments of each article, out of the predications of a model."""
    if not articles:
        return []
    encoded = network.encode(articles)
    parsed = [by_predicate(some) for some in predications]
    triggers = [_likely(*one, threshold) for one in zip(articles, encoded, parsed, strict=True)]

    def correct(number: int, trigger: Trigger, own: Arguments) -> None:
        overrule(articles[number], own, parsed[number][trigger.start, trigger.end])

    return events_of(network, articles, encoded, triggers, correct)


def _likely(article: ArticleContext, encoded: Encoded, predicates: Iterable[Span], threshold: float) -> list[Trigger]:
    """The model's predicates that our network takes for an event with at least half of the threshold's probability."""
    chance = 1 - encoded.trigger_chances[:, 0]
    found = []
    for start, end in predicates:
        score = float(chance[start:end].max(initial=0.0))
        is_read = not (article.has_body and article.sentences[article.sentence_at(start)].in_headline)
        if is_read and score >= threshold / 2 and not is_taken_away(article.text[start:end]):
            found.append(Trigger(start, end, score))
    return found


def overrule(article: ArticleContext, own: Arguments, parsed: ModelArguments) -> None:
    """Put what the model says in the place of what we found."""
    for role in ("who", "whom", "where"):
        names = [value for name, start, end in parsed if name == role for value in _named(article, start, end)]
        if names:
            setattr(own, role, names)
        elif role == "who" and any(name == "who" for name, _, _ in parsed):
            own.who = [_words(article, start, end, LONGEST_PHRASE) for name, start, end in parsed if name == "who"]
    times = [
        Value(mention.name, mention.start, mention.end, True)
        for name, start, end in parsed
        if name == "when"
        for mention in (article.mentions[n] for n in article.mentions_in(start, end))
        if mention.label == "TIME"
    ]
    if times:
        own.when = times[0]
    objects = [_words(article, start, end, LONGEST_OBJECT) for name, start, end in parsed if name == "what"]
    if objects:
        own.what = objects[0]


def _named(article: ArticleContext, start: int, end: int) -> list[Value]:
    """The names in a stretch; an organisation or place that stands before a person's name in it is the person's."""
    inside = [article.mentions[n] for n in article.mentions_in(start, end) if article.mentions[n].label != "TIME"]
    titled = {
        number
        for number, (left, right) in enumerate(pairwise(inside))
        if left.label != "PER" and right.label == "PER" and not _JOINED & set(article.text[left.end : right.start])
    }
    return [Value(m.name, m.start, m.end, True) for number, m in enumerate(inside) if number not in titled]


def _words(article: ArticleContext, start: int, end: int, longest: int) -> Value:
    end = min(end, start + longest)
    return Value("".join(article.text[start:end].split()), start, end, False)
