"""The page of the presentation, run from dashboard.py."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from danvan.access import PUBLIC_VIEW
from danvan.installation import open_installed
from tests.pages.screen import at, links, text

pytestmark = pytest.mark.usefixtures("database")


def test_the_page_lists_every_screen_and_leads_to_the_file() -> None:
    screen = at("meeting", year="2022", lang="vi")
    assert not screen.exception
    shown = text(screen)
    assert "8 màn hình theo thứ tự trình chiếu" in shown
    assert "○ chưa báo cáo Tập thể được khen thưởng · Việc cần bàn 1/2" in shown
    assert "/meeting-file?year=2022#8" in links(screen)
    buttons = {button.proto.label: button.proto.url for button in screen.get("link_button")}
    assert buttons == {
        "Trình chiếu toàn màn hình": "/meeting-file?year=2022",
        "Tải tệp dùng khi không có mạng": "/meeting-file?year=2022&save=1",
    }


def test_unit_moment_and_language_go_along() -> None:
    open_installed()  # what is shipped is there from now on
    now = datetime.now(UTC).isoformat()
    screen = at("meeting", year="2022", unit="TPCL.TT", as_of=now, lang="en")
    asked = parse_qs(urlsplit(screen.get("link_button")[0].proto.url).query)
    assert asked == {"year": ["2022"], "unit": ["TPCL.TT"], "as_of": [now], "lang": ["en"]}


def test_whoever_has_not_signed_in_may_see_and_not_keep() -> None:
    at("meeting", "xem", year="2022")  # there are accounts from now on
    open_installed().people.set_switch(PUBLIC_VIEW, "on", "os:test")
    screen = at("meeting", year="2022")
    assert [b.proto.label for b in screen.get("link_button")] == ["Trình chiếu toàn màn hình"]
    assert "phải đăng nhập" in text(screen)
