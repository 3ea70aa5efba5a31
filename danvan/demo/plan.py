"""The plan: what each unit is asked for in a year, what was revised, and who is exempt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from danvan.demo.chance import chance
from danvan.demo.city import City, Place
from danvan.demo.scales import share, volume
from danvan.model import Direction, Indicator, Kind, OverUnits

ONE = Decimal(1)
EXEMPT = {
    "SV.PHS": ("QCD", "Trên địa bàn xã không có doanh nghiệp có tổ chức công đoàn."),
    "SV.ANS": ("QCD", "Xã chưa có doanh nghiệp sử dụng từ 10 lao động trở lên."),
}
"""The area that does not apply to a unit, and why."""
NO_COMMUNE = "Phường không thuộc diện xét công nhận xã nông thôn mới."
REVISABLE = {
    "QCX.05": (Decimal("0.9"), "Giảm mức vận động do mùa vụ khó khăn, giá vật tư tăng."),
    "TQ.03": (Decimal("1.06"), "Bổ sung chỉ tiêu sau sơ kết 6 tháng, phong trào Hội quán phát triển tốt."),
    "MTTQ.03": (Decimal("1.1"), "Tăng chỉ tiêu để lấy ý kiến Nhân dân về các văn bản góp ý trong năm."),
    "NTM.03": (Decimal("1.25"), "Bổ sung kinh phí vận động xóa nhà tạm, nhà dột nát."),
    "GSCD.05": (Decimal("0.8"), "Một số công trình chuyển sang năm sau theo kế hoạch đầu tư công điều chỉnh."),
    "MTTQ.05": (Decimal("1.15"), "Nhiều đoàn viên, hội viên đi làm ăn xa, điều chỉnh cho phù hợp thực tế."),
    "LD.02": (Decimal("1.25"), "Bổ sung cuộc kiểm tra theo kết luận của cấp ủy."),
}  # fmt: skip
"""What targets are multiplied by when they are revised, and why they are."""
ALL_FILES, LATE_FILES = "CCHC.04", "CCHC.05"
"""The share settled in time, and the count of the others."""
QUARTERLY = "MTTQ.04"
"""The one indicator with a target for each quarter as well."""


@dataclass(frozen=True, slots=True)
class Goal:
    """What is asked of a unit: `first` in January, `target` in the end, and what else is said."""

    target: Decimal | None = None
    first: Decimal | None = None
    expected: bool = False
    exempt: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A decision that changes the targets of one indicator for all units."""

    indicator: str
    factor: Decimal
    number: str
    day: date
    reason: str


def revisions(year: int) -> tuple[Revision, ...]:
    """Two or three decisions between July and September."""
    draw = chance("revisions", year)
    chosen = draw.sample(sorted(REVISABLE), draw.choice((2, 2, 3)))
    return tuple(
        Revision(
            code, REVISABLE[code][0], f"{draw.randint(180, 420)}/QĐ-UBND",
            date(year, draw.randint(7, 9), draw.randint(3, 25)), REVISABLE[code][1],
        )
        for code in chosen
    )  # fmt: skip


def goal(city: City, place: Place, indicator: Indicator, year: int) -> Goal:
    """What is asked of one unit for one indicator in a year."""
    exempt = _exemption(place, indicator)
    if exempt or indicator.over_units is OverUnits.OWN:
        return Goal(exempt=exempt)
    if indicator.direction is Direction.TRACK:
        # figures counted from a register are asked of everybody, other trackers of most
        asked = (
            indicator.counted_from or chance("asked", place.code, indicator.code).random() < 0.94
        )
        return Goal(expected=bool(asked))
    if indicator.kind is Kind.PERCENT:
        value = Decimal(str(share(city, indicator.code, year)))
        return Goal(value, value)
    first = _count(city, place, indicator, year)
    target = first
    for revision in revisions(year):
        if first is not None and revision.indicator == indicator.code:
            target = _revised(first, revision.factor, indicator.decimals)
    return Goal(target, first)


def _exemption(place: Place, indicator: Indicator) -> str:
    area, reason = EXEMPT.get(place.code, ("", ""))
    if area == indicator.area:
        return reason
    return NO_COMMUNE if indicator.code == "NTM.01" and not place.is_commune else ""


def _count(city: City, place: Place, indicator: Indicator, year: int) -> Decimal | None:
    """The target of a count; None where the unit is not asked for any."""
    if indicator.code in ("LLVT.04", "NTM.01"):
        return ONE if place in _chosen(city, indicator.code, year) else None
    usual = volume(city, place, indicator.code, year)
    if indicator.code == LATE_FILES:
        part = 100 - share(city, ALL_FILES, year)
        usual = volume(city, place, ALL_FILES, year) * part / 100
    if indicator.decimals:
        return Decimal(round(usual / 10) * 10)
    if indicator.code == "TDDT.04":  # the law asks for one a year; the large wards hold two
        return Decimal(2 if city.people(place, year) > 15 else 1)
    least = 0 if indicator.direction is Direction.LESS else 1
    step = 5 if usual >= 40 else 1
    return Decimal(max(least, round(usual / step) * step))


def _chosen(city: City, code: str, year: int) -> list[Place]:
    """The few units whose turn it is."""
    places = [place for place in city.places(year) if place.is_commune or code == "LLVT.04"]
    return chance("chosen", code, year).sample(places, 3 if code == "LLVT.04" else 2)


def _revised(first: Decimal, factor: Decimal, decimals: int) -> Decimal:
    value = round(first * factor, decimals)
    return value if value != first else first + (1 if factor > 1 else -1)


def by_quarter(total: Decimal, weights: tuple[float, ...]) -> tuple[Decimal, ...]:
    """A total in four whole parts (tenths where it has any) that add up to it."""
    scale = 1 if total == total.to_integral_value() else 10
    whole, parts, done = int(total * scale), [], 0
    for last in range(1, 5):
        reached = round(whole * sum(weights[:last]) / sum(weights))
        parts.append(Decimal(reached - done) / scale)
        done = reached
    return tuple(parts)
