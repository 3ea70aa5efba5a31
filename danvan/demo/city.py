"""The city: wards and communes that exist nowhere, and how they merged over ten years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from danvan.demo.chance import chance
from danvan.model import Catalogue, Unit, UnitChange

CODE = "SV"
OFFICE = "vanphong"
"""Who acts for the city's office."""
YEARS = 10
MADE_UP = "đơn vị không có thật, số liệu do phần mềm tạo để dùng thử"
WEAK = ("SV.P3", "SV.LOS", "SV.HOS")
"""Units that fall short more often than the others."""
GROWTH = 1.007  # of the population in a year


@dataclass(frozen=True, slots=True)
class Merger:
    """From 1 January of the year `age` before the last one, `old` are part of `new`."""

    age: int
    old: tuple[str, ...]
    new: str
    basis: str
    founds: bool  # whether the unit begins with it, or only grows


MERGERS = (
    Merger(6, ("SV.P5",), "SV.P4", "Nghị quyết 15/NQ-HĐND (số liệu mẫu)", founds=False),
    Merger(2, ("SV.RS", "SV.P6"), "SV.PRS", "Nghị quyết 27/NQ-HĐND (số liệu mẫu)", founds=True),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A ward or commune: `people` is its population in thousands at the end, `hamlets` its khóm or ấp."""

    code: str
    name: str
    name_en: str
    kind: str
    people: float
    hamlets: int
    person: str

    @property
    def is_commune(self) -> bool:
        return self.kind == "xã"

    @property
    def hamlet(self) -> str:
        """What its parts are called."""
        return "Ấp" if self.is_commune else "Khóm"


def _ward(code: str, name: str, people: float, hamlets: int, person: str) -> Place:
    name_en = f"Ward {name}" if name.isdigit() else f"{name} Ward"
    return Place(f"SV.{code}", f"Phường {name}", name_en, "phường", people, hamlets, person)


def _commune(code: str, name: str, people: float, hamlets: int, person: str) -> Place:
    return Place(f"SV.{code}", f"Xã {name}", f"{name} Commune", "xã", people, hamlets, person)


PLACES = (
    _ward("P1", "1", 19.8, 7, "phuong1"),
    _ward("P2", "2", 14.2, 5, "phuong2"),
    _ward("P3", "3", 12.6, 5, "phuong3"),
    _ward("P4", "4", 13.1, 5, "phuong4"),
    _ward("P5", "5", 7.4, 3, "phuong5"),
    _ward("P6", "6", 9.9, 4, "phuong6"),
    _ward("SH", "Sen Hồng", 16.5, 6, "phuongsenhong"),
    _ward("ST", "Sen Trắng", 11.7, 4, "phuongsentrang"),
    _ward("HS", "Hồ Sen", 10.8, 4, "phuonghosen"),
    _ward("PRS", "Rạch Sen", 16.2, 7, "phuongrachsen"),
    _commune("RS", "Rạch Sen", 6.3, 3, "xarachsen"),
    _commune("TAS", "Tân Sen", 13.9, 5, "xatansen"),
    _commune("MYS", "Mỹ Sen", 9.6, 4, "xamysen"),
    _commune("LOS", "Long Sen", 8.2, 4, "xalongsen"),
    _commune("PHS", "Phú Sen", 7.7, 3, "xaphusen"),
    _commune("ANS", "An Sen", 6.9, 3, "xaansen"),
    _commune("HOS", "Hòa Sen", 10.4, 4, "xahoasen"),
    _commune("BIS", "Bình Sen", 12.1, 5, "xabinhsen"),
)


@dataclass(frozen=True, eq=False)
class City:
    """The city whose last year is `last`, with the areas and indicators of `frame`."""

    last: int
    frame: Catalogue

    @property
    def years(self) -> range:
        return range(self.last - YEARS + 1, self.last + 1)

    @lru_cache(maxsize=100)  # noqa: B019 - asked for every figure; there are few cities
    def places(self, year: int) -> tuple[Place, ...]:
        """The units of a year, in the order they are shown."""
        return tuple(place for place in PLACES if self.unit(place, year).valid_in(year))

    def people(self, place: Place, year: int) -> float:
        """Thousands of people in a year: more each year, and with what was merged into it."""
        joined = sum(other.people for other in self.joined(place, year))
        return float((place.people + joined) * GROWTH ** (year - self.last))

    def joined(self, place: Place, year: int) -> list[Place]:
        """What the unit has taken in until then."""
        taken = {
            code
            for merger in MERGERS
            if merger.new == place.code and not merger.founds and year >= self.last - merger.age
            for code in merger.old
        }
        return [other for other in PLACES if other.code in taken]

    def unit(self, place: Place, year: int) -> Unit:
        """The unit as the catalogue of that year describes it."""
        first, last = None, None
        for merger in MERGERS:
            if place.code in merger.old:
                last = date(self.last - merger.age - 1, 12, 31)
            if place.code == merger.new and merger.founds:
                first = date(self.last - merger.age, 1, 1)
        return Unit(
            code=place.code, name=place.name, name_en=place.name_en, kind=place.kind, parent=CODE,
            first_day=first, last_day=last, population=round(1000 * self.people(place, year)),
            note=MADE_UP,
        )  # fmt: skip

    def catalogue(self, year: int) -> Catalogue:
        """Units and their changes as they are known at the beginning of a year.

        The first year brings the areas and indicators. A merger is known when it happens.
        """
        top = Unit(
            CODE, "Thành phố Sen Việt (số liệu mẫu)", "Sen Việt City (sample figures)", "thành phố",
            population=sum(round(1000 * self.people(p, year)) for p in self.places(year)),
            note=MADE_UP,
        )  # fmt: skip
        units = [self._known(place, year) for place in PLACES]
        known = [unit for unit in units if not unit.first_day or unit.first_day.year <= year]
        first = year == self.years[0]
        return Catalogue(
            areas=self.frame.areas if first else (),
            groups=self.frame.groups if first else (),
            indicators=self.frame.indicators if first else (),
            minimums=self.frame.minimums if first else (),
            units=(top, *known),
            changes=self.changes(year),
            wholes=self.frame.wholes if first else (),
        )

    def _known(self, place: Place, year: int) -> Unit:
        unit = self.unit(place, year)
        ended = unit.last_day and unit.last_day.year < year
        return unit if ended else replace(unit, last_day=None)

    def changes(self, year: int) -> tuple[UnitChange, ...]:
        """The mergers of 1 January of that year."""
        return tuple(
            UnitChange(date(year, 1, 1), code, merger.new, merger.basis)
            for merger in MERGERS
            if self.last - merger.age == year
            for code in merger.old
        )


def surname_and_name(*about: object) -> str:
    """A name that belongs to nobody in particular."""
    draw = chance("name", *about)
    woman = draw.random() < 0.5
    middle = draw.choice(("Thị", "Ngọc", "Kim") if woman else ("Văn", "Hữu", "Minh"))
    given = draw.choice("An Bình Duyên Hạnh Hiền Hòa Lành Mai Nghĩa Phúc Sen Thảo Tín Xuân".split())
    return f"{draw.choice('Nguyễn Trần Lê Phạm Võ Huỳnh Đặng Bùi'.split())} {middle} {given}"
