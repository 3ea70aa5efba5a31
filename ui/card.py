"""The card "why this number": inputs, rule in words, parts, and who said what and when."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from danvan.completion import Assessment, assess
from danvan.findings import figure, measure, ratio
from danvan.model import Aspect, Indicator, OverUnits, Period, YearRule
from danvan.rows import Row, known, rows_of
from danvan.states import JUDGED, State
from danvan.wording import (
    PLACES,
    Words,
    day,
    moment,
    number,
    percent,
    signed,
)
from ui import access, figures, markup, preview


def headline(row: Row, words: Words) -> str:
    """The figure, its ratio and its state in one line of markdown."""
    parts = [markup.plain(figure(row, words))]
    if known(row["ratio"]):
        parts.append(ratio(row))
    parts.append(markup.badge(State(row["state"]), words) if row["state"] else words("state.none"))
    return " · ".join(parts)


def reasons(row: Row, rule: YearRule, indicator: Indicator, words: Words) -> None:
    """The rule that decided, in words, what went into it, and what people said about it."""
    lines = [*_rule(row, rule, words), *_said(row, indicator, words)]
    st.markdown("\n".join(f"- {markup.plain(line)}" for line in lines))
    inputs = {
        words(f"field.{name}").capitalize(): markup.plain(number(row[name], row["decimals"]))
        for name in ("target", "lower", "upper", "baseline", "result", "numerator", "denominator")
        if known(row[name])
    }
    if inputs:
        st.table(pd.DataFrame([inputs]), hide_index=True, border="horizontal", width="content")
    if known(row["stated"]) and preview.contradicts(row):
        share = number(row["stated"], PLACES)
        st.warning(markup.plain(words("card.stated", share=share)))
    if known(row["difference"]):
        gap = signed(row["difference"], row["decimals"])
        st.warning(markup.plain(words("card.difference", gap=gap)))
    if known(row["counted_apart"]):
        stated, counted = (number(row[name], row["decimals"]) for name in ("result", "counted"))
        st.warning(markup.plain(words("card.counted_apart", stated=stated, counted=counted)))


def _rule(row: Row, rule: YearRule, words: Words) -> list[str]:
    """The rule, the year's margin, and what the figure is made of."""
    judged = assessed(row, rule)
    counted = {"reported": row["units_reported"], "expected": row["units_expected"]}
    if row["joined"] and row["over_units"] == OverUnits.RATIO and not known(row["result"]):
        return [words("rule.parts_missing"), words("rule.joined_ratio", **counted)]
    lines = [words(f"rule.{judged.rule}")]
    if judged.state in JUDGED and judged.ratio is not None:
        margin = percent(float(rule.margin))
        lines.append(words("rule.margin", margin=margin, year=rule.year))
    if row["joined"]:
        ratio = row["over_units"] == OverUnits.RATIO
        lines.append(words("rule.joined_ratio" if ratio else "rule.joined", **counted))
    if row["state"] and row["state"] != judged.state:
        lines.append(words("rule.waits"))
    return lines


def _said(row: Row, indicator: Indicator, words: Words) -> list[str]:
    """The target before it was revised, what was said with the figure, and the law behind it."""
    lines = []
    if known(row["first_target"]) and row["first_target"] != row["target"]:
        first = number(row["first_target"], row["decimals"])
        lines.append(words("card.revised", first=first, now=number(row["target"], row["decimals"])))
    for key in ("target_note", "result_note", "reason"):
        if row[key]:
            lines.append(words(f"card.{key}", note=row[key]))
    if indicator.basis:
        lines.append(words("card.basis", basis=indicator.basis))
    return lines


def assessed(row: Row, rule: YearRule) -> Assessment:
    """The rule applied to this one row; completion has done the same for the whole frame."""
    return assess(
        row["direction"],
        row["target"],
        row["result"],
        baseline=row["baseline"],
        lower=row["lower"],
        upper=row["upper"],
        applicable=not row["exempt"],
        due=row["due"],
        margin=rule.margin,
    )


def history(statements: pd.DataFrame, stated: Row, words: Words) -> None:
    """Every statement about the figure, newest first: what, when, who, and from which cell."""
    if statements.empty:
        st.markdown(words("card.joined" if stated["joined"] else "card.no_history"))
    for row in rows_of(statements):
        tone, is_now = use(row)
        what = markup.plain(_statement(row, stated, words))
        person = access.current().full_name(row["person"])
        facts = (
            moment(row["at"]),
            person,
            figures.place(row),
            figures.document(row),
            _decision(row),
        )
        told = " · ".join(markup.plain(fact) for fact in (*facts, row["note"]) if fact)
        badge = f":{tone}-badge[{markup.plain(words(is_now))}]"
        st.markdown(f"**{what}** {badge}  \n:gray[{told}]")


def _decision(row: Row) -> str:
    """The decision by which a target was revised: its number and its date."""
    issued = date.fromisoformat(row["decision_date"]) if row["decision_date"] else None
    return ", ".join(part for part in (row["decision"], day(issued) if issued else "") if part)


def use(row: Row) -> tuple[str, str]:
    """The tone and the key of what a statement is now."""
    if row["stands"]:
        return "blue", "history.stands"
    if row["outcome"] == "submitted":
        return "orange", "approval.waits"
    return "gray", "approval.returned" if row["outcome"] == "returned" else "history.replaced"


def _statement(row: Row, stated: Row, words: Words) -> str:
    if row["aspect"] == Aspect.DUTY:
        return words(f"duty.{row['duty']}")
    decimals = stated["decimals"]
    texts = [
        number(row[name], decimals) for name in ("value", "lower", "upper") if known(row[name])
    ]
    text = "–".join(texts) if texts else words("history.taken_back")
    if row["approximate"]:
        text = words("figure.about", number=text)
    if known(row["denominator"]):
        text += f" ({number(row['numerator'], 4)}/{number(row['denominator'], 4)})"
    if known(row["stated"]):
        text += f" ({words('preview.stated', share=number(row['stated'], PLACES))})"
    aspect = words(f"aspect.{row['aspect']}")
    if row["period"] != Period.YEAR:
        aspect += f" {words('period.' + row['period'])}"
    return f"{aspect}: {text} {measure(stated, words, row['value'])}"
