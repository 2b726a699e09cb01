"""Directions for plans, checklists and draws."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .entry import FORM, PREVIEW, REASON, SURE, UPLOAD, Help

PLANS: dict[str, Help] = {
    "plans:plans": Help(
        _("Kế hoạch kiểm tra của các cơ quan trong một năm; cơ quan chưa có kế hoạch đứng trước."),
        _("Mở một kế hoạch, lập kế hoạch mới, xem chồng chéo và chủ đề năm."),
    ),
    "plans:new": Help(_("Lập dự thảo kế hoạch kiểm tra năm."), FORM),
    "plans:theme": Help(_("Công bố chủ đề kiểm tra của năm."), FORM),
    "plans:overlaps": Help(
        _("Đơn vị bị nhiều đoàn kiểm tra trong cùng năm, hoặc vượt số lần cho phép."),
        _("Chọn năm, mở từng kế hoạch liên quan để dời hoặc gộp cuộc kiểm tra."),
    ),
    "plans:limits": Help(_("Số lần kiểm tra tối đa đối với một đơn vị."), FORM),
    "plans:remind": Help(
        _("Nhắc các cơ quan chưa có kế hoạch."), _("Chọn cơ quan, sửa lời nhắc, rồi ghi nhận đã chuyển lời nhắc.")
    ),
    "plans:spreading": Help(
        _("Cơ quan nào đã phổ biến chủ đề năm, cơ quan nào chưa."),
        _("Xem danh sách theo năm; ghi thêm việc phổ biến của cơ quan mình."),
    ),
    "plans:new_spread": Help(_("Ghi một lần phổ biến chủ đề năm."), FORM),
    "plans:spread_by": Help(
        _("Những gì một cơ quan đã làm để phổ biến chủ đề năm."),
        _("Xem từng lần phổ biến; rút lại mục ghi sai của cơ quan mình."),
    ),
    "plans:withdraw_spread": Help(_("Rút lại một mục phổ biến ghi sai."), SURE),
    "plans:plan": Help(
        _("Một kế hoạch: nội dung, các mục, đã qua những bước nào."),
        _(
            "Thêm, sửa mục khi còn là dự thảo; trình, duyệt, ban hành, điều chỉnh hoặc kết thúc tùy vai trò của bạn. Nút chỉ hiện khi làm được."
        ),
    ),
    "plans:change": Help(_("Sửa nội dung dự thảo kế hoạch."), FORM),
    "plans:issue": Help(_("Ghi nhận kế hoạch đã được ban hành."), FORM),
    "plans:submission": Help(_("Trình kế hoạch để lãnh đạo duyệt."), SURE),
    "plans:withdrawal": Help(_("Rút kế hoạch đã trình về để sửa."), SURE),
    "plans:approval": Help(_("Duyệt kế hoạch đã trình."), SURE),
    "plans:return": Help(_("Trả lại kế hoạch để soạn lại, kèm lý do."), REASON),
    "plans:amendment": Help(_("Mở đợt điều chỉnh một kế hoạch đã ban hành."), REASON),
    "plans:closure": Help(_("Kết thúc kế hoạch khi hết năm hoặc đã thực hiện xong."), SURE),
    "plans:copy": Help(_("Lập dự thảo mới từ một kế hoạch đã có."), FORM),
    "plans:new_item": Help(_("Thêm một mục: kiểm tra đơn vị nào, nội dung gì, khi nào."), FORM),
    "plans:item": Help(_("Sửa một mục của kế hoạch."), FORM),
    "plans:remove_item": Help(_("Bỏ một mục khỏi kế hoạch."), SURE),
    "plans:number": Help(_("Ghi số, ngày của kế hoạch đã ban hành, sau khi văn thư cấp."), FORM),
    "reports:plan_progress": Help(
        _("Kế hoạch đã thực hiện đến đâu: mục nào xong, mục nào chưa."),
        _("Bấm vào một mục để mở cuộc kiểm tra; mục chậm nằm riêng."),
    ),
}

CATALOG: dict[str, Help] = {
    "catalog:checklist": Help(
        _("Một phiên bản phiếu kiểm tra: các nhóm, tiêu chí và căn cứ pháp lý."),
        _("Xem thử phiếu như đoàn sẽ dùng, tải bảng tính, so sánh với phiên bản khác."),
    ),
    "inspections:checklist_preview": Help(
        _("Phiếu kiểm tra như đoàn sẽ thấy tại một loại đơn vị."),
        _("Chọn loại đơn vị, bản đầy đủ hoặc rút gọn; không ghi gì."),
    ),
    "catalog:versions": Help(
        _("Mọi phiên bản phiếu kiểm tra, dự thảo đứng trước."),
        _("Mở một phiên bản, soạn dự thảo mới, nạp từ bảng tính, so sánh hai phiên bản."),
    ),
    "catalog:new": Help(_("Bắt đầu một dự thảo phiếu kiểm tra."), FORM),
    "catalog:compare": Help(
        _("Khác nhau giữa hai phiên bản phiếu: thêm, bỏ, sửa tiêu chí nào."), _("Chọn hai phiên bản rồi đọc bảng.")
    ),
    "catalog:import": Help(_("Nạp dự thảo phiếu kiểm tra từ bảng tính."), UPLOAD),
    "catalog:bases": Help(
        _("Các văn bản làm căn cứ cho tiêu chí: còn hay hết hiệu lực, văn bản nào thay thế."),
        _("Tìm, lọc; thêm văn bản, ghi văn bản thay thế, đánh dấu đã rà soát."),
    ),
    "catalog:new_basis": Help(_("Thêm một văn bản căn cứ."), FORM),
    "catalog:basis": Help(_("Một văn bản căn cứ."), _("Sửa thông tin, ghi văn bản thay thế hoặc ngày rà soát.")),
    "catalog:draft": Help(
        _("Dự thảo phiếu kiểm tra: các nhóm, tiêu chí, và những gì còn thiếu trước khi công bố."),
        _("Thêm, sửa, sắp thứ tự, bỏ nhóm và tiêu chí; hết chỗ thiếu thì công bố."),
    ),
    "catalog:rename": Help(_("Đổi số phiên bản, tên và nội dung cần rà soát của dự thảo."), FORM),
    "catalog:publish": Help(_("Công bố phiên bản phiếu mới sau khi xem những gì thay đổi."), SURE),
    "catalog:remove": Help(_("Xóa một dự thảo phiếu."), SURE),
    "catalog:new_group": Help(_("Thêm một nhóm tiêu chí."), FORM),
    "catalog:group": Help(_("Sửa tên nhóm tiêu chí."), FORM),
    "catalog:new_criterion": Help(_("Thêm một tiêu chí vào nhóm."), FORM),
    "catalog:criterion": Help(_("Sửa nội dung một tiêu chí."), FORM),
}

DRAWS: dict[str, Help] = {
    "draws:draws": Help(
        _("Các lần bốc thăm bạn được biết; lần bỏ dở hoặc quá hạn được đếm ngay trên đầu."),
        _("Mở một lần, bốc thăm đơn vị hoặc người kiểm tra, đọc cách kiểm chứng."),
    ),
    "draws:how": Help(
        _("Vì sao kết quả bốc thăm không ai sắp đặt được, và cách tự kiểm chứng."),
        _("Đọc các bước; tải chương trình kiểm chứng về chạy trên máy riêng."),
    ),
    "draws:new": Help(_("Chuẩn bị bốc thăm đơn vị để kiểm tra đột xuất."), FORM),
    "draws:new_inspectors": Help(_("Chuẩn bị bốc thăm người tham gia kiểm tra."), FORM),
    "draws:sealed": Help(
        _("Phần niêm phong của lần bốc thăm. Lần xem này đã được ghi lại, trang mang tên người xem."),
        _("Xem đơn vị nào trúng; xem xong thì rời trang, đừng để màn hình mở."),
    ),
    "draws:draw": Help(
        _("Một lần bốc thăm: đã cam kết gì, nguồn ngẫu nhiên nào, kết quả khi được công bố."),
        _(
            "Làm bước kế tiếp khi đến lượt bạn; tải bằng chứng để kiểm chứng. Mỗi lần mở phần niêm phong đều được ghi lại."
        ),
    ),
    "draws:beacon": Help(_("Nhập giá trị mà nguồn ngẫu nhiên công khai đã phát ra."), FORM),
    "draws:inspection": Help(_("Lập cuộc kiểm tra niêm phong từ kết quả bốc thăm."), FORM),
    "draws:team": Help(_("Đưa những người được bốc thăm vào đoàn của một cuộc kiểm tra."), FORM),
    "draws:reveal": Help(_("Công bố toàn bộ lần bốc thăm."), SURE),
    "draws:abandon": Help(_("Bỏ lần bốc thăm này; việc bỏ hiện cho mọi người thấy."), REASON),
    "catalog:import_preview": Help(_("Từng dòng của tệp phiếu kiểm tra sẽ thành tiêu chí nào."), PREVIEW),
}
