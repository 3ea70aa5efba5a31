"""What explains a figure stands beside it."""

from __future__ import annotations

from danvan.listing import documents, listed
from danvan.model import Explanation
from danvan.store import Store
from tests.making import YEAR, only, result, submission, target
from tests.test_access import ADMIN, Access


def test_an_explanation_stands_beside_its_figure_and_no_other(store: Store) -> None:
    why = Explanation(year=YEAR, unit="W1", indicator="SUM", text="Mưa bão kéo dài.")
    figures = (target(4, unit="W1"), result(1, unit="W1"), target(3, unit="W2"))
    store.submit([submission(*figures), submission(explanations=(why,))])
    rows = listed(Access(store, ADMIN), YEAR)
    assert only(rows, unit="W1").explanation == why.text
    assert only(rows, unit="W1").explained_at.year >= 2026
    assert set(rows[rows["unit"] != "W1"]["explanation"]) == {""}
    told = {row["unit"]: row["explanation"] for row in documents(rows)}
    assert told == {"CITY": None, "W1": why.text, "W2": None}
