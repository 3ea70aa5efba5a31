"""Grounds: what a surface of a state is filled with on a page, and the text upon it."""

from __future__ import annotations

from dataclasses import dataclass

from danvan.charts.theme import Theme
from danvan.states import LOOKS, TROUBLED, State

CALM = {State.MET: 0.28, State.EXCEEDED: 0.44}
"""How strongly what is good is coloured: trouble stands out, and text can be read."""
PALE = 0.3


@dataclass(frozen=True, slots=True)
class Ground:
    """A colour, whether it is hatched onto the paper, and the colour of text on it."""

    colour: str
    ink: str
    is_hatched: bool = False

    def css(self, theme: Theme) -> str:
        """The ground as a CSS background."""
        if not self.is_hatched:
            return self.colour
        stripes = f"{self.colour},{self.colour} 4px,{theme.paper} 4px,{theme.paper} 7px"
        return f"repeating-linear-gradient(45deg,{stripes})"


def ground(state: State, theme: Theme) -> Ground:
    """The ground of a state: trouble full, what is missing hatched, everything else pale."""
    look = LOOKS[state]
    if state is State.NOT_REPORTED:
        return Ground(theme.surface(look), theme.ink, is_hatched=True)
    if state in TROUBLED:
        return Ground(theme.surface(look), theme.ink_on(look))
    part = CALM.get(state, PALE)
    return Ground(_mixed(theme.surface(look), theme.paper, part), theme.ink)


def state_rules(selector: str, theme: Theme) -> str:
    """CSS that gives each state its ground: `selector` with the class `s-missed`, `s-met` …"""
    rules = []
    for state in State:
        found = ground(state, theme)
        background = f"background:{found.css(theme)}"
        rules.append(f"{selector}.s-{state}{{{background};color:{found.ink}}}")
    return "".join(rules)


def _mixed(colour: str, paper: str, part: float) -> str:
    """So much of the colour on the paper, as one colour; both as "#28835B"."""
    pairs = zip(_parts(colour), _parts(paper), strict=True)
    return "#" + "".join(f"{round(part * one + (1 - part) * other):02X}" for one, other in pairs)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
