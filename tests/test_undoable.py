"""What the history offers: the buttons are there exactly where Access would do what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from danvan.access import PUBLIC, Access, operator
from danvan.accounts import Account, Role
from danvan.errors import RefusedError
from danvan.model import File, Stage, YearRule
from danvan.store import Store, open_store
from tests.making import YEAR, founded, result, submission, target

ACCOUNTS = {
    "public": PUBLIC,
    "viewer": Account(1, "xem", "", Role.VIEWER),
    "reporter": Account(2, "minh", "", Role.REPORTER, "W1"),
    "other": Account(3, "son", "", Role.REPORTER, "W2"),
    "editor": Account(4, "hoa", "", Role.EDITOR),
    "limited": Account(5, "p1", "", Role.EDITOR, "W1"),
    "admin": operator("lan"),
}
PAPER = (File("a.csv", b"a"),)


def _lived(path: Path, closed: bool) -> Store:
    """A store with submissions in every outcome, some taken back, some brought back."""
    store = founded(open_store(str(path)))
    minh, hoa = Access(store, ACCOUNTS["reporter"]), Access(store, ACCOUNTS["editor"])

    def hand(value: int) -> int:
        facts = submission(result(value, "W1"), person="minh", files=PAPER)
        return minh.submit([facts])[0]

    _waiting, returned, approved, withdrawn, again = (hand(value) for value in range(1, 6))
    hoa.decide(returned, "returned", comment="sai")
    hoa.decide(approved, "approved")
    minh.undo(withdrawn)
    minh.undo(minh.undo(again))
    both = submission(target(1, "W1"), target(1, "W2"), person="hoa", files=PAPER)
    numbers = hoa.submit([both, submission(target(2, "CITY"), person="hoa"), both])
    hoa.undo(numbers[1])
    hoa.undo(hoa.undo(numbers[2]))
    if closed:
        store.submit([submission(years=(YearRule(YEAR, Stage.CLOSED),))])
    return store


@pytest.fixture(scope="module", params=[False, True], ids=["open", "closed"])
def lived(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of such a store, of an open or a closed year; each test works on a copy."""
    folder = tmp_path_factory.mktemp("lived")
    _lived(folder / "a.db", request.param)
    return folder


def _copy(lived: Path, folder: Path) -> Store:
    return open_store(str(shutil.copytree(lived, folder) / "a.db"))


@pytest.mark.parametrize("who", ACCOUNTS)
def test_what_can_be_taken_back_is_what_access_would_take_back(
    tmp_path: Path, lived: Path, who: str
) -> None:
    seen = Access(_copy(lived, tmp_path / "first"), ACCOUNTS[who])
    offered = seen.undoable()
    for number in seen.submissions()["id"]:
        fresh = Access(_copy(lived, tmp_path / str(number)), ACCOUNTS[who])
        if number in offered:
            fresh.undo(int(number))
        elif fresh.submissions().set_index("id").loc[number, "channel"] != "undo":
            with pytest.raises(RefusedError):
                fresh.undo(int(number))


def test_what_was_taken_back_is_brought_back_by_its_last_undo(tmp_path: Path) -> None:
    hoa = Access(_lived(tmp_path / "a.db", closed=False), ACCOUNTS["editor"])
    found = hoa.submissions().set_index("id")
    acts = [n for n in hoa.undoable() if found.loc[n, "channel"] == "undo"]
    undone = {int(found.loc[n, "undoes"]) for n in acts}
    assert undone == set(found.index[found["outcome"] == "withdrawn"])


@pytest.mark.parametrize("who", ACCOUNTS)
def test_the_files_that_are_offered_are_those_that_can_be_opened(
    tmp_path: Path, lived: Path, who: str
) -> None:
    reader = Access(_copy(lived, tmp_path / "copy"), ACCOUNTS[who])
    found = reader.submissions()
    offered = reader.openable(found)
    for number in found["id"]:
        if number in offered:
            reader.file(int(number), "a.csv")
        else:
            with pytest.raises(RefusedError):
                reader.file(int(number), "a.csv")
