"""Scales: how much of each thing a ward or commune of a certain size has."""

from __future__ import annotations

from dataclasses import dataclass

from danvan.demo.chance import chance
from danvan.demo.city import City, Place


@dataclass(frozen=True, slots=True)
class Scale:
    """`fixed` for every unit and `each` for a thousand people.

    A percentage is out of so many, and `goal` is its target in the first year, `gain` what the
    target moves by each year. `stock` is there all year, and not built up through it.
    """

    fixed: float = 0
    each: float = 0
    goal: float = 0
    gain: float = 0
    stock: bool = False


SCALES = {
    "LD.01": Scale(4, 0.2), "LD.02": Scale(2, 0.06), "HDND.01": Scale(27),
    "HDND.02": Scale(4), "HDND.03": Scale(20, 1.2, 92, 0.5),
    "CCHC.01": Scale(5, 0.25), "CCHC.02": Scale(1, 0.03), "CCHC.03": Scale(1),
    "CCHC.04": Scale(1800, 120, 95, 0.4), "CCHC.05": Scale(8, 1.1),
    "CCHC.06": Scale(120, 5, 85, 1.0), "CCHC.07": Scale(150, 1, 80, 1.5, stock=True),
    "TDDT.01": Scale(20, 3), "TDDT.02": Scale(0, 0.06), "TDDT.03": Scale(3, 0.5, 85, 0.5),
    "TDDT.04": Scale(1), "TDDT.05": Scale(2), "TDDT.06": Scale(8, 0.5, 80, 1.0),
    "QCX.01": Scale(1, stock=True), "QCX.02": Scale(40, 1, 100), "QCX.03": Scale(1),
    "QCX.04": Scale(10, 0.8), "QCX.05": Scale(180, 36), "QCX.06": Scale(1, stock=True),
    "QCX.07": Scale(1), "QCX.08": Scale(0),
    "QCC.01": Scale(5, 0.3), "QCC.02": Scale(5, 0.3, 100), "QCC.03": Scale(4, 0.25, stock=True),
    "QCD.01": Scale(2, 0.5), "QCD.02": Scale(2, 0.4), "QCD.03": Scale(2, 0.6, stock=True),
    "QCD.04": Scale(1, 0.3, stock=True), "QCD.05": Scale(0, 0.04),
    "GSCD.01": Scale(1, stock=True), "GSCD.02": Scale(4, 0.15), "GSCD.03": Scale(5, 0.3, 80, 1.0),
    "GSCD.04": Scale(2, 0.2, stock=True), "GSCD.05": Scale(3, 0.3),
    "HGCS.01": Scale(1, stock=True), "HGCS.02": Scale(6, 0.9), "HGCS.03": Scale(6, 0.9, 80, 0.8),
    "DVK.01": Scale(3, 0.2), "DVK.02": Scale(2, 0.17), "DVK.03": Scale(1, 0.03),
    "MTTQ.01": Scale(4, 0.1), "MTTQ.02": Scale(2), "MTTQ.03": Scale(15, 1.4),
    "MTTQ.04": Scale(40, 9), "MTTQ.05": Scale(15, 3), "MTTQ.06": Scale(0, 620, 78, 0.6, stock=True),
    "TQ.01": Scale(6, 3.4, stock=True), "TQ.02": Scale(1, 0.06, stock=True),
    "TQ.03": Scale(20, 3.5, stock=True), "LLVT.01": Scale(2, 0.42), "LLVT.02": Scale(1, 0.08),
    "LLVT.03": Scale(2, 0.42, 5, stock=True), "LLVT.04": Scale(1), "NTM.01": Scale(1),
    "NTM.02": Scale(0, 262, 4.2, -0.28, stock=True), "NTM.03": Scale(2, 0.25),
    "KT.01": Scale(1, 0.14), "KT.02": Scale(2, 0.4),
}  # fmt: skip
BY_HAMLET = {"QCX.03", "QCX.06", "HGCS.01"}
"""One for each khóm or ấp."""
GROWS = 0.012  # counts rise by so much a year


def volume(city: City, place: Place, code: str, year: int) -> float:
    """What the unit would have of it in an ordinary year; of a percentage, what it is out of."""
    scale = SCALES[code]
    if code in BY_HAMLET:
        return float(place.hamlets + sum(other.hamlets for other in city.joined(place, year)))
    if not scale.each:
        return float(scale.fixed)
    own = chance("volume", place.code, code).uniform(0.85, 1.15)
    size = (scale.fixed + scale.each * city.people(place, year)) * own
    return float(size * (1 + GROWS) ** (year - city.last))


def share(city: City, code: str, year: int) -> float:
    """The percentage that all units are asked for in a year."""
    scale = SCALES[code]
    moved = scale.goal + scale.gain * (year - city.years[0])
    return round(min(100.0, moved) * 2) / 2 if scale.goal > 10 else round(moved, 1)
