"""A page of the app as a reader sees it: run from dashboard.py, read as plain text."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from danvan.gate import proof
from danvan.installation import address
from tests.server.house import settled

ROOT = Path(__file__).parent.parent.parent
PAGES = {
    "overview": "pages/view/overview.py",
    "indicator": "pages/view/indicator.py",
    "unit": "pages/view/unit.py",
    "compare": "pages/view/compare.py",
    "models": "pages/view/models.py",
    "tasks": "pages/view/tasks.py",
    "awards": "pages/view/awards.py",
    "map": "pages/view/map.py",
    "meeting": "pages/view/meeting.py",
    "plan": "pages/enter/plan.py",
    "upload": "pages/enter/upload.py",
    "figure": "pages/enter/figure.py",
    "registers": "pages/enter/registers.py",
    "review": "pages/enter/review.py",
    "round": "pages/enter/round.py",
    "explanations": "pages/enter/explanations.py",
    "discrepancies": "pages/enter/discrepancies.py",
    "history": "pages/manage/history.py",
    "catalogue": "pages/manage/catalogue.py",
    "years": "pages/manage/years.py",
    "people": "pages/manage/people.py",
}
STAFF = {
    "plan",
    "upload",
    "figure",
    "registers",
    "review",
    "round",
    "explanations",
    "discrepancies",
    "history",
    "catalogue",
}
OF_ADMINS = {"years", "people"}
EDITOR, ADMIN = "hoa", "lan"
SECONDS = 30
UNSEEN = dict.fromkeys(
    (0x2060, 0x200B)
)  # what parts words where they must not be marked, or may break
LINK = re.compile(r"\[((?:\\.|[^\]\\])*)\]\([^)]*\)")
STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
TONE = re.compile(r":[a-z]+(?:-badge)?\[((?:\\.|[^\]\\])*)\]")


def at(page: str, who: str | None = None, **asked: str) -> AppTest:
    """The page, run with these words in its address, for somebody of the house.

    Pages of staff are an editor's unless said, those of admins an admin's; the others nobody's,
    before there are accounts.
    """
    who = EDITOR if who is None and page in STAFF else who
    who = ADMIN if who is None and page in OF_ADMINS else who
    screen = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=SECONDS)
    number = _number(who) if who else ""
    screen.user = {"gate": proof(), "session": "", "account": number}
    for name, value in asked.items():
        screen.query_params[name] = value
    if page != "overview":
        screen.switch_page(PAGES[page])
    return screen.run()


def _number(name: str) -> str:
    """The id of somebody's account, in a house that is settled where it was not."""
    account = settled(Path(address())).people.account(name)
    assert account is not None
    return str(account.id)


def text(screen: AppTest) -> str:
    """Everything the page says, charts' words and table's cells included, without markup."""
    said = [e.value for kind in (screen.title, screen.header, screen.subheader) for e in kind]
    plain = (screen.markdown, screen.caption, screen.info, screen.success, screen.error)
    said += [e.value for kind in (*plain, screen.warning) for e in kind]
    said += [e.label for kind in (screen.expander, screen.button) for e in kind]
    said += [str(cell) for table in screen.table for cell in table.value.to_numpy().ravel()]
    said += [_unscripted(page.proto.body) for page in screen.get("html")]
    for chart in screen.get("plotly_chart"):
        annotations = json.loads(chart.proto.spec)["layout"].get("annotations", ())
        said += [re.sub(r"<[^>]*>", " ", a["text"]) for a in annotations]
        said.append(chart.proto.alt)
    return re.sub(r"\s+", " ", _unmarked(" \n ".join(said)))


def links(screen: AppTest) -> list[str]:
    """Where every link of the page leads, of its texts, tables and charts."""
    said = [e.value for kind in (screen.markdown, screen.caption) for e in kind]
    found = [target for text in said for target in re.findall(r"\]\(([^)]*)\)", text)]
    drawn = [page.proto.body for page in screen.get("html")]
    for chart in screen.get("plotly_chart"):
        annotations = json.loads(chart.proto.spec)["layout"].get("annotations", ())
        drawn += [annotation["text"] for annotation in annotations]
    return [*found, *(unescape(t) for text in drawn for t in re.findall(r'href="([^"]*)"', text))]


def opened(screen: AppTest, *keys: str) -> AppTest:
    """The page with the parts of these keys opened."""
    for key in keys:
        screen.session_state[key] = True
    return screen.run()


def _unscripted(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", STYLE.sub("", html)))


def _unmarked(said: str) -> str:
    said = TONE.sub(r"\1", LINK.sub(r"\1", said))
    said = re.sub(r"^#+ ", "", said.replace("**", ""), flags=re.MULTILINE)
    return re.sub(r"\\(.)", r"\1", said.translate(UNSEEN))
