"""Planning: how a year begins, is planned, revised and closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import partial

from danvan.demo import files
from danvan.demo.acts import Act, Desk, HandIn, office_hour, office_opens, workday
from danvan.demo.chance import chance
from danvan.demo.city import CODE, OFFICE, City
from danvan.demo.deadlines import OPENED, QUARTERS, REPORTS, due, round_of
from danvan.demo.plan import QUARTERLY, Revision, by_quarter, goal, revisions
from danvan.demo.registers import city_tasks, tasks
from danvan.model import (
    Channel,
    Document,
    Duty,
    Expectation,
    Fact,
    Stage,
    Submission,
    Target,
    YearRule,
)
from danvan.wording import Words

ISSUER = "UBND thành phố Sen Việt (số liệu mẫu)"
MARGINS = {0: "0.15", 1: "0.15", 2: "0.12"}
"""The first years were judged more mildly; every later one by the usual margin."""


def planning(city: City, year: int) -> Iterator[Act]:
    """The acts of the office by which a year is planned, opened, revised and closed."""
    before, draw = year - 1, chance("planning", year)
    first = year == city.years[0]
    if first or city.changes(year):
        yield HandIn(_at(before, 12, 12), f"catalogue {year}", partial(_catalogue, city, year))
    stages = (
        (_at(before, 12, 15), Stage.PLANNING, ""),
        (_at(year, 1, 3), Stage.OPEN, ""),
        (_at(year + 1, 1, 16), Stage.CLOSED, _closing(year)),
    )
    for at, stage, reason in stages:
        rule = _rule(city, year, stage, reason)
        yield HandIn(at, f"{stage} {year}", partial(_year, rule))
    given = workday(date(year, 1, draw.randint(8, 12)))
    yield HandIn(office_hour(given, draw), f"plan {year}", partial(_plan, city, year, given))
    listed = workday(date(year, 1, 20))
    yield HandIn(office_hour(listed, draw), f"tasks {year}", partial(_tasks, city, year, listed))
    for quarter in REPORTS:
        at = office_opens(workday(due(year, quarter) - OPENED))
        yield HandIn(at, f"round {year} {quarter}", partial(_round, city, year, quarter))
    for one in revisions(year):
        at = office_hour(workday(one.day), draw)
        yield HandIn(at, f"revision {year} {one.indicator}", partial(_revision, city, year, one))


def _at(year: int, month: int, day: int) -> datetime:
    return office_hour(workday(date(year, month, day)), chance("at", year, month, day))


def _catalogue(city: City, year: int, desk: Desk) -> Submission:  # noqa: ARG001 - as every act
    note = "Danh mục của thành phố mẫu" if year == city.years[0] else "Sắp xếp đơn vị hành chính"
    return Submission(
        person=OFFICE, channel=Channel.CATALOGUE, note=note, catalogue=city.catalogue(year)
    )


def _rule(city: City, year: int, stage: Stage, reason: str) -> YearRule:
    margin = Decimal(MARGINS.get(year - city.years[0], "0.1"))
    return YearRule(year, stage, margin, date(year, 12, 1), reason)


def _closing(year: int) -> str:
    return (
        f"Số liệu năm {year} đã được hội nghị tổng kết thông qua; "
        "những chỉ tiêu còn thiếu, còn chênh lệch đã được giải trình."
    )


def _year(rule: YearRule, desk: Desk) -> Submission:  # noqa: ARG001
    return Submission(person=OFFICE, channel=Channel.YEAR, years=(rule,), note=str(rule.year))


def _round(city: City, year: int, quarter: int, desk: Desk) -> Submission:  # noqa: ARG001
    one = round_of(city.frame, year, quarter)
    note = f"Đợt báo cáo {Words('vi')(f'period.{one.period}')} năm {year}"
    return Submission(person=OFFICE, channel=Channel.YEAR, rounds=(one,), note=note)


def _plan(city: City, year: int, given: date, desk: Desk) -> Submission:  # noqa: ARG001
    lines, exempt = january(city, year)
    file, facts = files.plan(f"giao-chi-tieu-{year}.csv", year, lines)
    number = f"{chance('plan number', year).randint(20, 190)}/QĐ-UBND"
    title = f"Quyết định giao chỉ tiêu năm {year} (số liệu mẫu)"
    return Submission(
        person=OFFICE, channel=Channel.GENERATED, files=(file,), facts=(*facts, *exempt),
        document=Document(title, number, given, ISSUER), note=f"Giao chỉ tiêu năm {year}",
    )  # fmt: skip


def january(city: City, year: int) -> tuple[list[files.Asked], list[Fact]]:
    """The lines of the year's plan, and the exemptions that stand beside it."""
    lines = [files.Asked(CODE, "HDND.01", None)]
    exempt: list[Fact] = []
    for place in city.places(year):
        for indicator in city.frame.indicators:
            asked = goal(city, place, indicator, year)
            key = (place.code, indicator.code)
            if asked.exempt:
                exempt.append(
                    Expectation(
                        year=year, unit=place.code, indicator=indicator.code, duty=Duty.EXEMPT,
                        note=asked.exempt,
                    )
                )  # fmt: skip
            line = files.asked(*key, asked)
            lines += [line] if line else []
            if line and line.target and indicator.code == QUARTERLY:
                parts = by_quarter(line.target, (1, 1, 1, 1))
                lines += [
                    files.Asked(*key, part, period)
                    for part, period in zip(parts, QUARTERS, strict=True)
                ]
    return lines, exempt


def _revision(city: City, year: int, one: Revision, desk: Desk) -> Submission:  # noqa: ARG001
    indicator = city.frame.indicator[one.indicator]
    goals = [(p.code, goal(city, p, indicator, year)) for p in city.places(year)]
    facts = tuple(
        Target(
            year=year, unit=unit, indicator=one.indicator, value=asked.target, note=one.reason,
            decision=one.number, decision_date=one.day,
        )
        for unit, asked in goals
        if asked.target != asked.first
    )  # fmt: skip
    title = f"Quyết định điều chỉnh chỉ tiêu năm {year} (số liệu mẫu)"
    return Submission(
        person=OFFICE, channel=Channel.GENERATED, facts=facts, note=one.reason,
        document=Document(title, one.number, one.day, ISSUER),
    )  # fmt: skip


def _tasks(city: City, year: int, listed: date, desk: Desk) -> Submission:  # noqa: ARG001
    found = [task for place in city.places(year) for task in tasks(city, place, year)]
    found += city_tasks(year)
    number = f"{chance('tasks number', year).randint(5, 60)}/KH-UBND"
    title = f"Kế hoạch cải cách hành chính và công tác dân vận năm {year} (số liệu mẫu)"
    rows = [
        task.entry(year, evidence="", state="regular" if task.state == "regular" else "waiting")
        for task in found
    ]
    return Submission(
        person=OFFICE, channel=Channel.GENERATED, entries=rows,
        document=Document(title, number, listed, ISSUER), note=f"Danh sách nhiệm vụ năm {year}",
    )  # fmt: skip
