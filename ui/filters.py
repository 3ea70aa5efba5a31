"""Choices that several pages share. They are kept in the address, so a view can be sent as a link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Literal

import streamlit as st

from danvan.charts import DARK, LIGHT, Theme
from danvan.intake.opening import largest_file
from danvan.model import Catalogue, File, Period
from danvan.wording import Language, Words, day, first_upper
from ui import visitor

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
KEPT = ("period", "as_of")  # what goes along in the address from page to page
READABLE = """<style>
[data-testid=stMultiSelect] [data-tag], [data-testid=stMultiSelect] [data-tag] * { color: #10161D; }
</style>"""
"""White on the dark theme's blue cannot be read, and there is no setting for it."""
NARROW, WIDE = 148, 270  # pixels of a choice and of what is searched for
LONGEST_SEARCH = 100  # characters
MOST_BUTTONS = 4  # years beside each other before they become a list


def words() -> Words:
    """The words of the language in the address; Vietnamese where it says nothing known."""
    return Words(asked("lang", [str(language) for language in Language], str(Language.VI)))


def language() -> None:
    """The switch between Vietnamese and English, and who is signed in."""
    spoken = words()
    _switch("lang", spoken, list(LANGUAGES), str(spoken.language), lambda code: LANGUAGES[code])
    visitor.menu(spoken)


def asked_year(years: Sequence[int]) -> int:
    """The year in the address, else the newest."""
    options = [str(year) for year in years]
    return int(asked("year", options, options[-1]))


def year(years: Sequence[int], spoken: Words) -> int:
    """The year to show: the one in the address, else the newest."""
    chosen = asked_year(years)
    options = [str(year) for year in years]
    if len(options) > MOST_BUTTONS:
        _choice(
            "year", spoken, options[::-1], str(chosen), lambda y: spoken("filter.of_year", year=y)
        )
    else:
        _switch("year", spoken, options, str(chosen))
    return chosen


def choose_period(periods: Sequence[Period], chosen: Period, spoken: Words) -> None:
    """The part of the year to show."""
    options = [str(period) for period in periods]
    _choice("period", spoken, options, str(chosen), lambda p: first_upper(spoken(f"period.{p}")))


def choose_moment(as_of: datetime | None, first_year: int, spoken: Words) -> None:
    """The day at whose end everything is shown as it stood; today is now, and not said."""
    shown = as_of.astimezone().date() if as_of else date.today()
    label = day(shown) if as_of else spoken("filter.now")
    kept = st.popover(
        label,
        icon=":material/history:",
        key="moment",
        on_change="rerun",
        help=spoken("filter.as_of"),
    )
    if kept.open:
        with kept:
            st.session_state["as_of"] = shown
            st.date_input(
                spoken("filter.as_of"),
                min_value=date(first_year - 1, 1, 1),  # plans are made in the year before
                max_value=date.today(),
                format="DD/MM/YYYY",
                key="as_of",
                on_change=_moment_to_address,
            )
            st.caption(spoken("filter.as_of_note"))


def back_to_now() -> None:
    """Leave the moment out of the address."""
    st.query_params.pop("as_of", None)


def choose_unit(units: Mapping[str, str], chosen: str, spoken: Words) -> None:
    """The unit to show, by its name."""
    _choice("unit", spoken, list(units), chosen, lambda code: units[code], width=260)


def choose_indicator(indicators: Mapping[str, str], chosen: str, spoken: Words) -> None:
    """The indicator to show, by its name."""
    _choice("indicator", spoken, list(indicators), chosen, lambda code: indicators[code], "stretch")


def narrow(name: str, options: Mapping[str, str], spoken: Words) -> str:
    """What a list is narrowed down to: one of the options, or all as the first of them, "", says.

    Another choice begins at the first page of the list again.
    """
    chosen = asked(name, list(options), "")
    st.session_state[name] = chosen
    st.selectbox(
        spoken(f"filter.{name}"),
        list(options),
        format_func=lambda key: options[key],
        key=name,
        on_change=_narrowed,
        args=(name,),
        label_visibility="collapsed",
        width=NARROW,
    )
    return chosen


def search(spoken: Words, label: str = "") -> str:
    """The words that a list is searched for."""
    chosen = st.query_params.get("q", "")[:LONGEST_SEARCH]
    st.session_state["q"] = chosen
    st.text_input(
        label or spoken("filter.q"),
        key="q",
        on_change=_narrowed,
        args=("q",),
        placeholder=spoken("filter.search"),
        max_chars=LONGEST_SEARCH,
        icon=":material/search:",
        label_visibility="collapsed",
        width=WIDE,
    )
    return chosen


def _narrowed(name: str) -> None:
    st.query_params.pop("part", None)
    _to_address(name)


def told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """The names by their codes, with the code behind those that are not the only ones of their kind.

    Streamlit knows an option by what is shown: of two that read alike it would choose the same one.
    """
    counts = Counter(names.values())
    return {c: name if counts[name] == 1 else f"{name} ({c})" for c, name in names.items()}


def several(
    name: str, options: Mapping[str, str], usual: Sequence[str], most: int, spoken: Words
) -> list[str]:
    """Several of the options, at most so many: those in the address, else the usual ones."""
    known = [code for code in st.query_params.get_all(name) if code in options]
    chosen = list(dict.fromkeys(known))[:most] or list(usual)
    st.session_state[name] = chosen
    if theme().dark:
        st.html(READABLE)
    st.multiselect(
        spoken(f"filter.{name}"),
        list(options),
        format_func=lambda code: options[code],
        key=name,
        max_selections=most,
        placeholder=spoken("filter.choose"),
        on_change=_to_address,
        args=(name,),
    )
    return chosen


def chosen_year(known: Iterable[int]) -> int | None:
    """The year in the address, where it is one of these; nothing is chosen without."""
    asked = st.query_params.get("year", "")
    return next((year for year in known if str(year) == asked), None)


def tab(options: Mapping[str, str], spoken: Words) -> str:
    """The part of a page to show: the one in the address, else the first; its words by its name."""
    chosen = asked("tab", list(options), next(iter(options)))
    _switch("tab", spoken, list(options), chosen, lambda name: options[name])
    return chosen


def query(year: int, words: Words, **others: str) -> dict[str, str]:
    """The address of another view with the same year, period, moment and language.

    What is usual goes unsaid: the whole year, now, Vietnamese.
    """
    spoken = {} if words.language is Language.VI else {"lang": str(words.language)}
    return {"year": str(year), **kept(), **others, **spoken}


def kept() -> dict[str, str]:
    """What the links of a page take along of its address; nothing that is no period."""
    asked = {name: st.query_params[name] for name in KEPT if st.query_params.get(name)}
    if asked.get("period") not in set(Period):
        asked.pop("period", None)
    return asked


def head(title: str, subject: str) -> None:
    """The name of a page with what it is for, and the switch of language."""
    with st.container(horizontal=True, horizontal_alignment="distribute"):
        with st.container(width=720):
            st.title(title, anchor=False)
            st.caption(subject)
        with st.container(width="content", horizontal=True, vertical_alignment="center"):
            language()


def link(page: str, label: str, spoken: Words, **others: str) -> None:
    """The way to another page in the same language; `others` is what its address says besides."""
    language = {} if spoken.language is Language.VI else {"lang": str(spoken.language)}
    asked = others | language
    st.page_link(page, label=label, icon=":material/arrow_forward:", query_params=asked)


def year_to_enter(
    options: Sequence[int],
    opened: Sequence[int],
    spoken: Words,
    width: int | Literal["stretch"] = "stretch",
) -> int:
    """A year that figures can be handed in for: the one in the address, else the newest opened."""
    asked = st.query_params.get("year", "")
    usual = max((year for year in opened if year in options), default=options[-1])
    at = options.index(int(asked) if asked.isdigit() and int(asked) in options else usual)
    label = spoken("field.year").capitalize()
    return int(st.selectbox(label, options, index=at, key="choose-year", width=width))


def files(spoken: Words) -> list[File]:
    """Files chosen by the person, not yet kept."""
    most = largest_file() // 2**20
    chosen = st.file_uploader(
        spoken("upload.files"), accept_multiple_files=True, max_upload_size=most, key="files"
    )
    return [File(file.name, file.getvalue()) for file in chosen]


def unit(name: str, catalogue: Catalogue, year: int, spoken: Words, none: str = "") -> str:
    """A unit of the year, or "": where the files say it themselves, unless `none` says what it is."""
    names = {"": none or spoken("upload.by_file")} | units(catalogue, year, spoken)
    return _one(name, spoken("template.unit"), names)


def one_unit(name: str, catalogue: Catalogue, year: int, spoken: Words) -> str:
    """A unit of the year."""
    return _one(name, spoken("template.unit"), units(catalogue, year, spoken))


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


def units(catalogue: Catalogue, year: int, spoken: Words) -> dict[str, str]:
    """The names of the units of the year, told apart."""
    return told_apart({u.code: spoken.name(u) for u in catalogue.units if u.valid_in(year)})


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


def asked(name: str, options: Sequence[str], default: str) -> str:
    """What the address says of this, where it is one of the options; else the default."""
    said = str(st.query_params.get(name, default))
    return said if said in options else default


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


def _choice(
    name: str,
    spoken: Words,
    options: Sequence[str],
    chosen: str,
    shown: Callable[[str], str],
    width: int | Literal["stretch"] = 136,
) -> None:
    """A list that writes what is chosen into the address, where there are too many for buttons."""
    st.session_state[name] = chosen
    st.selectbox(
        spoken(f"filter.{name}"),
        options,
        format_func=shown,
        key=name,
        on_change=_to_address,
        args=(name,),
        label_visibility="collapsed",
        width=width,
    )


def _moment_to_address() -> None:
    chosen: date = st.session_state["as_of"]
    if chosen == date.today():
        back_to_now()
    else:
        st.query_params["as_of"] = chosen.isoformat()


def _to_address(name: str) -> None:
    """What is chosen; nothing where nothing in particular is."""
    if st.session_state[name] == "":
        st.query_params.pop(name, None)
    else:
        st.query_params[name] = st.session_state[name]
