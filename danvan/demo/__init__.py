"""The demo: a city that exists nowhere, generated with ten years of targets, results and mistakes.

The same day gives the same city. Everything it writes goes through the store like any other
submission, at the moments at which its people would have written it.
"""

from danvan.demo.acts import Clock
from danvan.demo.building import build
from danvan.demo.city import City
from danvan.demo.discrepancies import PlantedDiscrepancy, planted_discrepancies
from danvan.demo.filling import city_of, clock_before, fill
from danvan.demo.registers import Planted, planted

__all__ = [
    "City",
    "Clock",
    "Planted",
    "PlantedDiscrepancy",
    "build",
    "city_of",
    "clock_before",
    "fill",
    "planted",
    "planted_discrepancies",
]
