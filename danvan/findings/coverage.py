"""Who has reported and who is late, in words."""

from __future__ import annotations

import pandas as pd

from danvan.completion.coverage import Report
from danvan.rows import Row, known
from danvan.wording import Words, day

LONG_AGO = 90  # days: after that nobody counts them any more


def coverage_sentence(coverage: pd.DataFrame, words: Words) -> str:
    """How many of the units that had to have reported; `coverage` is what completion returns."""
    asked = coverage[coverage["state"] != Report.NOT_ASKED]
    if asked.empty:
        return words("coverage.not_asked")
    counts = asked["state"].value_counts()
    whole = int(counts.get(Report.COMPLETE, 0) + counts.get(Report.LATE, 0))
    first = words("coverage.whole", n=len(asked), reported=whole)
    if counts.get(Report.LATE):
        first += ", " + words("coverage.late", n=int(counts[Report.LATE]))
    rest = [
        words(f"coverage.{state}", n=int(counts[state]))
        for state in (Report.NONE, Report.PARTLY)
        if counts.get(state)
    ]
    return "; ".join([first, *rest])


def report_word(row: Row, words: Words) -> str:
    """Where one unit stands: "nộp trễ 5 ngày (06/12/2022)", "mới nộp 12/18 số liệu"."""
    state = Report(row["state"])
    key = "report.days" if state is Report.LATE else "report.overdue"
    late = words(key, n=int(row["days_late"])) if 0 < row["days_late"] <= LONG_AGO else ""
    match state:
        case Report.NONE | Report.NOT_ASKED:
            text = words(f"report.{state}")
        case Report.PARTLY:
            text = words("report.partly", reported=row["reported"], expected=row["expected"])
        case _:
            arrived = row["arrived"] if known(row["arrived"]) else None
            text = words(f"report.{state}", day=day(arrived))
    return f"{text}, {late}" if late else text
