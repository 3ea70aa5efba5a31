"""Post: letters go out by e-mail, where the environment says through which server, and only there.

Settings: DANVAN_SMTP (smtp://user@host:587 or smtps://user@host:465), DANVAN_SMTP_FROM (the
sender's address), DANVAN_SMTP_PASSWORD or DANVAN_SMTP_PASSWORD_FILE. Who may send, and what was
confirmed, is asked before: danvan.rounds.sending.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as LINES
from email.utils import format_datetime, make_msgid
from pathlib import Path
from urllib.parse import unquote, urlsplit

from danvan.errors import DanvanError
from danvan.installation import is_loopback
from danvan.rounds.contacts import is_address
from danvan.wording import in_one_line

SERVER, SENDER = "DANVAN_SMTP", "DANVAN_SMTP_FROM"
PASSWORD, PASSWORD_FILE = "DANVAN_SMTP_PASSWORD", "DANVAN_SMTP_PASSWORD_FILE"
PORTS = {"smtp": 587, "smtps": 465}
SECONDS = 20  # for each answer of the server: somebody waits at the screen
LONGEST_REASON = 200  # characters of what a server says


class PostError(DanvanError):
    """Nothing can be sent, or no more: the settings or the server are not as they have to be."""


@dataclass(frozen=True, slots=True)
class Post:
    """The way out. `hidden` is TLS from the first byte; else the server has to offer STARTTLS."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter to one address."""

    address: str
    name: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a letter: taken by the server, or why not, in the server's words."""

    mail: Mail
    reason: str = ""

    @property
    def sent(self) -> bool:
        return not self.reason


def post() -> Post | None:
    """The way out that the environment names; None where it names none.

    Raises PostError for settings that cannot be understood; no value of a secret is in it.
    """
    address = os.environ.get(SERVER, "").strip()
    if not address:
        return None
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)
    except ValueError:
        raise PostError("smtp_setting", setting=SERVER) from None
    if parts.scheme not in PORTS or not host or parts.password or parts.path.strip("/"):
        raise PostError("smtp_setting", setting=SERVER)
    sender = os.environ.get(SENDER, "").strip()
    if not is_address(sender):
        raise PostError("smtp_from", setting=SENDER)
    user = unquote(parts.username or "")
    return Post(host, port, sender, user, _password() if user else "", parts.scheme == "smtps")


def send(way: Post, mails: Sequence[Mail]) -> list[Delivery]:
    """Send the letters over one connection; what became of each, in their order.

    One that is refused does not stop the others. Raises PostError where nothing could be sent.
    """
    messages = [_message(mail, way.sender) for mail in mails]
    try:
        server = _connected(way)
    except PostError:
        raise
    except smtplib.SMTPAuthenticationError:
        # what the server answers is not repeated: it may quote what it was sent
        raise PostError("smtp_password", host=way.host) from None
    except ssl.SSLError as error:
        detail = getattr(error, "verify_message", "") or error.reason or ""
        raise PostError("smtp_certificate", host=way.host, detail=detail) from None
    except UnicodeEncodeError:
        # the error holds what it could not encode, and that may be the password
        raise PostError("smtp_ascii", host=way.host) from None
    except (OSError, UnicodeError, smtplib.SMTPException) as error:
        raise PostError("smtp_down", host=way.host, port=way.port, detail=_said(error)) from None
    try:
        return [_sent(server, mail, text) for mail, text in zip(mails, messages, strict=True)]
    finally:
        _goodbye(server)


def _connected(way: Post) -> smtplib.SMTP:
    """A connection that nobody else can read, unless it does not leave this machine."""
    context = ssl.create_default_context()
    if way.hidden:
        server: smtplib.SMTP = smtplib.SMTP_SSL(
            way.host, way.port, timeout=SECONDS, context=context
        )
    else:
        server = smtplib.SMTP(way.host, way.port, timeout=SECONDS)
    try:
        server.ehlo_or_helo_if_needed()
        if not way.hidden:
            _hide(server, way, context)
        if way.user:
            server.login(way.user, way.password)
    except BaseException:
        server.close()
        raise
    return server


def _hide(server: smtplib.SMTP, way: Post, context: ssl.SSLContext) -> None:
    if server.has_extn("starttls"):
        server.starttls(context=context)
        server.ehlo()
    elif not is_loopback(way.host):
        raise PostError("smtp_no_tls", host=way.host)


def _sent(server: smtplib.SMTP, mail: Mail, message: EmailMessage) -> Delivery:
    try:
        server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        return Delivery(mail, _said(error) or type(error).__name__)
    return Delivery(mail)


def _message(mail: Mail, sender: str) -> EmailMessage:
    """The letter as it travels. What is no address, or would be a line of its own, is refused."""
    if not is_address(mail.address):
        raise PostError("no_address", found=in_one_line(mail.address))
    message = EmailMessage(policy=LINES)
    user, _, domain = mail.address.rpartition("@")
    message["From"] = sender
    message["To"] = Address(in_one_line(mail.name), user, domain)
    message["Subject"] = in_one_line(mail.subject)
    message["Date"] = format_datetime(datetime.now().astimezone())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    message.set_content(mail.body, cte="quoted-printable")
    return message


def _said(error: Exception) -> str:
    """What the server said, in one short line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((_text(*answer) for answer in error.recipients.values()), "")
    if isinstance(error, smtplib.SMTPResponseException):
        return _text(error.smtp_code, error.smtp_error)
    said = getattr(error, "strerror", "") or str(error)
    return in_one_line(said)[:LONGEST_REASON]


def _text(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return in_one_line(f"{code} {text}")[:LONGEST_REASON]


def _goodbye(server: smtplib.SMTP) -> None:
    try:
        server.quit()
    except (OSError, smtplib.SMTPException):
        server.close()


def _password() -> str:
    """The password itself, or what stands in the file that is named."""
    path = os.environ.get(PASSWORD_FILE, "").strip()
    if not path:
        return os.environ.get(PASSWORD, "")
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise PostError("smtp_password_file", setting=PASSWORD_FILE, path=path) from None
