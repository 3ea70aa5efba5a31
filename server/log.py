"""The log: one JSON object a line on stderr. Never a password, a cookie, a query or a body."""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
import uuid
from datetime import UTC, datetime
from typing import Any

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import forms

LOG = logging.getLogger("danvan.server")
QUIET = ("/static/", "/look/", "/healthz", "/session", "/_stcore/health", "/_stcore/host-config")
"""Asked for by every page or every few seconds: logged only when they fail."""
LOUD = ("uvicorn", "streamlit", "websockets", "danvan")
FAILURE = 500


def set_up() -> None:
    """Send everything that is logged in this process to stderr, as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in LOUD:  # Streamlit gives each of its loggers a handler
            logger = logging.getLogger(name)
            logger.handlers, logger.propagate = [], True
    logging.getLogger("uvicorn.access").disabled = True  # it has queries; ours has not
    LOG.setLevel(logging.INFO)


class JsonFormatter(logging.Formatter):
    """A record as one line; `facts` of the record are its fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Level, moment, act, the facts, and where the error was if there was one."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"level": record.levelname.lower(), "at": at}
        line["act"] = record.getMessage()
        line |= getattr(record, "facts", {"by": record.name})
        if record.exc_info and record.exc_info[1]:
            line["trace"] = _trace(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False, default=str)


def _trace(error: BaseException) -> list[str]:
    """The kind of error and the lines it passed; not its text, which may quote what was typed."""
    steps = traceback.extract_tb(error.__traceback__)
    return [type(error).__name__, *(f"{s.filename}:{s.lineno} {s.name}" for s in steps)]


def say(act: str, level: int = logging.INFO, **facts: object) -> None:
    """Log that something happened; empty facts are left out."""
    LOG.log(level, act, extra={"facts": {k: v for k, v in facts.items() if v not in ("", None)}})


class Log:
    """Middleware: a line for each answer, and a page with a mark where there was a bug."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        began = time.monotonic()
        answer = Answer(scope, send)
        try:
            await self.app(scope, receive, answer.send)
        except Exception:  # whatever it is, the person gets a mark and the log has it
            answer.mark = uuid.uuid4().hex[:8]
            facts = {"path": scope["path"], "error": answer.mark}
            LOG.exception("failed", extra={"facts": facts})
            if scope["type"] == "http" and answer.status is None:
                page = forms.failed(HTTPConnection(scope), answer.mark)
                await page(scope, receive, answer.send)
        finally:
            answer.log(began)


class Answer:
    """What was answered, for the log: `status` is the websocket's closing code in its case."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self.scope = scope
        self._send = send
        self.status: int | None = None
        self.mark = ""

    async def send(self, message: Message) -> None:
        """Send on, remembering the status."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
        elif message["type"] == "websocket.close":
            self.status = message.get("code")
        await self._send(message)

    def log(self, began: float) -> None:
        """Write the line; nothing for what is asked all the time and went well."""
        failed = (self.status or 0) >= FAILURE and self.scope["type"] == "http"
        if self.scope["path"].startswith(QUIET) and not failed:
            return
        visit = self.scope.get("visit")
        say(
            self.scope["type"],
            logging.ERROR if failed else logging.INFO,
            method=self.scope.get("method"),
            path=self.scope["path"],
            status=self.status,
            ms=round((time.monotonic() - began) * 1000, 1),
            session=visit.key if visit else "",
            error=self.mark,
        )
