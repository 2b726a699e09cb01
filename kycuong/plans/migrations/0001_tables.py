"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import datetime
import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [
        ("plans", "0001_initial"),
        ("plans", "0002_steps"),
        ("plans", "0003_carry_states"),
        ("plans", "0004_issued_has_a_day"),
        ("plans", "0005_items"),
        ("plans", "0006_watch_and_spreading"),
    ]

    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        ("orgs", "0001_tables"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlanDuty",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Tỉnh"),
                            ("provincial_department", "Sở, ban, ngành"),
                            ("district_pc", "UBND cấp huyện"),
                            ("commune_pc", "UBND cấp xã"),
                            ("division", "Phòng, chi cục"),
                            ("public_service_unit", "Đơn vị sự nghiệp"),
                        ],
                        max_length=30,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
            ],
            options={
                "ordering": ["kind", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "valid_from"), name="plan_duty_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="plan_duty_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InspectionPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="orgs.unit"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="trích yếu")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu")),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                (
                    "window_from",
                    models.DateField(
                        blank=True, help_text="Để trống: xuyên suốt trong năm.", null=True, verbose_name="từ ngày"
                    ),
                ),
                ("window_to", models.DateField(blank=True, null=True, verbose_name="đến ngày")),
                ("target_units", models.PositiveIntegerField(blank=True, null=True, verbose_name="chỉ tiêu (đơn vị)")),
                (
                    "target_percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="chỉ tiêu (% đơn vị)"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("submitted", "Đã trình duyệt"),
                            ("approved", "Đã duyệt, chờ ban hành"),
                            ("issued", "Đã ban hành"),
                            ("amended", "Đã ban hành, có điều chỉnh"),
                            ("closed", "Đã kết thúc"),
                        ],
                        default="draft",
                        editable=False,
                        max_length=20,
                        verbose_name="tình trạng",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("desk", "Nhập tại chỗ"),
                            ("import", "Nhập từ tệp"),
                            ("demonstration", "Dữ liệu minh họa"),
                        ],
                        default="desk",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "created_by",
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
                "ordering": ["-year", "pk"],
                "indexes": [models.Index(fields=["agency", "year", "issued_on"], name="plan_of_agency")],
                "constraints": [
                    models.UniqueConstraint(fields=("agency", "year"), name="plan_once_a_year"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("window_from__isnull", True), ("window_to__isnull", True)),
                            ("window_from__lte", models.F("window_to")),
                            _connector="OR",
                        ),
                        name="plan_window_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_units__isnull", True), ("target_percent__isnull", True), _connector="OR"
                        ),
                        name="plan_one_target",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("target_percent__isnull", True), ("target_percent__lte", 100), _connector="OR"
                        ),
                        name="plan_target_at_most_all",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("issued_on__isnull", True), ("state__in", ("draft", "submitted", "approved"))),
                            models.Q(("issued_on__isnull", False), ("state__in", ["issued", "amended", "closed"])),
                            _connector="OR",
                        ),
                        name="plan_issued_has_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="plans.inspectionplan"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("draft", "Lập dự thảo"),
                            ("submit", "Trình duyệt"),
                            ("withdraw", "Rút lại để sửa"),
                            ("return", "Trả lại để sửa"),
                            ("approve", "Duyệt"),
                            ("issue", "Ban hành"),
                            ("number", "Ghi số"),
                            ("amend", "Điều chỉnh, bổ sung"),
                            ("close", "Kết thúc"),
                        ],
                        max_length=20,
                        verbose_name="bước",
                    ),
                ),
                ("taken_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "taken_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu văn bản")),
                ("document_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="ghi chú")),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["plan", "kind"], name="plan_step_of_plan")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "return"), _negated=True),
                            models.Q(("note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="plan_step_returned_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "amend"), _negated=True),
                            models.Q(models.Q(("document_number", ""), _negated=True), ("document_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="plan_step_amends_by_a_document",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="plans.inspectionplan"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("planned", "Theo kế hoạch"),
                            ("surprise", "Đột xuất"),
                            ("combined", "Kết hợp"),
                            ("cross_check", "Kiểm tra chéo"),
                            ("recheck", "Phúc tra"),
                            ("remote", "Từ xa"),
                            ("self_check", "Tự kiểm tra"),
                        ],
                        default="planned",
                        max_length=20,
                        verbose_name="hình thức",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="planned",
                        to="orgs.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "units_count",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="số đơn vị chọn sau"),
                ),
                ("month", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="tháng")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="plans.planitem",
                    ),
                ),
                (
                    "added_under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="added",
                        to="plans.planstep",
                    ),
                ),
                (
                    "dropped_under",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dropped",
                        to="plans.planstep",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="planned", to="catalog.topic", verbose_name="nội dung"
                    ),
                ),
            ],
            options={
                "ordering": ["month", "pk"],
                "indexes": [models.Index(fields=["unit", "plan"], name="plan_item_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("unit__isnull", False),
                                ("units_count__isnull", True),
                                models.Q(("form", "surprise"), _negated=True),
                            ),
                            models.Q(("unit__isnull", True), ("units_count__gte", 1)),
                            _connector="OR",
                        ),
                        name="plan_item_a_unit_or_a_number",
                        violation_error_message="một đơn vị hoặc số đơn vị chọn sau; mục đột xuất chỉ ghi số đơn vị.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("month__isnull", True), models.Q(("month__gte", 1), ("month__lte", 12)), _connector="OR"
                        ),
                        name="plan_item_month_of_the_year",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("dropped_under__isnull", True), ("month__isnull", False), ("unit__isnull", False)
                        ),
                        fields=("plan", "unit", "form", "month"),
                        name="plan_item_once_a_month",
                        violation_error_message="kế hoạch đã có mục này trong tháng ấy.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("dropped_under__isnull", True), ("month__isnull", True), ("unit__isnull", False)
                        ),
                        fields=("plan", "unit", "form"),
                        name="plan_item_once_throughout_the_year",
                        violation_error_message="kế hoạch đã có mục này, xuyên suốt trong năm.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="themes", to="orgs.unit"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("title", models.CharField(max_length=300, verbose_name="chủ đề")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu văn bản")),
                ("document_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
            ],
            options={
                "ordering": ["-year"],
                "constraints": [models.UniqueConstraint(fields=("authority", "year"), name="theme_once_a_year")],
            },
        ),
        migrations.CreateModel(
            name="Dissemination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disseminations", to="orgs.unit"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("document", "Văn bản triển khai"),
                            ("briefing", "Hội nghị quán triệt"),
                            ("promotion", "Tuyên truyền"),
                        ],
                        max_length=20,
                        verbose_name="hình thức",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="ngày")),
                ("title", models.CharField(max_length=300, verbose_name="nội dung")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu văn bản")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="số người được phổ biến")),
                ("recorded_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdraw_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do rút")),
            ],
            options={
                "ordering": ["held_on", "pk"],
                "indexes": [models.Index(fields=["year", "agency"], name="dissemination_of_year")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdraw_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="dissemination_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "document"), _negated=True),
                            models.Q(("document_number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="dissemination_document_numbered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "document"), ("people__gte", 1), _connector="OR"),
                        name="dissemination_session_reaches_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BurdenLimit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True, verbose_name="áp dụng từ ngày")),
                ("span_days", models.PositiveSmallIntegerField(default=60, verbose_name="khoảng cách (ngày)")),
                ("visits_a_year", models.PositiveSmallIntegerField(default=2, verbose_name="số lượt mỗi năm")),
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
                    models.CheckConstraint(
                        condition=models.Q(("span_days__gte", 1), ("visits_a_year__gte", 1)),
                        name="burden_limit_means_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="plan_reminders", to="orgs.unit"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("words", models.CharField(max_length=1000, verbose_name="nội dung nhắc")),
                ("reminded_on", models.DateField(verbose_name="ngày nhắc")),
                ("reminded_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "reminded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-reminded_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("agency", "year", "reminded_on"),
                        name="plan_reminder_once_a_day",
                        violation_error_message="hôm nay đã nhắc cơ quan này rồi.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="plan_reminder_says_something"
                    ),
                ],
            },
        ),
    ]
