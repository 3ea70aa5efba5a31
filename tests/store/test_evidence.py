"""Documents in the store: with what they prove or not at all, never updated, taken away by a version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from danvan.errors import RefusedError
from danvan.model import Entry, Evidence, File, Period, Register, Stage
from danvan.store import Store
from tests.making import RULE, YEAR, only, result, submission
from tests.papers import DOC, PDF, PNG

PAPER, PICTURE = File("../QĐ 12.pdf", PDF), File("ảnh.png", PNG)
FIGURE = Evidence(file=PAPER, year=YEAR, unit="W1", indicator="SUM")
MODEL = Entry(register=Register.MODEL, year=YEAR, unit="W1", name="Đường hoa", evidence=(PAPER,))
NEXT = replace(RULE, year=YEAR + 1)


def _model(store: Store) -> int:
    store.submit([submission(entries=(MODEL,))])
    return int(store.entries(Register.MODEL, YEAR)["entry"].iloc[-1])


def test_a_document_comes_with_its_figure_under_a_safe_name(store: Store) -> None:
    store.submit([submission(result(3, unit="W1"), evidence=(FIGURE,))])
    row = only(store.evidence(YEAR), unit="W1")
    assert (row["name"], row["kind"], row["indicator"], row["size"]) == (
        "QĐ 12.pdf",
        "pdf",
        "SUM",
        len(PDF),
    )
    proof = store.proof(int(row["id"]))
    assert proof is not None
    assert proof.file == File("QĐ 12.pdf", PDF)
    assert proof.period is Period.YEAR


def test_a_document_comes_with_its_row(store: Store) -> None:
    entry = _model(store)
    assert only(store.evidence(YEAR), entry=entry)["register"] == "model"
    assert store.proof(999) is None


REFUSED: dict[str, Any] = {
    "another kind": replace(FIGURE, file=File("a.pdf", b"<html>")),
    "no such indicator": replace(FIGURE, indicator="NOWHERE"),
    "no such unit": replace(FIGURE, unit="NOWHERE"),
    "neither figure nor row": replace(FIGURE, indicator=""),
    "both": replace(FIGURE, entry=1),
    "no such row": replace(FIGURE, indicator="", entry=999),
    "row zero": replace(FIGURE, indicator="", entry=0),
    "nothing to take away": replace(FIGURE, removed=True),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_document_that_cannot_be_kept_keeps_its_figure_out_too(store: Store, what: str) -> None:
    revision = store.revision()
    with pytest.raises(RefusedError):
        store.submit([submission(result(3, unit="W1"), evidence=(REFUSED[what],))])
    assert store.revision() == revision
    assert store.figures(YEAR).empty
    assert store.evidence(None).empty


def test_a_document_of_a_row_is_of_its_unit_and_year(store: Store) -> None:
    """By them it is told who may read it, and whether its year is closed."""
    store.submit([submission(years=(NEXT,))])
    entry = _model(store)
    other = Evidence(file=PICTURE, year=YEAR, unit="W1", entry=entry)
    for wrong in (replace(other, unit="W2"), replace(other, year=YEAR + 1)):
        with pytest.raises(RefusedError):
            store.submit([submission(evidence=(wrong,))])
    store.submit([submission(evidence=(other,))])
    assert len(store.evidence(YEAR)) == 2


def test_a_row_is_not_taken_out_of_a_closed_year_by_restating_it_in_another(store: Store) -> None:
    entry = _model(store)
    store.submit([submission(years=(NEXT, replace(RULE, stage=Stage.CLOSED)))])
    moved = replace(MODEL, entry=entry, year=YEAR + 1, evidence=())
    with pytest.raises(RefusedError):
        store.submit([submission(entries=(moved,))])
    assert list(store.entries(Register.MODEL, YEAR)["entry"]) == [entry]


def test_a_document_is_taken_away_by_a_version_and_comes_back_by_an_undo(store: Store) -> None:
    store.submit([submission(evidence=(FIGURE,))])
    before = store.evidence(YEAR)
    (number,) = store.submit([submission(evidence=(replace(FIGURE, removed=True),))])
    assert store.evidence(YEAR).empty
    store.undo(number, "Lan")
    assert list(store.evidence(YEAR)["sha256"]) == list(before["sha256"])


def test_taking_away_keeps_no_other_bytes(store: Store) -> None:
    store.submit([submission(evidence=(FIGURE,))])
    with pytest.raises(RefusedError):
        store.submit(
            [submission(evidence=(replace(FIGURE, removed=True, file=File("a.doc", DOC)),))]
        )


def test_what_waits_counts_for_nothing_and_is_shown_apart(store: Store) -> None:
    store.submit([submission(evidence=(FIGURE,))], outcome="submitted")
    assert store.evidence(YEAR).empty
    assert list(store.waiting_evidence()["removed"]) == [False]


def test_a_closed_year_takes_no_documents(store: Store) -> None:
    store.submit([submission(years=(replace(RULE, stage=Stage.CLOSED),))])
    with pytest.raises(RefusedError, match="khóa sổ"):
        store.submit([submission(evidence=(FIGURE,))])
