"""What the pages before the dashboard are drawn with; the same for everybody."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from danvan.installation import ROOT
from server.index import SCRIPTS, STATIC

HERE = Path(__file__).parent / "look"
FILES = {
    "/look/signing.css": HERE / "signing.css",
    **{f"/look/{name}.js": HERE / f"{name}.js" for name in SCRIPTS},
    "/look/icon.png": ROOT / "ui" / "icon.png",
    "/look/text.woff2": next((STATIC / "static" / "media").glob("SourceSansVF-Upright*.woff2")),
}
PATHS = tuple(FILES)
AN_HOUR = "public, max-age=3600"


class Look:
    """One file, sent as it is."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = FileResponse(self.path, headers={"cache-control": AN_HOUR})
        await answer(scope, receive, send)


routes = [Route(address, Look(path)) for address, path in FILES.items()]
