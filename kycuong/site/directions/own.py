"""Directions for what is everybody's own, and for units and people."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .entry import FORM, PREVIEW, SURE, UPLOAD, Help

OWN: dict[str, Help] = {
    "mine": Help(
        _("Mọi việc đang chờ bạn, việc đến hạn trước đứng trước."),
        _("Bấm vào một việc để mở đúng trang làm việc ấy. Làm xong, việc tự rời danh sách; không cần đánh dấu."),
    ),
    "calendar": Help(
        _("Lượt kiểm tra, thời hạn và ngày nghỉ của một tháng."),
        _(
            "Đổi tháng, bấm một ngày để xem chi tiết; chọn xem của riêng bạn hay của mọi đơn vị bạn được xem. Có thể đưa lịch này vào điện thoại."
        ),
    ),
    "connect:subscription": Help(
        _("Địa chỉ riêng để điện thoại hoặc phần mềm lịch tự nhận lịch công tác của bạn."),
        _("Tạo địa chỉ, hoặc tạo lại khi nghi người khác biết. Địa chỉ chỉ hiện một lần: chép ngay vào phần mềm lịch."),
    ),
    "notices:inbox": Help(
        _("Những gì hệ thống báo riêng cho bạn; không ai khác xem được."),
        _("Mở trang liên quan, đánh dấu đã đọc từng thông báo hoặc tất cả; lọc theo chưa đọc, đến hạn."),
    ),
    "notices:settings": Help(
        _("Bạn muốn nhận thư tóm tắt qua thư điện tử khi nào."),
        _("Chọn một cách rồi lưu; thông báo trong hệ thống vẫn đầy đủ dù bạn không nhận thư."),
    ),
    "orgs:me": Help(
        _("Tài khoản của bạn: bạn là ai, giữ vai trò gì, ở đâu."),
        _("Xem vai trò và thời hạn của từng vai trò; sai thì đề nghị quản trị hệ thống sửa."),
    ),
    "orgs:standing_in": Help(
        _("Giao một đồng nghiệp làm thay vai trò của bạn khi bạn vắng mặt, và xem bạn đang làm thay ai."),
        _("Bấm vai trò cần giao. Thu lại hoặc thôi làm thay lúc nào cũng được, có hiệu lực ngay."),
    ),
    "orgs:name_stand_in": Help(
        _("Giao một người làm thay một vai trò khi người giữ vai trò vắng mặt: nghỉ phép, công tác, ốm."),
        _(
            "Chọn người, ngày, lý do rồi bấm «Giao làm thay». Bạn chọn người ở chính đơn vị của vai trò; quản trị hệ thống chọn được cả người ở đơn vị cấp trên trong phạm vi của mình. Cả hai người đều được báo."
        ),
    ),
    "orgs:stand_in": Help(
        _("Một lần làm thay: ai thay ai, vai trò nào, đến ngày nào, và đã làm những việc gì."),
        _("Đọc các việc đã làm thay; bấm «Kết thúc làm thay» để chấm dứt ngay."),
    ),
    "orgs:why": Help(
        _("Vì sao bạn làm được hoặc không làm được một việc: mỗi vai trò cho phép gì."),
        _("Tìm việc trong bảng, xem vai trò nào làm được và bạn đang giữ vai trò nào."),
    ),
    "signin:make_codes": Help(
        _("Mã khôi phục mới, chỉ hiện một lần ở đây; mã cũ không dùng được nữa."),
        _("Chép hoặc in ra, cất nơi chỉ mình bạn mở được. Mỗi mã dùng một lần, khi không có lớp bảo vệ thứ hai."),
    ),
    "signin:security": Help(
        _("Cách bạn đăng nhập và những gì đang mở bằng tài khoản của bạn."),
        _("Thêm hoặc bỏ ứng dụng tạo mã, khóa truy cập, mã khôi phục, khóa API; xem và đóng các phiên đăng nhập khác."),
    ),
    "signin:add_totp": Help(
        _("Thêm ứng dụng tạo mã trên điện thoại làm lớp bảo vệ thứ hai."),
        _("Quét mã vuông bằng ứng dụng, nhập mã ứng dụng hiện ra để chứng tỏ đã quét đúng."),
    ),
    "signin:add_passkey": Help(
        _("Thêm khóa truy cập: đăng nhập bằng vân tay, khuôn mặt hoặc khóa bảo mật của máy."),
        _("Đặt tên cho khóa rồi làm theo lời máy."),
    ),
    "signin:new_key": Help(
        _("Tạo khóa API để một phần mềm đọc hoặc ghi thay bạn, trong quyền của bạn."),
        _("Đặt tên, chọn quyền và thời hạn. Khóa chỉ hiện một lần: chép ngay, không gửi qua thư."),
    ),
    "signin:confirm": Help(
        _("Chứng tỏ lại đúng là bạn trước một việc quan trọng."),
        _("Nhập mật khẩu và lớp bảo vệ thứ hai, hoặc dùng khóa truy cập; xong sẽ trở lại việc đang làm."),
    ),
    "account_change_password": Help(
        _("Đổi mật khẩu đăng nhập."),
        _("Nhập mật khẩu đang dùng, rồi mật khẩu mới hai lần; các phiên đăng nhập khác sẽ bị đóng."),
    ),
    "account_logout": Help(
        _("Rời khỏi hệ thống trên máy này."), _("Bấm nút để đăng xuất; nội dung nhập dở lưu tạm trên máy sẽ bị xóa.")
    ),
    "help": Help(
        _("Chỉ dẫn ngắn cho các trang trong thực đơn của bạn."),
        _(
            "Tìm trang cần dùng rồi mở, hoặc mở sách hướng dẫn; trên mọi trang khác, nút «Trợ giúp» nói riêng về trang ấy."
        ),
    ),
    "guides": Help(
        _("Sách hướng dẫn của hệ thống, mỗi vai trò một quyển, và bảng từ."),
        _("Mở quyển của mình; dùng chức năng tìm của trình duyệt để tìm chữ trong quyển đang mở, in được."),
    ),
    "guide": Help(
        _("Một quyển hướng dẫn, đúng như bản đi cùng mã nguồn của phiên bản này."),
        _(
            "Bấm vào mục lục để tới từng phần, bấm vào ảnh để xem cỡ thật; địa chỉ của từng phần gửi cho người khác được."
        ),
    ),
    "guide_for_everybody": Help(
        _("Hướng dẫn về tài khoản, mật khẩu, lớp bảo vệ thứ hai; đọc được cả khi chưa đăng nhập được."),
        _("Bấm vào mục lục để tới từng phần, bấm vào ảnh để xem cỡ thật."),
    ),
    "notices:announcements": Help(
        _(
            "Thông báo chung gửi tới mọi người của một đơn vị và các đơn vị bên dưới, hiện đầu mọi trang trong những ngày đã chọn."
        ),
        _("Viết thông báo mới, xem thông báo nào đang hiện, sắp hiện, đã hết; kết thúc sớm một thông báo."),
    ),
    "notices:announce": Help(_("Viết một thông báo chung, tối đa 500 ký tự."), FORM),
    "notices:end_announcement": Help(_("Thôi hiện một thông báo chung trước ngày đã định."), SURE),
    "account_inactive": Help(
        _("Tài khoản này đã ngừng hoạt động."),
        _("Nếu bạn vẫn làm việc ở đây, hãy đề nghị quản trị hệ thống của đơn vị mở lại tài khoản."),
    ),
    "demo:tour": Help(
        _("Những lời nói về số liệu năm 2019, mỗi lời đặt cạnh con số chính xác."),
        _("Bấm một con số để mở định nghĩa và danh sách đứng sau nó."),
    ),
}

ORGS: dict[str, Help] = {
    "orgs:units": Help(
        _("Cây tổ chức của tỉnh vào một ngày bất kỳ, cùng số đơn vị mỗi loại."),
        _("Mở từng nhánh, tìm theo tên, chọn ngày khác để xem tổ chức trước hoặc sau sắp xếp."),
    ),
    "orgs:search": Help(
        _("Tìm đơn vị theo tên, kể cả đơn vị đã sáp nhập, giải thể."),
        _("Gõ phần đầu của tên; kết quả cho biết đơn vị thuộc thời kỳ nào, trực thuộc đâu."),
    ),
    "orgs:unit": Help(
        _("Một đơn vị: tên, loại, trực thuộc đâu vào một ngày, và mọi thay đổi từ trước tới nay."),
        _("Xem đơn vị tiền thân, kế tục, các lượt kiểm tra và tự kiểm tra mà bạn được xem."),
    ),
    "orgs:changes": Help(
        _("Chọn loại thay đổi tổ chức cần ghi: thành lập, sáp nhập, chia, đổi tên, giải thể…"),
        _("Chọn một loại để mở biểu của nó; chưa ghi gì ở trang này."),
    ),
    "orgs:change": Help(
        _("Ghi một thay đổi tổ chức theo văn bản, có hiệu lực từ một ngày."),
        _(
            "Điền biểu và xem trước; trang sau nói rõ đơn vị nào đổi ra sao, hồ sơ nào chuyển về đâu, rồi mới thực hiện."
        ),
    ),
    "orgs:import": Help(_("Nạp nhiều đơn vị từ một bảng tính."), UPLOAD),
    "orgs:people": Help(
        _("Các tài khoản do bạn quản lý."),
        _("Tìm người, mở trang của một người, lập tài khoản mới, hoặc thay đổi nhiều người bằng bảng tính."),
    ),
    "orgs:new_person": Help(
        _("Lập tài khoản mới cùng vai trò đầu tiên."),
        _("Điền tên, đơn vị, vai trò rồi bấm nút. Mật khẩu tạm chỉ hiện một lần: trao tận tay người dùng."),
    ),
    "orgs:people_import": Help(
        _("Thay đổi nhiều tài khoản, vai trò cùng lúc bằng bảng tính."),
        _("Tải danh sách hiện có, sửa trong Excel, gửi lại và xem trước từng dòng rồi mới thực hiện."),
    ),
    "orgs:new_password": Help(
        _("Mật khẩu tạm, chỉ hiện một lần ở đây."),
        _("Chép và trao tận tay người ấy; họ phải đổi ngay lần đăng nhập đầu."),
    ),
    "orgs:person": Help(
        _("Một tài khoản: vai trò từ trước tới nay, tình trạng, lớp bảo vệ."),
        _(
            "Cấp hoặc kết thúc vai trò, sửa thông tin, đặt lại mật khẩu, ngừng hoặc mở lại tài khoản, xem khóa và nơi nhận của người ấy."
        ),
    ),
    "signin:keys_of": Help(
        _("Các khóa API của một người do bạn quản lý."),
        _("Xem khóa làm được gì, đến khi nào, dùng lần cuối lúc nào; thu hồi khóa đáng ngờ."),
    ),
    "signin:revoke_key_of": Help(
        _("Thu hồi một khóa API của người khác."),
        _("Ghi lý do rồi bấm nút; phần mềm dùng khóa ấy bị từ chối ngay, và người đó được đọc lý do."),
    ),
    "signin:reset_factors": Help(
        _("Giúp người mất điện thoại hoặc khóa bảo mật đăng nhập lại được."),
        _("Kiểm tra đúng người rồi bấm nút; lớp bảo vệ cũ bị bỏ và người ấy phải đặt lớp mới."),
    ),
    "connect:feed_of": Help(
        _("Địa chỉ lịch của một người do bạn quản lý."),
        _("Xem phần mềm hỏi lần cuối lúc nào; ghi lý do và đóng địa chỉ khi cần."),
    ),
    "connect:webhooks_of": Help(
        _("Các nơi nhận tin tự động của một người do bạn quản lý."),
        _("Xem tin gửi đi đâu; ghi lý do và ngừng gửi khi cần."),
    ),
    "orgs:import_preview": Help(_("Từng dòng của tệp đơn vị sẽ làm gì."), PREVIEW),
    "orgs:people_import_preview": Help(_("Từng dòng của bảng tính con người, vai trò sẽ làm gì."), PREVIEW),
}
