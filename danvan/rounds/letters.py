"""Letters: what a unit is told of what it owes, ready to be copied or sent. Plain text, nothing sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from danvan.findings import measure
from danvan.model import Catalogue, Round, Unit
from danvan.rounds.owing import Owed
from danvan.rows import rows_of
from danvan.wording import Words, day, in_one_line, period_name

LOCAL = ("phường", "xã", "thị trấn", "đặc khu")  # whose reports come from their people's committee


@dataclass(frozen=True, slots=True)
class Letter:
    """A reminder of one unit, for a person to read: no markup, lines end where they end.

    `count` is which reminder of this round it is.
    """

    unit: str
    subject: str
    body: str
    count: int


def letter(
    one: Round,
    what: Owed,
    catalogue: Catalogue,
    words: Words,
    today: date,
    before: int = 0,
    address: str = "",
) -> Letter:
    """The reminder of a unit that owes something; `before` says how often it was reminded.

    `address` is where the unit sees what it owes; "" leaves it out.
    """
    unit = catalogue.unit[what.unit]
    told = _told(one, catalogue, unit, words)
    subject = words("letter.subject", **told)
    if before:
        subject = words("letter.subject_again", again=before + 1, **told)
    lines = [
        words("letter.to", **told),
        "",
        _opening(one, today, told, words),
        "",
        *_owing(what, catalogue, words),
        "",
        words("letter.how"),
    ]
    lines += [words("letter.address", address=address)] if address else []
    lines += ["", words("letter.again", again=before + 1)] if before else []
    lines += ["", words("letter.end"), told["office"]]
    return Letter(what.unit, in_one_line(subject), "\n".join(lines) + "\n", before + 1)


def reminded(reminders: pd.DataFrame, one: Round) -> dict[str, list[dict[str, object]]]:
    """The reminders of a round by unit, oldest first; `reminders` are those of the store."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in rows_of(reminders[reminders["period"] == one.period]):
        found.setdefault(row["unit"], []).append(row)
    return found


def letters(
    one: Round,
    told: Sequence[Owed],
    catalogue: Catalogue,
    words: Words,
    today: date,
    before: Mapping[str, int],
    address: Mapping[str, str],
) -> tuple[Letter, ...]:
    """The reminders of those that have to hand something in; `before` and `address` are by unit."""
    return tuple(
        letter(
            one, what, catalogue, words, today, before.get(what.unit, 0), address.get(what.unit, "")
        )
        for what in told
        if what.to_hand_in
    )


def _told(one: Round, catalogue: Catalogue, unit: Unit, words: Words) -> dict[str, Any]:
    """What every sentence may say."""
    name = in_one_line(words.name(unit))
    root = next((root for root in catalogue.roots(one.year)), unit)
    return {
        "unit": words("letter.committee", unit=name) if unit.kind.lower() in LOCAL else name,
        "time": period_name(one.year, one.period, words),
        "day": day(one.due),
        "office": in_one_line(words.name(root)),
    }


def _opening(one: Round, today: date, told: Mapping[str, Any], words: Words) -> str:
    """When it is due, in words that fit the day."""
    left = (one.due - today).days
    if left < 0:
        return words("letter.overdue", n=-left, **told)
    if left == 0:
        return words("letter.due_today", **told)
    return words("letter.due", n=left, **told)


def _owing(what: Owed, catalogue: Catalogue, words: Words) -> list[str]:
    """What is missing, what was sent back and why, and what waits."""
    lines = []
    if what.missing:
        lines.append(words("letter.missing", n=len(what.missing), expected=what.expected))
        lines += [f"{at}. {_name(c, catalogue, words)}" for at, c in enumerate(what.missing, 1)]
    if what.returned:
        lines.append(words("letter.returned", n=len(what.returned)))
        for sent in what.returned:
            comment = in_one_line(sent.comment)
            lines.append(f"- {_name(sent.indicator, catalogue, words)}: “{comment}”")
    if what.waiting:
        lines.append(words("letter.waiting", n=len(what.waiting)))
    return lines


def _name(code: str, catalogue: Catalogue, words: Words) -> str:
    indicator = catalogue.indicator[code]
    said = {"measure": indicator.measure, "measure_en": indicator.measure_en}
    return in_one_line(f"{words.name(indicator)} ({measure(said, words, 2)})")
