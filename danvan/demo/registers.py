"""Registers: models, tasks and awards, row by row, so that figures counted from them agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from danvan.demo.acts import Desk
from danvan.demo.chance import chance
from danvan.demo.city import CODE, City, Place, surname_and_name
from danvan.demo.names import AGENCIES, CITY_TASKS, DEEDS, FIELDS, MODELS, TASKS
from danvan.demo.outcomes import outcome
from danvan.demo.plan import goal
from danvan.demo.planting import REGISTER_GAPS, one_task_more
from danvan.model import Entry, Register

REFORM, RECEPTION = "Cải cách hành chính", "Tiếp dân, đối thoại"
LAST_DAYS = ((3, 25), (6, 24), (9, 24), (11, 23))
"""What a report of each quarter can know of."""
AWARDED = ((7, 5), (11, 20))
"""The days of the city's two decisions on awards."""
DECISIONS = (
    ("{}/QĐ-UBND", "Chủ tịch UBND thành phố"),
    ("Số: {}/QĐ-UBND", "Chủ tịch UBND thành phố"),
    ("{}-QĐ/TU", "Ban Thường vụ Thành ủy"),
)
HIGH_DECISIONS = (("{}/QĐ-UBND-HC", "Chủ tịch UBND tỉnh"),)
"""How numbers of decisions are written, and by whom."""
COUNTED = ("DVK.01", "DVK.02", "DVK.03", "CCHC.01", "KT.01", "KT.02")


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a register in its last state. `since` is when it got there."""

    register: Register
    unit: str
    name: str
    values: tuple[tuple[str, str], ...]
    state: str = ""
    since: date | None = None

    def entry(self, year: int, number: int | None = None, **changed: str) -> Entry:
        """The row as a submission states it, with some values changed; `number` restates one."""
        values = dict(self.values) | changed
        kept = tuple((name, text) for name, text in values.items() if text)
        return Entry(
            register=self.register, year=year, unit=self.unit, name=self.name, values=kept,
            entry=number,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planted:
    """A figure that differs from its register on purpose."""

    unit: str
    indicator: str
    counted: Decimal
    stated: Decimal


@lru_cache(maxsize=100)
def planted(city: City, year: int) -> tuple[Planted, ...]:
    """The figures of the year's last reports that do not agree with the registers."""
    draw = chance("planted", year)
    found: list[Planted] = []
    for place in draw.sample(city.places(year), REGISTER_GAPS):
        totals = {code: _total(city, place, code, year) for code in COUNTED}
        code = draw.choice([code for code, total in totals.items() if total])
        total = totals[code]
        more = draw.choice((1, 1, 2))
        # more tasks than were planned cannot be done: there the unit forgets one
        stated = max(Decimal(0), total - 1) if code == "CCHC.01" else total + more
        found.append(Planted(place.code, code, total, stated))
    return tuple(found)


def _total(city: City, place: Place, code: str, year: int) -> Decimal:
    """How many the registers have in the whole year."""
    parts = counted(city, place, code, year)
    return parts[-1] if code == "CCHC.01" else sum(parts, Decimal(0))


@lru_cache(maxsize=4_000)
def counted(city: City, place: Place, code: str, year: int) -> tuple[Decimal, ...]:
    """How many the registers have in each quarter; of CCHC.01 how many until its end."""
    if code.startswith("DVK"):
        total = len(_reaching(models(city, place, year), code))
        return _in_quarter(1 if code == "DVK.01" else 4, total)
    if code == "CCHC.01":
        days = [task.since for task in tasks(city, place, year) if _counts(task)]
        ends = [date(year, month, day) for month, day in LAST_DAYS]
        return tuple(Decimal(sum(bool(d and d <= end) for d in days)) for end in ends)
    kind = "collective" if code == "KT.01" else "individual"
    given = [a.since for a in awards(city, place, year) if dict(a.values)["kind"] == kind]
    months = [day.month for day in given if day]
    return (Decimal(0), Decimal(0), Decimal(months.count(7)), Decimal(months.count(11)))


def _in_quarter(quarter: int, total: int) -> tuple[Decimal, ...]:
    return tuple(Decimal(total if at == quarter else 0) for at in range(1, 5))


def _counts(task: Item) -> bool:
    return task.state == "done" and dict(task.values)["area"] == REFORM


def _reaching(found: tuple[Item, ...], code: str) -> list[Item]:
    """Models that came at least so far."""
    states = {
        "DVK.01": {item.state for item in found},
        "DVK.02": {"recognised", "outstanding", "rewarded"},
        "DVK.03": {"outstanding", "rewarded"},
    }[code]
    return [item for item in found if item.state in states]


def _whole(city: City, place: Place, code: str, year: int) -> int:
    reached = outcome(city, place, code, year)
    return int(reached.result) if reached else 0


@lru_cache(maxsize=1_000)
def models(city: City, place: Place, year: int) -> tuple[Item, ...]:
    """The unit's models of the year with the state each reached."""
    draw = chance("models", year, place.code)
    registered, recognised, outstanding = (_whole(city, place, code, year) for code in COUNTED[:3])
    names = draw.sample(MODELS, min(registered, len(MODELS)))
    found = []
    for rank, (field, name) in enumerate(names):
        state = draw.choice(("registered", "appraised", "refused"))
        if rank < outstanding:
            state = "rewarded" if rank == 0 and draw.random() < 0.5 else "outstanding"
        elif rank < recognised:
            state = "recognised"
        alone = draw.random() < 0.3
        who = surname_and_name(year, place.code, rank) if alone else draw.choice(
            ("Hội Liên hiệp Phụ nữ", "Hội Nông dân", "Đoàn Thanh niên", "Hội Cựu chiến binh",
             "Ủy ban Mặt trận Tổ quốc", "Công an")
        ) + f" {place.name[0].lower()}{place.name[1:]}"  # fmt: skip
        values = (
            ("field", FIELDS[field]),
            ("holder", who),
            ("address", f"{place.hamlet} {draw.randint(1, place.hamlets)}, {place.name}"),
            ("approach", draw.choice(DEEDS)),
            ("renewal", draw.choice(("mới", "mới", "duy trì", "nhân rộng"))),
            ("kind", "individual" if alone else "collective"),
        )
        found.append(Item(Register.MODEL, place.code, name, values, state))
    return tuple(found)


def continued(model: Item, year: int, desk: Desk) -> dict[str, str]:
    """The row of the year before that a model goes on with, where it says so and there is one."""
    renews = dict(model.values)["renewal"] != "mới"
    former = desk.entry(Register.MODEL, year - 1, model.unit, model.name) if renews else None
    return {"continues": str(former)} if former else {}


@lru_cache(maxsize=1_000)
def tasks(city: City, place: Place, year: int) -> tuple[Item, ...]:
    """The unit's tasks: those of administrative reform that CCHC.01 counts, and a standing one."""
    draw = chance("tasks", year, place.code)
    asked = goal(city, place, city.frame.indicator["CCHC.01"], year).target or Decimal(0)
    done = _whole(city, place, "CCHC.01", year)
    more = place == one_task_more(city, year)  # in the list, and in nobody's plan
    names = draw.sample(TASKS, min(int(asked) + more, len(TASKS)))
    found = [_task(place, name, year, rank < done) for rank, name in enumerate(names)]
    values = _task_values(RECEPTION, place, "thường xuyên", "Sổ tiếp công dân")
    standing = Item(Register.TASK, place.code, "Tiếp công dân định kỳ hằng tuần", values, "regular")
    return (*found, standing)


def _task(place: Place, name: str, year: int, done: bool) -> Item:
    draw = chance("task", year, place.code, name)
    month, day = draw.randint(3, 11), draw.randint(1, 22)
    quarter = "I II III IV".split()[(month - 1) // 3]
    deadline = f"Quý {quarter}/{year}" if draw.random() < 0.35 else f"{day:02}/{month:02}/{year}"
    values = _task_values(
        REFORM, place, deadline, draw.choice(("Báo cáo", "Kế hoạch", "Quyết định"))
    )
    if not done:
        return Item(
            Register.TASK, place.code, name, values, draw.choice(("overdue", "overdue", "doing"))
        )
    late = draw.random() < 0.12 and month < 10
    finished = date(year, min(11, month + late), draw.randint(1, 22))
    evidence = f"{draw.randint(12, 260)}/BC-UBND"
    values = (*values, ("evidence", evidence))
    return Item(Register.TASK, place.code, name, values, "done", finished)


def _task_values(
    area: str, place: Place, deadline: str, product: str
) -> tuple[tuple[str, str], ...]:
    where = f"{place.name[0].lower()}{place.name[1:]}"
    return (
        ("area", area),
        ("owner", f"Ủy ban nhân dân {where}"),
        ("co_owners", f"Ủy ban Mặt trận Tổ quốc {where}"),
        ("deadline", deadline),
        ("product", product),
    )


@lru_cache(maxsize=50)
def city_tasks(year: int) -> tuple[Item, ...]:
    """Tasks of the city's own agencies, its key tasks; one of them is always overdue."""
    found = []
    stuck = chance("stuck", year).randrange(len(CITY_TASKS))
    for rank, (area, name) in enumerate(CITY_TASKS):
        draw = chance("city task", year, rank)
        month = draw.randint(4, 11)
        owner, other = draw.sample(AGENCIES, 2)
        values = (
            ("area", area), ("owner", owner), ("co_owners", other), ("kind", "key"),
            ("deadline", f"{draw.randint(1, 28):02}/{month:02}/{year}"), ("product", "Báo cáo"),
        )  # fmt: skip
        state = "done" if rank != stuck and draw.random() < 0.9 else "overdue"
        since = date(year, min(month, 11), draw.randint(1, 20)) if state == "done" else None
        found.append(Item(Register.TASK, CODE, name, values, state, since))
    return tuple(found)


@lru_cache(maxsize=1_000)
def awards(city: City, place: Place, year: int) -> tuple[Item, ...]:
    """Who of the unit was awarded, in July and in November."""
    found = []
    for code, kind in (("KT.01", "collective"), ("KT.02", "individual")):
        for rank in range(_whole(city, place, code, year)):
            draw = chance("award", year, place.code, code, rank)
            month, day = AWARDED[draw.random() < 0.7]
            given = date(year, month, day)
            found.append(_award(kind, place, year, rank, given))
    return tuple(found)


def _award(kind: str, place: Place, year: int, rank: int, given: date) -> Item:
    draw = chance("award of", year, place.code, kind, rank)
    where = f"{place.name[0].lower()}{place.name[1:]}"
    person = surname_and_name("award", year, place.code, rank)
    body = draw.choice(("Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên", "Khối vận"))
    name = person if kind == "individual" else f"{body} {where}"
    high = draw.random() < 0.1
    styles = HIGH_DECISIONS if high else DECISIONS
    style, level = draw.choice(styles)
    number = chance("decision", year, given, style).randint(120, 2900)  # one for a whole list
    values = (
        ("recipient", f"Cán bộ {where}" if kind == "individual" else name),
        ("kind", kind),
        ("form", "Bằng khen" if high else "Giấy khen"),
        ("level", level),
        ("decision", style.format(number)),
        ("decided_on", given.isoformat()),
        ("reason", draw.choice(
            ("Phong trào thi đua “Dân vận khéo”", "Thực hiện quy chế dân chủ ở cơ sở",
             "Công tác dân vận chính quyền")
        )),
    )  # fmt: skip
    return Item(Register.AWARD, place.code, name, values, since=given)


def in_state(item: Item, until: date) -> dict[str, str]:
    """What a task's row says on a day: finished tasks are in progress before that day."""
    if item.state == "done" and item.since and item.since > until:
        return {"state": "doing", "evidence": ""}
    if item.state == "done" and item.since:
        return {"state": "done", "finished_on": item.since.isoformat()}
    ended = item.state == "overdue" and until.month < 11
    return {"state": "doing" if ended else item.state}
