"""Grounds: what stands on the ground of a state can be read, on either theme."""

from __future__ import annotations

import pytest

from danvan.charts import DARK, LIGHT, Theme
from danvan.charts.grounds import ground, state_rules
from danvan.states import State


def _brightness(colour: str) -> float:
    """Relative luminance as the contrast guidelines define it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one: str, other: str) -> float:
    dark, bright = sorted([_brightness(one), _brightness(other)])
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("state", State)
def test_text_on_a_ground_has_the_contrast_of_text(state: State, theme: Theme) -> None:
    found = ground(state, theme)
    assert _contrast(found.ink, found.colour) >= 4.5
    assert _contrast(found.ink, theme.paper if found.is_hatched else found.colour) >= 4.5


def test_every_state_has_a_rule_and_only_what_is_missing_is_hatched() -> None:
    rules = state_rules(".tile", LIGHT)
    assert [f".tile.s-{state}{{background:" in rules for state in State] == [True] * len(State)
    assert [state for state in State if ground(state, LIGHT).is_hatched] == [State.NOT_REPORTED]
