"""The page of awards, run from dashboard.py."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from danvan.installation import open_installed
from danvan.model import Register
from danvan.registers import decision, level_of
from tests.pages.screen import at, links, text
from tests.registers.rows import standing


def test_awards_are_counted_as_the_tables_say(
    generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(generated))
    rows = standing(generated, Register.AWARD, 2025)
    kinds = Counter(row["kind"] for row in rows)
    high = [row for row in rows if level_of(row["level"]) == "province"]
    screen = at("awards", year="2025", unit="SV")
    said = text(screen)
    assert f"{kinds['collective']} tập thể, {kinds['individual']} cá nhân được khen" in said
    assert f"; {len(high)} bằng khen cấp tỉnh" in said
    for form, n in Counter(row["form"] for row in rows).items():
        assert f"{form}: {n} (" in said
    numbers = {decision(row["decision"]) for row in rows}
    assert f"{len(numbers)} quyết định khen {len(rows)} tập thể, cá nhân" in said
    assert any("level=province" in link for link in links(screen))


def test_awards_are_filtered_by_level_kind_form_decision_and_year(
    generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(generated))
    rows = standing(generated, Register.AWARD, 2025)
    wanted = [
        row for row in rows if level_of(row["level"]) == "province" and row["kind"] == "individual"
    ]
    shown = text(at("awards", year="2025", level="province", kind="individual", form="Bằng khen"))
    assert f"{len(wanted)} trên {len(rows)} dòng" in shown
    number = rows[0]["decision"]
    same = [row for row in rows if decision(row["decision"]) == decision(number)]
    written = next(r["decision"] for r in sorted(same, key=lambda row: row["entry"]))
    shown = text(at("awards", year="2025", decision=written))
    assert f"{len(same)} trên {len(rows)} dòng" in shown
    every = [row for year in range(2010, 2031) for row in standing(generated, Register.AWARD, year)]
    all_years = text(at("awards", year="2025", years="all", level="province"))
    high = [row for row in every if level_of(row["level"]) == "province"]
    assert f"{len(high)} trên {len(every):,} dòng".replace(",", ".") in all_years


@pytest.mark.usefixtures("database")
def test_a_year_without_awards_says_so() -> None:
    open_installed()
    assert "Chưa có khen thưởng nào trong sổ của năm này." in text(at("awards", year="2022"))
