"""The preview of an upload: what it would change, what is wrong, and what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from danvan.errors import Problem, Severity
from danvan.intake import Change, Check, Difference
from danvan.intake.answers import KEEP, TOTALS
from danvan.intake.difference import Key
from danvan.model import Answer, Catalogue, Draft, Kind, Origin
from danvan.percentages import agrees
from danvan.rows import known
from danvan.wording import PLACES, Words, number
from ui import drafts, filters, markup

SHOWN = (Change.NEW, Change.CHANGED, Change.SAME)
FIRST = 30  # rows of a long table that are seen at once
MANY = 500  # rows of a table on the page; the workbook that goes back has all
CLASSES = {
    Severity.ERROR: ("red", ":material/error:"),
    Severity.QUESTION: ("orange", ":material/help:"),
    Severity.WARNING: ("blue", ":material/info:"),
}


def counts(checked: Check, words: Words) -> str:
    """How much is new, changed, the same, waiting and refused, as badges."""
    tones = {Change.NEW: "green", Change.CHANGED: "orange", Change.SAME: "gray"}
    parts = [
        (tones[change], words(f"change.{change}", n=checked.count(change))) for change in SHOWN
    ]
    parts.append(("orange", words("change.waiting", n=checked.waiting)))
    parts.append(("red", words("change.refused", n=checked.refused)))
    return " ".join(f":{tone}-badge[{markup.plain(text)}]" for tone, text in parts)


def problems(found: Sequence[Problem], kind: Severity, words: Words) -> None:
    """Every problem of one kind, with its place and what to do."""
    mine = [problem for problem in found if problem.kind is kind]
    if not mine:
        return
    tone, icon = CLASSES[kind]
    title = f":{tone}[{icon} {markup.plain(words(f'problems.{kind}', n=len(mine)))}]"
    with st.expander(title, expanded=kind is Severity.ERROR):
        rows = [
            {
                words("preview.place"): _place(problem),
                words("marked.problem"): problem.problem(words.language),
                words("marked.remedy"): problem.remedy(words.language),
            }
            for problem in mine[:MANY]
        ]
        st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")


def _place(problem: Problem) -> str:
    sheet = f"{problem.sheet}!" if problem.sheet else ""
    return " · ".join(part for part in (problem.file, f"{sheet}{problem.cell}") if part)


def questions(found: Sequence[Problem], draft: Draft, catalogue: Catalogue, words: Words) -> None:
    """What a person has to say: one choice for each question, kept with the draft."""
    asked = [p for p in found if p.kind is Severity.QUESTION and "asked" in p.values]
    if not asked:
        return
    with st.container(border=True, key="questions"), st.form("questions", border=False):
        st.subheader(words("upload.questions_title", n=len(asked)), anchor=False)
        st.caption(words("upload.questions_how"))
        given = [_question(at, problem, catalogue, words) for at, problem in enumerate(asked)]
        if st.form_submit_button(words("upload.answer"), type=filters.emphasis()):
            said = [one for one in given if one is not None]
            drafts.answer(draft, said)
            st.rerun()


def _question(at: int, problem: Problem, catalogue: Catalogue, words: Words) -> Answer | None:
    kind = str(problem.values["asked"]).partition(":")[0]
    options = _options(kind, problem, catalogue, words)
    st.markdown(
        f"**{markup.plain(problem.problem(words.language))}**  \n:gray[{markup.plain(_place(problem))}]"
    )
    chosen = st.selectbox(
        markup.plain(problem.problem(words.language)),
        list(options),
        index=None,
        format_func=lambda meaning: options.get(meaning, meaning),
        placeholder=words("upload.choose"),
        label_visibility="collapsed",
        accept_new_options=kind == "cell",
        key=f"question-{at}-{problem.values['asked']}",
    )
    if not chosen:
        return None
    shape, asked = str(problem.values["shape"]), str(problem.values["asked"])
    return Answer(shape, asked, str(chosen), problem.found)


def _options(kind: str, problem: Problem, catalogue: Catalogue, words: Words) -> dict[str, str]:
    """What may be answered, the likeliest first; nothing is chosen beforehand."""
    likely = [str(choice) for choice in problem.values.get("choices", ())]
    skip = {"skip": words("answer.skip")}
    units = {unit.code: words.name(unit) for unit in catalogue.units}
    names = {i.code: f"{words.name(i)} ({i.code})" for i in catalogue.indicators}
    fields = ("target", "result", "numerator", "denominator", "ratio", "note")
    known = {
        "unit": {code: units[code] for code in likely if code in units} | units | skip,
        "file-unit": units,
        "indicator": {code: names[code] for code in likely if code in names} | names | skip,
        "table-indicator": names | skip,
        "column": {name: words(f"field.{name}") for name in fields} | skip,
        "area": {"yes": words("answer.yes", name=problem.values.get("likely", ""))} | skip,
        "sheet": skip,
        "ratio": {"yes": words("answer.ratio")} | skip,
        "row-unit": units | skip,
        "measure": {"yes": words("answer.measure", stated=likely[0] if likely else "")} | skip,
    }
    if kind in ("target-period", "period"):
        periods = {code: words(f"period.{code}") for code in likely}
        return periods | (skip if kind == "period" else {})
    return known.get(kind, {choice: choice for choice in likely})


def changes(
    stated: Mapping[Key, Difference],
    catalogue: Catalogue,
    words: Words,
    key: str = "filter",
    brief: bool = False,
) -> None:
    """The figures one by one, old beside new, filtered by what happens to them.

    `key` is another one for each set of figures that is shown on the same page. Shown in brief,
    what is the same for all of them is said once above the table.
    """
    figures = list(stated.values())
    by_kind = {change: [d for d in figures if d.change is change] for change in SHOWN}
    kinds = [change for change in SHOWN if by_kind[change]]
    if not kinds:
        return
    chosen = st.segmented_control(
        words("preview.filter"),
        kinds,
        default=[kind for kind in kinds if kind is not Change.SAME] or kinds,
        format_func=lambda change: words(f"change.{change}", n=len(by_kind[change])),
        selection_mode="multi",
        label_visibility="collapsed",
        key=key,
    )
    shown = [difference for kind in chosen for difference in by_kind[kind]]
    rows = [_change(difference, catalogue, words) for difference in shown[:MANY]]
    if brief and len({_file(difference.origin) for difference in figures}) == 1:
        for row, difference in zip(rows, shown, strict=False):
            row[words("preview.place")] = _cell(difference.origin)
    if brief:
        rows = without_alike(rows, words("template.unit"), words("field.period").capitalize())
    _listed(rows, f"rest-{key}", words)
    if len(shown) > MANY:
        st.caption(words("preview.more", n=len(shown) - MANY))


def _listed(rows: list[dict[str, str]], key: str, words: Words) -> None:
    """The first rows, the others one click away: the button that stores is not screens below."""
    for at, some in enumerate((rows[:FIRST], rows[FIRST:])):
        if some:
            with st.expander(words("preview.rest", n=len(some)), key=key) if at else st.container():
                st.table(pd.DataFrame(some).map(markup.plain), hide_index=True, border="horizontal")


def without_alike(rows: list[dict[str, str]], *columns: str) -> list[dict[str, str]]:
    """The rows without those of the columns that say the same in each: that is said once, above."""
    alike = [name for name in columns if len({row[name] for row in rows}) == 1]
    if alike:
        st.caption(markup.plain(" · ".join(rows[0][name] for name in alike)))
    return [{name: text for name, text in row.items() if name not in alike} for row in rows]


def _cell(origin: Origin) -> str:
    sheet = f"{origin.sheet}!" if origin.sheet else ""
    return f"{sheet}{origin.cell}"


def _change(difference: Difference, catalogue: Catalogue, words: Words) -> dict[str, str]:
    _, period, unit, indicator = difference.key
    origin = difference.origin
    return {
        words("template.unit"): words.name(catalogue.unit[unit]),
        words("template.indicator"): words.name(catalogue.indicator[indicator]),
        words("field.period").capitalize(): words(f"period.{period}"),
        words("preview.old"): said(difference.stands, words),
        words("preview.new"): said(difference.stated, words),
        words("preview.place"): " · ".join(part for part in (_file(origin), _cell(origin)) if part),
    }


def _file(origin: Origin) -> str:
    return origin.file.name if origin.file else ""


def said(values: dict[str, object], words: Words) -> str:
    """The numbers of one figure with what they are: "kế hoạch 3, kết quả 2"."""
    parts = []
    for name in ("target", "lower", "upper", "baseline", "result", "numerator", "denominator"):
        value = values.get(name)
        if value is not None and known(value):
            shown = number(float(str(value)), PLACES)
            about = name == "result" and bool(values.get("approximate"))
            parts.append(
                f"{words(f'field.{name}')} {words('figure.about', number=shown) if about else shown}"
            )
    if contradicts(values):
        share = number(float(str(values["stated"])), PLACES)
        parts.append(words("preview.stated", share=share))
    if values.get("exempt"):
        parts.append(words("duty.exempt"))
    elif values.get("expected"):
        parts.append(words("duty.expected"))
    return ", ".join(parts) or "–"


def contradicts(values: Mapping[str, object]) -> bool:
    """Whether a stated completion is not known to be that of the result against the target."""
    stated, result, target = (
        Decimal(str(values[name])) if known(values.get(name)) else None
        for name in ("stated", "result", "target")
    )
    if stated is None or result is None:
        return False
    return not target or not agrees(stated, result, target, Kind(str(values.get("kind", "count"))))


def entries(checked: Check, catalogue: Catalogue, words: Words) -> None:
    """Rows of register lists."""
    rows = [
        {
            words("preview.register"): words(f"register.{entry.register}"),
            words("template.unit"): words.name(catalogue.unit[entry.unit]),
            words("preview.name"): entry.name,
            words("preview.change"): words(f"difference.{change}"),
        }
        for entry, change in checked.entries[:MANY]
    ]
    _listed(rows, "rest-entries", words)


def totals(found: Sequence[Problem], draft: Draft, words: Words) -> None:
    """One switch for each sheet whose totals a person may declare the higher unit's own figures."""
    kept = {a.asked for a in draft.answers if a.asked.startswith(TOTALS) and a.meaning == KEEP}
    open_ones = {str(p.values.get("asked", "")) for p in found if p.kind is Severity.WARNING}
    for asked in sorted(kept | {one for one in open_ones if one.startswith(TOTALS)}):
        keeps = st.toggle(
            markup.plain(words("upload.keep_totals", sheet=asked.removeprefix(TOTALS))),
            value=asked in kept,
            key=f"keep-{asked}",
        )
        if keeps != (asked in kept):
            drafts.answer(draft, [Answer("", asked, KEEP if keeps else "")])
            st.rerun()


def conflicts(checked: Check, draft: Draft, catalogue: Catalogue, words: Words) -> None:
    """Figures that somebody stored since this person looked: to be seen before they are replaced."""
    if not checked.conflicts:
        return
    with st.container(border=True):
        st.error(words("upload.conflicts", n=len(checked.conflicts)))
        rows = [_change(checked.changes[key], catalogue, words) for key in checked.conflicts[:MANY]]
        st.table(pd.DataFrame(rows).map(markup.plain), hide_index=True, border="horizontal")
        st.button(words("upload.look_again"), on_click=drafts.look_again, args=(draft,))


def sentence(checked: Check, words: Words) -> str:
    """What will happen, first."""
    if checked.sound:
        return words("upload.sound", n=len(checked.changes) + len(checked.entries))
    waiting = sum(problem.kind is not Severity.WARNING for problem in checked.problems)
    if checked.storable:
        return words("upload.open", n=waiting)
    return words("upload.nothing_yet", n=waiting) if waiting else words("upload.nothing")
