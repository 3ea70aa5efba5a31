"""Forms: the template of a round, which asks a unit for what it owes and nothing else."""

from __future__ import annotations

import io
import zipfile
from datetime import date

from danvan import intake
from danvan.access import Access
from danvan.intake.template import template
from danvan.model import Period
from danvan.rounds.owing import owed_now
from danvan.wording import Words


def form(
    store: Access, year: int, period: Period, unit: str | None, words: Words, on: date
) -> bytes:
    """The workbook of a unit, the topmost one unless said, for a round: what it and those directly below it have to hand in.

    Without anything to hand in, and for a period without a round, all that can be reported for
    the period, with what stands. Raises RefusedError for a unit the year does not have.
    """
    wanted = None
    rule = store.years().get(year)
    if rule and period in rule.round:
        catalogue = store.catalogue()
        top = unit or next((root.code for root in catalogue.roots(year)), "")
        units = {u.code for u in catalogue.units if top in (u.code, u.parent)}
        told = [one for one in owed_now(store, year, period, on) if one.unit in units]
        wanted = {(one.unit, code) for one in told for code in one.to_hand_in} or None
    return intake.template_for(store, year, unit, words, period, wanted)


def every_form(store: Access, year: int, period: Period, words: Words, on: date) -> bytes:
    """A ZIP archive with the form of each unit that has something to hand in for the round.

    Raises RefusedError for a period without a round.
    """
    catalogue, target = store.catalogue(), io.BytesIO()
    figures, last = store.figures(year), store.figures(year - 1)
    with zipfile.ZipFile(
        target, "w", zipfile.ZIP_STORED
    ) as archive:  # workbooks are packed already
        for one in owed_now(store, year, period, on):
            wanted = {(one.unit, code) for code in one.to_hand_in}
            if wanted:
                about = (catalogue, year, one.unit, figures, last, words, period, wanted)
                name = words("round.form_name", unit=one.unit, period=period, year=year)
                archive.writestr(name, template(*about))
    return target.getvalue()
