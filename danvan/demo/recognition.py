"""Recognition: the office's decisions on models, awards and the city's own tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from danvan.demo.acts import Act, Desk, HandIn, office_hour, workday
from danvan.demo.chance import chance
from danvan.demo.city import OFFICE, City
from danvan.demo.planning import ISSUER
from danvan.demo.registers import AWARDED, awards, city_tasks, continued, in_state, models
from danvan.model import Channel, Document, Entry, Register, Submission

RECOGNISED, REWARDED = (11, 10), (11, 27)
EFFECTS = (
    "Hoạt động hiệu quả, được Nhân dân đồng tình",
    "Lan tỏa ra nhiều khóm, ấp",
    "Góp phần hoàn thành chỉ tiêu của đơn vị",
)


def recognition(city: City, year: int) -> Iterator[Act]:
    """What the office decides about rows of the registers in a year."""
    draw = chance("recognition", year)
    for month, day in AWARDED:
        at = office_hour(workday(date(year, month, day)), draw)
        yield HandIn(at, f"awards {year} {month}", partial(_awards, city, year, month))
    at = office_hour(workday(date(year, *RECOGNISED)), draw)
    yield HandIn(at, f"models {year}", partial(_recognised, city, year))
    at = office_hour(workday(date(year, *REWARDED)), draw)
    yield HandIn(at, f"rewarded {year}", partial(_rewarded, city, year))


def _awards(city: City, year: int, month: int, desk: Desk) -> Submission:  # noqa: ARG001
    given = [a for place in city.places(year) for a in awards(city, place, year)]
    rows = [a.entry(year) for a in given if a.since and a.since.month == month]
    return _decided(rows, f"Danh sách khen thưởng tháng {month:02}/{year}")


def _recognised(city: City, year: int, desk: Desk) -> Submission:
    """Every model that was registered gets its state; who is rewarded comes later."""
    number = f"{chance('recognised', year).randint(200, 900)}/QĐ-UBND"
    day = date(year, *RECOGNISED)
    rows = []
    for place in city.places(year):
        for model in models(city, place, year):
            known = desk.entry(Register.MODEL, year, model.unit, model.name)
            state = "outstanding" if model.state == "rewarded" else model.state
            said = {"state": state, **continued(model, year, desk)}
            if state in ("recognised", "outstanding"):
                effect = chance("effect", year, place.code, model.name).choice(EFFECTS)
                said |= {"decision": number, "decided_on": day.isoformat(), "effect": effect}
            if known and state != "registered":
                rows.append(model.entry(year, known, **said))
    title = f"Quyết định công nhận mô hình “Dân vận khéo” năm {year} (số liệu mẫu)"
    return _decided(rows, title, Document(title, number, day, ISSUER))


def _rewarded(city: City, year: int, desk: Desk) -> Submission:
    """The models that are rewarded, and the state of the city's own tasks."""
    number = f"{chance('rewarded', year).randint(20, 160)}-QĐ/TU"
    day = date(year, *REWARDED)
    said = {"state": "rewarded", "decision": number, "decided_on": day.isoformat()}
    rows = []
    for place in city.places(year):
        for model in models(city, place, year):
            known = desk.entry(Register.MODEL, year, model.unit, model.name)
            if known and model.state == "rewarded":
                more = said | continued(model, year, desk)
                rows.append(model.entry(year, known, effect=EFFECTS[1], **more))
    for task in city_tasks(year):
        known = desk.entry(Register.TASK, year, task.unit, task.name)
        rows.append(task.entry(year, known, **in_state(task, day)))
    title = f"Quyết định khen mô hình “Dân vận khéo” tiêu biểu năm {year} (số liệu mẫu)"
    return _decided(rows, title, Document(title, number, day, ISSUER))


def _decided(rows: list[Entry], note: str, document: Document | None = None) -> Submission:
    return Submission(
        person=OFFICE, channel=Channel.GENERATED, entries=rows, note=note, document=document
    )
