"""Repeats: the same model at other times."""

from __future__ import annotations

from danvan.model import Register
from danvan.registers import repeated
from tests.registers.rows import rows

NAMES = ("Tổ hòa giải ở khóm", "Tổ hoà giải ở khóm", "Đường hoa")


def test_a_model_of_the_same_name_is_found_in_its_unit_alone() -> None:
    models = rows(Register.MODEL, *({"name": name} for name in NAMES), {"unit": "W2"})
    found = repeated(models, "W1", NAMES[0], but=1)
    assert list(found["entry"]) == [2]
    assert list(found["same"]) == [True]


def test_a_unit_without_other_models_has_no_repeats() -> None:
    models = rows(Register.MODEL, {"name": NAMES[0]})
    assert repeated(models, "W1", NAMES[0], but=1).empty
    assert repeated(models.head(0), "W1", NAMES[0]).empty
