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
    held = "\n".join(
        f"- `{one.table.name}`: {', '.join(f'{name} {count}' for name, count in one.withheld.items())}"
        for one in told.tables
        if one.withheld
    )
    return (
        f"# Dữ liệu của {told.extent.unit} · Data of {told.extent.unit}\n\n{VI.format(moment=moment)}\n{EN.format(moment=moment)}\n"
        f"## Các bảng · Tables\n\n| Bảng | Tệp / File | Dòng / Rows |\n| --- | --- | --- |\n{rows}\n\n"
        f"## Còn giữ lại · Withheld\n\n{held or '– (không có / none)'}\n"
    )


VI = f"""Như lúc {{moment:%H:%M ngày %d/%m/%Y}}. Mọi thứ đơn vị này và cấp dưới của nó sở hữu trong Kỷ Cương, ở định dạng mở: dùng được không cần phần mềm này.

- `tables/*.csv`: UTF-8, dòng đầu là tên cột; `tables/*.jsonl`: mỗi dòng một đối tượng JSON (bảng có danh sách bên trong). Ngày là năm-tháng-ngày, giờ theo UTC. Ô trống không có dấu ngoặc kép là «không có giá trị».
- `{NAME}`: máy đọc được: từng bảng, cột, kiểu, khóa, ý nghĩa, số dòng, mã SHA-256. `files/`: ảnh, tệp gốc, tên tệp là mã SHA-256 (cột `sha256`). `log/`: nhật ký và mốc kiểm chứng, `verifier/verify.py` kiểm được.
- Kiểm tra không thiếu, không đổi: `sha256sum -c {SUMS}`.
- Mở bằng Excel: Dữ liệu › Từ Văn bản/CSV, mã 65001 (UTF-8), mọi cột là văn bản. Đừng bấm đúp: Excel sẽ đổi ngày, bỏ số 0 ở đầu, và chạy ô bắt đầu bằng «=».
- Không có trong này: mật khẩu, khóa, lớp bảo vệ thứ hai, phiên; nội dung còn niêm phong và họ tên đang được niêm phong (đếm ở cuối trang). Nhật ký là một, không cắt được: nó kể đã có việc niêm phong, không kể về đơn vị nào. Lý do của từng bảng, cột: `withheld` trong `{NAME}`.
- Có tên người, lời văn của biên bản: chỉ người có trách nhiệm giữ.
"""
EN = f"""As of {{moment:%H:%M on %d/%m/%Y}}. Everything that this unit and those below it own in Kỷ Cương, in open formats: no need for this program.

- `tables/*.csv`: UTF-8, first line the columns; `tables/*.jsonl`: one JSON object a line (tables with lists inside). Days are year-month-day, hours in UTC. An empty field without quotes is “no value”.
- `{NAME}`: for machines: every table, column, type, key, meaning, number of rows, SHA-256. `files/`: originals of photos and files, named by their SHA-256 (column `sha256`). `log/`: the log and its checkpoints, checked by `verifier/verify.py`.
- To check that nothing is missing or changed: `sha256sum -c {SUMS}`.
- In Excel: Data › From Text/CSV, 65001 (UTF-8), all columns as text. Do not double-click: Excel changes days, drops leading zeros, and runs cells that begin with “=”.
- Not in here: passwords, keys, second factors, sessions; what is still sealed, and names that are kept sealed (counted at the end). The log is one and cannot be cut: it tells that something was sealed, not about whom. The reason for each table and column: `withheld` in `{NAME}`.
- Names of people and words of minutes are in here: only for those who answer for them.
"""
