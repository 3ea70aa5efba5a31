"""Choices that several pages share. They are kept in the address, so a view can be sent as a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Literal

import pandas as pd
import streamlit as st

from danvan.charts import DARK, LIGHT, Theme
from danvan.intake.opening import largest_file
from danvan.model import Catalogue, File, Period
from danvan.rows import Row, rows_of
from danvan.wording import Language, Words
from ui import visitor

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}


def words() -> Words:
    """The words of the language in the address; Vietnamese where it says nothing known."""
    return Words(_asked("lang", [str(language) for language in Language], str(Language.VI)))


def language() -> None:
    """The switch between Vietnamese and English, and who is signed in."""
    spoken = words()
    _switch("lang", spoken, list(LANGUAGES), str(spoken.language), lambda code: LANGUAGES[code])
    visitor.menu(spoken)


def year(years: Sequence[int], spoken: Words) -> int:
    """The year to show: the one in the address, else the newest."""
    options = [str(year) for year in years]
    chosen = _asked("year", options, options[-1])
    _switch("year", spoken, options, chosen)
    return int(chosen)


def chosen_year(known: Iterable[int]) -> int | None:
    """The year in the address, where it is one of these; nothing is chosen without."""
    asked = st.query_params.get("year", "")
    return next((year for year in known if str(year) == asked), None)


def tab(options: Mapping[str, str], spoken: Words) -> str:
    """The part of a page to show: the one in the address, else the first; its words by its name."""
    chosen = _asked("tab", list(options), next(iter(options)))
    _switch("tab", spoken, list(options), chosen, lambda name: options[name])
    return chosen


def figure(yearly: pd.DataFrame, root: str) -> Row | None:
    """The row of the unit and indicator in the address; None where there is none.

    Without a unit in the address it is the root's, without an indicator the first.
    """
    unit = st.query_params.get("unit", root)
    rows = yearly[yearly["unit"] == unit]
    indicator = st.query_params.get("indicator")
    if indicator is not None:
        rows = rows[rows["indicator"] == indicator]
    return None if rows.empty else rows_of(rows)[0]


def asked_figure() -> tuple[str, str]:
    """The unit and the indicator in the address, whether there are such or not."""
    return st.query_params.get("unit", ""), st.query_params.get("indicator", "")


def query(year: int, words: Words, **others: str) -> dict[str, str]:
    """The address of another view with the same year and language; Vietnamese goes unsaid."""
    spoken = {} if words.language is Language.VI else {"lang": str(words.language)}
    return {"year": str(year), **others, **spoken}


def head(title: str, subject: str) -> None:
    """The name of a page with what it is for, and the switch of language."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        with st.container(width=720):
            st.title(title, anchor=False)
            st.caption(subject)
        with st.container(width="content", horizontal=True, vertical_alignment="center"):
            language()


def link(page: str, label: str, spoken: Words) -> None:
    """The way to another page in the same language."""
    asked = {} if spoken.language is Language.VI else {"lang": str(spoken.language)}
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=asked)


def year_to_enter(options: Sequence[int], opened: Sequence[int], spoken: Words) -> int:
    """A year that figures can be handed in for: the one in the address, else the newest opened."""
    asked = st.query_params.get("year", "")
    usual = max((year for year in opened if year in options), default=options[-1])
    at = options.index(int(asked) if asked.isdigit() and int(asked) in options else usual)
    label = spoken("field.year").capitalize()
    return int(st.selectbox(label, options, index=at, key="choose-year"))


def files(spoken: Words) -> list[File]:
    """Files chosen by the person, not yet kept."""
    most = largest_file() // 2**20
    chosen = st.file_uploader(
        spoken("upload.files"), accept_multiple_files=True, max_upload_size=most, key="files"
    )
    return [File(file.name, file.getvalue()) for file in chosen]


def unit(name: str, catalogue: Catalogue, year: int, spoken: Words) -> str:
    """A unit of the year, or "" where the files say it themselves."""
    names = {"": spoken("upload.by_file")} | _units(catalogue, year, spoken)
    return _one(name, spoken("template.unit"), names)


def one_unit(name: str, catalogue: Catalogue, year: int, spoken: Words) -> str:
    """A unit of the year."""
    return _one(name, spoken("template.unit"), _units(catalogue, year, spoken))


def indicator(name: str, catalogue: Catalogue, year: int, spoken: Words) -> str:
    """An indicator of the year."""
    names = {
        i.code: f"{spoken.name(i)} ({i.code})" for i in catalogue.indicators if i.valid_in(year)
    }
    return _one(name, spoken("template.indicator"), names)


def period(name: str, spoken: Words) -> str:
    """A part of the year."""
    return _one(
        name, spoken("field.period").capitalize(), {str(p): spoken(f"period.{p}") for p in Period}
    )


def _units(catalogue: Catalogue, year: int, spoken: Words) -> dict[str, str]:
    return {u.code: spoken.name(u) for u in catalogue.units if u.valid_in(year)}


def _one(name: str, label: str, names: dict[str, str]) -> str:
    options = list(names)
    asked = st.query_params.get(name, options[0])
    at = options.index(asked) if asked in options else 0
    chosen = st.selectbox(
        label, options, index=at, format_func=lambda c: names[c], key=f"choose-{name}"
    )
    return str(chosen)


def theme() -> Theme:
    """The colours of the page the reader has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def emphasis() -> Literal["primary", "secondary"]:
    """How the one button that matters is drawn: white on the dark theme's blue cannot be read."""
    return "secondary" if theme().dark else "primary"


def _asked(name: str, options: Sequence[str], default: str) -> str:
    asked = st.query_params.get(name, default)
    return asked if asked in options else default


def _switch(
    name: str,
    spoken: Words,
    options: Sequence[str],
    chosen: str,
    shown: Callable[[str], str] = str,
) -> None:
    """A row of buttons that writes what is chosen into the address.

    Not bound by Streamlit itself: it would put the label of the option into the address, and
    lose the choice on the way to another page.
    """
    st.session_state[name] = chosen
    st.segmented_control(
        spoken(f"filter.{name}"),
        options,
        required=True,
        format_func=shown,
        key=name,
        on_change=_to_address,
        args=(name,),
        label_visibility="collapsed",
    )


def _to_address(name: str) -> None:
    st.query_params[name] = st.session_state[name]
