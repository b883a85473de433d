"""How well the main event is told: who, what, where, when, on articles that no model has learned from.

    python -m bulletinnlp.training.measure_events HELD_OUT...

For English news Giveme5W1H (Hamborg, Breitinger and Gipp, 2019, https://arxiv.org/abs/1909.02766) reports a precision
of .82 over who, what, where and when of the main event, as judged by people. Here the annotator's main events stand in
for the judges, which is stricter: an answer that a judge would let pass counts as wrong if the annotator wrote another.

An answer to *who* is right if it shares a name with the annotator's, to *what* if trigger or object are the same or one
holds the other, to *where* and *when* if the strings are the same or one holds the other. No answer, no count.
On the held-out fifth of the corpus (50 articles, names and times from the marks): who .58, what .38, where .64, when
.47, all four .50. Fifty articles are few: over 979 articles in three-fold cross-validation it is who .70, what .56,
where .72, when .65, all four .65.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from bulletinnlp.events.component import make_events, make_quotes, make_roles
from bulletinnlp.training.events import Wanted, same, wanted_events
from bulletinnlp.training.marked import MarkedArticle, article_doc, read_marked

ROLES = ("who", "what", "where", "when")


def told(doc: Doc) -> dict[str, list[str]]:
    """The answers of a Doc's first main event, by role; `what` holds trigger and object."""
    number = next((number for number, event in enumerate(doc._.events) if event.main), None)
    if number is None:
        return {role: [] for role in ROLES}
    answers = {role: [a.text for a in doc._.arguments if a.event == number and a.role == role] for role in ROLES}
    answers["what"].append(doc._.events[number].trigger)
    return answers


def is_right(role: str, answers: list[str], wanted: Wanted) -> bool:
    """Is one of the answers what the annotator wrote?

    >>> wanted = Wanted("召开", ("郑家镇",), "推进会议", "11月2日", (), True)
    >>> is_right("what", ["工作推进会议", "举行"], wanted), is_right("who", ["堂邑镇"], wanted)
    (True, False)
    """
    if role == "who":
        return bool(set(answers) & set(wanted.who))
    given = {"what": (wanted.trigger, wanted.what), "where": wanted.where, "when": (wanted.when,)}[role]
    return any(same(answer, text) for answer in answers for text in given if text)


def precision(articles: Iterable[MarkedArticle], nlp: Language) -> dict[str, tuple[int, int]]:
    """Right answers and answers, by role, over the main events of the articles."""
    roles, quotes = make_roles(nlp, "bulletin_roles"), make_quotes(nlp, "bulletin_quotes")
    events = make_events(nlp, "bulletin_events")
    right: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for article in articles:
        answers = told(events(quotes(roles(article_doc(nlp, article)))))
        mains = [wanted for wanted in wanted_events(article) if wanted.main]
        for role in ROLES:
            given[role] += bool(answers[role])
            right[role] += any(is_right(role, answers[role], wanted) for wanted in mains)
    return {role: (right[role], given[role]) for role in ROLES}


def main() -> None:
    """Print the precision by role and over all four."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("held_out", nargs="+", type=Path)
    articles = (article for path in parser.parse_args().held_out for article in read_marked(path))
    counts = precision(articles, spacy.blank("zh"))
    for role, (right, given) in counts.items():
        print(f"{role:6}{right / max(given, 1):.3f}  ({right} of {given})")
    rights, answers = sum(right for right, _ in counts.values()), sum(given for _, given in counts.values())
    print(f"{'all':6}{rights / max(answers, 1):.3f}  ({rights} of {answers})")


if __name__ == "__main__":
    main()
