"""A figure as it is written everywhere, with its name and its measure."""

from __future__ import annotations

from decimal import Decimal

from danvan.model import Direction, OverUnits
from danvan.rows import Row, known
from danvan.wording import NBSP, Language, Words, number, percent


def figure(row: Row, words: Words, *, with_measure: bool = True) -> str:
    """A figure as it is shown everywhere: "23/23 nhiệm vụ", "98 % (12/15 đơn vị báo cáo)"; where its
    target was revised, and there is room for a measure, with the first one as well.
    """
    decimals = int(row["decimals"])
    target = row["target"] if known(row["target"]) else None
    if not known(row["result"]):
        return words("figure.none" if row["denominator"] != 0 else "figure.nothing_arose")
    text = number(row["result"], decimals, beside=target)
    text = words("figure.about", number=text) if row["approximate"] else text
    if target is not None:
        text += f"/{number(target, decimals)}"
    if with_measure:
        text += NBSP + measure(row, words, row["result"] if target is None else target)
        first = first_target(row, words) if target is not None else ""
        text += f" ({first})" if first else ""
    if row["joined"] and row["units_reported"] < row["units_expected"]:
        reported, expected = row["units_reported"], row["units_expected"]
        key = "figure.coverage_ratio" if row["over_units"] == OverUnits.RATIO else "figure.coverage"
        text += " " + words(key, reported=reported, expected=expected)
    return text


def ratio(row: Row) -> str:
    """The completion in per cent, rounded so that it never contradicts the state beside it."""
    return percent(row["ratio"], Decimal(str(row["margin"])))


def first_target(row: Row, words: Words) -> str:
    """The target before it was revised: "ban đầu 100"; "" where it is the one that stands."""
    first, stands = row.get("first_target"), [row["target"], row["lower"]]
    now = next(
        (float(value) for value in stands if known(value)), None
    )  # a band has its lower bound
    if not known(first) or first == now:
        return ""
    return words("figure.first_target", first=number(first, int(row["decimals"]), beside=now))


def register_mark(row: Row, words: Words) -> str:
    """That the register counts something else than what was entered: "≠ sổ: 7"; "" where not."""
    if not known(row.get("counted_apart")):
        return ""
    return words("figure.register_mark", counted=number(row["counted"]))


def name(row: Row, words: Words) -> str:
    """The name of a row's indicator in the reader's language."""
    english = words.language == Language.EN and row.get("name_en")
    return str(row["name_en"] if english else row["name"])


def off(row: Row) -> str:
    """On which side of its target a figure lies that did not reach it."""
    sides = {Direction.LESS: "over", Direction.BAND: "outside"}
    return sides.get(row["direction"], "short")


def points(gap: float, decimals: int, words: Words) -> str:
    """The difference of two percentages: "1,2 điểm %"."""
    text = number(gap, decimals, beside=0)
    return words("trend.points", n=1 if text == "1" else 2, gap=text)


def measure(row: Row, words: Words, count: float) -> str:
    """The unit of measure of a row's indicator, for so many."""
    one, _, many = str(row["measure_en"]).partition("/")
    if words.language != Language.EN or not one:
        return str(row["measure"])
    return many if many and count != 1 else one
