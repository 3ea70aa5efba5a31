"""The states of a figure as every screen and export shows them: colour, sign, pattern, rank.

The one table of colours. Words are in the wording under `state.…`; colour never stands alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class State(StrEnum):
    """A figure is in exactly one of these (docs/rules.md)."""

    MISSED = "missed"
    NEAR = "near"
    NOT_REPORTED = "not_reported"
    TOO_EARLY = "too_early"
    MET = "met"
    EXCEEDED = "exceeded"
    NO_TARGET = "no_target"
    TRACKED = "tracked"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown.

    `light` and `dark` fill a surface on either theme, `ink_light` and `ink_dark` are the text
    upon that surface (contrast AA); `tone` is the theme's colour name for words on the page;
    `shape` hatches what is missing.
    """

    sign: str
    light: str
    dark: str
    ink_light: str
    ink_dark: str
    tone: str
    shape: str = ""


LOOKS: dict[State, Look] = {
    State.MISSED: Look("▼", "#B3261E", "#F2867E", "#FFFFFF", "#10161D", "red"),
    State.NEAR: Look("◐", "#E0A100", "#E9BD4B", "#0F1923", "#10161D", "orange"),
    State.NOT_REPORTED: Look("○", "#DCE2E9", "#3A4653", "#0F1923", "#F2F5F8", "gray", "/"),
    State.TOO_EARLY: Look("◔", "#C9D3DE", "#46525F", "#0F1923", "#F2F5F8", "gray", "."),
    State.MET: Look("●", "#28835B", "#63C497", "#FFFFFF", "#10161D", "green"),
    State.EXCEEDED: Look("▲", "#0B5D43", "#8FE0BB", "#FFFFFF", "#10161D", "green"),
    State.NO_TARGET: Look("◇", "#8FA3B8", "#6F8296", "#10161D", "#10161D", "blue"),
    State.TRACKED: Look("◆", "#5F7890", "#9DB2C7", "#FFFFFF", "#10161D", "blue"),
    State.NOT_APPLICABLE: Look("–", "#EEF1F4", "#2A333D", "#0F1923", "#F2F5F8", "gray"),
}
"""In the order of the strip: what needs attention first."""

JUDGED = (State.EXCEEDED, State.MET, State.NEAR, State.MISSED)
REACHED = (State.EXCEEDED, State.MET)
ASKED = (*JUDGED, State.NOT_REPORTED, State.TOO_EARLY)
"""States of figures somebody has to answer for."""
TROUBLED = (State.MISSED, State.NEAR, State.NOT_REPORTED)
"""What is still missing, the worst first."""


def _like(state: State, sign: str, shape: str = "") -> Look:
    """The colours of a state of figures, for rows of registers in a state of their own."""
    return replace(LOOKS[state], sign=sign, shape=shape)


UNSAID = LOOKS[State.NOT_REPORTED]
MODEL_LOOKS: dict[str, Look] = {
    "rewarded": _like(State.EXCEEDED, "★"),
    "outstanding": _like(State.MET, "▲"),
    "recognised": _like(State.TRACKED, "●"),
    "appraised": _like(State.NO_TARGET, "◐"),
    "registered": _like(State.TOO_EARLY, "◔"),
    "refused": _like(State.NOT_APPLICABLE, "✕", "x"),
    "none": UNSAID,
}
"""States of models, the furthest first. None of them is a failure, so none is red."""
TASK_LOOKS: dict[str, Look] = {
    "overdue": _like(State.MISSED, "▼"),
    "doing": _like(State.NO_TARGET, "◐"),
    "waiting": _like(State.TOO_EARLY, "◔"),
    "none": UNSAID,
    "regular": _like(State.TRACKED, "◆"),
    "done": _like(State.MET, "●"),
}
"""Where tasks stand, what needs attention first."""
HOLDER_LOOKS: dict[str, Look] = {
    "collective": _like(State.TRACKED, "◆"),
    "individual": _like(State.NO_TARGET, "◇"),
    "none": UNSAID,
}
"""Whom awards were given to."""
STANDING_LOOKS: dict[str, Look] = {
    "returned": _like(State.NEAR, "↩"),
    "none": UNSAID,
    "partly": _like(State.TOO_EARLY, "◐"),
    "waiting": _like(State.NO_TARGET, "◔"),
    "late": _like(State.TRACKED, "◷"),
    "complete": _like(State.MET, "●"),
    "not_asked": _like(State.NOT_APPLICABLE, "–"),
}
"""Where units stand in a reporting round, what needs attention first. Nothing of it is missed yet."""
