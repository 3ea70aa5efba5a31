"""Post: letters against a mail server of this machine, and everything that may not happen."""

from __future__ import annotations

import logging
import smtplib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from danvan import post
from danvan.post import Mail, Post, PostError, send
from tests.mailbox import PASSWORD, USER, Mailbox, authenticated, certificate, mailbox

SENDER = "bandanvan@caolanh.gov.vn"
BODY = "Kính gửi: UBND Phường 1\n\nĐơn vị còn thiếu 2 chỉ tiêu:\n1. Hòa giải ở cơ sở\n.\n"
MAIL = Mail("p1@caolanh.gov.vn", "Trần Văn Minh", "Nhắc báo cáo quý I – Phường 1", BODY)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (post.SERVER, post.SENDER, post.PASSWORD, post.PASSWORD_FILE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mailbox("p2@caolanh.gov.vn") as box:
        yield box


def _way(box: Mailbox, **more: object) -> Post:
    return Post("127.0.0.1", box.port, SENDER, **more)  # type: ignore[arg-type]


def test_a_letter_arrives_with_every_letter_of_it(box: Mailbox) -> None:
    (done,) = send(_way(box), [MAIL])
    assert done.sent
    (came,) = box.came
    assert came["Subject"] == "Nhắc báo cáo quý I – Phường 1"
    assert came["To"].addresses[0].display_name == "Trần Văn Minh"
    assert came["To"].addresses[0].addr_spec == MAIL.address
    assert came["From"] == SENDER
    assert came["Message-ID"].endswith("@caolanh.gov.vn>")
    assert came["Date"]
    assert came.get_content().replace("\r\n", "\n") == BODY
    assert all(max(line) < 128 for line in box.raw[0].splitlines() if line)


def test_a_refused_address_is_told_and_does_not_stop_the_others(box: Mailbox) -> None:
    mails = [MAIL, Mail("p2@caolanh.gov.vn", "", "x", "y"), Mail("p3@caolanh.gov.vn", "", "x", "y")]
    done = send(_way(box), mails)
    assert [one.sent for one in done] == [True, False, True]
    assert done[1].reason == "550 5.1.1 Không có hộp thư này"
    assert [came["To"] for came in box.came] == [
        "Trần Văn Minh <p1@caolanh.gov.vn>",
        "p3@caolanh.gov.vn",
    ]
    assert len(box.sessions) == 1


@pytest.mark.parametrize(
    "mail",
    [
        Mail(MAIL.address, "Minh\r\nBcc: other@x.vn", "Nhắc\r\nBcc: other@x.vn", "Bcc: other@x.vn"),
        Mail(MAIL.address, 'Minh" <other@x.vn>, "', "x\n\nvào nội dung", "\r\n.\r\nQUIT\r\n"),
        Mail(MAIL.address, "Minh\x00\u2028Bcc: other@x.vn", "x\u2028Bcc: other@x.vn", "y"),
    ],
)
def test_what_is_typed_never_becomes_a_header_or_another_address(box: Mailbox, mail: Mail) -> None:
    (done,) = send(_way(box), [mail])
    assert done.sent
    (came,) = box.came
    assert came["Bcc"] is None
    assert [one.addr_spec for one in came["To"].addresses] == [MAIL.address]
    assert (
        came.get_content().replace("\r\n", "\n").strip() == mail.body.replace("\r\n", "\n").strip()
    )


@pytest.mark.parametrize(
    "address", ["a@x.vn\r\nRCPT TO:<b@x.vn>", "a@x.vn,b@x.vn", "phường@x.vn", "<a@x.vn>", ""]
)
def test_what_is_no_address_is_not_sent_to(box: Mailbox, address: str) -> None:
    with pytest.raises(PostError):
        send(_way(box), [MAIL, Mail(address, "", "x", "y")])
    assert box.came == []


def test_a_server_that_is_down_is_told_in_a_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and does not listen
        with pytest.raises(PostError, match="Không kết nối được máy chủ thư"):
            send(Post("127.0.0.1", taken.getsockname()[1], SENDER), [MAIL])


def test_a_server_that_goes_away_leaves_the_rest_unsent(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends = smtplib.SMTP.send_message

    def once(server: smtplib.SMTP, *message: object) -> object:
        answer = sends(server, *message)  # type: ignore[arg-type]
        server.close()
        return answer

    monkeypatch.setattr(smtplib.SMTP, "send_message", once)
    done = send(_way(box), [MAIL, MAIL, MAIL])
    assert [one.sent for one in done] == [True, False, False]
    assert all(one.reason for one in done[1:])


def test_off_this_machine_nothing_goes_without_encryption(
    box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(post, "is_loopback", lambda _: False)
    with pytest.raises(PostError, match="không mã hóa đường truyền"):
        send(_way(box, user=USER, password=PASSWORD), [MAIL])
    assert box.came == []


def test_starttls_is_taken_where_the_authority_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, context = certificate(tmp_path)
    told = {"tls_context": context, "require_starttls": True, "authenticator": authenticated}
    with mailbox(**told) as box:
        way = _way(box, user=USER, password=PASSWORD)
        with pytest.raises(PostError, match="Chứng thư"):
            send(way, [MAIL])
        monkeypatch.setenv("SSL_CERT_FILE", str(authority))
        assert send(way, [MAIL])[0].sent
        wrong = _way(box, user=USER, password="sai")
        with pytest.raises(PostError, match="không nhận tên và mật khẩu") as error:
            send(wrong, [MAIL])
        assert error.value.__cause__ is None
    assert len(box.came) == 1


def test_tls_from_the_first_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority, context = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    with mailbox(ssl_context=context) as box:
        assert send(_way(box, hidden=True), [MAIL])[0].sent


def test_the_password_is_neither_shown_nor_logged(
    box: Mailbox, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    way = _way(box, user=USER, password=PASSWORD)
    assert PASSWORD not in repr(way)
    with pytest.raises(PostError) as error:
        send(way, [MAIL])  # this server asks for no password
    assert PASSWORD not in str(error.value)
    said = capfd.readouterr()
    assert PASSWORD not in caplog.text + said.out + said.err


def test_nothing_is_configured_unless_it_is_said() -> None:
    assert post.post() is None


def test_the_settings_name_server_user_and_sender(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(post.SERVER, "smtp://ban%40x@mail.x.vn")
    monkeypatch.setenv(post.SENDER, SENDER)
    monkeypatch.setenv(post.PASSWORD, "một")
    assert post.post() == Post("mail.x.vn", 587, SENDER, "ban@x", "một")
    secret = tmp_path / "password"
    secret.write_text("hai\n", encoding="utf-8")
    monkeypatch.setenv(post.PASSWORD_FILE, str(secret))
    monkeypatch.setenv(post.SERVER, "smtps://ban@mail.x.vn:4465")
    assert post.post() == Post("mail.x.vn", 4465, SENDER, "ban", "hai", hidden=True)
    monkeypatch.setenv(post.PASSWORD_FILE, str(tmp_path / "none"))
    with pytest.raises(PostError, match="Không đọc được tệp"):
        post.post()


@pytest.mark.parametrize(
    "setting",
    [
        "mail.x.vn",
        "http://mail.x.vn",
        "smtp://",
        "smtp://a:secret@x.vn",
        "smtp://x.vn:port",
        "smtp://x.vn/y",
    ],
)
def test_settings_that_cannot_be_understood_are_refused_without_repeating_them(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv(post.SERVER, setting)
    monkeypatch.setenv(post.SENDER, SENDER)
    with pytest.raises(PostError, match="DANVAN_SMTP") as error:
        post.post()
    assert "secret" not in str(error.value)
    monkeypatch.setenv(post.SERVER, "smtp://x.vn")
    monkeypatch.setenv(post.SENDER, "ban dân vận")
    with pytest.raises(PostError, match="địa chỉ người gửi"):
        post.post()


@pytest.mark.parametrize(("user", "password"), [(USER, "mật-khẩu"), ("người", PASSWORD)])
def test_letters_that_no_server_takes_as_a_password_are_told_and_not_repeated(
    user: str, password: str
) -> None:
    with mailbox(auth_require_tls=False, authenticator=authenticated) as box:
        with pytest.raises(PostError, match="chữ có dấu") as error:
            send(_way(box, user=user, password=password), [MAIL])
        assert password not in str(error.value)
        assert error.value.__suppress_context__
        assert box.came == []


@pytest.mark.parametrize("host", ["mail..vn", f"{'a' * 70}.vn"])
def test_a_server_whose_name_cannot_be_looked_up_is_told_in_a_sentence(host: str) -> None:
    with pytest.raises(PostError, match="Không kết nối được máy chủ thư"):
        send(Post(host, 2525, SENDER), [MAIL])
