"""Directions for figures, periodic reports and declared tables."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .entry import FORM, REASON, RULE, SURE, Help

REPORTS: dict[str, Help] = {
    "reports:figures": Help(
        _("Số liệu của một đơn vị và mọi đơn vị bên dưới, trong một kỳ."),
        _("Đổi đơn vị, kỳ; bấm vào một con số để mở đúng danh sách đứng sau nó; đọc định nghĩa, in."),
    ),
    "reports:list": Help(
        _("Danh sách đứng sau một con số: từng dòng đã được đếm."),
        _("Mở từng dòng để kiểm tra lại; tải danh sách thành tệp."),
    ),
    "reports:definitions": Help(
        _("Mỗi con số đếm gì, trong kỳ nào, bằng câu hỏi nào."),
        _("Tìm con số, đọc định nghĩa; câu truy vấn để ai cũng kiểm tra lại được."),
    ),
    "reports:accountability": Help(
        _("Xử lý trách nhiệm theo đơn vị, hình thức; số quá nhỏ được che."),
        _("Chọn đơn vị, kỳ; mở danh sách đứng sau nếu bạn được xem."),
    ),
    "reports:par": Help(
        _("Bảng chấm điểm cải cách hành chính từ số liệu của hệ thống, kèm tài liệu kiểm chứng."),
        _("Chọn đơn vị, năm; tải bảng và tệp minh chứng."),
    ),
    "reports:par_rules": Help(
        _("Tiêu chí nào được chấm, ngưỡng bao nhiêu điểm, qua từng thời kỳ."),
        _("Mở một tiêu chí để xem hoặc đặt ngưỡng mới."),
    ),
    "reports:par_rule": Help(_("Cách chấm điểm một tiêu chí."), FORM),
    "reports:summary": Help(
        _("Báo cáo tổng hợp kết quả kiểm tra của một đơn vị trong một kỳ."),
        _("Chọn đơn vị, kỳ; đọc, tải Word, PDF hoặc bảng tính."),
    ),
    "reports:ranking": Help(
        _("Xếp hạng đơn vị theo nhóm, và đơn vị nào chưa được xếp, vì sao."),
        _("Chọn đơn vị, kỳ; bấm một đơn vị để xem các con số; đọc quy tắc xếp hạng, tải tệp."),
    ),
    "reports:ranking_rule": Help(_("Đơn vị nào được xếp hạng, theo điều kiện gì."), FORM),
    "rounds:list": Help(
        _("Các đợt báo cáo định kỳ; báo cáo của cơ quan bạn đứng trên cùng."),
        _("Mở báo cáo phải nộp; người mở đợt theo dõi ai đã nộp và tổng hợp."),
    ),
    "rounds:rules": Help(_("Thời hạn và quy định của báo cáo định kỳ."), RULE),
    "rounds:new": Help(_("Lập một đợt báo cáo định kỳ."), FORM),
    "rounds:round": Help(
        _("Một đợt báo cáo: hỏi cơ quan nào, đến khi nào, ai đã nộp."),
        _("Sửa hoặc mở khi còn là dự thảo; mở rồi thì nhắc, nhận, trả lại, tổng hợp và ký."),
    ),
    "rounds:change": Help(_("Sửa dự thảo đợt báo cáo."), FORM),
    "rounds:remove": Help(_("Bỏ dự thảo đợt báo cáo."), SURE),
    "rounds:open": Help(_("Mở đợt báo cáo cho các cơ quan."), SURE),
    "rounds:cancel": Help(_("Dừng đợt báo cáo, không tổng hợp."), REASON),
    "rounds:sign": Help(_("Báo cáo tổng hợp đúng như sẽ ký, bên cạnh số các cơ quan đã nộp."), SURE),
    "rounds:report": Help(
        _("Báo cáo của một cơ quan trong đợt: đang ở bước nào, nội dung gì."),
        _("Viết phần lời và nộp; người nhận xem khác biệt với số liệu hiện tại rồi chấp nhận hoặc trả lại."),
    ),
    "rounds:submit": Help(_("Đọc lại báo cáo đúng như sẽ được giữ khi nộp."), SURE),
    "rounds:accept": Help(_("Nhận báo cáo của một cơ quan."), SURE),
    "rounds:return": Help(_("Trả lại báo cáo của một cơ quan."), REASON),
    "rounds:submission": Help(_("Báo cáo đã nộp, giữ nguyên như lúc nộp."), _("Đọc, tải tệp, xem biên nhận.")),
    "rounds:signed": Help(
        _("Báo cáo tổng hợp đã ký, giữ nguyên như lúc ký."), _("Đọc, tải tệp; xem số liệu đã thay đổi gì từ khi ký.")
    ),
    "rounds:changes": Help(
        _("Số liệu nào đã khác đi từ khi ký, và do lượt kiểm tra nào."), _("Mở lượt kiểm tra liên quan để xem lý do.")
    ),
    "rounds:number": Help(_("Ghi số, ngày của báo cáo đã ký."), FORM),
    "gathering:list": Help(_("Các kỳ gom biểu mẫu do cơ quan tự khai."), _("Mở một kỳ, hoặc lập kỳ mới.")),
    "gathering:new": Help(_("Chọn phạm vi và kỳ cần gom biểu mẫu."), FORM),
    "gathering:gathering": Help(
        _("Các tệp biểu mẫu của một kỳ: của cơ quan nào, đọc được chưa."),
        _("Gửi thêm tệp, mở tệp có chỗ chưa hiểu để sửa, xem so sánh."),
    ),
    "gathering:comparison": Help(
        _("So sánh số cơ quan khai với số hệ thống tính."), _("Mở một cơ quan để xem từng cột; tải bảng.")
    ),
    "gathering:agency": Help(
        _("Từng cột của một cơ quan: số khai, số tính, chênh lệch và lý do."), _("Ghi lý do chênh lệch rồi lưu.")
    ),
    "gathering:file": Help(
        _("Một tệp biểu mẫu: của cơ quan nào, cột nào là gì, ô nào có lỗi."),
        _("Chọn cơ quan, cột rồi đọc lại; tải tệp đã tô ô lỗi; xác nhận khi đúng."),
    ),
}
