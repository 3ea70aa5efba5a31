"""A register of twenty thousand models in one year: its page from the address to its first chart and
to its list, warm and just after something was stored, and a search from the key to its rows; beside
the least a page of Streamlit as it comes can show.

A real browser that has been on both before opens them in turns: what a new one has to load first is
measured by bench.painting. A search is done when the count of its rows stands there and
two frames have been drawn since.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, sync_playwright

from bench.painting import CHART, EMPTY, FIRST, SCREEN, STREAMLIT, TEXT, WAIT
from danvan import shipped
from danvan.demo.names import MODELS
from danvan.model import Channel, Entry, Register, Submission, Unit
from danvan.registers import FIELDS, MODEL_STATES
from danvan.store import Store, open_store
from tests.chromium import launch
from tests.server.running import serving

ROWS, YEAR = 20_000, 2022
REPEATS, WARM_UP = 9, 2
GOAL = 1000  # milliseconds
LIST = "table.listed"
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


def filled(path: Path) -> Store:
    """What is shipped, and twenty thousand models of its wards in one year."""
    store = open_store(str(path))
    shipped.fill(store)
    draw = Random(YEAR)
    wards = [u for u in store.catalogue().units if u.valid_in(YEAR) and u.parent]
    entries = [_model(number, draw, wards) for number in range(ROWS)]
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
        store = filled(folder / "danvan.db")
        browser = launch(playwright)
        with (
            serving(folder / "none.db", *STREAMLIT, folder=folder) as bare,
            serving(folder / "danvan.db") as ours,
        ):
            page = f"{ours}/models?year={YEAR}"
            acts = {
                "one line of text, Streamlit as it comes": _opens(browser, bare, TEXT),
                "the models, their first chart": _opens(browser, page, CHART),
                "the models, their list": _opens(browser, page, LIST),
                "the list, just after something was stored": _changes(
                    store, _opens(browser, page, LIST)
                ),
                "a search": _search(browser, page),
            }
            times = _in_turns(acts)
        browser.close()
    first = next(iter(times.values()))
    print(f"a register of {ROWS} rows, median of {REPEATS}")
    for what, took in times.items():
        print(f"  {what:<42} {took:7.0f} ms   {took / first:.2f}", end="")
        print("" if took is first else f"  (goal: below {GOAL} ms)")


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
