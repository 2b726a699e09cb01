"""Directions for what follows a conclusion, and for self-checks."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .entry import FORM, PREVIEW, REASON, RULE, SURE, Help

FOLLOWUP: dict[str, Help] = {
    "followup:draft": Help(_("Viết một kiến nghị vào dự thảo kết luận."), FORM),
    "followup:recommendations": Help(
        _("Các kiến nghị bạn được xem, đến hạn trước đứng trước."),
        _("Lọc theo tình trạng, đơn vị; mở một kiến nghị để báo cáo, xin gia hạn, xem xét; tải danh sách thành tệp."),
    ),
    "followup:recommendation": Help(
        _("Một kiến nghị: nội dung, thời hạn, các lần báo cáo và gia hạn."),
        _("Đơn vị báo cáo khắc phục hoặc xin gia hạn; người theo dõi chấp nhận, trả lại, đôn đốc, kiểm tra lại."),
    ),
    "followup:change": Help(_("Sửa một kiến nghị còn là dự thảo."), FORM),
    "followup:report": Help(_("Báo cáo đã khắc phục đến đâu, kèm minh chứng."), FORM),
    "followup:ask_extension": Help(_("Xin gia hạn thực hiện kiến nghị."), REASON),
    "followup:answer_extension": Help(_("Đồng ý hoặc từ chối đề nghị gia hạn."), FORM),
    "followup:close": Help(_("Kết thúc kiến nghị mà không cần khắc phục nữa."), REASON),
    "followup:proof": Help(_("Thêm minh chứng cho báo cáo đang chờ xem xét."), FORM),
    "followup:accept": Help(_("Chấp nhận báo cáo khắc phục, toàn bộ hoặc một phần."), FORM),
    "followup:send_back": Help(_("Trả lại báo cáo khắc phục."), REASON),
    "followup:recheck": Help(_("Yêu cầu kiểm tra lại tại đơn vị."), FORM),
    "followup:rules": Help(_("Thời hạn xem xét, nhắc việc và các quy định về khắc phục."), RULE),
    "followup:wordings": Help(
        _("Lời kiến nghị soạn sẵn cho từng tiêu chí."),
        _("Mở một tiêu chí để soạn; khi lập dự thảo kết luận, lời này được điền sẵn."),
    ),
    "followup:wording": Help(_("Soạn lời kiến nghị sẵn cho một tiêu chí."), FORM),
    "followup:measures": Help(
        _("Các đề nghị và quyết định xử lý trách nhiệm bạn được xem, việc đang chờ đứng trước."),
        _("Lọc, mở một mục, ghi quyết định; họ tên không hiện trong danh sách."),
    ),
    "followup:measure_name": Help(
        _("Họ tên người bị xử lý. Lần xem này đã được ghi lại."),
        _("Đọc rồi rời trang, đừng để màn hình mở."),
    ),
    "followup:measure": Help(
        _("Một đề nghị hoặc quyết định xử lý trách nhiệm, không có họ tên."),
        _("Ghi quyết định hoặc lý do không xử lý, nếu vai trò của bạn cho phép."),
    ),
    "followup:measure_kinds": Help(
        _("Các hình thức xử lý mà pháp luật quy định: cho ai, từ khi nào."),
        _("Mở một hình thức để sửa, hoặc thêm hình thức mới."),
    ),
    "followup:new_measure_kind": Help(_("Thêm một hình thức xử lý."), FORM),
    "followup:measure_kind": Help(_("Sửa một hình thức xử lý."), FORM),
    "followup:retention": Help(_("Giữ họ tên người liên quan bao lâu; lần tới sẽ xóa gì, đang giữ lại gì."), RULE),
    "followup:decide_measure": Help(_("Ghi quyết định về một đề nghị xử lý, bên cạnh các trường hợp tương tự."), FORM),
    "followup:decline_measure": Help(_("Ghi kết quả không xử lý."), REASON),
    "followup:propose_measure": Help(_("Đoàn đề nghị xử lý trách nhiệm."), FORM),
    "followup:record_measure": Help(_("Ghi quyết định xử lý mà cơ quan quản lý đã ban hành."), FORM),
    "followup:hold": Help(_("Giữ lại, chưa cho xóa họ tên của một lượt kiểm tra, hoặc thôi giữ."), REASON),
}

SELFCHECKS: dict[str, Help] = {
    "selfchecks:list": Help(
        _("Các đợt tự kiểm tra; phiếu của đơn vị bạn đứng trên cùng."),
        _("Mở phiếu để trả lời; người gửi đợt xem ai đã nộp và lập đợt mới."),
    ),
    "selfchecks:rules": Help(_("Thời hạn và quy định của tự kiểm tra."), RULE),
    "selfchecks:new": Help(_("Lập một đợt tự kiểm tra."), FORM),
    "selfchecks:campaign": Help(
        _("Một đợt tự kiểm tra: hỏi ai, đến khi nào, ai đã nộp."),
        _("Sửa hoặc gửi khi còn là dự thảo; gửi rồi thì theo dõi, so sánh với kết quả kiểm tra, kết thúc."),
    ),
    "selfchecks:change": Help(_("Sửa dự thảo đợt tự kiểm tra."), FORM),
    "selfchecks:remove": Help(_("Bỏ dự thảo đợt tự kiểm tra."), SURE),
    "selfchecks:send": Help(_("Gửi đợt tự kiểm tra tới các đơn vị."), SURE),
    "selfchecks:close": Help(_("Kết thúc đợt tự kiểm tra."), SURE),
    "selfchecks:gap": Help(
        _("Khác nhau giữa tự kiểm tra và kết quả kiểm tra sau đó của từng đơn vị."),
        _("Bấm một đơn vị để xem từng tiêu chí."),
    ),
    "selfchecks:check": Help(
        _("Phiếu tự kiểm tra của một đơn vị."),
        _("Trả lời từng tiêu chí; lưu dở được, nộp khi xong. Nộp rồi thì chỉ đọc, trừ khi được mở lại."),
    ),
    "selfchecks:submit": Help(_("Đọc lại phiếu tự kiểm tra đúng như sẽ nộp."), SURE),
    "selfchecks:reopen": Help(_("Mở lại phiếu đã nộp để sửa."), REASON),
    "inspections:import_preview": Help(_("Từng dòng của tệp sẽ thành lượt kiểm tra nào."), PREVIEW),
}
