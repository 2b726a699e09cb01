"""Which part of the guide tells of a page at length, by the name of its address; tests/site/test_guide.py follows each."""

from __future__ import annotations

from fnmatch import fnmatch

SECTIONS: dict[str, str] = {
    "account#mật-khẩu-tạm-và-mật-khẩu-của-bạn": "account_change_password orgs:new_password account_inactive",
    "account#lớp-bảo-vệ-thứ-hai": "signin:add_totp signin:add_passkey signin:make_codes signin:reset_factors",
    "account#xác-nhận-lại-là-bạn": "signin:confirm",
    "account#rời-máy-tính-dùng-chung": "account_logout",
    "account#khóa-api-cho-chương-trình": "signin:new_key signin:keys_of signin:revoke_key_of",
    "account#đọc-bằng-tiếng-anh--pages-in-english": "orgs:me orgs:why",
    "account#trợ-giúp-và-sách-hướng-dẫn--help-and-the-guide": "help guides guide guide_for_everybody",
    "administrator#giờ-đầu-của-hệ-thống-mới--the-first-hour": "upkeep:start orgs:import orgs:import_preview",
    "administrator#việc-chạy-nền": "notices:ticks",
    "administrator#nhiều-người-một-lúc-bằng-bảng-tính": "orgs:people_import orgs:people_import_preview",
    "auditor#giữ-một-mốc-ở-nơi-khác": "checkpoints:list checkpoints:check_receipt",
    "administrator#mốc-kiểm-chứng-của-nhật-ký": "checkpoints:*",
    "auditor#ảnh-gốc-và-niêm-phong": "inspections:file_custody",
    "administrator#xóa-họ-tên-hết-thời-hạn-giữ": "followup:retention followup:hold",
    "administrator#thông-báo-chung--announcements": "notices:announcements notices:announce notices:end_announcement",
    "administrator#thư-tóm-tắt": "notices:inbox notices:settings",
    "operations#đã-sẵn-sàng-để-làm-thật-chưa": "upkeep:installation",
    "connect#lịch-trên-điện-thoại": "calendar connect:subscription connect:feed_of",
    "connect#báo-cho-phần-mềm-khác-webhook": "connect:*",
    "aggregator#thử-trong-năm-phút": "demo:tour",
    "aggregator#xem-số-liệu-của-một-kỳ": "reports:figures",
    "aggregator#mở-một-con-số": "reports:list exports:*",
    "aggregator#kiến-nghị-đến-đâu-rồi": "followup:recommendations",
    "aggregator#báo-cáo-tổng-hợp-với-biểu-16": "reports:summary",
    "aggregator#chỉ-số-cải-cách-hành-chính": "reports:par*",
    "aggregator#so-sánh-các-đơn-vị": "reports:ranking*",
    "aggregator#khi-có-người-hỏi-cách-tính-số-liệu": "reports:definitions",
    "aggregator#báo-cáo-định-kỳ": "rounds:*",
    "aggregator#ai-chưa-có-kế-hoạch": "plans:remind plans:theme plans:overlaps plans:limits plans:spreading reports:plan_progress",
    "aggregator#hợp-nhất-biểu-mẫu-do-các-cơ-quan-gửi": "gathering:*",
    "aggregator#giữ-lịch-nghỉ": "deadlines:*",
    "aggregator#sửa-phiếu-kiểm-tra": "catalog:* inspections:checklist_preview",
    "leader#duyệt-kế-hoạch": "plans:approval plans:return",
    "records_clerk#số-nào-đang-chờ": "plans:number inspections:number inspections:number_conclusion inspections:decision",
    "coordinator#kế-hoạch-của-năm": "plans:*",
    "coordinator#bốc-thăm-đơn-vị-kiểm-tra-đột-xuất": "draws:*",
    "coordinator#gửi-phiếu-tự-kiểm-tra-trước-mùa-kiểm-tra": "selfchecks:*",
    "coordinator#xử-lý-trách-nhiệm": "followup:*measure* reports:accountability",
    "records_clerk#một-tệp-word-từ-nơi-khác": "letterheads:check",
    "records_clerk#văn-bản-đúng-thể-thức": "letterheads:papers letterheads:unit letterheads:head letterheads:signing",
    "coordinator#văn-bản-word-pdf": "letterheads:*",
    "coordinator#đoàn-kiểm-tra-tổ-xung-đột-lợi-ích": (
        "inspections:team inspections:groups inspections:waiver inspections:*recusal*"
    ),
    "coordinator#hỏi-thêm-những-việc-riêng-của-cơ-quan": "inspections:picks",
    "coordinator#ghi-sai-thì-sao": "inspections:annul inspections:add_addendum",
    "coordinator#báo-cáo-và-kết-luận": "inspections:report inspections:*conclusion* inspections:silence followup:draft",
    "coordinator#kiểm-tra-đột-xuất-và-niêm-phong": "inspections:inspections inspections:inspection inspections:open",
    "leader#gia-hạn-đôn-đốc-kết-thúc-kiến-nghị": "followup:answer_extension followup:close",
    "team_member#trước-khi-đi-khai-báo": "inspections:declaration",
    "team_head#xem-thêm-sửa-gạch": "inspections:sealed inspections:*target*",
    "team_head#mở-toàn-bộ": "inspections:release",
    "team_head#mở-khẩn-cấp": "inspections:seal_break*",
    "unit_head#trả-lời-từng-tồn-tại": "inspections:reply inspections:decide",
    "unit_head#khắc-phục-và-báo-cáo": "followup:* inspections:remedy",
    "coordinator#ghi-một-lượt-kiểm-tra-ba-bước": "inspections:*",
    "inspector-phone#hai-người-ghi-khác-nhau": "field:received field:visit field:join",
    "inspector-phone#quên-mật-khẩu-của-máy-hết-phiên-mất-máy": "field:*",
    "openness#phản-ánh-của-người-dân": "openness:report openness:reports",
    "openness#cho-lãnh-đạo-tỉnh": "openness:*",
}
"""Guide and anchor → names of addresses, or patterns of names; the first that fits tells of the page."""


def section_of(name: str) -> tuple[str, str]:
    """Guide and anchor for a page; two empty texts when only the guides of its chapter tell of it."""
    fitting = (where for where, pages in SECTIONS.items() if any(fnmatch(name, one) for one in pages.split()))
    guide, _mark, anchor = next(fitting, "").partition("#")
    return guide, anchor
