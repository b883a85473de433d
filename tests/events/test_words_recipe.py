"""The dictionary learns classes and words from tagged text."""

from collections import Counter

from bulletinnlp.training.words import lines, taught

KNOWN = {"知识": (80, "v"), "召开": (90, "v"), "推进": (85, "v"), "正在": (70, "d"), "进行": (60, "v")}
TAGGED = {
    "知识": Counter(n=20),  # jieba holds it for a verb
    "召开": Counter(n=20),  # a verb of the list of types stays one
    "推进": Counter(v=3),  # seen too seldom
    "融媒体": Counter(n=9, nz=1),
    "正在进行": Counter(v=30),  # two words
    "孙乐文": Counter(PER=30),  # a name
}


def test_classes_and_new_words_come_from_the_tags() -> None:
    words = taught(KNOWN, TAGGED)
    assert words["知识"] == (80, "n")
    assert words["召开"] == KNOWN["召开"]
    assert words["推进"] == KNOWN["推进"]
    assert words["融媒体"][1] == "n"
    assert "正在进行" not in words
    assert "孙乐文" not in words


def test_a_line_holds_the_words_of_a_class_and_cost() -> None:
    assert list(lines({"推进": (85, "v"), "召开": (85, "v"), "知识": (80, "n")})) == ["n\t80\t知识", "v\t85\t召开 推进"]
