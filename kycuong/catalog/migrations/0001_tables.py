"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import datetime
import django.db.models.deletion
import kycuong.core.ids
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("catalog", "0001_initial"), ("catalog", "0002_checklist_builder")]

    initial = True

    dependencies = [
        ("orgs", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="LegalBasis",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("number", models.CharField(max_length=80, unique=True, verbose_name="số, ký hiệu")),
                ("title", models.CharField(max_length=300, verbose_name="trích yếu")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                ("valid_from", models.DateField(default=datetime.date(1900, 1, 1), verbose_name="có hiệu lực từ")),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="đến trước ngày")),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="catalog.legalbasis",
                    ),
                ),
                ("reviewed_on", models.DateField(blank=True, null=True, verbose_name="đã rà soát ngày")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["number"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="legal_basis_valid_a_while"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="mã")),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Checklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("version", models.CharField(max_length=20, unique=True, verbose_name="phiên bản")),
                ("title", models.CharField(max_length=200, verbose_name="tên")),
                ("published_on", models.DateField(blank=True, null=True, verbose_name="ngày công bố")),
                ("review_note", models.CharField(blank=True, max_length=300, verbose_name="cần rà soát")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="áp dụng từ ngày")),
                (
                    "based_on",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successors",
                        to="catalog.checklist",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="cơ quan bổ sung",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["version"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True), ("published_on__isnull", False), _connector="OR"
                        ),
                        name="checklist_applies_once_published",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CriterionGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="groups", to="catalog.checklist"
                    ),
                ),
                ("code", models.CharField(max_length=4, verbose_name="mã nhóm")),
                ("title", models.CharField(max_length=200, verbose_name="tên nhóm")),
            ],
            options={
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(fields=("checklist", "code"), name="criterion_group_code_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Criterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="criteria", to="catalog.checklist"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="criteria",
                        to="catalog.criteriongroup",
                    ),
                ),
                ("code", models.CharField(max_length=10, verbose_name="mã")),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=400, verbose_name="nội dung")),
                (
                    "answer_type",
                    models.CharField(
                        choices=[
                            ("yes_no", "Có / Không / Không áp dụng"),
                            ("grade", "Đạt / Đạt một phần / Không đạt / Không áp dụng"),
                            ("grade_document", "Mức đạt kèm số, ngày văn bản"),
                            ("document", "Số, ngày văn bản"),
                            ("number", "Số"),
                            ("ratio", "Tỷ lệ x/y"),
                            ("headcount", "Bảng quân số"),
                        ],
                        max_length=20,
                        verbose_name="kiểu trả lời",
                    ),
                ),
                ("evidence", models.CharField(blank=True, max_length=300, verbose_name="minh chứng")),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Nhẹ"), (2, "Trung bình"), (3, "Nghiêm trọng"), (4, "Rất nghiêm trọng")],
                        verbose_name="mức độ",
                    ),
                ),
                (
                    "severity_to",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Nhẹ"), (2, "Trung bình"), (3, "Nghiêm trọng"), (4, "Rất nghiêm trọng")],
                        verbose_name="đến mức",
                    ),
                ),
                (
                    "setting",
                    models.CharField(
                        choices=[("surprise", "Phù hợp đột xuất"), ("prepared", "Cần chuẩn bị, theo kế hoạch")],
                        max_length=10,
                        verbose_name="hình thức",
                    ),
                ),
                ("in_short_form", models.BooleanField(default=False, verbose_name="có trong phiếu rút gọn")),
                ("counted", models.BooleanField(default=True, verbose_name="tính vào so sánh")),
                ("only_with_procedures", models.BooleanField(default=False, verbose_name="chỉ đơn vị có TTHC")),
                ("for_kinds", models.JSONField(blank=True, default=list, verbose_name="chỉ hỏi ở loại đơn vị")),
                ("asked_after", models.CharField(blank=True, max_length=10, verbose_name="chỉ hỏi theo kết quả của")),
                (
                    "asked_on",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pass", "Đạt (Có)"),
                            ("met", "Đạt hoặc đạt một phần"),
                            ("short", "Đạt một phần hoặc không đạt"),
                            ("fail", "Không đạt (Không)"),
                        ],
                        max_length=10,
                        verbose_name="khi kết quả đó là",
                    ),
                ),
                ("pass_from", models.PositiveSmallIntegerField(default=100, verbose_name="đạt từ (%)")),
                ("partial_from", models.PositiveSmallIntegerField(default=70, verbose_name="đạt một phần từ (%)")),
                ("legal_bases", models.ManyToManyField(blank=True, related_name="criteria", to="catalog.legalbasis")),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("checklist", "code"), name="criterion_code_once"),
                    models.CheckConstraint(
                        condition=models.Q(("pass_from__lte", 100), ("partial_from__lte", models.F("pass_from"))),
                        name="criterion_thresholds_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity_to__gte", models.F("severity"))),
                        name="criterion_severities_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("asked_after", ""), ("asked_on", "")),
                            models.Q(
                                models.Q(("asked_after", ""), _negated=True), models.Q(("asked_on", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="criterion_condition_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("asked_after", models.F("code")), _negated=True),
                        name="criterion_waits_for_another",
                    ),
                ],
            },
        ),
    ]
