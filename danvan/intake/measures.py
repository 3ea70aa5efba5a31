"""Measures: the units of measure offices write, and which of them count the same things."""

from __future__ import annotations

from functools import lru_cache

from danvan.intake.spelling import meaning, spelled

ALIKE = (
    "cuộc|lần|buổi|hội nghị|cuộc họp|đợt|hn",
    "vụ|vụ việc",
    "lượt|lượt người|lần|lượt tiếp",
    "ý kiến|lượt ý kiến|lượt|kiến nghị",
    "người|đồng chí|đ/c|thanh niên|công dân|hội viên|đoàn viên|đv, hv|cá nhân|thành viên|nam",
    "văn bản|vb|bản|quyết định|nghị quyết|nq",
    "mô hình|mh|điển hình|gương",
    "cách làm|mô hình|mh",
    "xã, phường|phường, xã|xã|phường|đơn vị|địa phương|xã phường thị trấn",
    "khóm, ấp|khóm|ấp|đơn vị",
    "cơ quan|đơn vị|cơ quan, đơn vị|trường",
    "doanh nghiệp|DN|đơn vị|công ty",
    "căn|nhà|cái",
    "công trình|ctr",
    "nhiệm vụ|nv|việc|công việc",
    "hồ sơ|hs",
    "tập thể|đơn vị",
    "đoàn|lượt đoàn",
    "tổ",
    "ban",
    "hội quán",
)
"""Words that count the same things, for one indicator or another."""
OTHERS = (
    "%|đồng|nghìn đồng|ngàn đồng|triệu đồng|tr.đồng|trđ|tỷ đồng|1.000 đồng|1.000đ|ngàn đ|nghìn đ|hộ|suất|thủ tục|đơn|"
    "nội dung|tiêu chí|lệnh|bộ|nhóm|lớp|ngày công|m2|chiếc|quyển|phần"
)
NEUTRAL = frozenset(map(spelled, ("cái", "chiếc", "số lượng", "số", "kết quả")))
GROUPS = tuple(frozenset(map(spelled, group.split("|"))) for group in ALIKE)
KNOWN = frozenset().union(*GROUPS, map(spelled, OTHERS.split("|")), NEUTRAL)


@lru_cache(maxsize=5_000)
def counts_the_same(stated: str, own: str, name: str) -> bool:
    """Whether a stated measure may be that of an indicator with this own measure and name."""
    one, other = spelled(stated), spelled(own)
    if one == other or one in NEUTRAL or any({one, other} <= group for group in GROUPS):
        return True
    return one not in KNOWN and meaning(stated) <= meaning(f"{name} {own}")
