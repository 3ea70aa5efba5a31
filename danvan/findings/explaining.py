"""What explains a figure, as it is said beside it everywhere."""

from __future__ import annotations

from datetime import UTC, datetime

from danvan.rows import Row, known
from danvan.wording import Words, day, in_one_line

BRIEF = 120  # characters where there is room for a line or two


def explanation_word(row: Row, words: Words, longest: int | None = None) -> str:
    """ "Giải trình ngày 05/12/2025: …" of a row of explanations.explained; "" where nobody explained.

    In one line; a text longer than `longest` is cut.
    """
    said = row.get("explanation")
    if not isinstance(said, str) or not said:
        return ""
    text = in_one_line(said)
    if longest is not None and len(text) > longest:
        text = f"{text[: longest - 1]}…"
    at = row.get("explained_at")
    if not isinstance(at, datetime) or not known(at):
        return words("explanation.said", text=text)
    on = datetime.fromtimestamp(at.timestamp(), UTC).astimezone().date()
    return words("explanation.of_day", day=day(on), text=text)
