"""Prints a Word file as PDF with LibreOffice, where the administrator has set one: for papers in an office's own Word file."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from kycuong.core.problems import RuleBroken

SECONDS = 90


def printed(word: bytes, program: str) -> bytes:
    """The file as PDF. Each call has a profile of its own: two on one profile, and one of them fails."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.docx").write_bytes(word)
        command = [program, f"-env:UserInstallation=file://{name}/profile", "--headless", "--norestore"]
        try:
            subprocess.run(
                [*command, "--convert-to", "pdf:writer_pdf_Export", "--outdir", name, str(folder / "a.docx")],
                env={"HOME": name, "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS,
                check=True,
            )
            return (folder / "a.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError):
            raise RuleBroken(
                "Máy chủ chưa in được mẫu riêng thành PDF. Hãy tải bản Word, hoặc báo quản trị hệ thống kiểm tra KYCUONG_SOFFICE.",
                en="The server could not print the office's own file as PDF. Take the Word file, or ask the administrator to check "
                "KYCUONG_SOFFICE.",
            ) from None
