"""Text on a page: what users wrote is never markup, what states say has their tone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from danvan.findings import Phrase
from danvan.states import LOOKS, State
from danvan.wording import Words

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&=^])")
# Streamlit replaces these even where they are escaped: icons, and typed arrows and dashes
REPLACED = re.compile(r":(?=material/)|[-<>=~](?=[-<>=~])")
JOINER = "\u2060"  # no width, and parts what would be replaced


def plain(text: object) -> str:
    """Any text so that Streamlit's markdown shows it as it is, in one line."""
    parted = REPLACED.sub(lambda found: found[0] + JOINER, " ".join(str(text).split("\n")))
    return SPECIAL.sub(r"\\\1", parted)


def phrases(parts: Iterable[Phrase]) -> str:
    """A sentence with the tone of the states it speaks of."""
    return "".join(
        f":{LOOKS[part.state].tone}[{plain(part.text)}]" if part.state else plain(part.text)
        for part in parts
    )


def badge(state: State, words: Words, count: int | None = None) -> str:
    """A state as a small label with its sign, and a count before the word where there is one."""
    look = LOOKS[state]
    text = f"{look.sign} {'' if count is None else f'{count} '}{words(f'state.{state}')}"
    return f":{look.tone}-badge[{plain(text)}]"
