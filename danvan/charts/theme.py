"""Colours of the charts on a light and on a dark page."""

from __future__ import annotations

from dataclasses import dataclass

from danvan.states import Look

FONT = "Source Sans, Source Sans Pro, sans-serif"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of text, tracks and marks on a light or dark page; text has AA contrast."""

    ink: str
    muted: str
    track: str
    mark: str
    paper: str
    link: str
    rest: str
    dark: bool

    def surface(self, look: Look) -> str:
        return look.dark if self.dark else look.light

    def ink_on(self, look: Look) -> str:
        return look.ink_dark if self.dark else look.ink_light


LIGHT = Theme(
    "#0F1923", "#526070", "#EDF0F4", "#0F1923", "#FFFFFF", "#0B4F8A", "#A9B8C7", dark=False
)
DARK = Theme("#E8EDF2", "#B4C0CC", "#232D37", "#E8EDF2", "#10161D", "#9CC8F2", "#52616F", dark=True)
