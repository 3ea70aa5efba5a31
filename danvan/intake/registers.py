"""Register lists: models, tasks and awards, a row each, under the headings offices give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from danvan.errors import Problem, Severity
from danvan.intake.book import Value, cell_name
from danvan.intake.difference import Change
from danvan.intake.headings import Axis
from danvan.intake.labels import Labels
from danvan.intake.layout import Table
from danvan.intake.spelling import spelled, without_brackets
from danvan.model import Entry, File, Origin, Register
from danvan.registers.days import kept_day
from danvan.registers.repeats import repeated
from danvan.rows import Row, rows_of
from danvan.store.schema import ENTRY_COLUMNS

HEADINGS: dict[Register, dict[str, str]] = {
    Register.MODEL: {
        "name": "tên mô hình|mô hình|tên mô hình điển hình|mô hình điển hình|tên mô hình cách làm|"
        "tên mô hình dân vận khéo|mô hình dân vận khéo|tên mô hình đăng ký|nội dung mô hình",
        "unit": "đơn vị|xã phường|địa phương|phường xã|đơn vị đăng ký",
        "holder": "đơn vị thực hiện|đơn vị cá nhân thực hiện|tập thể cá nhân thực hiện|chủ thể|"
        "người thực hiện|tổ chức thực hiện|tập thể cá nhân|tập thể cá nhân đăng ký|đơn vị phụ trách",
        "address": "địa chỉ|địa chỉ thực hiện|địa bàn|nơi thực hiện|địa điểm|khóm ấp",
        "field": "lĩnh vực|lĩnh vực đăng ký|mảng|thuộc lĩnh vực|nhóm lĩnh vực",
        "approach": "nội dung|cách làm|nội dung cách làm|nội dung thực hiện|cách thức thực hiện",
        "effect": "kết quả|hiệu quả|xếp loại|kết quả thực hiện|hiệu quả mang lại|kết quả đạt được",
        "state": "trạng thái|tình trạng|công nhận|kết quả công nhận|mức công nhận",
        "renewal": "mới duy trì|mới duy trì nhân rộng|hình thức đăng ký|năm đăng ký|loại hình|mới hay duy trì",
        "decision": "số quyết định|quyết định|số qđ|qđ công nhận|quyết định công nhận|số quyết định công nhận",
        "decided_on": "ngày quyết định|ngày|ngày công nhận|ngày qđ",
        "kind": "loại|tập thể hay cá nhân|đối tượng",
        "note": "ghi chú",
    },
    Register.TASK: {
        "name": "nhiệm vụ|nội dung nhiệm vụ|tên nhiệm vụ|nội dung công việc|nhiệm vụ trọng tâm",
        "kind": "trọng tâm|là nhiệm vụ trọng tâm|nhiệm vụ trọng tâm có không",
        "area": "lĩnh vực|nhóm nhiệm vụ",
        "owner": "cơ quan chủ trì|đơn vị chủ trì|chủ trì|đơn vị thực hiện|cơ quan thực hiện|phụ trách",
        "co_owners": "cơ quan phối hợp|đơn vị phối hợp|phối hợp",
        "deadline": "thời hạn|thời hạn hoàn thành|thời gian hoàn thành|thời gian thực hiện|hạn hoàn thành|thời gian",
        "product": "sản phẩm|sản phẩm đầu ra|sản phẩm kết quả|kết quả đầu ra|sản phẩm hoàn thành|kết quả sản phẩm",
        "state": "tiến độ|trạng thái|tình trạng|kết quả thực hiện|tình hình thực hiện|tiến độ thực hiện|kết quả",
        "finished_on": "ngày hoàn thành",
        "evidence": "minh chứng|văn bản|số văn bản|tài liệu kiểm chứng",
        "note": "ghi chú",
    },
    Register.AWARD: {
        "name": "họ và tên tên tập thể|họ tên tập thể cá nhân|họ và tên tập thể cá nhân|họ tên|họ và tên|tên tập thể|tập thể cá nhân|tên tập thể cá nhân|họ tên tập thể|"
        "tập thể cá nhân được khen|họ và tên tập thể|họ tên tên tập thể|cá nhân tập thể|tên đơn vị cá nhân|"
        "tập thể cá nhân được khen thưởng",
        "recipient": "chức vụ|chức vụ đơn vị|chức danh|chức vụ đơn vị công tác|đơn vị công tác|chức vụ nơi công tác",
        "unit": "đơn vị|xã phường|địa phương",
        "kind": "loại|đối tượng|tập thể hay cá nhân",
        "form": "hình thức|hình thức khen|hình thức khen thưởng|danh hiệu|khen thưởng|danh hiệu hình thức khen thưởng",
        "level": "cấp khen|cấp khen thưởng|cấp|cơ quan khen|cấp quyết định",
        "decision": "số quyết định|quyết định|số qđ|số quyết định khen thưởng|quyết định số",
        "decided_on": "ngày|ngày quyết định|ngày qđ|ngày ký|ngày tháng",
        "signatory": "người ký",
        "reason": "thành tích|nội dung|nội dung khen|lý do|nội dung thành tích|lĩnh vực|nội dung khen thưởng",
        "note": "ghi chú",
    },
}
PLACED: dict[Register, tuple[str, ...]] = {
    Register.MODEL: ("unit", "holder", "address"),
    Register.TASK: ("unit",),
    Register.AWARD: (
        "unit",
        "recipient",
        "name",
    ),  # who was awarded; other names only mention units
}
"""The columns that may say whose a row is."""
SIGNS: dict[Register, set[str]] = {
    Register.MODEL: {"field", "holder", "address", "approach", "renewal", "effect"},
    Register.TASK: {"owner", "co_owners", "deadline", "product"},
    Register.AWARD: {"form", "decision", "level"},
}
"""With the name, one of these headings makes a table that register."""
STATES: dict[Register, dict[str, str]] = {
    Register.MODEL: {
        "đăng ký": "registered", "đã đăng ký": "registered", "đạt": "recognised",
        "được công nhận": "recognised", "công nhận": "recognised", "đã công nhận": "recognised",
        "thẩm định": "appraised", "đã thẩm định": "appraised", "tiêu biểu": "outstanding",
        "nhân rộng": "outstanding", "được khen thưởng": "rewarded", "khen thưởng": "rewarded",
        "không đạt": "refused", "chưa đạt": "refused", "không công nhận": "refused",
    },
    Register.TASK: {
        "đã hoàn thành": "done", "hoàn thành": "done", "đạt": "done", "xong": "done",
        "đang thực hiện": "doing", "chưa thực hiện": "waiting", "chưa hoàn thành": "doing",
        "hoàn thành đúng hạn": "done", "hoàn thành trước hạn": "done", "đúng hạn": "done",
        "trước hạn": "done", "đúng tiến độ": "doing", "đạt 100 %": "done", "hoàn thành 100 %": "done",
        "hoàn thành trễ hạn": "done", "đang triển khai": "doing",
        "quá hạn": "overdue", "trễ hạn": "overdue", "thường xuyên": "regular", "100": "done", "100 %": "done",
    },
    Register.AWARD: {},
}  # fmt: skip
MARKS = {spelled(text) for text in ("x", "có", "trọng tâm", "nhiệm vụ trọng tâm", "1", "v")}
KINDS = {spelled("tập thể"): "collective", spelled("cá nhân"): "individual"}
SPELLED = {
    register: {
        spelled(text): column for column, texts in columns.items() for text in texts.split("|")
    }
    for register, columns in HEADINGS.items()
}
SPELLED_STATES = {
    register: {spelled(text): state for text, state in states.items()}
    for register, states in STATES.items()
}


@dataclass(frozen=True)
class Listing:
    """A table that is a register: which, and what its columns hold."""

    register: Register
    columns: dict[int, str]


def listing(table: Table) -> Listing | None:
    """The register a table is by its headings; None for a table of figures."""
    for register, known in SPELLED.items():
        columns: dict[int, str] = {}
        for column in table.columns.values():
            for text in (column.text, *(label.text for label in reversed(column.labels))):
                found = known.get(spelled(text)) or known.get(spelled(without_brackets(text)))
                mark = KINDS.get(spelled(text))
                if mark and register is not Register.TASK:
                    found = found or f"mark:{mark}"
                if found and found not in columns.values():
                    columns[column.index] = found
                    break
        named = set(columns.values())
        if "name" in named and named & SIGNS[register] and not _has_figures(table, columns):
            return Listing(register, columns)
    return None


def lists_figures(labels: Labels, table: Table, found: Listing) -> bool:
    """Whether the names of a list are indicators or numbers: then it states figures."""
    column = next(c for c, name in found.columns.items() if name == "name")
    values = [labels.value(row, column) for row in table.rows]
    named = [value for value in values if value is not None]
    strange = sum(
        not isinstance(value, str) or bool(labels.label(value).indicator) for value in named
    )
    return 2 * strange > len(named)


def _has_figures(table: Table, known: dict[int, str]) -> bool:
    """A table with targets and results of indicators is none, whatever else it says."""
    return any(
        "target" in map(str, column.fields) and column.index not in known
        for column in table.columns.values()
    )


class RegisterReader:
    """Reads the rows of one register table into entries; `ask` is called where a state is unknown."""

    def __init__(
        self,
        labels: Labels,
        table: Table,
        found: Listing,
        file: File,
        year: int,
        unit: str | None,
        allowed: frozenset[str] | None,
    ) -> None:
        self.labels, self.table, self.found, self.file = labels, table, found, file
        self.year, self.unit, self.allowed = year, unit, allowed
        self.group: str | None = None  # the unit that a row above heads
        self.doubts: list[tuple[Severity, str, tuple[int, int], str]] = []

    def read(self) -> list[Entry]:
        """An entry for every row with a name; group rows and totals have none."""
        entries = []
        for row in self.table.rows:
            cells = {
                name: (column, self._text(row, column))
                for column, name in self.found.columns.items()
            }
            name = cells["name"][1]
            others = [text for key, (_, text) in cells.items() if key != "name" and text]
            units = (self.labels.names.unit(text) for text in self._texts(row))
            headed = None if others else next((unit for unit in units if unit), None)
            if headed:
                self.group = headed
            elif name and (others or self._is_counted(row)) and not self.labels.label(name).total:
                entry = self._entry(row, name, cells)
                if entry is not None:
                    entries.append(entry)
        return entries

    def _entry(self, row: int, name: str, cells: dict[str, tuple[int, str]]) -> Entry | None:
        column = cells["name"][0]
        unit = self._unit([cells[k][1] for k in PLACED[self.found.register] if k in cells])
        if unit is None:
            self.doubts.append((Severity.QUESTION, "unit_not_named", (row, column), name))
            return None
        if self.allowed is not None and unit not in self.allowed:
            self.doubts.append((Severity.ERROR, "entry_of_other_unit", (row, column), name))
            return None
        values = {
            key: text
            for key, (_, text) in cells.items()
            if text and key not in ("name", "unit", "kind") and not key.startswith("mark:")
        }
        if "state" in values:
            state = self._state(row, *cells["state"])
            if state is None:
                return None
            values["state"] = state
        values |= self._kind(cells)
        for key in ("decided_on", "finished_on"):
            if key in values:
                values[key] = kept_day(values[key])
        if self.found.register is Register.AWARD:
            values.setdefault("recipient", name)
        place = Origin(self.file, self.labels.sheet.name, cell_name(row, column), name)
        return Entry(
            register=self.found.register, year=self.year, unit=unit, name=name,
            values=tuple(sorted(values.items())), origin=place,
        )  # fmt: skip

    def _texts(self, row: int) -> list[str]:
        return [self.labels.text(row, column) for column in self.table.columns]

    def _is_counted(self, row: int) -> bool:
        """Whether the row has a number in the list: a name alone is an entry then, else a heading."""
        items = [c.index for c in self.table.columns.values() if Axis.ITEM in c.axes]
        return any(isinstance(self.labels.value(row, item), int | float) for item in items)

    def _text(self, row: int, column: int) -> str:
        return _shown(self.labels.value(row, column))

    def _unit(self, texts: Sequence[str]) -> str | None:
        """The unit the row names, first as a whole and then within longer texts."""
        names = self.labels.names
        for text in texts:
            found = names.unit(text)
            if found:
                return found
        for text in texts:
            mentioned = names.mentioned_units(text)
            if len(mentioned) == 1:
                return mentioned[0]
        strange = any(names.looks_like_unit(text) for text in texts[:1])
        return None if strange else self.group or self.unit

    def _state(self, row: int, column: int, text: str) -> str | None:
        known = SPELLED_STATES[self.found.register].get(spelled(text))
        if known is None:
            self.doubts.append((Severity.ERROR, "state_unknown", (row, column), text))
        return known

    def _kind(self, cells: dict[str, tuple[int, str]]) -> dict[str, str]:
        """Collective or individual, in a column of its own or as a mark in one of two; of a task
        whether it is marked as one of the key ones.
        """
        if self.found.register is Register.TASK:
            said = spelled(cells["kind"][1]) if "kind" in cells else ""
            return {"kind": "key"} if said in MARKS else {}
        kinds = (
            [KINDS[k] for k in [spelled(cells["kind"][1])] if k in KINDS] if "kind" in cells else []
        )
        kinds += [
            key.partition(":")[2]
            for key, (_, text) in cells.items()
            if key.startswith("mark:") and text
        ]
        return {"kind": kinds[0]} if kinds else {}


def _shown(value: Value) -> str:
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()


def matched(
    entries: Sequence[Entry], standing: dict[Register, pd.DataFrame]
) -> list[tuple[Entry, Change]]:
    """Each entry as a new row, or as a restatement of the row of the same unit and name."""
    known = {
        (register, row["unit"], spelled(row["name"])): row
        for register, frame in standing.items()
        for row in rows_of(frame)
    }
    found = []
    for entry in entries:
        row = known.get((entry.register, entry.unit, spelled(entry.name)))
        if row is None:
            found.append((entry, Change.NEW))
            continue
        same = all(row.get(name, "") == text for name, text in entry.values)
        # what this list does not say stays as it was said before
        columns = ENTRY_COLUMNS[entry.register]
        values = {name: str(row[name]) for name in columns if row[name]} | dict(entry.values)
        again = replace(entry, entry=int(row["entry"]), values=tuple(sorted(values.items())))
        found.append((again, Change.SAME if same else Change.CHANGED))
    return found


def registered_before(
    entries: Sequence[tuple[Entry, Change]], models: pd.DataFrame
) -> list[Problem]:
    """A warning for each new model that the unit registered before; `models` are those of all years."""
    found = []
    for entry, change in entries:
        if entry.register is not Register.MODEL or change is not Change.NEW:
            continue
        before = rows_of(repeated(models, entry.unit, entry.name))
        if before:
            place, last = entry.origin, before[0]
            file = place.file.name if place.file else ""
            found.append(
                Problem(
                    Severity.WARNING, "model_before", file, place.sheet, place.cell, "",
                    entry.name, said_of(last),
                )
            )  # fmt: skip
    return found


def said_of(model: Row) -> dict[str, object]:
    """What a problem says of a model that there is already."""
    return {"name": model["name"], "year": model["year"], "state": model["state"] or "registered"}
