"""Signing in and out, one's own password, the first account: as a person does it over HTTP."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest

from danvan.accounts import Role, signing_in
from danvan.store import Store, open_store
from server.secrets import secret
from tests.server.asking import Visitor
from tests.server.house import PASSWORD, settled
from tests.server.running import said, serving

A_SECOND = 1.2
OTHER = "cầu Cao Lãnh bắc qua sông"
ELSEWHERE = [
    "//evil.example",
    "https://evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "javascript:alert(1)",
    "evil",
    "/\r\nx: y",
]


class Fields(HTMLParser):
    """The fields of a page's form, and what labels them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.inputs: dict[str, dict[str, str | None]] = {}
        self.labelled: set[str] = set()
        self.action = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "input" and known.get("name"):
            self.inputs[str(known["name"])] = known
        if tag == "label":
            self.labelled.add(str(known["for"]))
        if tag == "form" and not self.action:
            self.action = str(known["action"])


def test_the_form_helps_the_browser_to_fill_it_in(address: str) -> None:
    fields = Fields(Visitor(address).get("/sign-in").text)
    assert fields.inputs["name"]["autocomplete"] == "username"
    assert "autofocus" in fields.inputs["name"]
    assert fields.inputs["password"]["autocomplete"] == "current-password"
    assert fields.inputs["password"]["type"] == "password"
    assert fields.labelled == {"name", "password"}


def test_the_cookie_is_for_the_server_alone(address: str) -> None:
    cookie = Visitor(address).sign_in("lan", PASSWORD).headers["set-cookie"]
    assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))


def test_capitals_and_spaces_around_the_name_do_not_matter(address: str) -> None:
    assert Visitor(address).sign_in(" Lan ", PASSWORD).status == 303


@pytest.mark.parametrize(
    "name", ["xem", "nobody", "cu", "'; drop table account; --", "", "x" * 999]
)
def test_a_refusal_does_not_say_what_was_wrong(address: str, name: str) -> None:
    answer = Visitor(address).sign_in(name, "sai")
    assert answer.status == 401
    assert 'role="alert">Tên đăng nhập hoặc mật khẩu không đúng.' in answer.text
    assert "set-cookie" not in answer.headers


def test_what_was_typed_as_a_name_is_shown_again_as_text(address: str) -> None:
    answer = Visitor(address).sign_in('"><script>alert(1)</script>', "sai")
    assert "<script>" not in answer.text


def test_many_wrong_passwords_have_to_wait_and_another_address_does_not(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    settled(database)
    with serving(database, DANVAN_PROXY="127.0.0.1") as address:
        guesser = Visitor(address, headers={"x-forwarded-for": "203.0.113.7"})
        statuses = [guesser.sign_in("lan", f"sai {n}").status for n in range(6)]
        answer = guesser.sign_in("lan", PASSWORD)
        assert statuses == [401] * 5 + [429]
        assert answer.status == 429
        assert int(answer.headers["retry-after"]) > 0
        assert f"{answer.headers['retry-after']} giây" in answer.text
        other = Visitor(address, headers={"x-forwarded-for": "203.0.113.8"})
        assert other.sign_in("lan", PASSWORD).status == 303


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_never_leads_elsewhere(address: str, elsewhere: str) -> None:
    visitor = Visitor(address)
    fields = Fields(visitor.ask("GET", _with_next(elsewhere), None, {}).text)
    answer = visitor.post(fields.action, {"name": "lan", "password": PASSWORD})
    assert answer.to == "/"


def _with_next(address: str) -> str:
    return "/sign-in?next=" + "".join(f"%{byte:02x}" for byte in address.encode())


def test_the_language_is_kept(address: str) -> None:
    visitor = Visitor(address)
    page = visitor.get("/sign-in?lang=en&next=/history")
    assert "<h1>Sign in</h1>" in page.text
    action = Fields(page.text).action
    wrong = visitor.post(action, {"name": "lan", "password": "x"})
    assert "not right" in wrong.text or "wrong" in wrong.text
    right = visitor.post(action, {"name": "lan", "password": PASSWORD})
    assert right.to == "/history?lang=en"


def test_a_member_who_signs_in_again_has_one_session(address: str, store: Store) -> None:
    visitor = Visitor(address)
    visitor.sign_in("xem", PASSWORD)
    first = visitor.cookie
    assert visitor.get("/sign-in").to == "/"
    visitor.sign_in("xem", PASSWORD)
    assert visitor.cookie != first
    assert Visitor(address, cookie=first).fetch("/session").status == 401
    xem = store.people.account("xem")
    assert xem
    assert len(store.people.sessions(xem.id)) == 1


def test_signing_out_ends_the_session_on_the_server(address: str) -> None:
    visitor = Visitor(address)
    visitor.sign_in("lan", PASSWORD)
    token = visitor.cookie
    assert "Nguyễn Thị Lan" in visitor.get("/sign-out").text
    assert visitor.fetch("/session").status == 204
    answer = visitor.post("/sign-out")
    assert answer.to == "/sign-in?left=1"
    assert not visitor.cookie
    assert "Bạn đã đăng xuất." in visitor.get(answer.to).text
    assert Visitor(address, cookie=token).fetch("/session").status == 401


def test_a_lost_session_says_so(address: str) -> None:
    assert "Phiên làm việc đã kết thúc" in Visitor(address, cookie="old").get("/sign-in").text


def test_a_page_that_asks_by_itself_does_not_keep_the_session(address: str, store: Store) -> None:
    earlier = datetime.now(UTC) - timedelta(minutes=10)
    token = signing_in.sign_in(store.people, "minh", PASSWORD, "", "", earlier)
    visitor = Visitor(address, cookie=token)

    def seen() -> datetime:
        session = store.people.session(signing_in.hash_of(token))
        assert session
        return session.seen

    assert visitor.fetch("/session").status == 204
    assert seen() == earlier
    time.sleep(A_SECOND)
    assert visitor.get("/").status == 200
    assert seen() > earlier


def test_a_new_password_ends_the_sessions_elsewhere(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    settled(database)
    with serving(database) as address:
        here, there = Visitor(address), Visitor(address)
        here.sign_in("lan", PASSWORD)
        there.sign_in("lan", PASSWORD)
        answer = here.post("/password", {"old": PASSWORD, "new": OTHER, "again": OTHER})
        assert answer.to == "/"
        time.sleep(A_SECOND)
        assert here.get("/").status == 200
        assert there.get("/").status == 303
        assert there.sign_in("lan", PASSWORD).status == 401
        assert there.sign_in("lan", OTHER).status == 303
    assert OTHER not in said(database)


@pytest.mark.parametrize(
    ("old", "new", "again", "sentence"),
    [
        ("sai", OTHER, OTHER, "mật khẩu không đúng"),
        (PASSWORD, OTHER, OTHER + "!", "không giống nhau"),
        (PASSWORD, "ngắn", "ngắn", "ít nhất 10 ký tự"),
        (PASSWORD, PASSWORD, PASSWORD, "trùng với mật khẩu cũ"),
        ("", "", "", "không đúng"),
    ],
)
def test_a_password_that_cannot_be_is_one_sentence(
    address: str, old: str, new: str, again: str, sentence: str
) -> None:
    visitor = Visitor(address)
    visitor.sign_in("xem", PASSWORD)
    answer = visitor.post("/password", {"old": old, "new": new, "again": again})
    assert answer.status in (400, 401)
    assert sentence in re.findall(r'role="alert">([^<]*)', answer.text)[0]
    assert visitor.get("/").status == 200


def test_a_newcomer_comes_in_after_choosing_a_password(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    settled(database)
    with serving(database) as address:
        visitor = Visitor(address)
        visitor.sign_in("moi", PASSWORD)
        page = visitor.get("/password")
        assert "Mật khẩu hiện nay do người khác đặt" in page.text
        visitor.post("/password", {"old": PASSWORD, "new": OTHER, "again": OTHER})
        assert visitor.get("/").status == 200


def test_the_set_up_link_makes_the_first_admin_once(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with serving(database) as address:
        link = _link(database)
        visitor = Visitor(address)
        fields = Fields(visitor.get(link).text)
        assert fields.inputs["new"]["autocomplete"] == "new-password"
        assert fields.labelled == {"full_name", "name", "new", "again"}
        typed = {"full_name": "Nguyễn Thị Lan", "name": "Lan", "new": OTHER, "again": OTHER}
        assert visitor.post(fields.action, typed | {"again": "x"}).status == 400
        assert visitor.post(fields.action, typed | {"name": "có dấu"}).status == 400
        assert visitor.post(fields.action, typed).to == "/"
        assert visitor.get("/").status == 200
        again = visitor.post(fields.action, typed | {"name": "other"})
        assert again.to == "/sign-in"
        assert Visitor(address).get(link).to == "/sign-in"
    accounts = open_store(str(database)).people.accounts()
    assert [(a.name, a.full_name, a.role) for a in accounts] == [
        ("lan", "Nguyễn Thị Lan", Role.ADMIN)
    ]


def test_without_the_link_nobody_sets_up(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    typed = {"full_name": "x", "name": "lan", "new": OTHER, "again": OTHER}
    with serving(database) as address:
        visitor = Visitor(address)
        assert "<form" not in visitor.get("/set-up").text
        assert visitor.get("/set-up?token=guess").status == 401
        assert visitor.post("/set-up", typed).status in (400, 401)
        assert visitor.post("/set-up?token=guess", typed).status == 401
    assert not open_store(str(database)).people.exists()


def test_a_new_start_makes_a_new_link_and_voids_the_old(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    with serving(database):
        old = _link(database)
    with serving(database) as address:
        assert _link(database) != old
        assert Visitor(address).get(old).status == 401
        assert Visitor(address).get(_link(database)).status == 200


def test_no_link_is_printed_once_there_is_an_account(database: Path, address: str) -> None:
    assert Visitor(address).fetch("/healthz").status == 200
    assert "set-up" not in said(database).replace('"/set-up"', "")


def _link(database: Path) -> str:
    found = re.search(r"/set-up\?token=\S+", said(database))
    assert found
    return found[0]


@pytest.mark.parametrize("size", [9 * 2**10, 3 * 2**20])
def test_a_form_is_small(address: str, size: int) -> None:
    assert Visitor(address).sign_in("lan", "x" * size).status == 413


@pytest.mark.parametrize("body", [b"\xff\xfe", b"&".join(b"a=1" for _ in range(99))])
def test_a_form_that_cannot_be_read_is_refused(address: str, body: bytes) -> None:
    answer = Visitor(address).ask("POST", "/sign-in", body, {"origin": address})
    assert answer.status in (400, 401)


def test_the_pages_are_kept_by_nobody(address: str) -> None:
    assert Visitor(address).get("/sign-in").headers["cache-control"] == "no-store"


def test_what_the_pages_are_drawn_with_is_for_everybody(address: str) -> None:
    page = Visitor(address).get("/sign-in").text
    for link in re.findall(r'(?:href|src)="(/look/[^"]+)"', page):
        assert Visitor(address).fetch(link).status == 200
    assert Visitor(address).fetch("/look/text.woff2").status == 200
    assert Visitor(address).fetch("/look/../app.py").status == 401


def test_the_secret_is_made_once_and_is_for_its_owner(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DANVAN_DATABASE", str(tmp_path / "danvan.db"))
    made = secret()
    assert secret() == made
    assert len(made) == 64
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
