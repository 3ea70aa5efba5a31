"""Words: complete in both languages; numbers and dates as Vietnamese write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

import danvan.wording
from danvan import registers
from danvan.accounts import Act, Role
from danvan.completion import Assessment, Report
from danvan.errors import DanvanError, Problem, Severity
from danvan.findings.stages import STAGES
from danvan.model import Comparison, Period, Stage
from danvan.registers.counting import REGISTERS
from danvan.rounds.owing import Standing
from danvan.states import State
from danvan.wording import Language, Words, day, moment, number, percent, signed

ROOT = Path(__file__).parent.parent
WAYS = ("register", "units", "completion", "share", "periods")
MADE = {
    "cli": ["year_open", "year_planning"],
    "state": [*State, "none"],
    "aspect": ["target", "result"],
    "duty": ["expected", "exempt"],
    "filter": ["year", "lang"],
    "role": list(Role),
    "finding": [State.NEAR, State.MISSED, State.TOO_EARLY],
    "coverage": [Report.NONE, Report.PARTLY, Report.LATE],
    "report": list(Report),
    "missing": ["short", "over", "at_short", "at_over", "at_outside"],
    "parts": ["short", "over", "outside"],
    "stage": [*Stage, *STAGES],
    "stage_name": list(STAGES),
    "sphere": [*registers.FIELDS, registers.NONE],
    "holder": [*registers.HOLDERS, registers.NONE],
    "renewal": [*registers.RENEWALS, registers.NONE],
    "award_level": [*registers.LEVELS, registers.NONE],
    "model": [*registers.MODEL_STATES, registers.NONE],
    "task": [*registers.TASK_STATES, registers.NONE, "unread"],
    "field": ["name", "unit", *(name for names in registers.COLUMNS.values() for name in names)],
    "models_of": list(registers.HOLDERS),
    "models_are": list(registers.RENEWALS),
    "awards_to": list(registers.HOLDERS),
    "standing": list(Standing),
    "rounds": [Standing.NONE, Standing.PARTLY, Standing.RETURNED, Standing.WAITING],
    "comparison": list(Comparison),
    "apart": [
        *(f"stated_{way}" for way in WAYS),
        *(f"computed_{way}" for way in WAYS if way != "register"),
        *(f"{said}_{kind}" for said in ("computed", "list") for kind in REGISTERS),
    ],
    "discrepancies": [
        "done",
        "reopened",
        "given_way",
        "open_ones",
        "settled_ones",
        "is_open",
        "is_settled",
    ],
    "closing": ["missing", "waiting", "unexplained", "discrepancies"],
}
"""Keys that the code puts together from a value."""


def _catalogue(language: Language) -> Catalog:
    with (Path(danvan.wording.__file__).parent / f"{language}.po").open("rb") as source:
        return read_po(source, locale=str(language))


def _keys(language: Language) -> dict[str, list[str]]:
    """Each key with its texts: one, or one and many."""
    keys = {}
    for message in _catalogue(language):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            keys[key] = [message.string] if isinstance(message.string, str) else message.string
    return keys


def test_both_languages_have_the_same_keys_with_texts() -> None:
    vi, en = _keys(Language.VI), _keys(Language.EN)
    assert set(vi) == set(en)
    assert all(text.strip() for texts in (*vi.values(), *en.values()) for text in texts)


def test_both_languages_fill_in_the_same_values() -> None:
    def filled(texts: list[str]) -> set[str]:
        return {name for text in texts for _, name, *_ in Formatter().parse(text) if name}

    vi, en = _keys(Language.VI), _keys(Language.EN)
    for key in vi:
        assert filled(vi[key]) | {"n"} == filled(en[key]) | {"n"}, key


def _literals() -> set[str]:
    """Every string of the code that looks like a key or the last part of one."""
    folders = ("danvan", "ui", "server", "pages")
    paths = [p for folder in folders for p in (ROOT / folder).rglob("*.py")]
    paths += (ROOT / "server" / "html").glob("*.html")
    code = "\n".join(path.read_text("utf-8") for path in [*paths, ROOT / "dashboard.py"])
    return {key for _, key in re.findall(r"""(["'])([a-z0-9_]+(?:\.[a-z_]+)?)\1""", code)}


def test_no_text_is_left_over() -> None:
    literals = _literals() | {"more", "less", "none"}
    literals |= {f"at_{side}" for side in ("short", "over", "outside")}
    literals |= {key for keys in MADE.values() for key in map(str, keys) if "_" in key}
    literals |= {str(one) for one in (*State, *Period)} | {f"not_allowed_{act}" for act in Act}
    for key in _keys(Language.VI):
        assert key in literals or key.partition(".")[2] in literals, key


def test_every_key_that_the_code_names_has_a_text() -> None:
    keys = set(_keys(Language.VI))
    families = {key.partition(".")[0] for key in keys}
    named = {text for text in _literals() if "." in text and text.partition(".")[0] in families}
    made = {f"{family}.{value}" for family, values in MADE.items() for value in values}
    assert named | made <= keys


def test_a_key_without_a_text_is_a_bug(words: Words) -> None:
    with pytest.raises(KeyError):
        words("no.such_key")


def test_english_has_one_and_many() -> None:
    english = Words(Language.EN)
    assert english("finding.not_reported", n=1) != english("finding.not_reported", n=2).replace(
        "2", "1"
    )


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234.5, 1, "1.234,5"),
        (98.5, 2, "98,5"),
        (1234567, 0, "1.234.567"),
        (0, 0, "0"),
        (-3, 0, "−3"),
        (2.5, 0, "3"),
        (None, 0, "–"),
        (float("nan"), 0, "–"),
        (Decimal("0.0001"), 4, "0,0001"),
    ],
)
def test_numbers(value: float | None, decimals: int, text: str) -> None:
    assert number(value, decimals) == text


def test_a_rounded_number_never_reads_like_another_beside_it() -> None:
    assert number(99.996, 2, beside=100) == "99,996"
    assert number(100, 2, beside=100) == "100"


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (1, "100 %"), (0.985, "98,5 %"), (3.5, "350 %"), (0, "0 %"), (None, "–"),
        (0.9996, "99,9 %"), (0.99999999, "99,9 %"), (1.0001, "100,1 %"), (0.0001, "0,1 %"),
        (-0.5, "−50 %"), (-0.0001, "−0,1 %"), (0.8999, "89,9 %"), (0.9, "90 %"), (12.345, "1.234,5 %"),
    ],
)  # fmt: skip
def test_percentages_never_contradict_their_state(ratio: float | None, text: str) -> None:
    assert percent(ratio) == text.replace(" ", "\u00a0")


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_a_larger_ratio_never_prints_smaller(one: float, other: float) -> None:
    def shown(ratio: float) -> Decimal:
        text = percent(ratio).removesuffix("\u00a0%")
        return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-"))

    low, high = sorted([one, other])
    assert shown(low) <= shown(high)


def test_differences_have_their_sign() -> None:
    assert [signed(5), signed(-3), signed(0)] == ["+5", "−3", "0"]


def test_dates() -> None:
    assert day(date(2022, 12, 7)) == "07/12/2022"
    assert re.fullmatch(r"\d\d/\d\d/2022 \d\d:\d\d", moment(datetime(2022, 6, 7, 8, 9, tzinfo=UTC)))


@pytest.mark.parametrize("language", Language)
def test_errors_and_problems_speak_both_languages(language: Language) -> None:
    assert "1999" in DanvanError("unknown_year", year=1999).text(language)
    problem = Problem(Severity.ERROR, "not_a_number", "a.csv", "Sheet1", "C7", "result", "hai")
    assert problem.sentence(language).startswith("a.csv, Sheet1!C7: ")
    assert "hai" in problem.sentence(language)


def test_every_rule_of_an_assessment_is_a_sentence_in_both_languages() -> None:
    rules = [key.partition(".")[2] for key in _keys(Language.VI) if key.startswith("rule.")]
    assert {"more", "less", "band", "baseline", "keep", "less_zero", "more_zero"} <= set(rules)
    assert Assessment(State.MET, 1.0, "more").rule in rules
