"""A user's folder: what is read, and what is refused, with the place and what is expected."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
import typer.testing

import bulletinnlp
from bulletinnlp.annotations import EVENT_TYPES, TitleKind
from bulletinnlp.cli import app
from bulletinnlp.lexicons import LexiconsError, lexicons_from, line_formats


def folder(at: Path, **lists: str) -> Path:
    """A folder with these lists."""
    for name, text in lists.items():
        (at / f"{name}.txt").write_text(text, encoding="utf-8")
    return at


def test_lines_are_read_as_people_write_them(tmp_path: Path) -> None:
    mine = folder(
        tmp_path, titles="\ufeff# ours\n\n楼门掌柜\toffice\n 镇街长   office \r\n－村民\n-支书", verbs="揭榜　signing\n"
    )
    assert lexicons_from(mine).entries() == {
        "titles": ["楼门掌柜\toffice", "镇街长\toffice", "- 村民", "- 支书"],
        "verbs": ["揭榜\tsigning"],
    }


def test_a_word_with_blanks_is_taken_away(tmp_path: Path) -> None:
    mine = folder(tmp_path, page_furniture="- All Rights\n- 版权所有 sure\n")
    assert lexicons_from(mine).entries() == {"page_furniture": ["- All Rights", "- 版权所有\tsure"]}


def test_a_word_of_ours_is_given_other_fields(tmp_path: Path) -> None:
    mine = folder(tmp_path, section_names="- 时政\n时政 head\n")
    assert ("时政", "head") in lexicons_from(mine).rows("section_names")


WRONG = [
    ("titles", "楼门掌柜 boss", "line 1: kind can not be 'boss'; expected a word, a tab, kind (office, occupation or"),
    ("titles", "# ours\n楼门掌柜 office 1", "titles.txt, line 2: there is too much in the line"),
    ("titles", "- ", "titles.txt, line 1: there is no word behind the minus"),
    ("verbs", "揭榜 honor", "verbs.txt, line 1: type can not be 'honor'; expected a word, a tab, type (meeting,"),
    ("body_suffixes", "食堂", "line 1: 食堂 has no kind; expected a word, a tab, kind (full or part)"),
    ("byline_cues", "校读 editor", "byline_cues.txt, line 1: 校读 has no place"),
    ("section_names", "- 没有的栏目", "line 1: 没有的栏目 can not be taken away, since our list does not hold it"),
    ("section_names", "- 时政 tail", "line 1: 时政 tail can not be taken away"),
    ("surnames", "禤 姓", "surnames.txt, line 1: there is too much in the line; expected a word"),
    ("stand_in_nouns", "驿站 PER", "stand_in_nouns.txt, line 1: label can not be 'PER'"),
    ("titles", "大掌柜 office\n- 大掌柜", "titles.txt: 大掌柜 office is both added and taken away"),
    ("section_names", "- 时政\n时政 whole", "section_names.txt: 时政 whole is both added and taken away"),
    ("titel", "楼门掌柜", "titel.txt: there is no list titel; did you mean titles?; open are titles,"),
    ("words", "n 5 河湖", "words.txt: the list words is not open to changes"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "told"), WRONG, ids=[f"{name} {text}" for name, text, _ in WRONG])
def test_wrong_lines_are_named(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(LexiconsError) as caught:
        bulletinnlp.load(lexicons=folder(tmp_path, **{name: text}))
    assert f"{tmp_path}/{name}.txt" in str(caught.value)
    assert told in str(caught.value)


def test_all_wrong_lines_are_named_at_once(tmp_path: Path) -> None:
    mine = folder(tmp_path, titles="甲 boss\n乙 boss", verbs="揭榜 x")
    (mine / "names.csv").write_text("x", encoding="utf-8")
    with pytest.raises(ValueError, match="boss") as caught:
        bulletinnlp.extract(texts="县里下雨了。", lexicons=mine)
    lines = str(caught.value).splitlines()
    assert [line.removeprefix(f"{mine}/").partition(":")[0] for line in lines] == [
        "names.csv", "titles.txt, line 1", "titles.txt, line 2", "verbs.txt, line 1",
    ]  # fmt: skip


def test_what_is_no_folder_of_lists(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no such folder"):
        lexicons_from(tmp_path / "none")
    with pytest.raises(LexiconsError, match="there is no list in it"):
        lexicons_from(tmp_path)
    (tmp_path / "titles.txt").write_bytes("楼门掌柜".encode("gb18030"))
    with pytest.raises(LexiconsError, match="the file is not UTF-8"):
        lexicons_from(tmp_path)
    with pytest.raises(ValueError, match="the name of the folder of lexicons is empty"):
        lexicons_from("")
    with pytest.raises(NotADirectoryError, match="that is a file"):
        lexicons_from(tmp_path / "titles.txt")


def test_the_command_does_not_start(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("11月13日，楼门掌柜孙乐文沿街巡查。", encoding="utf-8")
    (tmp_path / "mine").mkdir()
    folder(tmp_path / "mine", titles="楼门掌柜 boss\n镇街长 chief")
    words = [tmp_path / "a.txt", "--out", tmp_path / "out", "--lexicons", tmp_path / "mine"]
    ended = typer.testing.CliRunner().invoke(app, ["extract", *map(str, words)])
    assert ended.exit_code == 2
    assert [line.partition(";")[0].rpartition("/")[2] for line in ended.stderr.splitlines()] == [
        "titles.txt, line 1: kind can not be 'boss'", "titles.txt, line 2: kind can not be 'chief'",
    ]  # fmt: skip
    assert not (tmp_path / "out").exists()


def test_the_values_of_fields_are_those_of_the_annotations() -> None:
    assert line_formats.EVENT_TYPES == EVENT_TYPES
    assert get_args(TitleKind) == line_formats.TITLE_KINDS
