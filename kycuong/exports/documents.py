"""A list as a file that is made while one waits."""

from __future__ import annotations

import tempfile
from typing import IO, Any

from kycuong.core.clock import today
from kycuong.core.problems import Busy
from kycuong.exports.queries import printed
from kycuong.orgs.models import Person
from kycuong.sheets.listing import Listed, write_list


def file_name(name: str, form: str) -> str:
    return f"{name}-{today()}.{form}"


def workbook(listed: Listed[Any], person: Person) -> IO[bytes]:
    """Open at its beginning; gone from the disk when it is closed."""
    target: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed by the answer that sends it
    if write_list(target, listed, printed(listed, person)) != len(listed.keys):
        raise Busy(
            "Danh sách vừa thay đổi trong khi ghi tệp. Hãy bấm tải lại.",
            en="The list changed while the file was written. Ask for it again.",
        )
    target.seek(0)
    return target
