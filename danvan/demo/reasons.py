"""Reasons: what units write beside a figure that falls short."""

from __future__ import annotations

from random import Random

from danvan.demo.chance import chance

USUAL = (
    "Cán bộ phụ trách chuyển công tác giữa năm, người thay chưa kịp nắm việc.",
    "Kinh phí được cấp chậm, các hoạt động dồn vào quý IV.",
    "Công tác phối hợp giữa các ngành, đoàn thể có lúc chưa chặt chẽ.",
    "Đơn vị đăng ký chỉ tiêu cao hơn khả năng thực tế.",
    "Số liệu chưa tính các hoạt động do cấp trên tổ chức tại địa bàn.",
)
OF_AREA = {
    "CCHC": (
        "Phần mềm một cửa gặp lỗi, một phần hồ sơ chưa được ghi nhận.",
        "Người dân chưa quen nộp hồ sơ trực tuyến, cần hướng dẫn thêm.",
        "Hồ sơ đất đai nhiều, phải lấy ý kiến nhiều cơ quan nên kéo dài.",
    ),
    "TDDT": (
        "Một số vụ việc phức tạp, còn trong thời hạn giải quyết.",
        "Kiến nghị về đất đai phải chờ ý kiến của cơ quan chuyên môn.",
        "Mưa bão kéo dài nên phải dời lịch đối thoại với Nhân dân.",
    ),
    "QCX": (
        "Khóm, ấp sắp xếp lại nhân sự nên tổ chức chậm so với kế hoạch.",
        "Mưa bão kéo dài nên phải dời nhiều cuộc họp dân.",
        "Nhân dân còn khó khăn do giá nông sản giảm, chưa vận động đủ.",
    ),
    "QCD": (
        "Doanh nghiệp nhỏ, ít lao động, ngại tổ chức đối thoại định kỳ.",
        "Một số doanh nghiệp tạm ngừng hoạt động trong năm.",
    ),
    "GSCD": (
        "Công trình chuyển sang năm sau, chưa có nội dung để giám sát.",
        "Ban Thanh tra nhân dân mới được bầu lại, chưa quen việc.",
    ),
    "HGCS": ("Mâu thuẫn về đất đai, thừa kế khó hòa giải, các bên đưa ra tòa.",),
    "DVK": (
        "Hồ sơ mô hình đã hoàn thành nhưng chờ thẩm định, công nhận.",
        "Một số mô hình đăng ký chưa rõ cách làm, phải chọn lại.",
    ),
    "MTTQ": (
        "Nhiều hội viên đi làm ăn xa nên việc tập hợp chưa đạt như kế hoạch.",
        "Đang đại hội các đoàn thể nên một số cuộc giám sát chuyển sang năm sau.",
    ),
    "TQ": ("Một số tổ hoạt động hình thức, phải sáp nhập, củng cố lại.",),
    "LLVT": ("Một số thanh niên đủ điều kiện đi làm xa, không đạt sức khỏe.",),
    "NTM": (
        "Hộ nghèo phát sinh do bệnh tật, thiên tai.",
        "Chưa vận động đủ kinh phí, giá vật tư xây dựng tăng cao.",
    ),
}


def reason(area: str, *about: object) -> str:
    """A sentence for most of what falls short; the others are silent."""
    draw = chance("reason", area, *about)
    return _chosen(area, draw) if draw.random() <= 0.65 else ""


def sentence(area: str, *about: object) -> str:
    """A sentence for whatever has to be explained."""
    return _chosen(area, chance("explained", area, *about))


def _chosen(area: str, draw: Random) -> str:
    own = OF_AREA.get(area, ())
    return draw.choice(own if own and draw.random() < 0.7 else USUAL)
