"""What a person waits for: the overview from its address to its first chart, and from another year
to all charts repainted, beside the least a page of Streamlit as it comes can show.

A real browser opens both in turns. A page is painted when what it is asked for has changed for the
last time and two frames have been drawn since.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from danvan import demo
from tests.chromium import launch
from tests.server.running import serving

REPEATS, WARM_UP = 15, 2
STARTS = 5  # of a server, which take seconds each
GOAL = 1.5
TODAY = date(2025, 12, 20)  # of the generated city: fifteen units, all indicators, ten years
YEARS = range(2018, 2026)
QUIET = 400  # milliseconds without a change, after which nothing more will come
WAIT = 20_000  # milliseconds until a measurement is given up
SCREEN: ViewportSize = {"width": 1366, "height": 768}
Serving = AbstractContextManager[str]
CHART, TEXT = ".js-plotly-plot", ".st-key-line p"
ALL = f"{CHART}, table.matrix"
EMPTY = f"""
import streamlit as st
year = st.selectbox("year", {list(map(str, YEARS[::-1]))}, key="year")
st.container(key="line").write(f"one line of {{year}}")
"""
STREAMLIT = (
    sys.executable, "-m", "streamlit", "run", "page.py", "--server.port", "{port}",
    "--server.headless", "true", "--browser.gatherUsageStats", "false",
)  # fmt: skip
FIRST = """selector => new Promise(resolve => {
    const drawn = selector === ".js-plotly-plot" ? selector + " .main-svg" : selector
    const look = () => document.querySelector(drawn)
        ? requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now())))
        : requestAnimationFrame(look)
    look()
})"""
"""Milliseconds from the navigation until the first of them is painted."""
REPAINTED = """([selector, quiet, limit]) => {
    window.repainted = new Promise((resolve, reject) => {
        let begun, painted, changes = 0
        setTimeout(() => reject(new Error(`${changed.size} have changed`)), limit)
        const changed = new Set()
        const within = node => node.nodeType !== Node.ELEMENT_NODE ? [] :
            [node.closest(selector), ...node.querySelectorAll(selector)].filter(Boolean)
        const touched = ({ target, addedNodes }) => {
            const node = target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement
            return [node?.closest(selector), ...[...addedNodes].flatMap(within)].filter(Boolean)
        }
        const finish = after => {
            const all = [...document.querySelectorAll(selector)]
            if (after !== changes || !all.length || !all.every(one => changed.has(one))) return
            watch.disconnect()
            resolve(painted - begun)
        }
        const watch = new MutationObserver(mutations => {
            const found = begun === undefined ? [] : mutations.flatMap(touched)
            if (!found.length) return
            found.forEach(one => changed.add(one))
            const after = ++changes
            requestAnimationFrame(() => requestAnimationFrame(() => {
                painted = performance.now()
                setTimeout(finish, quiet, after)
            }))
        })
        addEventListener("click", () => { begun = performance.now() }, { capture: true, once: true })
        watch.observe(document.body, {
            subtree: true, childList: true, characterData: true, attributes: true,
        })
    })
}"""
"""Begin to wait: window.repainted is the milliseconds from the next click until all are repainted."""


def report() -> None:
    """Print the medians of both pages and their ratios."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        (folder / "page.py").write_text(EMPTY, encoding="utf-8")
        demo.build(str(folder / "danvan.db"), TODAY)
        browser = launch(playwright)
        stock = partial(serving, folder / "none.db", *STREAMLIT, folder=folder)
        ours = partial(serving, folder / "danvan.db")
        with stock() as bare, ours() as address:
            first = f"{address}/?year={YEARS[-1]}"
            pages = (bare, TEXT), (first, CHART)
            opened = _in_turns(*(partial(_opened, browser, *page) for page in pages))
            pages = (bare, TEXT), (first, ALL)
            repainted = _in_turns(*(_changes(browser, *page) for page in pages), warm_up=len(YEARS))
        servers = (stock, TEXT), (ours, CHART)
        started = _in_turns(
            *(partial(_started, browser, *each) for each in servers), repeats=STARTS
        )
        browser.close()
    _say("a new browser, until it has painted", "its first chart", opened)
    _say("another year, until it has repainted", "all its charts", repainted)
    _say("a new server and browser, until painted", "its first chart", started, goal=False)


def _in_turns(
    *acts: Callable[[], float], repeats: int = REPEATS, warm_up: int = WARM_UP
) -> list[list[float]]:
    """The milliseconds of each act; all are warmed up and then done in turns."""
    times: list[list[float]] = [[] for _ in acts]
    for turn in range(warm_up + repeats):
        for index, act in enumerate(acts):
            took = act()
            if turn >= warm_up:
                times[index].append(took)
    return times


def _opened(browser: Browser, address: str, selector: str) -> float:
    """From the navigation of a browser that has nothing in its cache."""
    context = browser.new_context(viewport=SCREEN)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    took = float(page.evaluate(FIRST, selector))
    context.close()
    return took


def _started(browser: Browser, server: Callable[[], Serving], selector: str) -> float:
    """From the start of the server's process, to a browser that has nothing in its cache."""
    begun = perf_counter()
    with server() as address:
        context = browser.new_context(viewport=SCREEN)
        page = context.new_page()
        page.goto(address, wait_until="commit")
        page.evaluate(FIRST, selector)
        took = 1000 * (perf_counter() - begun)
        context.close()
    return took


def _changes(browser: Browser, address: str, selector: str) -> Callable[[], float]:
    """An act that chooses the next year on a page that stays open."""
    page = browser.new_context(viewport=SCREEN).new_page()
    page.set_default_timeout(WAIT)
    page.goto(address)
    page.locator(selector).first.wait_for()
    years = cycle(YEARS)

    def change() -> float:
        page.bring_to_front()
        page.locator(".st-key-year input").click()
        option = page.get_by_role("option", name=str(next(years)))
        option.wait_for()
        page.evaluate(REPAINTED, [selector, QUIET, WAIT])
        option.click()
        return float(page.evaluate("window.repainted"))

    return change


def _say(what: str, painted: str, times: Sequence[list[float]], goal: bool = True) -> None:
    bare, ours = map(median, times)
    print(f"{what}, median of {len(times[0])}")
    print(f"  one line of text, Streamlit as it comes {bare:7.0f} ms   1")
    print(f"  the overview, {painted:<25} {ours:7.0f} ms   {ours / bare:.2f}", end="")
    print(f"  (goal: at most {GOAL})" if goal else "")
