"""What a page prints of the rows that `danvan show` gives, built from those rows alone."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from html import unescape
from typing import Any

from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from danvan.cli import danvan
from danvan.wording import NBSP, Words, percent

WORDS = Words("vi")
Rows = dict[tuple[str, str], dict[str, Any]]


def shown(year: int, *asked: str) -> Rows:
    """What the command says of the year, by unit and indicator."""
    said = CliRunner().invoke(danvan, ["show", "--year", str(year), *asked, "--json"])
    assert said.exit_code == 0, said.output
    rows = json.loads(said.stdout)
    return {(row["unit"], row["indicator"]): row for row in rows if row["period"] == "year"}


def same(table: Sequence[Sequence[str]], rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Every line of a table of figures is the row of that name, and every row has a line."""
    assert sorted(cells[0] for cells in table) == sorted(rows)
    for name, target, result, ratio, state, *_ in table:
        row = rows[name]
        assert target == plain(row, row["target"]) + revised(row)
        if row["result"] is not None:
            assert result == plain(row, row["result"]) + coverage(row) + counted(row)
        assert ratio == percent(row["ratio"])
        assert state.endswith(WORDS(f"state.{row['state']}" if row["state"] else "state.none"))


def counted(row: Mapping[str, Any]) -> str:
    """What a table says beside a result where the register counts something else."""
    if row["counted"] in (None, row["result"]):
        return ""
    return f" ({WORDS('figure.register_mark', counted=number(row['counted']))})"


def revised(row: Mapping[str, Any]) -> str:
    """What a table says of a target that was revised."""
    first = row["first_target"]
    if first is None or first == row["target"] or row["direction"] == "band":
        return ""
    return f" ({WORDS('figure.first_target', first=plain(row, first))})"


def table(screen: AppTest) -> list[list[str]]:
    (page,) = (one.proto.body for one in screen.get("html") if 'class="listed"' in one.proto.body)
    lines = re.findall(r"<tr>(.*?)</tr>", page)[1:]
    return [
        [
            unescape(re.sub(r"<[^>]*>", "", cell))
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)
        ]
        for line in lines
    ]


def figure_text(row: Mapping[str, Any]) -> str:
    """The figure as offices write it, built from the row alone."""
    if row["result"] is None:
        return "chưa có số liệu"
    said = plain(row, row["result"])
    if row["target"] is not None:
        said += f"/{plain(row, row['target'])}"
    return said + NBSP + row["measure"] + coverage(row)


def coverage(row: Mapping[str, Any]) -> str:
    """How many units have reported, where some have not."""
    if row["units_reported"] >= row["units_expected"]:
        return ""
    did = "ghi đủ tử số, mẫu số" if row["measure"] == "%" else "báo cáo"
    return f" ({row['units_reported']}/{row['units_expected']} đơn vị {did})"


def plain(row: Mapping[str, Any], value: float | None) -> str:
    """Two decimals of a percentage, and more where it would read like a target that it is not."""
    if value is None:
        return "–"
    if row["measure"] != "%":
        return number(value)
    rounded = float(Decimal(str(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))
    return number(value if rounded == row["target"] != value else rounded)


def number(value: float) -> str:
    """1.234,5: written without the program's own means."""
    whole, _, part = f"{value:,.4f}".partition(".")
    part = part.rstrip("0")
    return whole.replace(",", ".") + (f",{part}" if part else "")


def is_asked(row: Mapping[str, Any]) -> bool:
    return row["state"] in ("exceeded", "met", "near", "missed", "not_reported", "too_early")
