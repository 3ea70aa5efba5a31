"""The years before a plan, kept for everybody who plans."""

from __future__ import annotations

from danvan import planning
from danvan.planning import Earlier
from ui import access, cached

BACK = 3  # years before the last one that a mean is of


def past(year: int) -> tuple[Earlier, int]:
    """What is known of the years before, and the last of them that anything was opened for."""
    rules = {y: rule for y, rule in cached.years().items() if y < year}
    wanted = sorted(rules)[-BACK - 1 :]
    reader = access.current()

    def make() -> Earlier:
        told = {y: cached.measured(y) for y in wanted}
        return planning.gathered(told, cached.catalogue(), rules, year)

    found = cached.kept("earlier years", make, year, tuple(wanted), reader.revision())
    return found, max(wanted, default=year - 1)
