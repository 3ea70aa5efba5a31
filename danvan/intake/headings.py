"""Headings: what a label says about the cells below or beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

from danvan.intake.measures import KNOWN
from danvan.intake.spelling import spelled, without_brackets, without_item
from danvan.intake.stated import Field
from danvan.intake.times import SILENT, Time, time_of


class Axis(StrEnum):
    """What a column of labels lists."""

    UNIT = "unit"
    INDICATOR = "indicator"
    ITEM = "item"  # numbers of the list
    PERIOD = "period"
    YEAR = "year"
    PART = "part"  # parts of a ward, whose figures nobody keeps
    OTHER = "other"  # known, and says nothing about figures
    TOTAL = "total"
    VALUE = "value"  # a number of whatever the headings above say


@dataclass(frozen=True)
class Said:
    """What one label says; everything empty is left to others."""

    fields: frozenset[Field] = frozenset()
    axes: frozenset[Axis] = frozenset()
    time: Time = SILENT
    rest: str = field(default="", compare=False)  # what was not understood, spelled

    @property
    def known(self) -> bool:
        """Whether the label is a heading through and through."""
        times = self.time.says or self.time.years or self.time.former
        return bool(self.fields or self.axes or times) and not self.rest


FIELDS: dict[Field, str] = {
    Field.TARGET: "kế hoạch|kh|chỉ tiêu|ct|chỉ tiêu giao|chỉ tiêu được giao|chỉ tiêu kế hoạch|"
    "kế hoạch giao|kế hoạch được giao|mục tiêu|giao|được giao|chỉ tiêu đề ra|chỉ tiêu nghị quyết|"
    "chỉ tiêu kh|kh giao|ct giao|kế hoạch đề ra|chỉ tiêu phấn đấu|phấn đấu|số giao|"
    "chỉ tiêu trên giao|chỉ tiêu tp giao|chỉ tiêu thành phố giao|kế hoạch cả|kế hoạch điều chỉnh|kế hoạch đầu|kế hoạch cả năm|"
    "kế hoạch năm|chỉ tiêu năm|target|chỉ tiêu kế hoạch giao|chỉ tiêu được phân bổ|phân bổ",
    Field.RESULT: "kết quả|thực hiện|th|kq|kết quả thực hiện|đã thực hiện|đạt được|kết quả đạt được|"
    "thực hiện được|kqth|kq th|lũy kế|cộng dồn|ước thực hiện|ước th|ước đạt|ước kết quả|thực hiện trong tháng|th trong tháng|thực hiện trong kỳ|th trong kỳ|thực hiện trong quý|lũy kế thực hiện|lũy kế đến|lũy kế từ đầu năm|thực hiện từ đầu năm|lk|kết quả lũy kế|thực hiện lũy kế|đạt|"
    "thực hiện đến nay|số đã thực hiện|kết quả đạt|result|hoàn thành|đã hoàn thành|"
    "thực hiện năm|kết quả năm|kết quả thực hiện năm|số thực hiện|thực hiện đạt|kết quả báo cáo",
    Field.RATIO: "đạt %|ước đạt %|% đạt|tỷ lệ|tỷ lệ %|% hoàn thành|tỷ lệ đạt|tỷ lệ hoàn thành|đạt tỷ lệ|%|"
    "so với kế hoạch|% so với kế hoạch|so với chỉ tiêu|% so kh|% kh|đạt tỷ lệ %|so với kh|đạt|"
    "tỷ lệ đạt %|tỷ lệ thực hiện|% thực hiện|mức độ hoàn thành|mức hoàn thành|% th/kh|th/kh|"
    "tỷ lệ % đạt|tỷ lệ % hoàn thành|tỷ lệ hoàn thành %|th kh|% th kh|so kh|so kế hoạch|"
    "% so với kh|tỷ lệ đạt so với kế hoạch|% kế hoạch|đạt so với kế hoạch|so với kế hoạch %|"
    "tỷ lệ so với kế hoạch|tỷ lệ th kh|tỷ lệ th kh %|mức đạt|so với nq|so với nghị quyết",
    Field.NUMERATOR: "tử số|numerator",
    Field.DENOMINATOR: "mẫu số|denominator",
    Field.PAIR: "hoàn thành tổng số|đã hoàn thành tổng số|thực hiện kế hoạch|th kh số|"
    "kết quả kế hoạch|kết quả chỉ tiêu|thực hiện tổng số|đạt tổng số|số thực hiện tổng số|"
    "kết quả tổng số|số hoàn thành tổng số|thực hiện chỉ tiêu|hoàn thành kế hoạch",
    Field.LOWER: "mức dưới|từ|tối thiểu",
    Field.UPPER: "mức trên|đến|tối đa",
    Field.BASELINE: "mức nền|hiện trạng|baseline",
    Field.NOTE: "ghi chú|giải trình|nguyên nhân|lý do|note|ghi chú giải trình|diễn giải|minh chứng",
    Field.STATUS: "tình trạng|trạng thái",
    Field.MEASURE: "đvt|đơn vị tính|đv tính|dvt|đơn vị đo|measure|đ v t",
}
AXES: dict[Axis, str] = {
    Axis.UNIT: "đơn vị|tên đơn vị|xã phường|phường xã|địa phương|xã phường thị trấn|các đơn vị|"
    "tên xã phường|tên phường xã|các xã phường|các phường xã|cơ sở|địa bàn|đơn vị thực hiện|"
    "đơn vị báo cáo|đơn vị cơ sở|đảng bộ|đơn vị xã phường|đơn vị hành chính|tên địa phương|"
    "phường|xã|phường và xã|xã và phường|đơn vị phường xã|unit|ubnd xã phường|ubnd phường xã",
    Axis.INDICATOR: "chỉ tiêu|nội dung|tên chỉ tiêu|nội dung chỉ tiêu|tiêu chí|danh mục|nội dung công việc|"
    "nội dung thực hiện|các chỉ tiêu|chỉ tiêu nhiệm vụ|nhiệm vụ chỉ tiêu|chỉ tiêu chủ yếu|nội dung báo cáo|"
    "các chỉ tiêu chủ yếu|chỉ tiêu thi đua|tên nội dung|hạng mục|lĩnh vực nội dung|công việc|"
    "nội dung các chỉ tiêu|nội dung hoạt động|hoạt động|indicator|nội dung nhiệm vụ|lĩnh vực chỉ tiêu",
    Axis.ITEM: "stt|tt|số tt|số thứ tự|s tt|mã số|mã|no|ma",
    Axis.PERIOD: "kỳ|kỳ báo cáo|thời gian|quý|tháng|period|thời điểm",
    Axis.PART: "khóm|ấp|khóm ấp|ấp khóm|thôn|tổ dân phố|khu phố|chi bộ|tên khóm ấp|tên khóm|tên ấp",
    Axis.YEAR: "năm|năm báo cáo|năm thực hiện",
    Axis.OTHER: "lĩnh vực|cơ quan chủ trì|đơn vị chủ trì|người phụ trách|phụ trách|căn cứ|"
    "đơn vị phối hợp|cơ quan phối hợp|thời hạn|ký tên|xác nhận|nhóm|mảng|mảng công tác|điện thoại",
    Axis.VALUE: "số lượng|số liệu|số|giá trị|trị số|con số",
    Axis.TOTAL: "tổng cộng|cộng|tổng|tc|tổng số|toàn thành phố|toàn tp|toàn tỉnh|cộng toàn thành phố|"
    "tổng cộng toàn thành phố|tổng toàn thành phố|cộng chung|cộng toàn tp|tổng hợp|toàn địa bàn|"
    "tổng cộng toàn tp|tổng cả thành phố|cả thành phố|thành phố|total|chung toàn thành phố",
}


def _dictionary(table: dict[Field, str] | dict[Axis, str]) -> dict[str, set[str]]:
    index: dict[str, set[str]] = {}
    for meaning, texts in table.items():
        for text in texts.split("|"):
            index.setdefault(spelled(text), set()).add(meaning)
    return index


LISTING = frozenset({Axis.UNIT, Axis.INDICATOR, Axis.ITEM, Axis.PERIOD, Axis.YEAR, Axis.PART})
"""Headings of columns that say what the rows are."""
FORMULA = re.compile(r"[\d\s=+/*:%.,()x-]*")  # (3), (5)=(4)/(3)
MEASURED = (spelled("đvt"), spelled("đơn vị tính"))
FIELD_OF = _dictionary(FIELDS)
AXIS_OF = _dictionary(AXES)
WORDS: tuple[tuple[Field, str, str], ...] = (
    (
        Field.RATIO,
        "% tỷ tỉ",
        (
            "% tỷ tỉ lệ đạt hoàn thành so với kế hoạch kh chỉ tiêu ct th thực hiện mức độ được giao nq "
            "nghị quyết năm"
        ),
    ),
    (
        Field.TARGET,
        "kh kế giao chỉ mục",
        (
            "kh kế hoạch giao chỉ mục tiêu được phấn đấu năm cả tp thành phố đề ra trên số nghị quyết nq "
            "hđnd ubnd theo của đầu"
        ),
    ),
    (
        Field.RESULT,
        "kết thực kq th",
        "kết quả thực hiện kq th đạt được đã lũy kế năm đến nay số hoàn thành báo cáo các",
    ),
)
"""A heading made only of the last words, with one of the first among them, says the field."""
SPELLED_WORDS = tuple(
    (meaning, frozenset(spelled(one).split()), frozenset(spelled(all_).split()))
    for meaning, one, all_ in WORDS
)


@lru_cache(maxsize=20_000)
def said(text: str) -> Said:
    """What a label says as a heading: fields, axes and time; the rest is not understood."""
    times = (time_of(text), time_of(without_item(text)))
    time = next((one for one in times if not spelled(one.rest)), times[0])
    rest = time.rest
    for form in dict.fromkeys((rest, _bare(rest), without_item(rest))):
        key = spelled(form)
        fields, axes = FIELD_OF.get(key), AXIS_OF.get(key)
        fields = fields or (None if axes else _by_words(key))
        if fields or axes or not key:
            known = frozenset(Field(f) for f in fields or ())
            return Said(known, frozenset(Axis(a) for a in axes or ()), time)
    inside = [found for found in re.findall(r"\(([^()]*)\)", rest) if spelled(found) in FIELD_OF]
    if inside and not spelled(without_brackets(rest)):
        return said(inside[0])
    return Said(time=time, rest=spelled(rest))


def _bare(text: str) -> str:
    """The heading without brackets that leave it the same: a measure, a field, the number of a column."""
    for inside in re.findall(r"\(([^()]*)\)", text):
        key = spelled(inside)
        if key in KNOWN or key in FIELD_OF or FORMULA.fullmatch(inside) or key.startswith(MEASURED):
            text = text.replace(f"({inside})", " ")
    return text.strip()


def _by_words(key: str) -> set[str] | None:
    words = set(key.split())
    for meaning, one, every in SPELLED_WORDS:
        if words & one and words <= every:
            return {meaning}
    return None
