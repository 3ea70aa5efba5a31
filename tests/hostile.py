"""A city whose every name, note and file was written by somebody who means harm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from danvan import intake
from danvan.access import Access
from danvan.accounts import Account
from danvan.model import (
    Alias,
    Answer,
    Area,
    Catalogue,
    Channel,
    Direction,
    Document,
    Draft,
    Entry,
    File,
    Indicator,
    Kind,
    OverPeriods,
    OverUnits,
    Register,
    Submission,
    Unit,
)
from danvan.store import Store
from tests.server.house import settled

YEAR = 2022
EVIL = "evil.example"
TEXTS = {
    "script": "<script>window.ran = 1; alert(1)</script>",
    "image": '<img src=x onerror="window.ran = 2; alert(2)"> <svg onload=alert(3)>',
    "link": "[bấm](javascript:window.ran=3) <a href='javascript:alert(4)'>đây</a>",
    "picture": f"![ảnh](https://{EVIL}/a.png) [xem](https://{EVIL}/b) https://{EVIL}/c",
    "formula": f'=HYPERLINK("https://{EVIL}/d","bấm")',
    "command": "+1+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "mathematics": "$x^2$ và $$\\frac{1}{2}$$",
    "icon": ":material/home: :red[đỏ] :streamlit: :smile: -> <= --",
    "markdown": "# **đậm** _nghiêng_ ~~gạch~~ `mã` | a | b |",
    "lines": "một\n\n# hai\r\n- ba\n\n---\n```\nbốn",
    "entity": "&lt;b&gt;đậm&lt;/b&gt; &amp;amp; {x} %s {0}",
    "template": "{{7*7}} ${7*7} <%= 7*7 %> %{customdata} %{x}",
    "right to left": "phải \u202esang trái\u202c \u200f\u2067abc\u2069 \u200b\ufeff",
    "control": "trước\x00sau\x07\x1b[31m\x85",
    "long": "dài" * 3334,
    "long words": "một từ dài " * 900,
    "path": "..\\..\\con/aux: *?[]'",
}
"""What is written, by what it tries."""
CODES = {name: f"X{at}" for at, name in enumerate(TEXTS, 1)}
TOGETHER = [list(CODES.values())[at : at + 6] for at in range(0, len(CODES), 6)]
"""Those that are looked at on one page."""


def city(path: Path) -> Store:
    """A house where every text is the name of an area, a unit, an indicator, a model, a person,
    a file and a document, and the note of a figure; all stored as people store it.
    """
    store = settled(path)
    lan = store.people.account("lan")
    assert lan
    admin = Access(store, lan)
    admin.submit([Submission(person="lan", channel=Channel.CATALOGUE, catalogue=_catalogue(store))])
    for name, text in TEXTS.items():
        _hand_in(admin, name, text)
        person = Account(0, f"nguoi.{CODES[name].lower()}", text, lan.role)
        admin.people.add(person, store.people.password_hash(lan.id) or "", "lan")
    minh = store.people.account("minh")
    assert minh
    for name, text in TEXTS.items():
        _wait(Access(store, minh), admin, text)
        _draft(admin, name, text)
    for codes in TOGETHER:
        _draft_of_many(admin, codes)
    return store


def _catalogue(store: Store) -> Catalogue:
    known = store.catalogue()
    areas, units, indicators, aliases = [], [], [], []
    for name, text in TEXTS.items():
        code = CODES[name]
        areas.append(Area(code, text, text))
        units.append(Unit(f"TPCL.{code}", text, text, text, "TPCL", note=text))
        indicators.append(_indicator(code, text))
        aliases.append(Alias(f"{text} khác", f"{code}.01"))
    return replace(
        known,
        areas=(*known.areas, *areas),
        units=(*known.units, *units),
        indicators=(*known.indicators, *indicators),
        changes=(),
        aliases=tuple(aliases),
    )


def _indicator(code: str, text: str) -> Indicator:
    return Indicator(
        code=f"{code}.01",
        area=code,
        name=text,
        name_en=text,
        measure=text,
        measure_en=text,
        kind=Kind.COUNT,
        direction=Direction.MORE,
        over_units=OverUnits.SUM,
        over_periods=OverPeriods.SUM,
        basis=text,
    )


def _hand_in(store: Access, name: str, text: str) -> None:
    """Figures from a file, with a note, a document and a row of every register."""
    code = CODES[name]
    cell = _cell(text)
    lines = f"unit,indicator,target,result,note\nTPCL.{code},{code}.01,5,3,{cell}\n"
    file = File(f"{text}.csv", lines.encode("utf-8", "replace"))
    answers = (Answer("", f"column:{text}", "skip", text),)
    checked = intake.check(store, [file], YEAR, answers=answers)
    document = Document(text, text, None, text)
    intake.hand_in(store, checked, "lan", Channel.UPLOAD, document, good_rows=True)
    entries = [
        Entry(register=register, year=YEAR, unit=f"TPCL.{code}", name=text) for register in Register
    ]
    act = Submission(person="lan", channel=Channel.UPLOAD, note=text, entries=entries)
    store.submit([act])


def _cell(text: str) -> str:
    """The text in quotes; a file with NUL and the like in it is no text, and refused as a whole."""
    return '"' + re.sub("[\x00-\x08\x1b]", "", text).replace('"', '""') + '"'


def _wait(reporter: Access, editor: Access, text: str) -> None:
    """What a reporter handed in: sent back with a comment, and again, waiting."""
    for _ in range(2):
        file = File(f"{text}.csv", f"unit,indicator,result\nTPCL.P1,DVK.01,{len(text)}\n".encode())
        checked = intake.check(reporter, [file], YEAR, "TPCL.P1")
        number = intake.hand_in(reporter, checked, "minh", Channel.UPLOAD, Document(text))
        if _ == 0:
            editor.decide(number, "returned", comment=text)


def _draft(store: Access, name: str, text: str) -> None:
    """An upload with questions and errors about the text."""
    cell = _cell(text)
    rows = [
        f"{cell},{cell},1",
        f"TPCL,CCHC.01,{cell}",
        f"TPCL.P1,DVK.01,{cell}",
        "TPCL.P1,DVK.02,1",
    ]
    content = "\n".join(["unit,indicator,result", *rows, ""]).encode("utf-8", "replace")
    plain = "\n".join([f"Đơn vị,{cell},Thực hiện", *rows, ""]).encode("utf-8", "replace")
    files = (File(f"{text}.csv", content), File(f"{text} 2.csv", plain))
    store.keep_draft(Draft(f"draft-{CODES[name]}", "lan", YEAR, "", files, datetime.now(UTC)))


def _draft_of_many(store: Access, codes: list[str]) -> None:
    """The uploads of several texts as one; its key names the first of them."""
    drafts = [store.draft(f"draft-{code}") for code in codes]
    files = tuple(file for draft in drafts if draft for file in draft.files)
    key = f"drafts-{codes[0]}"
    store.keep_draft(Draft(key, "lan", YEAR, "", files, datetime.now(UTC)))
