"""A model takes the place of another one whole; what is not a model's stays."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bulletinnlp.finetune import folder as folders
from bulletinnlp.finetune.folder import check_way, write_manifest, written_whole
from bulletinnlp.models.model_folder import MANIFEST, before, weights_of
from bulletinnlp.models.model_spec import model_specs
from bulletinnlp.pages.run_record import CHECKPOINTS


def write(out: Path, text: str, overwrite: bool = False) -> None:
    with written_whole(out, overwrite) as aside:
        (aside / "names").mkdir()
        (aside / "names" / "tagger.json").write_text(text)
        write_manifest(aside, {})


def text(out: Path) -> str:
    return (out / "names" / "tagger.json").read_text()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    write(tmp_path / "model", "old")
    return tmp_path / "model"


def test_a_model_takes_the_place_of_another(out: Path) -> None:
    with pytest.raises(FileExistsError, match="--overwrite replaces it"):
        write(out, "new")
    write(out, "new", overwrite=True)
    assert text(out) == "new"
    assert [path.name for path in out.parent.iterdir()] == ["model"]


OTHERS: dict[str, Callable[[Path], object]] = {
    "a file": lambda out: (out / "notes.txt").touch(),
    "an empty folder": lambda out: (out / "notes").mkdir(),
    "an empty folder in a part": lambda out: (out / "names" / "notes").mkdir(),
    "a link to a folder": lambda out: (out / "notes").symlink_to(out.parent),
    "a link that leads nowhere": lambda out: (out / "notes").symlink_to("nowhere"),
    "a file that was changed": lambda out: (out / "names" / "tagger.json").write_text("mine"),
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("meanwhile", [False, True])
def test_what_is_somebodys_stays(kind: str, meanwhile: bool, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it comes while the model takes its place."""
    if meanwhile:
        monkeypatch.setattr(folders, "check_way", lambda *given: None)
    OTHERS[kind](out)
    here = sorted(out.rglob("*"))
    with pytest.raises(FileExistsError, match=r"model: .*move it away"):
        write(out, "new", overwrite=True)
    assert sorted(out.rglob("*")) == here
    assert [path.name for path in out.parent.iterdir()] == ["model"]


def test_a_process_that_ends_between_two_models(out: Path) -> None:
    """Loading says where the model is, and the next training puts it back."""
    out.rename(before(out))
    for name in (str(out), f"trained:{out}"):
        with pytest.raises(FileNotFoundError, match=r"was replaced, and it is in .*\.model\.before"):
            weights_of(model_specs(name)[0].what)
    with pytest.raises(FileExistsError, match="--overwrite replaces it"):
        write(out, "new")
    assert text(out) == "old"
    out.rename(before(out))
    write(out, "new", overwrite=True)
    assert text(out) == "new"
    assert [path.name for path in out.parent.iterdir()] == ["model"]


def test_what_stands_where_the_old_model_would_is_told_before_the_training(out: Path) -> None:
    before(out).mkdir()
    (before(out) / "thesis.docx").write_text("mine")
    with pytest.raises(FileExistsError, match=r"\.model\.before: is in the way"), written_whole(out, overwrite=True):
        pytest.fail("the training began")
    assert text(out) == "old"
    assert (before(out) / "thesis.docx").read_text() == "mine"


def test_a_process_that_ends_while_the_old_model_is_removed(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(path: Path, **options: bool) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(folders.shutil, "rmtree", ended)
        with pytest.raises(KeyboardInterrupt):
            write(out, "new", overwrite=True)
    assert text(out) == "new"
    write(out, "newer", overwrite=True)
    assert text(out) == "newer"


def test_no_model_goes_among_what_a_run_has_not_finished(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError, match="choose another folder"):
        check_way(tmp_path / CHECKPOINTS / "model", overwrite=True)


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    (tmp_path / "model").mkdir()
    write(tmp_path / "model", "new")
    assert json.loads((tmp_path / "model" / MANIFEST).read_text())["files"]


def test_a_link_that_leads_to_itself_is_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(FileExistsError, match=r"loop: is in the way"):
        check_way(tmp_path / "loop", overwrite=True)
