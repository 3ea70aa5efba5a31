"""What the page of models shows: how far they came, in which field, whose, and how new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from danvan import findings, registers
from danvan.charts import Split, Theme
from danvan.model import Register
from danvan.states import MODEL_LOOKS
from ui import figures, register, splits
from ui.register import Asked
from ui.view import View, made


@dataclass(frozen=True)
class Models:
    """`states` is markdown; a year without models has no charts."""

    sentence: str
    states: str
    fields: figures.Drawn | None
    holders: figures.Drawn | None


def models(view: View) -> Models:
    """The models of the view's unit and those below it in the year."""
    return made(view, "models", _models)


def _models(view: View, theme: Theme) -> Models:
    words, rows = view.words, register.rows(Asked(view, Register.MODEL))
    sentence = findings.models_sentence(rows, words)
    if rows.empty:
        return Models(sentence, "", None, None)

    def split(name: str, family: str, order: Iterable[str]) -> list[Split]:
        return splits.counted(
            rows,
            f"of_{name}",
            "of_state",
            lambda key: register.key_word(key, family, words),
            lambda key: register.address(view, Register.MODEL, **{name: key}),
            tuple(order),
        )

    fields = split("field", "sphere", registers.FIELDS)
    holders = split("kind", "holder", registers.HOLDERS)
    renewals = split("renewal", "renewal", registers.RENEWALS)
    return Models(
        sentence,
        splits.badges(rows["of_state"], MODEL_LOOKS, "model", words),
        splits.drawn(
            "fields",
            findings.fields_title(rows, words),
            fields,
            MODEL_LOOKS,
            "model",
            words,
            theme,
            words("models.fields_note"),
        ),
        splits.drawn(
            "holders",
            findings.holders_title(rows, words),
            [*holders, *renewals],
            MODEL_LOOKS,
            "model",
            words,
            theme,
            words("models.holders_note"),
        ),
    )
