"""The browser of the tests: found on the system, or installed. Run as a script to set it up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# quiet: a test browser has nothing to look up on the network
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HELP = (
    "Chưa có trình duyệt để kiểm thử. Hãy cài Chromium hoặc Google Chrome, "
    "hoặc đặt DANVAN_CHROMIUM là đường dẫn của nó."
)


def chromium_path() -> str | None:
    """A Chromium or Chrome of this machine: the named one, the system's, or playwright's."""
    found = [os.environ.get("DANVAN_CHROMIUM"), *map(shutil.which, NAMES)]
    found += [str(MAC)] if MAC.exists() else []
    for path in found:
        if path:
            return path
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def launch(playwright: Playwright) -> Browser:
    """A headless browser; the sandbox is left out only where root could not have one."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments = [*ARGUMENTS, *(["--no-sandbox"] if root else [])]
    return playwright.chromium.launch(executable_path=chromium_path(), args=arguments)


def install() -> None:
    """Install a browser by the system's packages where that is allowed, else by playwright."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    sudo = [] if root else ["sudo", "-n"]
    if shutil.which("apt-get") and (root or _runs(["sudo", "-n", "true"])):
        print("Đang cài Chromium …", flush=True)
        packages = ["chromium", "fonts-dejavu-core"]
        if _runs([*sudo, "apt-get", "update"]):
            _runs([*sudo, "apt-get", "install", "-y", "--no-install-recommends", *packages])
    if chromium_path() is None:
        _runs([sys.executable, "-m", "playwright", "install", "chromium"])


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


if __name__ == "__main__":
    if chromium_path() is None:
        install()
    if chromium_path() is None:
        sys.exit(HELP)
