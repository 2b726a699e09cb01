"""What the verbs of the log are called on a page."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

register = template.Library()

TITLES = {
    "inspection.open": gettext_noop("Mở cuộc kiểm tra"),
    "inspection.move": gettext_noop("Chuyển trạng thái"),
    "inspection.cancel": gettext_noop("Hủy cuộc kiểm tra"),
    "visit.begin": gettext_noop("Bắt đầu lượt niêm phong"),
    "visit.remove": gettext_noop("Xóa bản ghi nháp"),
    "sealing.open_all": gettext_noop("Mở toàn bộ phần niêm phong"),
    "sealing.change": gettext_noop("Sửa phần niêm phong"),
    "sealing.release": gettext_noop("Cho thành viên đoàn biết"),
    "sealing.look": gettext_noop("Mở xem phần niêm phong"),
    "seal.ask_break": gettext_noop("Đề nghị mở khẩn cấp niêm phong"),
    "seal.break": gettext_noop("Xác nhận mở khẩn cấp niêm phong"),
    "seal.note_break": gettext_noop("Đã đọc việc mở khẩn cấp"),
    "team.change": gettext_noop("Sửa đoàn kiểm tra"),
    "team.leave": gettext_noop("Rút khỏi đoàn"),
    "team.divide": gettext_noop("Chia tổ"),
    "conflict.declare": gettext_noop("Khai báo xung đột lợi ích"),
    "conflict.waive": gettext_noop("Chấp nhận xung đột lợi ích"),
    "recusal.add": gettext_noop("Ghi hồi tị thường xuyên"),
    "recusal.end": gettext_noop("Chấm dứt hồi tị"),
    "decision.number": gettext_noop("Ghi số quyết định"),
    "visit.add": gettext_noop("Thêm lượt kiểm tra"),
    "visit.record": gettext_noop("Ghi kết quả"),
    "visit.sign": gettext_noop("Ký biên bản"),
    "visit.annul": gettext_noop("Hủy lượt kiểm tra"),
    "visit.add_addendum": gettext_noop("Ký biên bản bổ sung"),
    "minutes.number": gettext_noop("Ghi số biên bản"),
    "report.submit": gettext_noop("Nộp báo cáo kết quả"),
    "conclusion.draft": gettext_noop("Soạn dự thảo kết luận"),
    "conclusion.change": gettext_noop("Sửa dự thảo kết luận"),
    "conclusion.share": gettext_noop("Lấy ý kiến đơn vị"),
    "conclusion.reply": gettext_noop("Đơn vị có ý kiến"),
    "conclusion.return": gettext_noop("Trả lại dự thảo"),
    "conclusion.approve": gettext_noop("Duyệt kết luận"),
    "conclusion.issue": gettext_noop("Ghi nhận ban hành kết luận"),
    "conclusion.number": gettext_noop("Ghi số kết luận"),
    "visit.import": gettext_noop("Nạp từ tệp"),
    "remedy.confirm": gettext_noop("Xác nhận khắc phục"),
    "recommendation.draft": gettext_noop("Soạn kiến nghị"),
    "recommendation.change": gettext_noop("Sửa kiến nghị"),
    "recommendation.issue": gettext_noop("Ban hành kiến nghị"),
    "recommendation.import": gettext_noop("Nạp kiến nghị từ tệp"),
    "recommendation.acknowledge": gettext_noop("Đơn vị nhận kiến nghị"),
    "recommendation.verify": gettext_noop("Xác nhận đã khắc phục"),
    "recommendation.close": gettext_noop("Kết thúc kiến nghị"),
    "recommendation.move_term": gettext_noop("Đổi hạn theo lịch nghỉ"),
    "remedy.report": gettext_noop("Báo cáo khắc phục"),
    "remedy.accept_part": gettext_noop("Chấp nhận một phần"),
    "remedy.return": gettext_noop("Trả lại báo cáo"),
    "extension.decide": gettext_noop("Trả lời đề nghị gia hạn"),
    "concerned.add": gettext_noop("Ghi người liên quan"),
    "concerned.remove": gettext_noop("Bỏ người liên quan"),
    "measure.propose": gettext_noop("Đề nghị xử lý trách nhiệm"),
    "measure.record": gettext_noop("Ghi quyết định xử lý"),
    "measure.decline": gettext_noop("Ghi kết quả không xử lý"),
    "measure.look": gettext_noop("Mở xem họ tên"),
    "retention.erase": gettext_noop("Xóa dữ liệu cá nhân hết thời hạn"),
    "visit.pick": gettext_noop("Chọn ngẫu nhiên hồ sơ"),
    "file.add": gettext_noop("Thêm ảnh, tệp"),
    "file.describe": gettext_noop("Sửa chú thích ảnh, tệp"),
    "file.remove": gettext_noop("Bỏ ảnh, tệp"),
    "file.restore": gettext_noop("Đưa ảnh, tệp trở lại"),
    "file.look": gettext_noop("Mở bản gốc của ảnh, tệp"),
    "finding.add": gettext_noop("Thêm tồn tại"),
    "finding.change": gettext_noop("Sửa tồn tại"),
    "finding.remove": gettext_noop("Bỏ tồn tại"),
    "draw.commit": gettext_noop("Cam kết bốc thăm"),
    "draw.draw": gettext_noop("Ghi kết quả nguồn công khai, bốc thăm"),
    "draw.look": gettext_noop("Mở xem phần niêm phong"),
    "draw.open": gettext_noop("Mở cuộc kiểm tra từ kết quả bốc thăm"),
    "draw.seat": gettext_noop("Đưa người trúng thăm vào đoàn"),
    "draw.reveal": gettext_noop("Công bố"),
    "draw.abandon": gettext_noop("Bỏ lần bốc thăm"),
}


@register.filter
def act_title(verb: str) -> str:
    """The verb as a person says it; an unknown one as it is written in the log."""
    return _(TITLES[verb]) if verb in TITLES else verb
