"""Kinds: fields, holders and renewals of models, levels of awards, as offices write them.

The text is kept as it was written; what it belongs to is told from its words.
"""

from __future__ import annotations

from collections.abc import Mapping

from danvan.intake.spelling import spelled
from danvan.model import Register
from danvan.store.schema import ENTRY_COLUMNS

COLUMNS = {register: ENTRY_COLUMNS[register] for register in Register}
"""What the rows of a register say, beside their year, unit and name."""
FIELDS = {
    "economy": ("Kinh tế",),
    "culture": ("Văn hóa - xã hội", "văn hóa", "xã hội"),
    "defence": ("Quốc phòng - an ninh", "quốc phòng", "an ninh"),
    "system": ("Xây dựng hệ thống chính trị", "hệ thống chính trị", "xây dựng Đảng", "chính quyền"),
}
"""The fields in which models are registered: how each is written, and what else it is known by."""
LEVELS = {
    "central": ("Trung ương", "Chính phủ", "Thủ tướng", "Chủ tịch nước", "Quốc hội", "Bộ trưởng"),
    "province": ("Tỉnh",),
    "city": ("Thành phố", "Thành ủy", "huyện", "thị xã", "thị ủy"),
    "commune": ("Xã, phường", "phường", "xã", "thị trấn"),
}
"""By whom an award is given, from the highest down; the first whose words occur is meant."""
NO_PLACE = "xã hội"  # words in names of departments, which are of no commune
HOLDERS = {"collective": ("Tập thể", "collective"), "individual": ("Cá nhân", "individual")}
"""Whose a model is, or who was awarded."""
RENEWALS = {
    "new": ("Mới", "new"),
    "maintained": ("Duy trì", "maintained"),
    "replicated": ("Nhân rộng", "replicated"),
}


def field_of(text: str) -> str:
    """The key of the field a model's text names, "" where it is none of the four."""
    return _known(spelled(text), FIELDS)


def level_of(text: str) -> str:
    """The key of the level at which an award was given, "" where the text does not say it."""
    return _known(spelled(text).replace(spelled(NO_PLACE), " "), LEVELS)


def holder_of(text: str) -> str:
    """The key of whose it is, "" where the text says neither."""
    return _known(spelled(text), HOLDERS)


def renewal_of(text: str) -> str:
    """The key of whether a model is new, maintained or replicated, "" where it is not said."""
    return _known(spelled(text), RENEWALS)


def _known(text: str, kinds: Mapping[str, tuple[str, ...]]) -> str:
    """The first of the kinds one of whose words stands in the spelled text."""
    said = f" {' '.join(text.split())} "
    return next(
        (key for key, words in kinds.items() if any(f" {spelled(w)} " in said for w in words)), ""
    )
