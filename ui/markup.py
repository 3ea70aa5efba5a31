"""Text on a page: what users wrote is never markup, what states say has their tone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from danvan.findings import Phrase
from danvan.states import LOOKS, State
from danvan.wording import Words, in_one_line

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>$:&=^])")
# Streamlit replaces these even where they are escaped: icons, typed arrows and dashes, and what
# looks like an address becomes a link
REPLACED = re.compile(r":(?=material/|streamlit:|//)|[-<>=~](?=[-<>=~])|\bwww(?=\.)|@(?=\w)")
JOINER = "\u2060"  # no width, and parts what would be replaced
LONG_WORD = re.compile(r"\S{24}(?=\S)")
BREAK = "\u200b"  # no width, and a line may end there: a long word must not widen the page
LONGEST = 1000  # characters; nobody reads more of one text on a page


def plain(text: object) -> str:
    """Any text so that Streamlit's markdown shows it as it is, in one line."""
    line = in_one_line(str(text))
    shown = line if len(line) <= LONGEST else f"{line[:LONGEST]}…"
    parted = REPLACED.sub(lambda found: found[0] + JOINER, shown)
    return SPECIAL.sub(r"\\\1", LONG_WORD.sub(lambda found: found[0] + BREAK, parted))


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
