"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("letterheads", "0001_letterheads")]

    initial = True

    dependencies = [
        ("orgs", "0001_tables"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letterhead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letterheads", to="orgs.unit"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("superior", models.CharField(blank=True, max_length=200, verbose_name="cơ quan chủ quản")),
                ("issuer", models.CharField(max_length=200, verbose_name="cơ quan ban hành")),
                ("symbol", models.CharField(max_length=30, verbose_name="chữ viết tắt trong ký hiệu")),
                ("place", models.CharField(max_length=60, verbose_name="địa danh")),
                ("set_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [models.UniqueConstraint(fields=("unit", "valid_from"), name="letterhead_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Signing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signings", to="orgs.unit"
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("plan", "Kế hoạch kiểm tra"),
                            ("decision", "Quyết định thành lập đoàn"),
                            ("notice", "Thông báo, lịch kiểm tra"),
                            ("minutes", "Biên bản kiểm tra"),
                            ("addendum", "Biên bản bổ sung"),
                            ("report", "Báo cáo kết quả kiểm tra"),
                            ("conclusion", "Thông báo kết luận kiểm tra"),
                            ("urge", "Công văn đôn đốc"),
                            ("remedy", "Báo cáo khắc phục"),
                        ],
                        max_length=20,
                        verbose_name="loại văn bản",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("collective", models.CharField(blank=True, max_length=120, verbose_name="thay mặt tập thể (TM.)")),
                ("head_title", models.CharField(max_length=120, verbose_name="chức vụ người đứng đầu")),
                (
                    "capacity",
                    models.CharField(
                        choices=[
                            ("head", "Người đứng đầu ký"),
                            ("acting", "Q. (quyền người đứng đầu)"),
                            ("deputy", "KT. (cấp phó ký thay)"),
                            ("order", "TL. (ký thừa lệnh)"),
                            ("delegated", "TUQ. (ký thừa ủy quyền)"),
                        ],
                        default="head",
                        max_length=20,
                        verbose_name="cách ký",
                    ),
                ),
                ("signer_title", models.CharField(blank=True, max_length=120, verbose_name="chức vụ người ký")),
                ("signer_name", models.CharField(blank=True, max_length=120, verbose_name="họ tên người ký")),
                (
                    "recipients",
                    models.TextField(blank=True, max_length=1000, verbose_name="nơi nhận (mỗi dòng một nơi)"),
                ),
                ("set_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "paper", "valid_from"), name="signing_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("capacity__in", ("deputy", "order", "delegated")), _negated=True),
                            models.Q(("signer_title", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signing_for_the_head_as_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="paper_wordings", to="orgs.unit"
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[
                            ("plan", "Kế hoạch kiểm tra"),
                            ("decision", "Quyết định thành lập đoàn"),
                            ("notice", "Thông báo, lịch kiểm tra"),
                            ("minutes", "Biên bản kiểm tra"),
                            ("addendum", "Biên bản bổ sung"),
                            ("report", "Báo cáo kết quả kiểm tra"),
                            ("conclusion", "Thông báo kết luận kiểm tra"),
                            ("urge", "Công văn đôn đốc"),
                            ("remedy", "Báo cáo khắc phục"),
                        ],
                        max_length=20,
                        verbose_name="loại văn bản",
                    ),
                ),
                ("piece", models.CharField(max_length=20, verbose_name="đoạn")),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("text", models.TextField(blank=True, max_length=3000, verbose_name="nội dung")),
                ("set_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "set_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["valid_from"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "paper", "piece", "valid_from"), name="paper_wording_once_a_day"
                    )
                ],
            },
        ),
    ]
