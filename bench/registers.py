"""A register of twenty thousand models in one year: its page from the address to its finding and to
its list, also just after something was stored, and a search from the key to its rows; beside the
least a page of Streamlit as it comes can show, and the same page of a register of twenty rows.

A real browser that has been on all of them before opens them in turns: what a new one has to load
first is measured by bench.painting, and drawing charts as well. A search is done when the count of
its rows stands there and two frames have been drawn since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from bench.painting import EMPTY, FIRST, SCREEN, STREAMLIT, TEXT, WAIT
from danvan import shipped
from danvan.demo.names import MODELS
from danvan.model import Channel, Entry, Register, Submission, Unit
from danvan.registers import FIELDS, MODEL_STATES
from danvan.store import Store, open_store
from tests.chromium import launch
from tests.server.running import serving

ROWS, FEW, YEAR = 20_000, 20, 2022
REPEATS, WARM_UP = 9, 2
GOAL = 1000  # milliseconds
FINDING, LIST = "h2", "table.listed"
SEARCHES = ("duong hoa", "rac tai nha", "an ninh", "hoa thuan", "tiet kiem")
FOUND = """() => new Promise(resolve => {
    const field = document.querySelector(".st-key-q input")
    const said = () => document.querySelector(".st-key-list").innerText.match(/[\\d.]+ (?=trên)/)?.[0]
    const before = said()
    const began = performance.now()
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }))
    const look = () => said() && said() !== before
        ? requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)))
        : requestAnimationFrame(look)
    look()
})"""
"""Milliseconds from Enter in the search until another count stands there."""


def filled(path: Path, rows: int = ROWS) -> Store:
    """What is shipped, and so many models of its wards in one year."""
    store = open_store(str(path))
    shipped.fill(store)
    draw = Random(YEAR)
    wards = [u for u in store.catalogue().units if u.valid_in(YEAR) and u.parent]
    entries = [_model(number, draw, wards) for number in range(rows)]
    store.submit([Submission(person="bench", channel=Channel.LOAD, entries=entries)])
    return store


def _model(number: int, draw: Random, wards: Sequence[Unit]) -> Entry:
    unit, (_, name) = draw.choice(wards), draw.choice(MODELS)
    values = {
        "field": draw.choice([names[0] for names in FIELDS.values()]),
        "holder": f"Chi hội {number % 90}",
        "address": f"Khóm {number % 40}, {unit.name}",
        "approach": f"Cách làm thứ {number}: họp dân, bàn bạc, công khai.",
        "state": draw.choice(MODEL_STATES),
        "renewal": draw.choice(("mới", "duy trì", "nhân rộng")),
        "kind": draw.choice(("collective", "individual")),
    }
    return Entry(
        register=Register.MODEL,
        year=YEAR,
        unit=unit.code,
        name=f"{name} số {number}",
        values=tuple(values.items()),
    )


def report() -> None:
    """Print the medians and their ratios to the page of one line."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "page.py").write_text(EMPTY, encoding="utf-8")
        store = filled(folder / "large.db")
        filled(folder / "small.db", FEW)
        browser = launch(playwright)
        with (
            serving(folder / "none.db", *STREAMLIT, folder=folder) as bare,
            serving(folder / "small.db") as small,
            serving(folder / "large.db") as large,
        ):
            few, many = (f"{address}/models?year={YEAR}" for address in (small, large))
            opened = _opens(browser, many, LIST)
            acts = {
                "one line of text, Streamlit as it comes": _opens(browser, bare, TEXT),
                f"{FEW} models, their list": _opens(browser, few, LIST),
                f"{ROWS} models, their finding": _opens(browser, many, FINDING),
                f"{ROWS} models, their list": opened,
                "the list, just after something was stored": _changes(store, opened),
                "a search": _search(browser, many),
            }
            times = _in_turns(acts)
        browser.close()
    first = next(iter(times.values()))
    print(f"a large register, median of {REPEATS}; goal: finding and search below {GOAL} ms")
    for what, took in times.items():
        print(f"  {what:<42} {took:7.0f} ms   {took / first:.2f}")


def _in_turns(acts: dict[str, Callable[[], float]]) -> dict[str, float]:
    times: dict[str, list[float]] = {what: [] for what in acts}
    for turn in range(WARM_UP + REPEATS):
        for what, act in acts.items():
            took = act()
            if turn >= WARM_UP:
                times[what].append(took)
    return {what: median(each) for what, each in times.items()}


def _opens(browser: Browser, address: str, selector: str) -> Callable[[], float]:
    """An act that goes to the page anew and waits until the first of them is painted."""
    page = browser.new_context(viewport=SCREEN).new_page()

    def open_again() -> float:
        page.bring_to_front()
        page.goto("about:blank")
        page.goto(address, wait_until="commit")
        return float(page.evaluate(FIRST, selector))

    return open_again


def _changes(store: Store, opened: Callable[[], float]) -> Callable[[], float]:
    """The same when nothing that was made of the register may be kept."""

    def change() -> float:
        entry = Entry(register=Register.MODEL, year=YEAR, unit="TPCL.P1", name="Mô hình mới")
        store.submit([Submission(person="bench", channel=Channel.LOAD, entries=[entry])])
        return opened()

    return change


def _search(browser: Browser, address: str) -> Callable[[], float]:
    """An act that searches for the next words on a page that stays open."""
    page = browser.new_context(viewport=SCREEN).new_page()
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.locator(LIST).first.wait_for()
    asked = cycle(SEARCHES)

    def search() -> float:
        page.bring_to_front()
        page.locator(".st-key-q input").fill(next(asked))
        return float(page.evaluate(FOUND))

    return search
