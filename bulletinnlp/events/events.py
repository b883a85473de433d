"""Who did what, where and when: the events of an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bulletinnlp.events.clauses import Sentence
from bulletinnlp.events.predicates import Candidate, candidates, function_words
from bulletinnlp.events.records import Argument, Event
from bulletinnlp.events.roles import Named
from bulletinnlp.events.types import event_type, verbs

MOST = 6


class Found(NamedTuple):
    """An event with its arguments, before they are numbered."""

    event: Event
    arguments: list[Argument]


def find_events(text: str, rows: Sequence[Sentence], names: Sequence[Named]) -> tuple[list[Event], list[Argument]]:
    """The events of an article whose sentences are `rows`."""
    by_start = {name.start: name for name in names}
    scored = sorted(((_score(rows, c), i, c) for i, c in enumerate(candidates(rows)) if c.subject), reverse=True)
    chosen: list[tuple[float, Candidate]] = []
    clauses: set[tuple[int, int]] = set()
    for score, _, c in scored:
        if (c.sentence, c.clause) not in clauses and len(chosen) < MOST and score > 2:
            chosen.append((score, c))
            clauses.add((c.sentence, c.clause))
    main = max(chosen, key=lambda pair: pair[0])[1] if chosen else None
    chosen.sort(key=lambda pair: (pair[1].sentence, pair[1].first))
    events: list[Event] = []
    arguments: list[Argument] = []
    for score, c in chosen:
        sentence = rows[c.sentence]
        start, end = sentence.words[c.first].start, sentence.words[c.last - 1].end
        trigger = text[start:end]
        number = len(events)
        events.append(
            Event(
                c is main,
                event_type(trigger),
                trigger,
                start,
                end,
                sentence.start,
                sentence.end,
                "positive",
                "actual",
                min(score / 10, 1.0),
            )
        )
        arguments += _arguments(text, rows, c, number, by_start)
    return events, arguments


def _arguments(
    text: str, rows: Sequence[Sentence], c: Candidate, number: int, names: dict[int, Named]
) -> list[Argument]:
    found = []
    words = rows[c.sentence].words
    if c.subject is not None:
        for index in c.subject.words:
            word = rows[c.subject.sentence].words[index]
            found.append(Argument(number, "who", names[word.start].name, word.start, word.end))
    if c.object is not None:
        start, end = words[c.object[0]].start, words[c.object[1] - 1].end
        found.append(Argument(number, "what", text[start:end][:25], start, end))
    times = c.times or tuple(i for i in range(c.first) if words[i].kind == "TIME")[-1:]
    if times:
        found.append(Argument(number, "when", words[times[0]].text, words[times[0]].start, words[times[0]].end))
    for index in c.places[:1]:
        word = words[index]
        found.append(Argument(number, "where", names[word.start].name, word.start, word.end))
    return found


def _score(rows: Sequence[Sentence], c: Candidate) -> float:
    sentence = rows[c.sentence]
    words = sentence.words
    trigger = "".join(word.text for word in words[c.first : c.last])
    score = 0.0
    score += 2 * (trigger in verbs()) + (words[c.first].text in verbs())
    score += {"clause": 2, "agent": 2, "sentence": 1}.get(c.subject_from, -c.distance)
    score += 1.5 * bool(c.times) + (c.object is not None)
    score += {0: 2, 1: 1}.get(c.sentence, 0) - 4 * (sentence.part != "body")
    clause = sentence.clauses[c.clause]
    before = words[clause.first : c.first]
    score -= 2 * any(function_words().get(word.text) == "modal" or word.text in ("将", "要") for word in before)
    after = words[c.last : clause.last]
    score -= 2 * any(word.text == "的" for word in after[:4])
    score -= event_type(trigger) == "statement"
    return score
