"""`./run paper KIND UID`: a document of the system as a Word or PDF file."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.conf import settings

from kycuong.core.command import Command as OurCommand
from kycuong.core.problems import BadInput
from kycuong.letterheads.documents import written
from kycuong.letterheads.rules import FORMS, label_of
from kycuong.orgs.models import Person


class Command(OurCommand):
    help = "một văn bản (kế hoạch, biên bản, kết luận, …) thành tệp Word hoặc PDF / a document as a file"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paper",
            choices=list(settings.PAPERS),
            help="; ".join(f"{kind}: {label_of(kind)}" for kind in settings.PAPERS),
        )
        parser.add_argument(
            "uid", type=UUID, help="mã của hồ sơ, như trong địa chỉ trang / the uid in the page's address"
        )
        parser.add_argument("--by", required=True, metavar="USERNAME", help="tài khoản đứng tên / whose eyes")
        parser.add_argument("--form", choices=list(FORMS), default="docx", help="mặc định docx / docx by default")
        parser.add_argument(
            "--standard", action="store_true", help="theo thể thức chuẩn dù cơ quan có mẫu riêng / in the standard form"
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="mặc định: tên tệp của văn bản / where to write it")

    def handle(self, *args: Any, **options: Any) -> None:
        by = Person.objects.filter(username=options["by"], is_active=True).first()
        if by is None:
            raise BadInput(f"Không có tài khoản “{options['by']}”.", en=f"There is no account “{options['by']}”.")
        file = written(options["paper"], options["uid"], options["form"], by=by, standard=options["standard"])
        self.keep(file.data, options["output"] or file.name)
