"""The twenty provincial departments of 2019 and, reconstructed, their rooms. A star marks a public service unit."""

from __future__ import annotations

from .facts import UnitFact, key_of, room

PROVINCE = "tinh-lang-son"

TABLE = """
Văn phòng UBND tỉnh
  Phòng Hành chính – Tổ chức
  Phòng Quản trị – Tài vụ
  Phòng Tổng hợp
  Phòng Kinh tế
  Phòng Khoa giáo – Văn xã
  Phòng Nội chính
  Phòng Kiểm soát thủ tục hành chính
  * Trung tâm Phục vụ hành chính công
Sở Nội vụ
  Văn phòng
  Thanh tra Sở
  Phòng Tổ chức, biên chế và Công chức, viên chức
  Phòng Xây dựng chính quyền và Công tác thanh niên
  Phòng Cải cách hành chính
  Ban Tôn giáo
  Ban Thi đua – Khen thưởng
  * Trung tâm Lưu trữ lịch sử
Sở Tư pháp
  Văn phòng
  Thanh tra Sở
  Phòng Xây dựng và Kiểm tra văn bản quy phạm pháp luật
  Phòng Hành chính tư pháp
  Phòng Bổ trợ tư pháp
  Phòng Phổ biến, giáo dục pháp luật
  * Phòng Công chứng số 1
  * Trung tâm Trợ giúp pháp lý nhà nước
Sở Kế hoạch và Đầu tư
  Văn phòng
  Thanh tra Sở
  Phòng Tổng hợp, Quy hoạch
  Phòng Kinh tế ngành
  Phòng Khoa giáo, Văn xã
  Phòng Đăng ký kinh doanh
  Phòng Đấu thầu, Thẩm định và Giám sát đầu tư
Sở Tài chính
  Văn phòng
  Thanh tra Sở
  Phòng Quản lý ngân sách
  Phòng Hành chính sự nghiệp
  Phòng Quản lý giá và công sản
  Phòng Tài chính doanh nghiệp
  Phòng Tài chính đầu tư
Sở Công Thương
  Văn phòng
  Thanh tra Sở
  Phòng Quản lý công nghiệp
  Phòng Quản lý năng lượng
  Phòng Quản lý thương mại
  Phòng Quản lý xuất nhập khẩu
  * Trung tâm Khuyến công và Xúc tiến thương mại
Sở Nông nghiệp và Phát triển nông thôn
  Văn phòng
  Thanh tra Sở
  Phòng Kế hoạch – Tài chính
  Chi cục Trồng trọt và Bảo vệ thực vật
  Chi cục Chăn nuôi và Thú y
  Chi cục Kiểm lâm
  Chi cục Thủy lợi
  * Trung tâm Khuyến nông
Sở Giao thông vận tải
  Văn phòng
  Thanh tra Sở
  Phòng Kế hoạch – Tài chính
  Phòng Quản lý chất lượng công trình giao thông
  Phòng Quản lý kết cấu hạ tầng giao thông
  Phòng Quản lý vận tải, phương tiện và người lái
  * Trung tâm Đăng kiểm xe cơ giới
Sở Xây dựng
  Văn phòng
  Thanh tra Sở
  Phòng Quy hoạch – Kiến trúc
  Phòng Quản lý hạ tầng và Phát triển đô thị
  Phòng Quản lý hoạt động xây dựng
  Phòng Quản lý nhà và Thị trường bất động sản
  * Trung tâm Kiểm định chất lượng công trình xây dựng
Sở Tài nguyên và Môi trường
  Văn phòng
  Thanh tra Sở
  Phòng Quản lý đất đai
  Phòng Đo đạc, Bản đồ và Viễn thám
  Phòng Quản lý tài nguyên nước và khoáng sản
  Chi cục Bảo vệ môi trường
  * Văn phòng Đăng ký đất đai
  * Trung tâm Phát triển quỹ đất
Sở Thông tin và Truyền thông
  Văn phòng
  Thanh tra Sở
  Phòng Kế hoạch – Tài chính
  Phòng Bưu chính – Viễn thông
  Phòng Công nghệ thông tin
  Phòng Thông tin – Báo chí – Xuất bản
  * Trung tâm Công nghệ thông tin và Truyền thông
Sở Lao động – Thương binh và Xã hội
  Văn phòng
  Thanh tra Sở
  Phòng Lao động – Việc làm
  Phòng Người có công
  Phòng Giáo dục nghề nghiệp
  Phòng Bảo trợ xã hội, Trẻ em và Bình đẳng giới
  Chi cục Phòng, chống tệ nạn xã hội
  * Trung tâm Dịch vụ việc làm
Sở Văn hóa, Thể thao và Du lịch
  Văn phòng
  Thanh tra Sở
  Phòng Quản lý văn hóa
  Phòng Quản lý di sản văn hóa
  Phòng Quản lý thể dục thể thao
  Phòng Quản lý du lịch
  * Bảo tàng tỉnh
  * Thư viện tỉnh
Sở Khoa học và Công nghệ
  Văn phòng
  Thanh tra Sở
  Phòng Kế hoạch – Tài chính
  Phòng Quản lý khoa học
  Phòng Quản lý công nghệ
  Chi cục Tiêu chuẩn Đo lường Chất lượng
  * Trung tâm Ứng dụng tiến bộ khoa học và công nghệ
Sở Giáo dục và Đào tạo
  Văn phòng
  Thanh tra Sở
  Phòng Tổ chức cán bộ
  Phòng Kế hoạch – Tài chính
  Phòng Giáo dục mầm non
  Phòng Giáo dục tiểu học
  Phòng Giáo dục trung học
  Phòng Quản lý chất lượng – Giáo dục thường xuyên
Sở Y tế
  Văn phòng
  Thanh tra Sở
  Phòng Tổ chức cán bộ
  Phòng Nghiệp vụ y
  Phòng Nghiệp vụ dược
  Chi cục Dân số – Kế hoạch hóa gia đình
  Chi cục An toàn vệ sinh thực phẩm
  * Bệnh viện Đa khoa tỉnh
Sở Ngoại vụ
  Văn phòng
  Thanh tra Sở
  Phòng Hợp tác quốc tế
  Phòng Lãnh sự – Người Việt Nam ở nước ngoài
  Phòng Quản lý biên giới
  * Trung tâm Dịch vụ đối ngoại
Thanh tra tỉnh
  Văn phòng
  Phòng Nghiệp vụ 1
  Phòng Nghiệp vụ 2
  Phòng Nghiệp vụ 3
  Phòng Thanh tra phòng, chống tham nhũng
  Phòng Giám sát, thẩm định và xử lý sau thanh tra
Ban Dân tộc
  Văn phòng
  Thanh tra Ban
  Phòng Chính sách dân tộc
  Phòng Kế hoạch tổng hợp
  Phòng Tuyên truyền và Địa bàn
Ban Quản lý Khu kinh tế cửa khẩu Đồng Đăng – Lạng Sơn
  Văn phòng
  Phòng Kế hoạch – Tổng hợp
  Phòng Quản lý đầu tư, doanh nghiệp và lao động
  Phòng Quản lý quy hoạch, xây dựng và môi trường
  * Trung tâm Quản lý cửa khẩu Hữu Nghị
  * Trung tâm Quản lý cửa khẩu Tân Thanh
  * Trung tâm Quản lý cửa khẩu Chi Ma
"""


def read_departments(table: str) -> tuple[UnitFact, ...]:
    """A line at the margin is a department, the indented lines after it are its rooms."""
    units: list[UnitFact] = []
    department = ""
    for line in table.strip().splitlines():
        name = line.strip().removeprefix("* ")
        if not line.startswith(" "):
            department = key_of(name)
            units.append(UnitFact(department, name, "provincial_department", PROVINCE, None, needs_review=True))
        else:
            units.append(room(name, department, "public_service_unit" if "*" in line else "division"))
    return tuple(units)


DEPARTMENTS_2019 = read_departments(TABLE)
