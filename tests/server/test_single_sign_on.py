"""Single sign-on against a provider that speaks real OpenID Connect, and lies when told to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc.jwk import OctKey, RSAKey

from danvan.store import Store
from tests.server.asking import Answer, Visitor
from tests.server.house import PASSWORD, settled
from tests.server.provider import SECRET, Provider, providing
from tests.server.running import said, serving

UNSOUND = "không hợp lệ"


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def address(database: Path, store: Store, provider: Provider) -> Iterator[str]:  # noqa: ARG001
    with serving(database, **provider.settings()) as address:
        yield address


@pytest.fixture
def honest(provider: Provider) -> Provider:
    """The provider telling the truth about Lan."""
    provider.claims = {"preferred_username": "lan"}
    provider.lies = {}
    provider.algorithm, provider.key = "RS256", provider.known
    return provider


class Browser(Visitor):
    """Follows to the provider and back, with the cookie that it took along."""

    kept = ""

    def leave(self, query: str = "") -> str:
        """Choose the button, and return where the provider is."""
        answer = self.get(f"/sign-in/sso{query}")
        self.kept = answer.headers["set-cookie"].partition(";")[0]
        return answer.to

    def agree(self, at: str) -> str:
        """Say yes at the provider's, and return where it sends the browser."""
        place = urlsplit(at)
        return Visitor(f"{place.scheme}://{place.netloc}").get(f"{place.path}?{place.query}").to

    def come_back(self, to: str, **changed: str) -> Answer:
        """Go where the provider sends."""
        place = urlsplit(to)
        query = parse_qs(place.query)
        asked = "&".join(f"{n}={changed.get(n, v[0])}" for n, v in query.items())
        return self.get(f"{place.path}?{asked}", cookie=self.kept)

    def sign_on(self, query: str = "") -> Answer:
        """All the way."""
        return self.come_back(self.agree(self.leave(query)))


def test_the_button_is_there_and_says_whose_it_is(address: str) -> None:
    page = Visitor(address).get("/sign-in?next=/history").text
    assert "Đăng nhập bằng Cổng tỉnh" in page
    assert 'href="/sign-in/sso?next=%2Fhistory"' in page


@pytest.mark.usefixtures("honest")
def test_a_person_with_an_account_comes_in_with_a_session_of_ours(
    address: str, store: Store
) -> None:
    browser = Browser(address)
    answer = browser.sign_on("?next=/history&lang=en")
    assert answer.to == "/history?lang=en"
    assert browser.get("/").status == 200
    lan = store.people.account("lan")
    assert lan
    store.people.end_sessions(lan.id, "os:test")
    time.sleep(1.2)
    assert browser.get("/").status == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "LAN"},
        {"preferred_username": "unknown", "email": "lan"},
        {"email": "lan", "email_verified": True},
    ],
)
def test_a_person_is_known_by_any_of_their_names(
    address: str, honest: Provider, claims: dict[str, Any]
) -> None:
    honest.claims = claims
    assert Browser(address).sign_on().status == 303


@pytest.mark.parametrize(
    "claims",
    [
        {"preferred_username": "stranger"},
        {"preferred_username": "cu"},
        {"email": "lan", "email_verified": False},
        {"name": "lan"},
        {"preferred_username": ["lan"]},
        {},
    ],
)
def test_nobody_without_an_active_account_comes_in(
    address: str, honest: Provider, store: Store, claims: dict[str, Any]
) -> None:
    honest.claims = claims
    before = store.people.accounts()
    browser = Browser(address)
    answer = browser.sign_on("?lang=en")
    assert answer.status == 401
    assert "You have no account here" in answer.text
    assert browser.get("/").status == 303
    assert store.people.accounts() == before


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"aud": "another"},
        {"aud": ["danvan", "another"], "azp": "another"},
        {"nonce": "of another question"},
        {"exp": 1_700_000_000},
        {"sub": ""},
    ],
    ids=str,
)
def test_what_is_not_said_to_us_now_is_not_believed(
    address: str, honest: Provider, lie: dict[str, Any]
) -> None:
    honest.lies = lie
    answer = Browser(address).sign_on()
    assert answer.status == 401
    assert UNSOUND in answer.text


@pytest.mark.parametrize(
    ("algorithm", "key"),
    [
        ("RS256", RSAKey.generate_key(2048)),
        ("HS256", OctKey.import_key(SECRET)),
        ("none", OctKey.import_key(SECRET)),
    ],
    ids=["another-key", "shared-secret", "unsigned"],
)
def test_what_the_provider_did_not_sign_is_not_believed(
    address: str, honest: Provider, algorithm: str, key: RSAKey | OctKey
) -> None:
    honest.algorithm, honest.key = algorithm, key
    answer = Browser(address).sign_on()
    assert answer.status == 401
    assert UNSOUND in answer.text


@pytest.mark.usefixtures("honest")
def test_the_answer_belongs_to_the_browser_that_asked(address: str) -> None:
    browser, other = Browser(address), Browser(address)
    back = browser.agree(browser.leave())
    other.leave()
    for answer in (
        Visitor(address).get(back.removeprefix(address)),
        other.come_back(back),
        browser.come_back(back, state="guess"),
        browser.come_back(back, code=""),
    ):
        assert answer.status == 401
        assert "bị dừng hoặc để quá lâu" in answer.text
        assert not answer.headers.get("set-cookie", "").startswith("danvan=")


@pytest.mark.usefixtures("honest")
def test_an_answer_counts_once(address: str) -> None:
    browser = Browser(address)
    back = browser.agree(browser.leave())
    assert browser.come_back(back).status == 303
    browser.cookie = ""
    assert browser.come_back(back).status == 401


def test_a_first_password_is_void_for_who_needs_none(tmp_path: Path, honest: Provider) -> None:
    database = tmp_path / "a.db"
    settled(database)
    honest.claims = {"preferred_username": "moi"}
    with serving(database, **honest.settings()) as address:
        browser = Browser(address)
        assert browser.sign_on().to == "/"
        assert browser.get("/").status == 200
        assert Visitor(address).sign_in("moi", PASSWORD).status == 401


def test_a_provider_that_is_away_is_one_sentence(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    settled(database)
    with serving(database, **Provider().settings()) as address:
        answer = Visitor(address).get("/sign-in/sso")
        assert answer.status == 502
        assert "Không liên lạc được với Cổng tỉnh" in answer.text
        assert Visitor(address).sign_in("lan", PASSWORD).status == 303


def test_without_a_provider_there_is_no_button(tmp_path: Path) -> None:
    database = tmp_path / "a.db"
    settled(database)
    with serving(database) as address:
        assert "/sign-in/sso" not in Visitor(address).get("/sign-in").text
        assert Visitor(address).get("/sign-in/sso").status == 404
        assert Visitor(address).get("/sign-in/sso/callback?code=x&state=y").status == 404


def test_no_secret_is_logged(address: str, database: Path) -> None:
    assert Visitor(address).fetch("/healthz").status == 200
    for word in (SECRET, "code=", "state=", "id_token"):
        assert word not in said(database)
