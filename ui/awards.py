"""What the page of awards shows: who was awarded, by which level, in which form, by which decision."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from danvan import findings, registers
from danvan.charts import Split, Theme
from danvan.model import Register
from danvan.registers import NONE
from danvan.states import HOLDER_LOOKS
from ui import entry, figures, register, splits
from ui.register import Asked
from ui.view import View, made


@dataclass(frozen=True)
class Awards:
    """`kinds` is markdown; a year without awards has no charts."""

    sentence: str
    kinds: str
    levels: figures.Drawn | None
    forms: figures.Drawn | None
    decisions: figures.Drawn | None


def awards(view: View) -> Awards:
    """The awards of the view's unit and those below it in the year."""
    return made(view, "awards", _awards)


def _awards(view: View, theme: Theme) -> Awards:
    words, rows = view.words, register.rows(Asked(view, Register.AWARD))
    sentence = findings.awards_sentence(rows, words)
    if rows.empty:
        return Awards(sentence, "", None, None, None)
    kinds = splits.badges(rows["of_kind"], HOLDER_LOOKS, "holder", words)
    levels = splits.counted(
        rows,
        "of_level",
        "of_kind",
        lambda key: register.key_word(key, "award_level", words),
        lambda key: register.address(view, Register.AWARD, level=key),
        tuple(registers.LEVELS),
    )
    forms = splits.counted(
        rows,
        "of_form",
        "of_kind",
        lambda key: register.key_word(key, "", words),
        lambda key: register.address(view, Register.AWARD, form=key),
    )

    def drawn(key: str, title: str, counted: list[Split]) -> figures.Drawn:
        return splits.drawn(key, title, counted, HOLDER_LOOKS, "holder", words, theme)

    return Awards(
        sentence,
        kinds,
        drawn("levels", findings.levels_title(rows, words), levels),
        drawn("forms", findings.forms_title(rows, words), forms),
        drawn("decisions", findings.decisions_title(rows, words), _decisions(view, rows)),
    )


def _decisions(view: View, rows: pd.DataFrame) -> list[Split]:
    """The decisions with their days, the one that awarded most first."""
    words = view.words
    days = rows.groupby("of_decision")["decided_on"].max()

    def title(key: str) -> str:
        if key == NONE:
            return words("awards.no_decision")
        on = entry.day_of(str(days[key]))
        return f"{key} · {on}" if on else key

    def link(key: str) -> str:
        return register.address(view, Register.AWARD, decision=key)

    return splits.counted(rows, "of_decision", "of_kind", title, link)
