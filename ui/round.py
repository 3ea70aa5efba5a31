"""A reporting round on a page: opened and changed, where its units stand, and reminding those that owe."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode, urlsplit

import streamlit as st

from danvan import charts
from danvan.charts import Split
from danvan.errors import DanvanError
from danvan.installation import is_loopback
from danvan.model import Catalogue, Contact, Period, Round, Stage, YearRule
from danvan.post import PostError, post
from danvan.rounds import can_be_asked, reporting
from danvan.rounds.contacts import LONGEST_ADDRESS, LONGEST_NAME, keep_contacts
from danvan.rounds.letters import Letter, letters, reminded
from danvan.rounds.opening import (
    LONGEST_NOTE,
    call_off,
    due_days,
    is_early,
    open_round,
    usual_due,
)
from danvan.rounds.owing import Owed
from danvan.rounds.sending import addressed, keep, send_reminders
from danvan.rounds.standing import by_attention, counts, due_word, sentence
from danvan.rows import Row
from danvan.states import STANDING_LOOKS
from danvan.wording import Words, day, first_upper, moment, period_name
from ui import access, cached, figures, filters, markup
from ui.tables import Column, Listed

DONE = "round-done"  # in the session: what the last button did, each with its tone
UNIT_PAGE = "unit"
HIGHEST, LINES = (
    380,
    18,
)  # pixels of a text on the page, and from how many lines it scrolls in itself


def open_years() -> dict[int, YearRule]:
    """The years whose rounds can be changed."""
    rules = cached.years()
    return {year: rule for year, rule in rules.items() if rule.stage is not Stage.CLOSED}


def chosen(rule: YearRule, words: Words) -> Round | None:
    """The round in the address; else the next that is due, or the last."""
    rounds = sorted(rule.rounds, key=lambda one: one.due)
    if not rounds:
        return None
    today = cached.day(None)
    usual = next((one for one in rounds if one.due >= today), rounds[-1])
    periods = [str(one.period) for one in rounds]
    period = Period(filters.asked("period", periods, str(usual.period)))
    filters.choose_period([one.period for one in rounds], period, words)
    return rule.round[period]


# a round is opened, changed, called off


def new(rule: YearRule, catalogue: Catalogue, words: Words, *, first: bool) -> None:
    """A round for a period that has none yet; unfolded where it would be the first."""
    free = [period for period in Period if period not in rule.round]
    label = words("round.new")
    kept = st.expander(
        label, icon=":material/add:", key="new-round", expanded=first, on_change="rerun"
    )
    if not kept.open or not free:
        return
    with kept:
        usual = free.index(_next(rule, free))
        period = st.selectbox(
            words("field.period").capitalize(),
            free,
            index=usual,
            format_func=lambda p: first_upper(words(f"period.{p}")),
            key=f"new-period-{rule.year}",
            width=240,
        )
        typed = _fields(rule, Round(rule.year, period, usual_due(rule, period)), catalogue, words)
        _warned(typed, words)
        st.button(
            words("round.open", period=words(f"period.{period}")),
            type=filters.emphasis(),
            icon=":material/event_available:",
            on_click=_open,
            args=(typed, words),
        )


def _next(rule: YearRule, free: Sequence[Period]) -> Period:
    """The quarter, half-year or year that ends next and has no round."""
    today = cached.day(None)
    usual = [Period.Q1, Period.H1, Period.M9, Period.YEAR]
    coming = [p for p in usual if p in free and usual_due(rule, p) >= today]
    return next(iter([*coming, *free]))


def change(rule: YearRule, one: Round, catalogue: Catalogue, words: Words) -> None:
    """The round with another day, or for others; or not at all."""
    kept = st.expander(
        words("round.change"), icon=":material/edit_calendar:", key="change", on_change="rerun"
    )
    if not kept.open:
        return
    with kept:
        typed = _fields(rule, one, catalogue, words)
        _warned(typed, words)
        with st.container(horizontal=True):
            st.button(
                words("round.save"),
                icon=":material/save:",
                disabled=typed == one,
                on_click=_open,
                args=(typed, words),
            )
            with st.popover(words("round.call_off"), icon=":material/event_busy:"):
                st.markdown(words("round.call_off_note"))
                st.button(words("round.call_off_yes"), on_click=_call_off, args=(one, words))
        st.caption(words("round.changed_note"))
        filters.link("pages/manage/history.py", words("upload.to_history"), words)


def _fields(rule: YearRule, one: Round, catalogue: Catalogue, words: Words) -> Round:
    """The round as it is typed; each field keeps what the round says until somebody changes it."""
    about = f"{rule.year}-{one.period}-{hash((one.due, one.units, one.indicators, one.note))}"
    first, last = due_days(rule.year, one.period)
    units = {code: words.name(catalogue.unit[code]) for code in reporting(catalogue, rule.year)}
    can = can_be_asked(catalogue, rule.year, one.period)
    indicators = {c: f"{words.name(catalogue.indicator[c])} ({c})" for c in can}
    if filters.theme().dark:
        st.html(filters.READABLE)
    due = st.date_input(
        words("round.due"),
        value=min(max(one.due, first), last),
        min_value=first,
        max_value=last,
        format="DD/MM/YYYY",
        key=f"due-{about}",
        width=240,
    )
    told = st.multiselect(
        words("round.units"),
        list(units),
        [code for code in one.units if code in units],
        format_func=lambda code: units[code],
        placeholder=words("round.all_units", n=len(units)),
        key=f"units-{about}",
    )
    asked = st.multiselect(
        words("round.indicators"),
        list(indicators),
        [code for code in one.indicators if code in indicators],
        format_func=lambda code: indicators[code],
        placeholder=words("round.all_indicators"),
        key=f"indicators-{about}",
    )
    note = st.text_input(words("round.note"), one.note, max_chars=LONGEST_NOTE, key=f"note-{about}")
    day_typed = due if isinstance(due, date) else one.due
    return Round(rule.year, one.period, day_typed, tuple(told), tuple(asked), note.strip())


def _warned(one: Round, words: Words) -> None:
    """What may be meant, and may be a slip."""
    if is_early(one):
        st.caption(
            f":material/info: {words('round.early', day=day(one.period.last_day(one.year)))}"
        )
    elif one.due < cached.day(None):
        st.caption(f":material/info: {words('round.past')}")


def _open(one: Round, words: Words) -> None:
    def step() -> str:
        open_round(access.current(), one, words)
        time = period_name(one.year, one.period, words)
        return words("rounds.opened", time=time, day=day(one.due))

    st.query_params["period"] = str(one.period)
    st.session_state["new-round"] = False
    _do(step, words)


def _call_off(one: Round, words: Words) -> None:
    def step() -> str:
        call_off(access.current(), one.year, one.period, words)
        time = period_name(one.year, one.period, words)
        return words("rounds.called_off", time=time, day=day(one.due))

    _do(step, words)


def _do(step: Callable[[], str], words: Words) -> None:
    """Take a step and say so, or say why not."""
    try:
        said = [("success", step())]
    except DanvanError as error:
        said = [("error", error.text(words.language))]
    st.session_state[DONE] = said


def outcome(words: Words) -> None:  # noqa: ARG001 - as every part of the page
    """What the last button did."""
    for tone, text in st.session_state.pop(DONE, ()):
        (st.success if tone == "success" else st.error)(markup.plain(text))


# where its units stand


def headline(one: Round, told: Sequence[Owed], words: Words) -> str:
    """The round in one sentence (markdown)."""
    due = due_word(one, cached.day(None), words)
    return markup.plain(f"{sentence(one, told, words)}; {due}")


def about(one: Round, words: Words) -> str:
    """Who is asked for what (markdown)."""
    units = words("round.of_units", n=len(one.units)) if one.units else words("round.of_all")
    asked = words("round.of_plan")
    if one.indicators:
        asked = words("round.of_indicators", n=len(one.indicators))
    parts = [units, asked, one.note]
    return markup.plain(" · ".join(part for part in parts if part))


def strip(one: Round, told: Sequence[Owed], words: Words) -> None:
    """One bar of all units by where they stand, and the same in words."""
    found = {str(standing): n for standing, n in counts(told).items()}
    if not found:
        return
    names = {key: words(f"standing.{key}") for key in STANDING_LOOKS}
    title = first_upper(period_name(one.year, one.period, words))
    bars = [Split(title, found, 0)]
    chart = charts.split_bars(bars, STANDING_LOOKS, names, filters.theme())
    figures.draw(chart, charts.split_bars_words(bars, STANDING_LOOKS, names), "round-strip")
    badges = []
    for key, n in found.items():
        look = STANDING_LOOKS[key]
        badges.append(f":{look.tone}-badge[{markup.plain(f'{look.sign} {n} {names[key]}')}]")
    st.markdown(" ".join(badges))


def table(one: Round, told: Sequence[Owed], catalogue: Catalogue, words: Words) -> None:
    """Every unit, those first that need attention."""
    store = access.current()
    kept = reminded(store.reminders(one.year), one)
    people = {contact.unit: contact for contact in store.contacts()}
    rows: list[Row] = [
        {
            "unit": what.unit,
            "name": words.name(catalogue.unit[what.unit]),
            "standing": str(what.standing),
            "told": f"{what.reported}/{what.expected}",
            "reported": what.reported,
            "waiting": len(what.waiting),
            "returned": len(what.returned),
            "arrived": day(what.arrived) if what.arrived else "–",
            "late": what.days_late,
            "reminded": _reminded(kept.get(what.unit, []), words),
            "contact": _contact(people.get(what.unit)),
        }
        for what in by_attention(told)
    ]
    link = figures.address(UNIT_PAGE, one.year, words)
    shown = Listed(words("round.table"), rows, _columns(link, words))
    st.html(shown.html(filters.theme()))
    figures.download("round", shown, words)


def _columns(link: Callable[[Row], str], words: Words) -> list[Column]:
    def text(key: str, name: str, width: int = 14) -> Column:
        return Column(words(key), lambda row: row[name], lambda row: str(row[name]), width)

    def count(key: str, name: str) -> Column:
        def shown(row: Row) -> str:
            return str(row[name]) if row[name] else "–"

        return Column(words(key), lambda row: row[name], shown, 10, is_number=True)

    def said(row: Row) -> str:
        standing = row["standing"]
        return f"{STANDING_LOOKS[standing].sign} {words(f'standing.{standing}')}"

    return [
        Column(words("template.unit"), lambda r: r["name"], lambda r: r["name"], 30, link),
        Column(words("table.state"), said, said, 18),
        text("round.told", "told", 10),
        count("round.returned", "returned"),
        count("round.waiting", "waiting"),
        text("round.arrived", "arrived"),
        count("round.late", "late"),
        text("round.reminded", "reminded", 22),
        text("round.contact", "contact", 30),
    ]


def _reminded(rows: Sequence[Mapping[str, object]], words: Words) -> str:
    """How often, and when last."""
    if not rows:
        return "–"
    return words("round.reminded_times", n=len(rows), at=moment(rows[-1]["at"]))  # type: ignore[arg-type]


def _contact(one: Contact | None) -> str:
    return " · ".join(part for part in (one.name, one.email) if part) if one else "–"


# whom to write to


def contacts(catalogue: Catalogue, year: int, words: Words) -> None:
    """Name and address of whoever reports for each unit, typed below each other."""
    kept = {contact.unit: contact for contact in access.current().contacts()}
    units = reporting(catalogue, year)
    there = sum(1 for unit in units if unit in kept and kept[unit].email)
    place = st.expander(
        words("round.contacts", n=len(units), there=there),
        icon=":material/contact_mail:",
        key="contacts",
        on_change="rerun",
    )
    if not place.open:
        return
    with place, st.form("contacts-form", border=False):
        for unit in units:
            name, said = words.name(catalogue.unit[unit]), kept.get(unit, Contact(unit))
            left, right = st.columns(2, gap="small")
            left.text_input(
                words("round.contact_name", unit=name),
                said.name,
                max_chars=LONGEST_NAME,
                key=f"contact-name-{unit}",
            )
            right.text_input(
                words("round.contact_email", unit=name),
                said.email,
                max_chars=LONGEST_ADDRESS,
                key=f"contact-email-{unit}",
            )
        st.form_submit_button(
            words("round.contacts_save"),
            icon=":material/save:",
            on_click=_keep_contacts,
            args=(units, words),
        )


def _keep_contacts(units: Sequence[str], words: Words) -> None:
    def step() -> str:
        typed = [
            Contact(
                unit,
                st.session_state[f"contact-name-{unit}"],
                st.session_state[f"contact-email-{unit}"],
            )
            for unit in units
        ]
        return words("rounds.contacts_kept", n=keep_contacts(access.current(), typed, words))

    _do(step, words)


# reminding


def texts(
    one: Round, told: Sequence[Owed], catalogue: Catalogue, words: Words
) -> tuple[Letter, ...]:
    """A reminder for each unit that has something to hand in, those first that need it most."""
    before = {
        unit: len(rows)
        for unit, rows in reminded(access.current().reminders(one.year), one).items()
    }
    base = _base()
    where = {
        what.unit: f"{base}/{UNIT_PAGE}?{urlencode({'year': one.year, 'unit': what.unit})}"
        for what in (told if base else ())
    }
    return letters(one, by_attention(told), catalogue, words, cached.day(None), before, where)


def _base() -> str:
    """Where others reach this server; "" where it is known on this machine only."""
    parts = urlsplit(st.context.url or "")
    reached = parts.hostname and not is_loopback(parts.hostname)
    return f"{parts.scheme}://{parts.netloc}" if reached else ""


def choose(found: Sequence[Letter], catalogue: Catalogue, words: Words) -> list[Letter]:
    """Those that are to be reminded: all that owe something, unless some are taken out."""
    st.subheader(words("round.remind"), anchor=False)
    if not found:
        st.markdown(words("rounds.nobody_owes"))
        return []
    if filters.theme().dark:
        st.html(filters.READABLE)
    known = {one.unit: one for one in found}
    mark = hashlib.sha256(" ".join(known).encode()).hexdigest()[:8]  # others owe: chosen anew
    units = st.multiselect(
        words("round.who"),
        list(known),
        list(known),
        format_func=lambda code: words.name(catalogue.unit[code]),
        placeholder=words("filter.choose"),
        key=f"remind-{mark}",
    )
    return [known[unit] for unit in units]


def show(found: Sequence[Letter], catalogue: Catalogue, words: Words) -> None:
    """The texts, each to be copied; the first of them unfolded."""
    for at, one in enumerate(found):
        label = words("round.letter", unit=words.name(catalogue.unit[one.unit]), n=one.count)
        kept = st.expander(
            markup.plain(label), expanded=at == 0, key=f"letter-{one.unit}", on_change="rerun"
        )
        if kept.open:
            with kept:
                st.caption(markup.plain(one.subject))
                text = f"{one.subject}\n\n{one.body}"
                scrolls = text.count("\n") > LINES
                st.code(
                    text,
                    language=None,
                    wrap_lines=True,
                    height=HIGHEST if scrolls else "content",
                )


def copied(one: Round, found: Sequence[Letter], words: Words) -> None:
    """Texts that went another way: told here, so that the next one is the second."""
    if not found:
        return
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{words('round.by_hand')}**")
        st.caption(words("round.by_hand_how"))
        st.button(
            words("round.by_hand_done", n=len(found)),
            icon=":material/check:",
            on_click=_copied,
            args=(one, tuple(letter.unit for letter in found), words),
        )


def _copied(one: Round, units: Sequence[str], words: Words) -> None:
    def step() -> str:
        keep(access.current(), one, dict.fromkeys(units, ""))
        return words("round.kept", n=len(units))

    _do(step, words)


def by_mail(one: Round, found: Sequence[Letter], catalogue: Catalogue, words: Words) -> None:
    """To send them: the addresses, a word that they were looked at, and only then the button."""
    if not found:
        return
    with st.container(border=True, height="stretch"):
        st.markdown(f"**{words('round.by_mail')}**")
        try:
            way = post()
        except PostError as error:
            st.error(markup.plain(error.text(words.language)))
            return
        if way is None:
            st.caption(words("round.no_server"))
            return
        going = addressed(found, access.current().contacts())
        lines = [
            f"- {markup.plain(words.name(catalogue.unit[letter.unit]))}: "
            + markup.plain(_contact(to) if to else words("round.no_address"))
            for letter, to in going.items()
        ]
        st.markdown("\n".join(lines))
        addresses = tuple(to.email for to in going.values() if to)
        if addresses:
            _confirmed(one, found, addresses, words)


def _confirmed(
    one: Round, found: Sequence[Letter], addresses: tuple[str, ...], words: Words
) -> None:
    """Another list of addresses has to be confirmed anew."""
    mark = hashlib.sha256(" ".join(addresses).encode()).hexdigest()[:8]
    seen = st.checkbox(words("round.seen", n=len(addresses)), key=f"seen-{mark}")
    st.button(
        words("round.send", n=len(addresses)),
        type=filters.emphasis(),
        icon=":material/send:",
        disabled=not seen,
        on_click=_send,
        args=(one, tuple(found), addresses, words),
    )


def _send(one: Round, found: Sequence[Letter], addresses: Sequence[str], words: Words) -> None:
    try:
        done = send_reminders(access.current(), one, found, addresses)
    except DanvanError as error:
        st.session_state[DONE] = [("error", error.text(words.language))]
        return
    sent = [outcome for outcome in done if outcome.delivery.sent]
    said = [("success", words("round.sent", n=len(sent)))] if sent else []
    said += [
        (
            "error",
            words("rounds.refused_by", address=o.delivery.mail.address, reason=o.delivery.reason),
        )
        for o in done
        if not o.delivery.sent
    ]
    st.session_state[DONE] = said
