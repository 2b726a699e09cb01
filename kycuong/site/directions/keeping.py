"""Directions for rules, papers, phones, the public page and the server."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .entry import FORM, REASON, RULE, SURE, Help

REST: dict[str, Help] = {
    "deadlines:days_off": Help(
        _("Ngày nghỉ, ngày làm bù của một năm, và tính thử một thời hạn."),
        _("Chọn năm, tính hạn; người giữ lịch thêm, bỏ, hoán đổi ngày và xác nhận lịch năm."),
    ),
    "deadlines:add": Help(_("Thêm một ngày nghỉ; các thời hạn đang chạy được tính lại ngay."), FORM),
    "deadlines:swap": Help(_("Hoán đổi một ngày làm việc với một ngày cuối tuần."), FORM),
    "deadlines:confirm": Help(_("Xác nhận lịch nghỉ của năm đúng với văn bản."), FORM),
    "deadlines:withdraw": Help(_("Rút xác nhận lịch nghỉ của năm."), SURE),
    "deadlines:remove": Help(_("Bỏ một ngày khỏi lịch nghỉ; các thời hạn đang chạy được tính lại ngay."), SURE),
    "features:features": Help(
        _("Phần nào của hệ thống đang bật, tắt ở một đơn vị, do ai quyết định, từ khi nào."),
        _("Chọn đơn vị để xem; người được giao bấm «Bật, tắt» ở từng tính năng. Bấm tên tính năng để đọc hồ sơ đã có."),
    ),
    "features:switch": Help(
        _("Bật hoặc tắt một tính năng cho một đơn vị và các đơn vị bên dưới."),
        _("Xem chạm đến bao nhiêu đơn vị, còn gì đang mở; chọn, ghi lý do rồi bấm nút. Lúc nào cũng đặt lại được."),
    ),
    "letterheads:papers": Help(
        _("Văn bản do hệ thống lập: có tạo được PDF không, bạn được đặt mẫu của đơn vị nào."),
        _("Mở một đơn vị để đặt đầu văn bản; kiểm tra thể thức một tệp Word."),
    ),
    "letterheads:check": Help(
        _("Kiểm tra thể thức một tệp Word theo nghị định."), _("Chọn tệp rồi bấm nút; hệ thống không giữ tệp.")
    ),
    "letterheads:unit": Help(
        _("Văn bản của một đơn vị trông thế nào hôm nay và từ ngày nào sẽ khác."),
        _("Đặt đầu văn bản, người ký, lời văn, mẫu Word; tải bản mẫu để xem trước."),
    ),
    "letterheads:head": Help(_("Đặt đầu văn bản của đơn vị từ một ngày."), FORM),
    "letterheads:signing": Help(_("Ai ký loại văn bản này, với chức danh gì."), FORM),
    "letterheads:wording": Help(_("Lời văn riêng của đơn vị cho một phần của văn bản."), FORM),
    "letterheads:templates": Help(
        _("Mẫu Word của một loại văn bản, mọi tệp đã gửi và mẫu đang dùng."),
        _("Tải mẫu chuẩn để sửa, gửi tệp của đơn vị, mở từng tệp để xem sai thể thức chỗ nào."),
    ),
    "letterheads:standard": Help(_("Trở về mẫu chuẩn từ một ngày."), FORM),
    "letterheads:template": Help(
        _("Một tệp mẫu: khác thể thức chỗ nào, đang dùng chưa."),
        _("Xem bản mẫu tạo từ tệp, rồi đưa vào dùng từ một ngày."),
    ),
    "exports:exports": Help(
        _("Các tệp danh sách bạn đã yêu cầu, mới nhất trước."),
        _("Tải tệp đã xong, yêu cầu lại tệp hỏng, xóa tệp không cần nữa."),
    ),
    "exports:new": Help(
        _("Danh sách dài được lập thành tệp trong lúc bạn làm việc khác."),
        _("Chọn dạng tệp rồi bấm nút; xong sẽ có thông báo."),
    ),
    "exports:rules": Help(_("Tệp danh sách dài tối đa bao nhiêu, giữ bao lâu."), FORM),
    "exports:export": Help(
        _("Một tệp danh sách: đang lập, đã xong hay không lập được."),
        _("Tải về khi xong; không lập được thì trang nói vì sao."),
    ),
    "checkpoints:list": Help(
        _("Các mốc kiểm chứng: dấu niêm của nhật ký qua từng thời điểm."),
        _("Tải một mốc về giữ nơi khác; so sánh mốc đã giữ với nhật ký hôm nay."),
    ),
    "checkpoints:check_receipt": Help(
        _("Kiểm tra một biên nhận có đúng với nhật ký không."), _("Dán hoặc chọn biên nhận; không ghi gì.")
    ),
    "checkpoints:receipt": Help(
        _("Biên nhận: việc gì đã được ghi, khi nào, và cách chứng minh về sau."),
        _("Tải về giữ cùng hồ sơ; ai có nó đều kiểm tra lại được."),
    ),
    "connect:webhooks": Help(
        _("Nơi nhận tin tự động: phần mềm khác được báo khi có việc mới."),
        _("Thêm nơi nhận, mở từng nơi để xem tin đã gửi, ngừng hoặc gửi tiếp."),
    ),
    "connect:new_webhook": Help(
        _("Thêm một nơi nhận tin tự động."),
        _("Điền địa chỉ và loại tin rồi bấm nút. Mã bí mật chỉ hiện một lần: chép ngay."),
    ),
    "connect:webhook": Help(
        _("Một nơi nhận: tin gửi lần cuối, có đến nơi không."), _("Xem lỗi, gửi tiếp, hoặc bỏ nơi nhận.")
    ),
    "openness:keeping": Help(
        _("Trang công khai: đang mở hay tắt, ai cũng đọc được gì hôm nay, tuần tới sẽ thêm gì."),
        _("Mở, tắt, xem trước, đặt quy định công khai, tùy vai trò của bạn."),
    ),
    "openness:reports": Help(
        _("Phản ánh của người dân, việc đang chờ đứng trước."), _("Mở một phản ánh để phân loại, xử lý, trả lời.")
    ),
    "openness:report": Help(
        _("Một phản ánh của người dân: nội dung và đã xử lý đến đâu."),
        _("Ghi bước xử lý; người gửi không bị lộ danh tính cho đơn vị bị phản ánh."),
    ),
    "openness:opening": Help(_("Mở trang công khai từ một ngày, hoặc nhận phản ánh của người dân."), FORM),
    "openness:closing": Help(_("Tắt ngay trang công khai."), REASON),
    "openness:rules": Help(_("Công khai chậm bao nhiêu ngày, từ con số nào trở lên."), FORM),
    "field:devices": Help(
        _("Máy đi thực địa: máy nào đang giữ việc, còn bao nhiêu chưa gửi về."),
        _("Xem máy, duyệt xin mở lại khóa, thu hồi máy bị mất."),
    ),
    "field:policy": Help(_("Quy định cho máy đi thực địa."), RULE),
    "field:received": Help(
        _("Những gì máy đi thực địa đã gửi về và đang chờ người xem."),
        _("Mở từng lượt để chọn giá trị đúng; xem máy nào còn giữ việc."),
    ),
    "field:visit": Help(
        _("Hai giá trị khác nhau từ các máy của một lượt, và những gì được để riêng."),
        _("Chọn giá trị đúng cho từng chỗ, đưa ảnh đến muộn vào phần bổ sung."),
    ),
    "field:join": Help(_("Bổ sung các ảnh đến muộn vào biên bản đã ký."), FORM),
    "upkeep:installation": Help(
        _("Tình trạng máy chủ: từng điều được kiểm tra, cách khắc phục, các bản sao lưu."),
        _("Đọc điều chưa ổn và làm theo lời chỉ; tải lại để kiểm tra lần nữa."),
    ),
    "upkeep:start": Help(
        _("Giờ đầu của hệ thống mới: từng bước cần làm."), _("Mở từng bước theo thứ tự; bước xong tự được đánh dấu.")
    ),
    "notices:ticks": Help(
        _("Việc tự chạy của hệ thống: chạy lần cuối lúc nào, làm gì, gì không xong."),
        _("Xem bước không xong và lý do; xác nhận giờ máy chủ khi được hỏi."),
    ),
    "ui:gallery": Help(
        _("Các thành phần giao diện, để người phát triển xem."), _("Xem từng thành phần; không ghi gì.")
    ),
}
