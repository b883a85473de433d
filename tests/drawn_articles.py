"""Articles with marks of all kinds, drawn by chance."""

from hypothesis import strategies as st

from bulletinnlp.annotations import EVENT_TYPES
from bulletinnlp.evaluation import annotated_article as gold

#: Characters that mean something in the marked text, and one beyond the basic plane.
STRANGE = "[]=|;~^#\\:%＝｜；～：/"
LETTERS = "区委孙乐文村里𬭎1"
VALUES = {"DATE": "2022-11-27", "TIME": "2022-11-27TEV", "DURATION": "P1D", "SET": "P1D"}
words = st.text(LETTERS + STRANGE, min_size=1, max_size=5)


@st.composite
def articles(draw: st.DrawFn, printed: bool = True) -> gold.AnnotatedArticle:
    """An article of one to three sentences or more, all of it marked; every verb stands once.

    What fills the cells is printed in the article, or a name that a stand-in means, unless `printed` is False.
    """
    text, marks, quotes, roles, events = "", [], [], [], []
    headline = draw(st.none() | words)
    begin = len(headline) + 1 if headline else 0
    for number in range(1, draw(st.integers(1, 3)) + 1):
        label = draw(st.sampled_from([*gold.LABELS, gold.REFERENCE]))
        name = draw(words)
        others = words
        value = VALUES.get(label) or (draw(st.none() | words) if label == gold.REFERENCE else None)
        marks.append(gold.Mark(label, begin + len(text), begin + len(text) + len(name), value))
        what, verb, said = draw(words), f"宣{number}", draw(words)
        text += f"{name}长{verb}{what}说“"
        if printed:
            others = st.sampled_from([name, what])
        meant = None if label in gold.TIMES else value if label == gold.REFERENCE else name
        marked = st.just(meant) if meant else st.nothing()
        names = marked if printed else words
        quotes.append(gold.Quotation(draw(st.none() | others), begin + len(text), begin + len(text) + len(said)))
        text += said + "”。" + draw(st.sampled_from(["", "\n"]))
        roles.append(gold.HeldTitle(name, "长", draw(st.none() | others)))
        actors = st.builds(gold.Actor, names, st.just(True)) | st.builds(gold.Actor, others, st.just(False))
        who = tuple(draw(st.lists(actors, max_size=2)))
        whom, where = (tuple(draw(st.lists(names, max_size=0 if names.is_empty else 2))) for _ in "12")
        flags = frozenset(draw(st.sets(st.sampled_from(["main", "planned", "negative"]))))
        kind = draw(st.sampled_from(EVENT_TYPES))
        events.append(gold.NumberedEvent(0, verb, who, what, whom, draw(st.none() | others), where, kind, flags))
    sentences = gold.AnnotatedArticle(body=text).sentences
    events = [
        event._replace(sentence=next(number for number, sentence in sentences.items() if event.trigger in sentence))
        for event in events
    ]
    signed = gold.Contributor(draw(words), draw(st.sampled_from(gold.ROLES)), draw(st.none() | words))
    return gold.AnnotatedArticle(
        draw(st.sampled_from(["p#1", "甲/乙#2", ""])), draw(st.none() | st.just((3, 90))), "今日东昌府", None,
        "2022-11", headline=headline, body=text.strip("\n"), byline=draw(st.none() | words), marks=tuple(marks),
        contributors=draw(st.sampled_from([None, (), (signed,)])), roles=draw(st.sampled_from([None, tuple(roles)])),
        quotes=draw(st.sampled_from([None, tuple(quotes)])), events=draw(st.sampled_from([None, tuple(events)])),
    )  # fmt: skip
