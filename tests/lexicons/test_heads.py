"""Every list says at its head what an entry is; those that are open say what a user's line does."""

from __future__ import annotations

import pytest
import typer.testing

from bulletinnlp.cli import app
from bulletinnlp.lexicons import lexicons_from
from bulletinnlp.lexicons.line_formats import LINE_FORMATS
from bulletinnlp.lexicons.listing import head, names, overview


@pytest.mark.parametrize("name", names())
def test_the_head_says_what_an_entry_is(name: str) -> None:
    told = "\n".join(head(name))
    assert "Entry: " in told or (name.startswith("time_") and len(told) > 40)
    assert ("Yours: " in told) == (name in LINE_FORMATS)


@pytest.mark.parametrize("name", LINE_FORMATS)
def test_the_examples_of_a_head_are_right(name: str) -> None:
    told = [line.removeprefix("Yours: ").partition(":")[0] for line in head(name) if line.startswith("Yours: ")]
    lines = [line.replace("<TAB>", "\t") for some in told for line in some.split(" or ")]
    assert {line[0] == "-" for line in lines} <= {True, False}
    assert lexicons_from({name: lines}).added(name)


@pytest.mark.parametrize("name", LINE_FORMATS)
def test_our_own_list_is_a_start_for_ones_own(name: str) -> None:
    printed = typer.testing.CliRunner().invoke(app, ["lexicons", name]).stdout
    mine = lexicons_from({name: printed.splitlines()})
    assert mine.rows(name) == lexicons_from(None).rows(name)


def test_the_overview_names_all() -> None:
    shown = typer.testing.CliRunner().invoke(app, ["lexicons"]).stdout
    assert shown.strip() == overview()
    assert all(name in shown for name in names())


def test_a_list_that_is_not_open() -> None:
    ended = typer.testing.CliRunner().invoke(app, ["lexicons", "word_joints"])
    assert ended.exit_code == 2
    assert "there is no list 'word_joints' that you may change; choose from titles" in ended.stderr
