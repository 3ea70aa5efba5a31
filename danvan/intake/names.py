"""Names: which unit or indicator a text speaks of, and which it might speak of.

A name matches as a code, as it is spelled, or by its meaning-carrying words when they fit exactly
one. Anything weaker is only a candidate for a person to choose from.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from rapidfuzz import fuzz, process

from danvan.intake.measures import KNOWN
from danvan.intake.spelling import (
    ROMAN,
    SPELLED_FILLERS,
    expanded,
    meaning,
    spelled,
    without_brackets,
    without_item,
)
from danvan.intake.times import time_of_title
from danvan.model import Catalogue, Indicator, Kind, Unit

Known = TypeVar("Known")

FEW = 4  # candidates shown to a person
LIKELY = 55  # of 100; below that a candidate would only distract
BRACKETED = re.compile(r"\(([^()]*)\)")

WARD = re.compile(r"^(?:phường|p)\s*0*(\d+|[ivxl]+)$")
KINDS = {
    "phường": "phường",
    "p": "phường",
    "xã": "xã",
    "x": "xã",
    "thành phố": "thành phố",
    "tp": "thành phố",
    "thị trấn": "thị trấn",
    "tt": "thị trấn",
    "tỉnh": "tỉnh",
    "huyện": "huyện",
}
OFFICES = tuple(
    f"{spelled(text)} "
    for text in (
        "ubnd", "ủy ban nhân dân", "hđnd", "hội đồng nhân dân", "đảng ủy", "đảng bộ", "thành ủy",
        "ban chấp hành", "bch", "khối vận", "khối dân vận", "ban dân vận", "bdv", "đơn vị",
        "tên đơn vị", "địa phương", "của", "tại", "cho", "đu", "bcđ", "ban chỉ đạo",
    )
)  # fmt: skip
REPORTING = frozenset(
    spelled(
        "báo cáo kết quả tình hình số liệu thống kê tổng hợp biểu bảng danh sách thực hiện chỉ tiêu "
        "đăng ký năm quý tháng đầu cuối công tác các đơn vị xã phường thành phố tp giao kế hoạch phụ lục "
        "kèm theo cao lãnh ubnd đảng ủy ủy ban nhân dân ban dân vận thành ủy tỉnh trên địa bàn phân bổ dự "
        "kiến phân công và"
    ).split()
)
"""Words that a title adds to the name of what it reports."""
SHARE = ("tỷ lệ", "tỉ lệ", "%", "phần trăm")
NUMBER = ("số", "tổng số")


@dataclass(frozen=True, slots=True)
class Match:
    """The code a text speaks of, and whether it has all the words of the catalogue's own name."""

    code: str
    plain: bool = True


@dataclass(frozen=True, eq=False)  # compared as itself: it is a key of caches
class Names:
    """What the catalogue of one year calls its units and indicators."""

    catalogue: Catalogue
    year: int

    def unit(self, text: str) -> str | None:
        """The code of the unit of this year that the text names, or None."""
        return self._unit(text, self._units)

    def former_unit(self, text: str) -> str | None:
        """The code of a unit that the text names, of any year."""
        return self._unit(text, self._units_ever)

    def units_named(self, text: str) -> frozenset[str]:
        """Codes of all units of this year that the text names: several where two are called alike."""
        return frozenset(self._named(text, self._units_alike) or ())

    def indicator(self, text: str) -> Match | None:
        """The one indicator of this year that the text names, or None."""
        if text.strip() in self._indicators:
            return Match(text.strip())
        for shorter in dict.fromkeys((text, without_item(text), self._bare(without_item(text)))):
            fitting = None if BRACKETED.search(shorter) else self._fitting(shorter)
            found = self._spelled.get(spelled(shorter)) or fitting
            if found:
                return found
        return None

    def _bare(self, text: str) -> str:
        """The name without brackets that add nothing to it: a measure, or its own words shortened."""
        name = meaning(without_brackets(text))
        for inside in BRACKETED.findall(text):
            short = inside.isupper() and meaning(inside) <= name  # "(DVK)"
            if self.is_measure(inside) or short:
                text = text.replace(f"({inside})", " ")
        return text.strip()

    def is_measure(self, text: str) -> bool:
        """Whether the text is a unit of measure and nothing else."""
        return spelled(text) in self._measures

    @cached_property
    def _measures(self) -> frozenset[str]:
        stated = {
            part for i in self.catalogue.indicators for part in (i.measure, *i.measure.split())
        }
        return frozenset(map(spelled, stated)) | KNOWN

    def mentioned_units(self, text: str) -> list[str]:
        """Codes of the units of this year that a longer text names in full."""
        inside = f" {' '.join(_kind_first(part) for part in _mentions(text))} "
        units = {unit.code for unit in self.catalogue.units if unit.valid_in(self.year)}
        names = [(unit.name, unit.code) for unit in self.catalogue.units]
        names += [(alias.name, alias.code) for alias in self.catalogue.aliases]
        found = (c for n, c in names if c in units and self._is_mentioned(spelled(n), inside))
        return list(dict.fromkeys(found))

    def _is_mentioned(self, name: str, inside: str) -> bool:
        """Whether the name stands in the text, and not as that of a unit of somewhere else."""
        _, found, after = inside.partition(f" {name} ")
        place = PLACE.match(f" {after}")
        return bool(found) and not (place and not self._is_above(place[1]))

    def _is_above(self, place: str) -> bool:
        """Whether "thành phố cao lãnh tỉnh đồng tháp" begins with a unit that has others below it.

        A province is taken as it is where the catalogue knows none.
        """
        known = self._above
        first = place.split()[0]
        return _kind_first(place).startswith(known) or (
            first == PROVINCE and not any(name.startswith(first) for name in known)
        )

    @cached_property
    def _above(self) -> tuple[str, ...]:
        parents = {unit.parent for unit in self.catalogue.units}
        return tuple(spelled(unit.name) for unit in self.catalogue.units if unit.code in parents)

    def mentioned_indicator(self, text: str) -> Match | None:
        """The one indicator a title speaks of; other words of weight in it make it another thing."""
        inside = f" {expanded(text)} "
        found = [
            (full, code) for name, code in self._names if f" {(full := expanded(name))} " in inside
        ]
        longest = max((full for full, _ in found), key=len, default="")
        codes = {code for full, code in found if full == longest}
        others = {code for full, code in found if full not in longest} - codes
        words = {word for full, _ in found for word in full.split()}
        if len(codes) != 1 or others or self._weighty(inside) - words:
            return None
        return Match(codes.pop(), plain=False)

    def speaks(self, text: str) -> bool:
        """Whether a title has words beyond those of reports, times and places."""
        return bool(self._weighty(expanded(time_of_title(text).rest)))

    def _weighty(self, text: str) -> set[str]:
        """The words of a spelled text that make a title speak of something."""
        places = {word for unit in self.catalogue.units for word in spelled(unit.name).split()}
        words = set(text.split()) - places - REPORTING - SPELLED_FILLERS
        return {word for word in words if not word.isdigit()}

    def looks_like_unit(self, text: str) -> bool:
        """Whether a text begins like the name of a unit, known or not."""
        first = spelled(text).split()[:1]
        return bool(first) and first[0] in SPELLED_KINDS

    def candidates(self, text: str, units: bool = False) -> list[str]:
        """Codes of what the text might mean, the likeliest first."""
        choices = self._unit_texts if units else self._indicator_texts
        found = process.extract(
            expanded(without_brackets(without_item(text))),
            choices,
            scorer=fuzz.token_set_ratio,
            limit=FEW * 3,
            score_cutoff=LIKELY,
        )
        return list(dict.fromkeys(code for _, _, (code, _) in found))[:FEW]

    def _unit(self, text: str, known: Mapping[str, str]) -> str | None:
        if text.strip() in self.catalogue.unit:
            code = text.strip()
            return code if code in known.values() else None
        return self._named(text, known)

    def _named(self, text: str, known: Mapping[str, Known]) -> Known | None:
        """What is known under a spelling of the text."""
        if not all(self._adds_nothing(inside) for inside in BRACKETED.findall(text)):
            return None
        for form in _unit_forms(text):
            for name in (form, self._without_place(form)):
                if name in known:
                    return known[name]
        return None

    def _without_place(self, form: str) -> str:
        """ "phường 1 thành phố cao lãnh" without its city; "" for a unit of another one."""
        place = PLACE.search(form)
        if place is None:
            return form
        return form[: place.start()] if self._is_above(place[1]) else ""

    def _adds_nothing(self, inside: str) -> bool:
        """Whether brackets behind a unit's name leave it the same unit."""
        key = spelled(inside)
        return self.is_measure(inside) or key.isdigit() or (bool(key) and self._is_above(key))

    @cached_property
    def _units(self) -> dict[str, str]:
        found = self._units_alike
        return {form: next(iter(codes)) for form, codes in found.items() if len(codes) == 1}

    @cached_property
    def _units_alike(self) -> dict[str, set[str]]:
        return self._unit_index([u for u in self.catalogue.units if u.valid_in(self.year)])

    @cached_property
    def _units_ever(self) -> dict[str, str]:
        found = self._unit_index(self.catalogue.units)
        return {form: min(codes) for form, codes in found.items()}

    def _unit_index(self, units: Iterable[Unit]) -> dict[str, set[str]]:
        """Spelled names and the codes they stand for."""
        index: defaultdict[str, set[str]] = defaultdict(set)
        codes = set()
        for unit in units:
            codes.add(unit.code)
            for form in _unit_forms(unit.name):
                index[form].add(unit.code)
            bare = spelled(unit.name).removeprefix(f"{spelled(unit.kind)} ")
            if not bare.isdigit():
                index[bare].add(unit.code)
        for alias in self.catalogue.aliases:
            if alias.code in codes:
                index[spelled(alias.name)] = {alias.code}
        return dict(index)

    @cached_property
    def _indicators(self) -> dict[str, Indicator]:
        return {i.code: i for i in self.catalogue.indicators if i.valid_in(self.year)}

    @cached_property
    def _names(self) -> list[tuple[str, str]]:
        """Every name of every indicator with its code, the aliases last."""
        names = [(i.name, i.code) for i in self._indicators.values()]
        aliases = [(a.name, a.code) for a in self.catalogue.aliases if a.code in self._indicators]
        return names + aliases

    @cached_property
    def _spelled(self) -> dict[str, Match]:
        return {spelled(name): self._match(name, code) for name, code in reversed(self._names)}

    def _match(self, text: str, code: str) -> Match:
        return Match(code, meaning(text) == meaning(self._indicators[code].name))

    @cached_property
    def _meanings(self) -> dict[frozenset[str], set[str]]:
        index: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for name, code in self._names:
            index[meaning(name)].add(code)
        return dict(index)

    def _fitting(self, text: str) -> Match | None:
        """The one indicator with these very words that carry a meaning."""
        codes = self._meanings.get(meaning(text), set())
        if len(codes) != 1:
            return None
        code = next(iter(codes))
        return self._match(text, code) if _may_be(text, self._indicators[code]) else None

    @cached_property
    def _indicator_texts(self) -> dict[tuple[str, int], str]:
        return {(code, at): expanded(name) for at, (name, code) in enumerate(self._names)}

    @cached_property
    def _unit_texts(self) -> dict[tuple[str, int], str]:
        return {(code, at): form for at, (form, code) in enumerate(self._units.items())}


def _may_be(text: str, indicator: Indicator) -> bool:
    """A share is not a number of things: "số hộ nghèo" is not "tỷ lệ hộ nghèo"."""
    start = spelled(without_item(text))
    if start.startswith(tuple(f"{spelled(word)}" for word in SHARE)):
        return indicator.kind is Kind.PERCENT
    counted = start.startswith(tuple(f"{spelled(word)} " for word in NUMBER))
    return not (counted and indicator.kind is Kind.PERCENT)


def _unit_forms(text: str) -> list[str]:
    """The spellings under which a unit may be known, from the fullest to the shortest."""
    bare = without_brackets(text)
    forms = []
    for form in dict.fromkeys((spelled(bare), spelled(without_item(bare)))):
        for office in OFFICES * 2:
            form = form.removeprefix(office)
        forms.append(form)
    return list(dict.fromkeys(_kind_first(one) for one in forms))


def _kind_first(form: str) -> str:
    """ "p 1", "p1" and "phường i" as "phường 1"; "tp cao lãnh" as "thành phố cao lãnh"."""
    ward = SPELLED_WARD.match(form)
    if ward:
        number = ROMAN.get(ward[1]) or (int(ward[1]) if ward[1].isdigit() else None)
        return f"{SPELLED_KINDS['p']} {number}" if number else form
    for short, kind in SPELLED_KINDS.items():
        if form.startswith(f"{short} "):
            return f"{kind} {form[len(short) + 1 :]}"
    return form


SPELLED_KINDS = {spelled(short): spelled(kind) for short, kind in KINDS.items()}
PROVINCE = spelled("tỉnh")
PLACE = re.compile(
    " ((?:{}) .+)".format(
        "|".join(map(spelled, ("thành phố", "tp", "thị xã", "tx", "huyện", "quận", "tỉnh")))
    )
)
"""What follows the name of a unit: the city, district or province it lies in."""
SPELLED_WARD = re.compile(WARD.pattern.replace("phường", spelled("phường")))


def _mentions(text: str) -> list[str]:
    """The words of a text with short forms of wards and communes written out: "P.1" as "phường 1"."""
    short = re.compile(r"\b(?:P|X|TP)\s*\.\s*(?=\w)|\bP(?=\d)", re.IGNORECASE)
    full = short.sub(lambda found: f" {KINDS[found[0].strip(' .').lower()]} ", text)
    words = spelled(full).split()
    ward = spelled("phường")
    return [
        str(ROMAN.get(word, word)).lstrip("0") if at and words[at - 1] == ward else word
        for at, word in enumerate(words)
    ]
