"""Directions for inspections, from their opening to the conclusion."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .entry import FORM, REASON, RULE, SURE, UPLOAD, Help

INSPECTIONS: dict[str, Help] = {
    "inspections:inspections": Help(
        _("Các cuộc kiểm tra bạn được xem, mới nhất trước."),
        _("Lọc và tìm, mở một cuộc, mở cuộc mới, ghi ngay một lượt, tải danh sách thành tệp."),
    ),
    "inspections:open": Help(_("Mở cuộc kiểm tra: căn cứ, đoàn và những lượt đầu trên cùng một trang."), FORM),
    "inspections:import": Help(_("Nạp các lượt kiểm tra đã ký từ bảng tính."), UPLOAD),
    "inspections:inspection": Help(
        _("Một cuộc kiểm tra: căn cứ, đoàn, các lượt, báo cáo và kết luận."),
        _("Thêm lượt, thay đổi đoàn, kê khai xung đột lợi ích, lập báo cáo và dự thảo kết luận, tùy vai trò của bạn."),
    ),
    "inspections:add_visit": Help(_("Thêm một lượt vào cuộc kiểm tra."), FORM),
    "inspections:cancel": Help(_("Hủy cuộc kiểm tra chưa có biên bản nào được ký."), REASON),
    "inspections:add_target": Help(_("Thêm một đơn vị vào phần niêm phong."), FORM),
    "inspections:target": Help(
        _("Đổi đơn vị, ngày hoặc phiếu của một đích niêm phong."),
        _("Sửa các ô rồi bấm nút ở cuối. Mở trang này đã được ghi lại, dù có bấm nút hay không."),
    ),
    "inspections:strike_target": Help(
        _("Bỏ một đích niêm phong."),
        _("Ghi lý do rồi bấm nút; lý do được giữ trong hồ sơ. Mở trang này đã được ghi lại, dù có bấm nút hay không."),
    ),
    "inspections:sealed": Help(
        _("Phần niêm phong của cuộc kiểm tra. Lần xem này đã được ghi lại, trang mang tên người xem."),
        _("Thêm, đổi, bỏ một đích, bắt đầu lượt tại đích; xem xong thì rời trang, đừng để màn hình mở."),
    ),
    "inspections:release": Help(_("Từ lúc nào thành viên đoàn được mở phần niêm phong."), FORM),
    "inspections:team": Help(
        _("Thành phần đoàn kiểm tra."),
        _("Đổi vai trò, thêm người, đưa người ra kèm lý do; người đã ra vẫn còn trong hồ sơ."),
    ),
    "inspections:groups": Help(
        _("Chia đoàn thành các tổ làm song song, mỗi tổ phụ trách những đơn vị nhất định."), FORM
    ),
    "inspections:decision": Help(_("Ghi số, ngày của quyết định lập đoàn."), FORM),
    "inspections:declaration": Help(_("Kê khai bạn có hay không có quan hệ với đơn vị được kiểm tra."), FORM),
    "inspections:waiver": Help(_("Chấp nhận để người có xung đột lợi ích tham gia, kèm lý do."), REASON),
    "inspections:report": Help(
        _("Viết và nộp báo cáo của đoàn."),
        _("Số liệu lấy từ biên bản đã ký; viết phần lời rồi nộp. Nộp rồi thì không sửa."),
    ),
    "inspections:seal_breaks": Help(
        _("Đề nghị mở khẩn cấp niêm phong, cần hai người khác nhau, và những lần đã đề nghị."),
        _("Ghi lý do và gửi đề nghị; người thứ hai xác nhận ở trang của đề nghị ấy."),
    ),
    "inspections:seal_break": Help(
        _("Một đề nghị mở khẩn cấp: ai đề nghị, vì sao, ai xác nhận, ai đã biết."),
        _("Xác nhận nếu bạn là người thứ hai; người bị mở niêm phong ghi nhận đã biết."),
    ),
    "inspections:new_visit": Help(
        _("Ghi ngay một lượt kiểm tra; cuộc kiểm tra được mở kèm theo, bạn là trưởng đoàn."), FORM
    ),
    "inspections:visit": Help(
        _("Một lượt kiểm tra: quân số, các tiêu chí, tồn tại. Ký rồi thì chỉ đọc."),
        _(
            "Trả lời từng tiêu chí, ghi tồn tại, thêm ảnh; thiếu gì trang sẽ nói trước khi ký. Hai người cùng sửa thì trang hỏi lại chỗ khác nhau."
        ),
    ),
    "inspections:files": Help(
        _("Ảnh và tệp của một lượt kiểm tra."), _("Xem, thêm khi lượt chưa ký, gắn vào tồn tại; bản gốc giữ nguyên.")
    ),
    "inspections:picks": Help(
        _("Hồ sơ được chọn ngẫu nhiên để kiểm tra tại đơn vị."),
        _("Chọn hồ sơ khi lượt chưa ký; cách chọn được giữ để kiểm chứng."),
    ),
    "inspections:people": Help(
        _("Những người liên quan đến một tồn tại."),
        _("Thêm hoặc bỏ người; họ tên chỉ hiện với người có quyền, mỗi lần xem đều được ghi lại."),
    ),
    "inspections:file_custody": Help(
        _("Giờ, nơi chụp, máy chụp và bản gốc của một ảnh, tệp."), _("Ghi lý do để mở bản gốc; việc mở được ghi lại.")
    ),
    "inspections:sign": Help(
        _("Đọc lại biên bản đúng như sẽ ký."),
        _(
            "Kiểm tra từng phần, sửa chỗ sai ở trang lượt, rồi ký. Ký xong nội dung không đổi được; sai thì bổ sung hoặc hủy."
        ),
    ),
    "inspections:minutes": Help(
        _("Biên bản của một lượt kiểm tra."),
        _("Đọc, in, tải Word hoặc PDF, xem biên nhận; thêm phần bổ sung khi cần đính chính."),
    ),
    "inspections:number": Help(_("Ghi số của biên bản đã ký."), FORM),
    "inspections:add_addendum": Help(_("Đính chính bên cạnh biên bản đã ký; biên bản giữ nguyên."), FORM),
    "inspections:conclusion": Help(
        _("Kết luận của một cuộc kiểm tra: nội dung, tồn tại, kiến nghị, đã qua những bước nào."),
        _("Soạn, xin ý kiến đơn vị, trình duyệt, ban hành, trả lại hoặc trả lời, tùy vai trò và bước hiện tại."),
    ),
    "inspections:change_conclusion": Help(_("Viết lại dự thảo kết luận."), FORM),
    "inspections:share_conclusion": Help(_("Gửi dự thảo kết luận để đơn vị có ý kiến."), SURE),
    "inspections:reply_to_conclusion": Help(_("Ý kiến của đơn vị về dự thảo kết luận."), FORM),
    "inspections:return_conclusion": Help(_("Trả kết luận về dự thảo."), REASON),
    "inspections:issue_conclusion": Help(_("Ghi nhận kết luận đã được ban hành."), FORM),
    "inspections:number_conclusion": Help(_("Ghi số của kết luận."), FORM),
    "inspections:silence": Help(_("Đơn vị có bao nhiêu ngày để trả lời, và im lặng nghĩa là gì."), RULE),
    "inspections:reply": Help(
        _("Đơn vị đồng ý hay không đồng ý với một tồn tại."),
        _("Chọn ý kiến, viết lý do, đính kèm tệp; mỗi tệp gửi riêng nên không mất chữ đã viết."),
    ),
    "inspections:decide": Help(_("Giữ, sửa hoặc rút một tồn tại mà đơn vị không đồng ý."), REASON),
    "inspections:annul": Help(
        _("Hủy biên bản đã ký vì ghi sai; biên bản vẫn còn trong hồ sơ, không tính vào số liệu."), REASON
    ),
    "inspections:remove": Help(_("Bỏ một lượt chưa ký."), SURE),
    "inspections:recusals": Help(
        _("Người không tham gia kiểm tra một đơn vị, dù trong cuộc nào."),
        _("Ghi thêm hoặc chấm dứt; chỉ người giữ danh sách và chính người ấy xem được."),
    ),
    "inspections:add_recusal": Help(_("Ghi một người, hoặc chính bạn, vào danh sách hồi tị."), FORM),
    "inspections:finding": Help(_("Nội dung, mức độ và thời hạn của một tồn tại."), FORM),
    "inspections:remedy": Help(_("Xác nhận đơn vị đã khắc phục tồn tại."), FORM),
}
