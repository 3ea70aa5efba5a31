"""Searching: rows of a register by words typed without accents, wherever the tone mark stands."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import pandas as pd

CROSSED = {0x111: "d", 0xF0: "d", 0x256: "d"}  # đ, and the letters that old fonts wrote for it
WORD = re.compile(r"[^\W_]+")
MANY = 100_000  # texts whose letters are kept: those of a large register
SAID = ("name", "holder", "address", "field", "approach", "effect", "area", "owner", "co_owners",
        "product", "evidence", "recipient", "form", "level", "reason", "decision", "note")  # fmt: skip
"""The columns a search looks in, of whichever register has them."""


@lru_cache(maxsize=MANY)
def bare(text: str) -> str:
    """The words in small letters without accents: "Hoà Thuận" and "Hòa Thuận" are "hoa thuan"."""
    letters = unicodedata.normalize("NFD", text.lower()).translate(CROSSED)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(WORD.findall(plain))


def searchable(rows: pd.DataFrame, units: Mapping[str, str]) -> pd.Series[str]:
    """What a search looks in, one text for each row, in bare letters; `units` are names by code.

    What stands between words is left as it is: nobody can ask for it. All rows are made bare at
    once, since row by row a large register would take many times longer.
    """
    columns = [rows[name].tolist() for name in SAID if name in rows]
    names = [units.get(code, "") for code in rows["unit"]]
    said = [" ".join(parts).replace("\n", " ") for parts in zip(*columns, names, strict=True)]
    letters = unicodedata.normalize("NFD", "\n".join(said).lower()).translate(CROSSED)
    for mark in filter(unicodedata.combining, set(letters)):
        letters = letters.replace(mark, "")
    return pd.Series(letters.split("\n") if said else [], index=rows.index, dtype="str")


def matching(texts: pd.Series[str], asked: str) -> pd.Series[bool]:
    """Which of the searchable texts have every word that is asked for; all where none is."""
    found = pd.Series(data=True, index=texts.index)
    for word in bare(asked).split():
        found &= texts.str.contains(word, regex=False)
    return found
