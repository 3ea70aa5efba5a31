"""The rules as a table of examples: run as a test, and rendered into docs/rules.md.

Run as a script to render it anew.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent / "completion" / "examples.csv"
PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
BEGIN, END = "<!-- examples: begin -->\n", "<!-- examples: end -->\n"
NUMBERS = ("target", "result", "baseline", "lower", "upper")
HEADINGS = ("direction", *NUMBERS, "more", "state", "ratio", "why")


@dataclass(frozen=True)
class Example:
    """One line of the table: what `assess` is asked, and what it must answer."""

    why: str
    asked: dict[str, Any]
    state: str
    ratio: float | None


def examples() -> list[Example]:
    """Every line of the table."""
    return [_example(row) for row in _rows()]


def _rows() -> list[dict[str, str]]:
    with EXAMPLES.open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def _example(row: dict[str, str]) -> Example:
    asked: dict[str, Any] = {name: row[name] or None for name in NUMBERS}
    asked |= {"direction": row["direction"]}
    asked |= {name: row[name] != "no" for name in ("applicable", "due")}
    if row["margin"]:
        asked["margin"] = row["margin"]
    ratio = float(row["ratio"]) if row["ratio"] else None
    return Example(row["why"], asked, row["state"], ratio)


def rendered() -> str:
    """The table as markdown."""
    lines = [HEADINGS, ["---"] * len(HEADINGS), *map(_cells, _rows())]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _cells(row: dict[str, str]) -> list[str]:
    more = {"not applicable": row["applicable"], "not due": row["due"]}
    said = [word for word, answer in more.items() if answer == "no"]
    said += [f"margin {row['margin']}"] if row["margin"] else []
    ratio = f"{float(row['ratio']):.6g}" if row["ratio"] else "None"
    figures = [row[name] for name in NUMBERS]
    return [row["direction"], *figures, ", ".join(said), f"`{row['state']}`", ratio, row["why"]]


def page() -> str:
    """docs/rules.md with the table in its place."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{rendered()}{END}{after}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
