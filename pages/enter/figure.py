"""One figure typed into a form, with the checks that a workbook gets."""

import streamlit as st

from danvan import intake
from danvan.errors import Severity
from danvan.intake.stated import Field
from danvan.model import Channel, Kind, Period
from ui import access, approvals, cached, drafts, evidence, explaining, filters, markup, preview

words = filters.words()
catalogue = cached.catalogue()
filters.head(words("page.figure"), words("figure.subject"))
stored = st.session_state.pop("stored", None)
if stored:
    approvals.stored(stored, words)
with st.container(border=True):
    year = filters.year_to_enter(cached.open_years(), sorted(cached.years()), words)
    unit = filters.one_unit("unit", catalogue, year, words)
    indicator = filters.indicator("indicator", catalogue, year, words)
    period = filters.period("period", words)
    share = catalogue.indicator[indicator].kind is Kind.PERCENT
    fields = [Field.TARGET, Field.RESULT]
    fields += [Field.NUMERATOR, Field.DENOMINATOR] if share else []
    explaining.stands(year, unit, indicator, period, words)
    about = f"{year}-{unit}-{indicator}-{period}"  # other fields for another figure
    with st.container(horizontal=True):
        texts = {
            field: st.text_input(words(f"field.{field}").capitalize(), key=f"{field}-{about}")
            for field in fields
        }
    texts[Field.NOTE] = st.text_input(words("field.note").capitalize(), key=f"note-{about}")
    measure = markup.plain(catalogue.indicator[indicator].measure)
    st.caption(words("figure.how", measure=measure))
    proofs = evidence.asked(f"documents-{about}", words)
typed = st.container()  # what is typed and its button come before the other things of the figure
explaining.at_entry(year, unit, indicator, period, words)
evidence.listed(evidence.of_figure(year, unit, indicator), words, removable=True)
if not proofs and not any(t.strip() for field, t in texts.items() if field is not Field.NOTE):
    st.stop()
checked = intake.typed(access.current(), year, unit, indicator, Period(period), texts, proofs)
with typed:
    for problem in checked.problems:
        said = st.warning if problem.kind is Severity.WARNING else st.error
        said(markup.plain(f"{problem.problem(words.language)} {problem.remedy(words.language)}"))
    preview.changes(checked.changes, catalogue, words)
    store = checked.sound and st.button(
        words("figure.store"), type=filters.emphasis(), icon=":material/save:"
    )
if store:
    number = intake.hand_in(access.current(), checked, drafts.person(), Channel.FORM)
    st.session_state["stored"] = number
    evidence.handed_in()
    for field in (*fields, Field.NOTE):
        del st.session_state[f"{field}-{about}"]
    st.rerun()
