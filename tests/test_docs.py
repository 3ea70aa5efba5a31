"""The docs say what is true: commands, words and pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from danvan.cli import danvan
from danvan.model import Aspect, Duty, Register
from tools.pictures import OF_2022, OF_THE_DEMO, PICTURES

ROOT = Path(__file__).parent.parent
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in danvan.commands:
        assert f"danvan {name} " in readme, name


def test_every_make_target_of_the_readme_is_there() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make (\w+)", readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_help_names_every_command() -> None:
    said = CliRunner().invoke(danvan, ["--help"]).output
    assert all(name in said for name in danvan.commands)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_links_and_pictures_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


def test_every_picture_is_taken_by_the_tool_and_shown_somewhere() -> None:
    there = {path.name for path in PICTURES.iterdir()}
    assert there == {f"{picture.name}.png" for picture in (*OF_2022, *OF_THE_DEMO)}
    shown = "".join(path.read_text(encoding="utf-8") for path in TEXTS)
    assert all(f"pictures/{name}" in shown for name in there)


def test_the_glossary_is_in_order_and_has_the_words_of_the_model() -> None:
    words = re.findall(r"^\| ([a-z ]+) \|", GLOSSARY, re.MULTILINE)[1:]
    assert words == sorted(words)
    wanted = {"unit", "indicator", "target", "result", "period", "submission", "completion"}
    wanted |= {*map(str, Register), *map(str, Aspect)} | {"state", "coverage", "measure"}
    assert wanted <= set(words)
    assert set(Duty) == {"expected", "exempt"}
