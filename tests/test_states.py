"""One table of colours: readable on both themes, told apart without colour, the theme's own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from danvan.charts import DARK, LIGHT, Theme
from danvan.states import LOOKS, Look, State

CONFIG = Path(__file__).parent.parent / ".streamlit" / "config.toml"
AA_TEXT, AA_GRAPHIC = 4.5, 3.0


def _luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted([_luminance(one), _luminance(other)])
    return (high + 0.05) / (low + 0.05)


def test_every_state_has_a_look_in_the_order_of_the_strip() -> None:
    assert list(LOOKS) == list(State)


def test_states_are_told_apart_without_colour() -> None:
    assert len({look.sign for look in LOOKS.values()}) == len(State)


def test_only_missed_is_red() -> None:
    assert [state for state, look in LOOKS.items() if look.tone == "red"] == [State.MISSED]


def test_the_missing_are_hatched() -> None:
    assert LOOKS[State.NOT_REPORTED].shape


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_signs_are_readable_on_their_surface(look: Look, theme: Theme) -> None:
    assert _contrast(theme.ink_on(look), theme.surface(look)) >= AA_TEXT


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_charts_have_the_colours_of_the_theme(name: str) -> None:
    config = tomllib.loads(CONFIG.read_text("utf-8"))["theme"][name]
    theme = {"light": LIGHT, "dark": DARK}[name]
    assert (theme.ink, theme.paper) == (config["textColor"], config["backgroundColor"])
    assert theme.link == config["linkColor"]
    for text in (theme.ink, theme.muted, theme.link):
        assert _contrast(text, theme.paper) >= AA_TEXT
    for tone in {look.tone for look in LOOKS.values()}:
        words, behind = config[f"{tone}TextColor"], config[f"{tone}BackgroundColor"]
        assert _contrast(words, behind) >= AA_TEXT, tone
        assert _contrast(words, theme.paper) >= AA_TEXT, tone
