"""The layout that everything relies on: imports point one way, names and sizes are kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("danvan", "ui", "server", "pages")
FILES = [ROOT / "dashboard.py", *(p for f in FOLDERS for p in sorted((ROOT / f).rglob("*.py")))]
DATABASES = {"sqlite3", "sqlite_utils", "psycopg"}
LONGEST_PAGE = 60
EMPTY_NAMES = {"utils", "helpers", "common", "core", "services", "manager", "misc"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _tops(path: Path) -> set[str]:
    return {name.partition(".")[0] for name in _imports(path)}


FORBIDDEN = {
    "danvan": {"streamlit", "starlette", "uvicorn", "ui", "server", "pages"},
    "danvan/completion": {"danvan.store", "danvan.wording", "danvan.intake", "plotly"},
    "danvan/charts": {"danvan.store", "danvan.intake"},
    "danvan/findings": {"danvan.store", "danvan.intake", "danvan.charts", "plotly"},
    "danvan/report": {"danvan.store", "danvan.access", "danvan.listing", "danvan.meeting"},
    "danvan/store": {"plotly"},
    "ui": {"server", "pages", "dashboard"},
    "server": {"ui", "pages", "dashboard"},
    "pages": {"server", "plotly", "pandas", "danvan.store"},
}
"""What may not be imported where."""


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_one_way(path: Path) -> None:
    place = path.relative_to(ROOT).with_suffix("").as_posix()
    names = set(_imports(path))
    for folder, forbidden in FORBIDDEN.items():
        if place == folder or place.startswith(f"{folder}/"):
            for name in forbidden:
                assert not {n for n in names if n == name or n.startswith(f"{name}.")}
    if not place.startswith("danvan/store/"):
        assert not _tops(path) & DATABASES


def test_what_is_forbidden_names_places_that_are_there() -> None:
    for folder, forbidden in FORBIDDEN.items():
        for place in (folder, *(name.replace(".", "/") for name in forbidden if "." in name)):
            assert (ROOT / place).is_dir() or (ROOT / f"{place}.py").is_file(), place


def test_only_the_screens_know_streamlit() -> None:
    knowing = {p.relative_to(ROOT).parts[0] for p in FILES if "streamlit" in _tops(p)}
    assert knowing == {"dashboard.py", "pages", "ui", "server"}


def test_no_page_lies_directly_in_pages() -> None:
    assert not list((ROOT / "pages").glob("*.py"))


def test_pages_are_short() -> None:
    for path in (ROOT / "pages").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE, path


def test_modules_are_named_for_what_they_are() -> None:
    assert not [path for path in FILES if path.stem in EMPTY_NAMES]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_module_says_its_job(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
