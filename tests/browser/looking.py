"""What every screen is looked at for: that nothing on it is broken, cut, hard to read or out of
reach; at every size, in one load of the page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

SIZES = {"projector": (1366, 768), "desktop": (1920, 1080), "phone": (390, 844)}
MOMENT = 2_000  # milliseconds
WAIT = 60_000  # milliseconds; a busy machine needs long for ten years at once, cold
ALL = ("minor", "moderate", "serious", "critical")
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
AROUND = 4  # presses of Tab from the end of the page through the browser to its beginning
PRESSES = 8  # of Tab, before it is asked whether that is all
CHARTS_FIT = """() => [...document.querySelectorAll('[data-testid=stPlotlyChart]')].every(place => {
    const chart = place.querySelector('.main-svg')
    return chart && Math.abs(chart.getBoundingClientRect().width - place.clientWidth) <= 1
})"""
"""Charts are drawn anew, a moment later, when there is more or less room for them."""
SCROLLS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
    .filter(e => e && e.scrollWidth > e.clientWidth).map(e => e.scrollWidth - e.clientWidth)"""
CUT = """() => {
    const cut = [...document.querySelectorAll('body *')].filter(e =>
        e.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !e.closest('[data-tag]') && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1
        && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)
        && [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.textContent.trim()))
    const out = [...document.querySelectorAll('.js-plotly-plot')].flatMap(chart => {
        const edge = chart.getBoundingClientRect().right + 1
        return [...chart.querySelectorAll('text')]
            .filter(text => text.getBoundingClientRect().right > edge)
    })
    return [...cut, ...out].map(e => e.textContent.trim().slice(0, 80))
}"""
"""Text that is hidden where its element ends, or runs out of its chart. Not what is chosen in a list
of several: Streamlit shortens it there, with the whole as its title, and the page has it whole.
"""
WATCH = """() => {
    window.focused = new Set()
    window.around = false
    document.addEventListener('focusin', event => {
        window.around ||= focused.size > 1 && event.target === [...focused][0]
        focused.add(event.target)
    })
    document.activeElement?.blur()
    return document.querySelectorAll('a, button, input, select, textarea, summary, [tabindex]').length
}"""
LEFT_OUT = """() => {
    const group = e => e.type === 'radio' ? e.closest('[role=radiogroup]')
        : e.closest('[role=tablist], [role=radiogroup], [role=toolbar], [role=grid]')
    const groups = new Set([...focused].map(group))
    const kinds = 'a[href], a[*|href], button, input:not([type=file]), select, textarea, summary,'
        + '[role=button], [role=link], [role=tab], [role=radio], [role=combobox], [role=checkbox]'
    return [...document.querySelectorAll(kinds)]
        .filter(e => e.checkVisibility({ visibilityProperty: true }) && !e.disabled
            && !e.closest('[aria-hidden=true], [inert], [aria-disabled=true]'))
        .filter(e => !focused.has(e) && !groups.has(group(e) ?? e))
        .filter(e => ![...focused].some(f =>
            e.contains(f) || e.tabIndex < 0 && e.closest('[role=group]')?.contains(f)))
        .map(e => e.outerHTML.slice(0, 160))
}"""
"""What can be used and Tab never came to; one stop is enough where arrows choose in a group."""


def drawn(page: Page) -> None:
    """Wait until the screen stands still: its script has ended and its charts fill their room."""
    page.locator("h1").first.wait_for()
    expect(page.locator(IDLE)).to_be_visible(timeout=WAIT)
    page.wait_for_function(CHARTS_FIT)


def resize(page: Page, size: str) -> None:
    """Give the screen another size and wait until it has taken it."""
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function("width => innerWidth === width", arg=width)
    page.wait_for_function(CHARTS_FIT)


def faults(
    page: Page,
    sizes: Iterable[str],
    by_keyboard: bool = False,
    impacts: Sequence[str] = ("serious", "critical"),
    judged: Iterable[str] | None = None,
) -> list[str]:
    """What is wrong with the screen, each with the size at which it is; empty where all is well.

    `impacts` are of what axe finds, `judged` the sizes at which it is asked: all unless said.
    `by_keyboard` looks for what Tab never comes to as well.
    """
    found, sizes = [], list(sizes)
    asked = set(sizes if judged is None else judged)
    for size in sizes:
        resize(page, size)
        found += [f"{size}: {fault}" for fault in _faults(page)]
        found += [f"{size}: {it}" for it in (violations(page, impacts) if size in asked else ())]
        found += [f"{size}: Tab never comes to {e}" for e in unreached(page)] if by_keyboard else []
    return found


def _faults(page: Page) -> Iterator[str]:
    broken = page.locator("[data-testid=stException], [data-testid=stDialog]")
    yield from (f"shows {text}" for text in broken.all_inner_texts())
    yield from (f"scrolls sideways by {pixels} pixels" for pixels in page.evaluate(SCROLLS))
    yield from (f"cuts {text}" for text in _cut(page))


def _cut(page: Page) -> list[str]:
    """Texts that are cut and stay so: what watches its own size takes a moment to lie otherwise."""
    with suppress(PlaywrightTimeoutError):
        page.wait_for_function(f"() => ({CUT})().length === 0", timeout=MOMENT)
    found: list[str] = page.evaluate(CUT)
    return found


def violations(page: Page, impacts: Sequence[str]) -> list[str]:
    """What axe finds of these impacts, and where."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in impacts
        for node in one["nodes"]
    ]


def unreached(page: Page) -> list[str]:
    """What can be used on the screen and is not come to by pressing Tab again and again."""
    for _ in range(0, page.evaluate(WATCH) + AROUND, PRESSES):
        for _ in range(PRESSES):
            page.keyboard.press("Tab")
        if page.evaluate("around"):  # it is where it began
            break
    found: list[str] = page.evaluate(LEFT_OUT)
    return found
