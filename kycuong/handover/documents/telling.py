"""README.md of an export: what it is and how to read it, in Vietnamese and English."""

from __future__ import annotations

from django.utils import timezone

from kycuong.handover.store import SUMS

from .describing import NAME, Told

NAMED = "README.md"


def page(told: Told) -> str:
    """The page, as Markdown."""
    moment = timezone.localtime(told.taken_at)
    rows = "\n".join(f"| {one.table.title} | `{one.path}` | {one.rows} |" for one in told.tables)
    return (
        f"# Dữ liệu của {told.names} · Data of {told.names}\n\n{VI.format(moment=moment)}\n{EN.format(moment=moment)}\n"
        f"## Các bảng · Tables\n\n| Bảng | Tệp / File | Dòng / Rows |\n| --- | --- | --- |\n{rows}\n"
    )


VI = f"""Như lúc {{moment:%H:%M ngày %d/%m/%Y}}. Mọi thứ bản cài đặt Kỷ Cương này có, ở định dạng mở: dùng được không cần phần mềm này.

- `tables/*.csv`: UTF-8, dòng đầu là tên cột; `tables/*.jsonl`: mỗi dòng một đối tượng JSON (bảng có danh sách bên trong). Ngày là năm-tháng-ngày, giờ theo UTC. Ô trống không có dấu ngoặc kép là «không có giá trị», ô "" là chữ trống.
- `{NAME}`: máy đọc được: từng bảng, cột, kiểu, khóa, ý nghĩa, số dòng, mã SHA-256. `files/`: ảnh, tệp gốc, tên tệp là mã SHA-256 (cột `sha256`).
- Kiểm tra không thiếu, không đổi: `sha256sum -c {SUMS}`.
- Mở bằng Excel: Dữ liệu › Từ Văn bản/CSV, mã 65001 (UTF-8), mọi cột là văn bản. Đừng bấm đúp: Excel sẽ đổi ngày, bỏ số 0 ở đầu, và chạy ô bắt đầu bằng «=».
- Không có trong này: mật khẩu, khóa, lớp bảo vệ thứ hai, phiên. Điều còn niêm phong ở lại đây. Nhật ký cũng vậy: lệnh `./run audit export THƯ_MỤC` ghi nó cho người kiểm chứng. Lý do của từng bảng, cột: `withheld` trong `{NAME}`.
- Có tên người, lời văn của biên bản: chỉ người có trách nhiệm giữ.
"""
EN = f"""As of {{moment:%H:%M on %d/%m/%Y}}. Everything that this installation of Kỷ Cương holds, in open formats: no need for this program.

- `tables/*.csv`: UTF-8, first line the columns; `tables/*.jsonl`: one JSON object a line (tables with lists inside). Days are year-month-day, hours in UTC. An empty field without quotes is “no value”, "" is an empty word.
- `{NAME}`: for machines: every table, column, type, key, meaning, number of rows, SHA-256. `files/`: originals of photos and files, named by their SHA-256 (column `sha256`).
- To check that nothing is missing or changed: `sha256sum -c {SUMS}`.
- In Excel: Data › From Text/CSV, 65001 (UTF-8), all columns as text. Do not double-click: Excel changes days, drops leading zeros, and runs cells that begin with “=”.
- Not in here: passwords, keys, second factors, sessions. What is still sealed stays here. So does the log: `./run audit export FOLDER` writes it for an auditor. The reason for each table and column: `withheld` in `{NAME}`.
- Names of people and words of minutes are in here: only for those who answer for them.
"""
