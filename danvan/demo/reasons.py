"""Reasons: what units write beside a figure that falls short."""

from __future__ import annotations

from danvan.demo.chance import chance

REASONS = (
    "Một số hội viên đi làm ăn xa nên việc tập hợp chưa đạt như kế hoạch.",
    "Cán bộ phụ trách chuyển công tác giữa năm, người thay chưa kịp nắm việc.",
    "Kinh phí được cấp chậm, các hoạt động dồn vào quý IV.",
    "Mưa bão kéo dài nên phải dời nhiều cuộc họp dân.",
    "Nhân dân còn khó khăn do giá nông sản giảm, chưa vận động đủ.",
    "Hồ sơ đã hoàn thành nhưng chờ thành phố thẩm định, công nhận.",
    "Đơn vị đăng ký chỉ tiêu cao hơn khả năng thực tế.",
    "Công tác phối hợp giữa các đoàn thể có lúc chưa chặt chẽ.",
    "Một số vụ việc phức tạp, còn trong thời hạn giải quyết.",
    "Khóm, ấp sắp xếp lại nhân sự nên tổ chức chậm so với kế hoạch.",
    "Công trình chuyển sang năm sau, chưa có nội dung để giám sát.",
    "Tập trung phục vụ bầu cử và đại hội nên một số việc chậm tiến độ.",
    "Phần mềm một cửa gặp lỗi, một phần hồ sơ chưa được ghi nhận.",
    "Người dân chưa quen nộp hồ sơ trực tuyến, cần hướng dẫn thêm.",
    "Doanh nghiệp nhỏ, ít lao động, ngại tổ chức đối thoại định kỳ.",
    "Số liệu chưa tính các hoạt động do cấp trên tổ chức tại địa bàn.",
)


def reason(*about: object) -> str:
    """A sentence for most of what falls short; the others are silent."""
    draw = chance("reason", *about)
    return draw.choice(REASONS) if draw.random() < 0.65 else ""
