"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [
        ("inspections", "0001_initial"),
        ("inspections", "0002_initial"),
        ("inspections", "0003_minutes_digest_and_addenda"),
        ("inspections", "0004_report_and_conclusions"),
        ("inspections", "0005_visit_addition"),
        ("inspections", "0006_seal"),
        ("inspections", "0007_visit_roll_call"),
        ("inspections", "0008_visit_files"),
        ("inspections", "0009_visit_picks"),
        ("inspections", "0010_visit_concerned"),
        ("inspections", "0011_team_and_groups"),
        ("inspections", "0012_team_decisions"),
        ("inspections", "0013_team_conflicts"),
        ("inspections", "0014_team_drawn_members"),
        ("inspections", "0015_sealed_ties"),
        ("inspections", "0016_silence_and_replies"),
        ("inspections", "0018_conclusion_shared_at"),
    ]

    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        ("files", "0001_tables"),
        ("orgs", "0001_tables"),
        ("orgs", "__first__"),
        ("plans", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="Inspection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections_led",
                        to="orgs.unit",
                        verbose_name="cơ quan chủ trì",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inspections",
                        to="plans.inspectionplan",
                        verbose_name="kế hoạch",
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
                        max_length=20,
                        verbose_name="hình thức",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=300, verbose_name="nội dung")),
                ("decision_number", models.CharField(blank=True, max_length=80, verbose_name="số quyết định")),
                ("decision_on", models.DateField(blank=True, null=True, verbose_name="ngày quyết định")),
                ("opened_on", models.DateField(default=kycuong.core.clock.today)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("scheduled", "Đã lên lịch"),
                            ("in_progress", "Đang kiểm tra"),
                            ("minutes_signed", "Đã ký biên bản"),
                            ("reported", "Đã báo cáo kết quả"),
                            ("concluded", "Đã kết luận"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="scheduled",
                        max_length=20,
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
                ("sealed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "cancelled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("cancel_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do hủy")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "topics",
                    models.ManyToManyField(
                        blank=True, related_name="inspections", to="catalog.topic", verbose_name="nội dung kết hợp"
                    ),
                ),
            ],
            options={
                "ordering": ["-opened_on", "-pk"],
                "indexes": [models.Index(fields=["lead", "form", "id"], name="inspection_of_lead")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sealed_at__isnull", True), ("sealed_by__isnull", True)),
                            models.Q(("form", "surprise"), ("sealed_at__isnull", False), ("sealed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="inspection_sealed_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cancelled_at__isnull", True),
                            models.Q(("cancelled_by__isnull", False), ("state", "cancelled")),
                            _connector="OR",
                        ),
                        name="inspection_cancelled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="inspections.inspection"
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="tên tổ")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [models.UniqueConstraint(fields=("inspection", "name"), name="team_group_name_once")],
            },
        ),
        migrations.CreateModel(
            name="TeamMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seat_uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team", to="inspections.inspection"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="chức vụ, đơn vị")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("team_head", "Trưởng đoàn"),
                            ("deputy_head", "Phó trưởng đoàn"),
                            ("secretary", "Thư ký"),
                            ("member", "Thành viên"),
                        ],
                        default="member",
                        max_length=20,
                        verbose_name="vai trò",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="inspections.teamgroup",
                    ),
                ),
                ("leads_group", models.BooleanField(default=False, verbose_name="tổ trưởng")),
                ("drawn_in", models.UUIDField(blank=True, editable=False, null=True, verbose_name="lần bốc thăm")),
                (
                    "joined_at",
                    models.DateTimeField(blank=True, default=kycuong.core.clock.now, editable=False, null=True),
                ),
                ("left_at", models.DateTimeField(blank=True, null=True)),
                (
                    "left_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("leave_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do rút khỏi đoàn")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True), ("person__isnull", False)),
                        fields=("inspection", "person"),
                        name="team_member_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_at__isnull", True), ("role", "team_head")),
                        fields=("inspection",),
                        name="team_has_at_most_one_head",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("leads_group", True), ("left_at__isnull", True)),
                        fields=("group",),
                        name="team_group_has_at_most_one_lead",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), models.Q(("position", ""), _negated=True), _connector="OR"
                        ),
                        name="team_member_is_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leads_group", False), ("group__isnull", False), _connector="OR"),
                        name="team_group_lead_is_in_the_group",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leave_reason", ""), ("left_at__isnull", True), ("left_by__isnull", True)),
                            models.Q(
                                ("left_at__isnull", False),
                                ("left_by__isnull", False),
                                models.Q(("leave_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="team_member_left_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Visit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="inspections.inspection"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="orgs.unit",
                        verbose_name="đơn vị được kiểm tra",
                    ),
                ),
                ("visited_on", models.DateField(verbose_name="ngày kiểm tra")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="inspections.teamgroup",
                        verbose_name="tổ",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang ghi"), ("signed", "Đã ký biên bản"), ("annulled", "Đã hủy")],
                        default="draft",
                        max_length=10,
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
                (
                    "checklist",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="visits",
                        to="catalog.checklist",
                    ),
                ),
                (
                    "checklist_form",
                    models.CharField(
                        blank=True,
                        choices=[("full", "Đầy đủ"), ("short", "Rút gọn")],
                        max_length=10,
                        verbose_name="phiếu",
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("quota", models.PositiveIntegerField(blank=True, null=True, verbose_name="biên chế được giao")),
                ("present", models.PositiveIntegerField(blank=True, null=True, verbose_name="có mặt")),
                ("absent_excused", models.PositiveIntegerField(blank=True, null=True, verbose_name="vắng có lý do")),
                (
                    "absent_unexcused",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="vắng không lý do"),
                ),
                ("late", models.PositiveIntegerField(blank=True, null=True, verbose_name="đi muộn, về sớm")),
                ("excused_leave", models.PositiveIntegerField(blank=True, null=True, verbose_name="nghỉ phép")),
                ("excused_mission", models.PositiveIntegerField(blank=True, null=True, verbose_name="đi công tác")),
                ("excused_meeting", models.PositiveIntegerField(blank=True, null=True, verbose_name="đi họp, học")),
                ("excused_sick", models.PositiveIntegerField(blank=True, null=True, verbose_name="ốm")),
                ("excused_maternity", models.PositiveIntegerField(blank=True, null=True, verbose_name="thai sản")),
                ("excused_other", models.PositiveIntegerField(blank=True, null=True, verbose_name="lý do khác")),
                ("roll_call_at", models.TimeField(blank=True, null=True, verbose_name="giờ điểm danh")),
                ("strengths", models.TextField(blank=True, verbose_name="ưu điểm")),
                ("unit_explanation", models.TextField(blank=True, verbose_name="ý kiến giải trình của đơn vị")),
                ("unit_name_then", models.CharField(blank=True, editable=False, max_length=420)),
                ("lead_name_then", models.CharField(blank=True, editable=False, max_length=420)),
                ("version", models.PositiveIntegerField(default=1)),
                ("recorded_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "signed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("annulled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "annulled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("annul_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do hủy")),
            ],
            options={
                "ordering": ["-visited_on", "-pk"],
                "indexes": [
                    models.Index(fields=["unit", "state", "visited_on", "inspection"], name="visit_of_unit"),
                    models.Index(fields=["inspection", "state", "visited_on", "unit"], name="visit_of_inspection"),
                    models.Index(fields=["visited_on"], name="visit_by_day"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "annulled"), _negated=True),
                        fields=("inspection", "unit", "visited_on"),
                        name="visit_once_a_day_in_an_inspection",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("state", "draft")),
                            models.Q(models.Q(("state", "draft"), _negated=True), ("signed_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_signed_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("state", "annulled"), _negated=True), ("annulled_at__isnull", True)),
                            models.Q(
                                ("annulled_at__isnull", False),
                                ("state", "annulled"),
                                models.Q(("annul_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="visit_annulled_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checklist__isnull", True), ("checklist_form", "")),
                            models.Q(("checklist__isnull", False), models.Q(("checklist_form", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="visit_checklist_has_a_form",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("excused_leave__isnull", True),
                                ("excused_maternity__isnull", True),
                                ("excused_meeting__isnull", True),
                                ("excused_mission__isnull", True),
                                ("excused_other__isnull", True),
                                ("excused_sick__isnull", True),
                            ),
                            (
                                "absent_excused",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.Value(0),
                                                        "+",
                                                        django.db.models.functions.comparison.Coalesce(
                                                            models.F("excused_leave"), 0
                                                        ),
                                                    ),
                                                    "+",
                                                    django.db.models.functions.comparison.Coalesce(
                                                        models.F("excused_mission"), 0
                                                    ),
                                                ),
                                                "+",
                                                django.db.models.functions.comparison.Coalesce(
                                                    models.F("excused_meeting"), 0
                                                ),
                                            ),
                                            "+",
                                            django.db.models.functions.comparison.Coalesce(models.F("excused_sick"), 0),
                                        ),
                                        "+",
                                        django.db.models.functions.comparison.Coalesce(
                                            models.F("excused_maternity"), 0
                                        ),
                                    ),
                                    "+",
                                    django.db.models.functions.comparison.Coalesce(models.F("excused_other"), 0),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="visit_excused_by_reason_adds_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitAddition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addition", to="inspections.visit"
                    ),
                ),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalog.checklist"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AnswerException",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="exceptions", to="inspections.visit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
                ("criterion_code", models.CharField(max_length=10)),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("pass", "Đạt"),
                            ("partial", "Đạt một phần"),
                            ("fail", "Không đạt"),
                            ("not_applicable", "Không áp dụng"),
                            ("not_asked", "Chưa kiểm tra"),
                        ],
                        max_length=20,
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "criterion_code", "outcome"], name="answer_exception_of_unit")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "criterion_code"), name="answer_exception_once"),
                    models.CheckConstraint(
                        condition=models.Q(("outcome", "pass"), _negated=True), name="answer_exception_is_not_a_pass"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="inspections.visit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="orgs.unit"
                    ),
                ),
                ("criterion_code", models.CharField(blank=True, max_length=10, verbose_name="tiêu chí")),
                ("group_code", models.CharField(blank=True, max_length=4, verbose_name="nhóm")),
                ("description", models.CharField(max_length=1000, verbose_name="mô tả")),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Nhẹ"), (2, "Trung bình"), (3, "Nghiêm trọng"), (4, "Rất nghiêm trọng")],
                        default=1,
                        verbose_name="mức độ",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn khắc phục")),
                ("remedied_on", models.DateField(blank=True, null=True, verbose_name="đã khắc phục ngày")),
                (
                    "remedied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("remedy_note", models.CharField(blank=True, max_length=500, verbose_name="kết quả khắc phục")),
                ("unit_explanation", models.CharField(blank=True, max_length=1000, verbose_name="ý kiến của đơn vị")),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["unit", "criterion_code", "visit"], name="finding_of_unit"),
                    models.Index(fields=["due_on", "remedied_on"], name="finding_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("remedied_on__isnull", False), ("remedied_by__isnull", True), _connector="OR"
                        ),
                        name="finding_remedied_on_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="inspections.visit"
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="số biên bản")),
                ("begun_at", models.TimeField(blank=True, null=True, verbose_name="bắt đầu")),
                ("ended_at", models.TimeField(blank=True, null=True, verbose_name="kết thúc")),
                (
                    "team_signatory",
                    models.CharField(blank=True, max_length=200, verbose_name="người ký của đoàn (chức vụ)"),
                ),
                (
                    "unit_signature",
                    models.CharField(
                        choices=[("signed", "Đã ký"), ("refused", "Từ chối ký")],
                        default="signed",
                        max_length=10,
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "unit_signatory",
                    models.CharField(blank=True, max_length=200, verbose_name="người ký của đơn vị (chức vụ)"),
                ),
                ("refusal_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do từ chối ký")),
                (
                    "witness",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="người chứng kiến việc từ chối (chức vụ)"
                    ),
                ),
                ("secretary", models.CharField(blank=True, max_length=200, verbose_name="thư ký (chức vụ)")),
                (
                    "decision_number",
                    models.CharField(blank=True, editable=False, max_length=80, verbose_name="số quyết định khi ký"),
                ),
                (
                    "decision_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="ngày quyết định khi ký"),
                ),
                ("digest", models.CharField(blank=True, editable=False, max_length=64, verbose_name="mã kiểm tra")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_signature", "signed"),
                            models.Q(("refusal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="minutes_refused_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("begun_at__isnull", True),
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("begun_at")),
                            _connector="OR",
                        ),
                        name="minutes_end_after_they_begin",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="inspections.minutes"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="lần")),
                ("reason", models.CharField(max_length=500, verbose_name="lý do bổ sung")),
                ("text", models.TextField(max_length=5000, verbose_name="nội dung bổ sung, đính chính")),
                ("team_signatory", models.CharField(max_length=200, verbose_name="người ký của đoàn (chức vụ)")),
                (
                    "unit_signature",
                    models.CharField(
                        choices=[("signed", "Đã ký"), ("refused", "Từ chối ký")],
                        default="signed",
                        max_length=10,
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "unit_signatory",
                    models.CharField(blank=True, max_length=200, verbose_name="người ký của đơn vị (chức vụ)"),
                ),
                ("refusal_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do từ chối ký")),
                (
                    "witness",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="người chứng kiến việc từ chối (chức vụ)"
                    ),
                ),
                ("digest", models.CharField(editable=False, max_length=64, verbose_name="mã kiểm tra")),
                ("signed_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "signed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("minutes", "position"), name="addendum_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("unit_signature", "signed"),
                            models.Q(("refusal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="addendum_refused_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConcernedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "finding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="people", to="inspections.finding"
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("official", "Cán bộ"),
                            ("civil_servant", "Công chức"),
                            ("public_employee", "Viên chức"),
                            ("part_time", "Người hoạt động không chuyên trách"),
                            ("contract", "Hợp đồng lao động"),
                        ],
                        max_length=20,
                        verbose_name="đối tượng",
                    ),
                ),
                ("position", models.CharField(max_length=200, verbose_name="chức vụ, vị trí việc làm")),
                ("sealed_name", models.TextField(blank=True, editable=False, verbose_name="họ tên (niêm phong)")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="SilenceRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valid_from",
                    models.DateField(
                        error_messages={
                            "unique": "quy tắc từ ngày này đang được dùng, không sửa được; hãy chọn ngày sau."
                        },
                        unique=True,
                        verbose_name="áp dụng từ ngày",
                    ),
                ),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(default=5, verbose_name="đơn vị trả lời trong (ngày làm việc)"),
                ),
                (
                    "unit_silence",
                    models.CharField(
                        choices=[("stands", "tồn tại giữ nguyên như dự thảo")],
                        default="stands",
                        max_length=10,
                        verbose_name="đơn vị không trả lời thì",
                    ),
                ),
                (
                    "decide_days",
                    models.PositiveSmallIntegerField(default=10, verbose_name="xem xét ý kiến trong (ngày làm việc)"),
                ),
                (
                    "lead_silence",
                    models.CharField(
                        choices=[
                            ("withdrawn", "tồn tại được rút"),
                            ("waits", "kết luận chưa được duyệt cho tới khi có quyết định"),
                        ],
                        default="withdrawn",
                        max_length=10,
                        verbose_name="không xem xét kịp thì",
                    ),
                ),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="căn cứ")),
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
                        condition=models.Q(("decide_days__gte", 1), ("reply_days__gte", 1)),
                        name="silence_rule_leaves_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reply", to="inspections.finding"
                    ),
                ),
                ("accepts", models.BooleanField(verbose_name="đồng ý")),
                ("text", models.TextField(blank=True, max_length=3000, verbose_name="ý kiến, giải trình")),
                ("replied_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "replied_on",
                    models.DateField(default=kycuong.core.clock.today, editable=False, verbose_name="ngày trả lời"),
                ),
                (
                    "replied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("accepts", True), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="finding_reply_objects_with_words",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FindingDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "finding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="inspections.finding"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("kept", "Giữ nguyên"), ("changed", "Sửa"), ("withdrawn", "Rút")],
                        max_length=10,
                        verbose_name="quyết định",
                    ),
                ),
                ("reason", models.TextField(max_length=2000, verbose_name="lý do")),
                ("description", models.CharField(blank=True, max_length=1000, verbose_name="nội dung sau khi sửa")),
                (
                    "severity",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[(1, "Nhẹ"), (2, "Trung bình"), (3, "Nghiêm trọng"), (4, "Rất nghiêm trọng")],
                        null=True,
                        verbose_name="mức độ sau khi sửa",
                    ),
                ),
                ("decided_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "decided_on",
                    models.DateField(default=kycuong.core.clock.today, editable=False, verbose_name="ngày quyết định"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="finding_decision_has_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("outcome", "changed"),
                                ("severity__isnull", False),
                                models.Q(("description", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("outcome", "changed"), _negated=True),
                                ("description", ""),
                                ("severity__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="finding_decision_says_what_changed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by__isnull", False), ("outcome", "withdrawn"), _connector="OR"),
                        name="finding_decision_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report", to="inspections.inspection"
                    ),
                ),
                ("text", models.TextField(max_length=20000, verbose_name="nội dung báo cáo")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu")),
                ("reported_on", models.DateField(verbose_name="ngày báo cáo")),
                ("submitted_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Conclusion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="conclusion", to="inspections.visit"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("shared", "Lấy ý kiến đơn vị"),
                            ("approved", "Đã duyệt"),
                            ("issued", "Đã ban hành"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("strengths", models.TextField(blank=True, max_length=5000, verbose_name="ưu điểm")),
                ("shortcomings", models.TextField(blank=True, max_length=10000, verbose_name="tồn tại, hạn chế")),
                ("causes", models.TextField(blank=True, max_length=5000, verbose_name="nguyên nhân")),
                ("requests", models.TextField(blank=True, max_length=5000, verbose_name="kiến nghị, yêu cầu")),
                (
                    "rule",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.silencerule",
                    ),
                ),
                ("shared_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("shared_on", models.DateField(blank=True, null=True, verbose_name="lấy ý kiến lần đầu ngày")),
                ("reply_from", models.DateField(blank=True, null=True, verbose_name="lấy ý kiến từ ngày")),
                (
                    "reply_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="thời hạn lấy ý kiến (ngày làm việc)"
                    ),
                ),
                ("reply_until", models.DateField(blank=True, null=True, verbose_name="lấy ý kiến đến hết ngày")),
                ("heard_on", models.DateField(blank=True, null=True, verbose_name="lấy ý kiến xong ngày")),
                ("decide_from", models.DateField(blank=True, null=True, verbose_name="xem xét ý kiến từ ngày")),
                ("decide_until", models.DateField(blank=True, null=True, verbose_name="xem xét ý kiến đến hết ngày")),
                ("reply", models.TextField(blank=True, max_length=5000, verbose_name="ý kiến của đơn vị")),
                ("replied_at", models.DateTimeField(blank=True, null=True)),
                (
                    "replied_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("return_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do trả lại")),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["state", "reply_until"], name="conclusion_waiting"),
                    models.Index(fields=["state", "decide_until"], name="conclusion_undecided"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="conclusion_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("issued_on__isnull", True),
                            models.Q(("approved_at__isnull", False), ("state", "issued")),
                            _connector="OR",
                        ),
                        name="conclusion_issued_after_approval",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "issued"), _negated=True), ("issued_on__isnull", False), _connector="OR"
                        ),
                        name="conclusion_issued_on_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replied_at__isnull", True), ("replied_by__isnull", True), ("reply", "")),
                            models.Q(
                                ("replied_at__isnull", False),
                                ("replied_by__isnull", False),
                                models.Q(("reply", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conclusion_replied_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("none", "Không có xung đột"),
                            ("kinship", "Quan hệ gia đình, thân thuộc"),
                            ("former_unit", "Đơn vị cũ"),
                            ("other", "Lợi ích khác"),
                        ],
                        max_length=20,
                        verbose_name="loại quan hệ",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                (
                    "sealed_tie",
                    models.TextField(blank=True, editable=False, verbose_name="đơn vị và ghi chú (niêm phong)"),
                ),
                ("declared_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("inspection", "person", "kind", "unit"), name="conflict_declared_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "none")),
                        fields=("inspection", "person"),
                        name="conflict_denied_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "none"), ("sealed_tie", ""), ("unit__isnull", True)),
                            models.Q(
                                models.Q(("kind", "none"), _negated=True), ("sealed_tie", ""), ("unit__isnull", False)
                            ),
                            models.Q(
                                models.Q(("kind", "none"), _negated=True),
                                ("note", ""),
                                ("unit__isnull", True),
                                models.Q(("sealed_tie", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="conflict_is_with_a_unit",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConflictWaiver",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="waivers", to="inspections.inspection"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
                ("covers", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=300, verbose_name="lý do chấp nhận")),
                ("waived_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "waived_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("inspection", "person", "unit"), name="conflict_waived_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="conflict_waived_with_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandingRecusal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="cơ quan giữ danh sách",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("none", "Không có xung đột"),
                            ("kinship", "Quan hệ gia đình, thân thuộc"),
                            ("former_unit", "Đơn vị cũ"),
                            ("other", "Lợi ích khác"),
                        ],
                        max_length=20,
                        verbose_name="loại quan hệ",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("valid_from", models.DateField(verbose_name="từ ngày")),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="đến trước ngày")),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-valid_from", "-pk"],
                "indexes": [
                    models.Index(fields=["person", "valid_from", "valid_to"], name="standing_recusal_of_person")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "unit", "kind", "valid_from"), name="standing_recusal_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="standing_recusal_begins_first",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "none"), _negated=True), name="standing_recusal_is_a_tie"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="inspections.visit"
                    ),
                ),
                (
                    "reply",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="inspections.findingreply",
                    ),
                ),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
                    ),
                ),
                ("criterion_code", models.CharField(blank=True, max_length=10, verbose_name="tiêu chí")),
                ("caption", models.CharField(blank=True, max_length=300, verbose_name="chú thích")),
                ("added_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "removed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["criterion_code", "pk"],
                "indexes": [models.Index(fields=["visit", "removed_at"], name="visit_file_of_visit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                            models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="visit_file_removed_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseFilePick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="picks", to="inspections.visit"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="lần")),
                ("subject", models.CharField(max_length=200, verbose_name="hồ sơ gì")),
                ("size", models.PositiveIntegerField(verbose_name="tổng số hồ sơ")),
                ("number", models.PositiveIntegerField(verbose_name="số hồ sơ được chọn")),
                ("codes", models.JSONField(blank=True, default=list, verbose_name="danh sách mã")),
                ("list_sha256", models.CharField(max_length=64, verbose_name="mã danh sách")),
                ("seed", models.CharField(max_length=64, verbose_name="số gieo")),
                ("picked", models.JSONField(verbose_name="hồ sơ được chọn")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do chọn thêm")),
                ("picked_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "picked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["visit", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("visit", "position"), name="case_file_pick_once_a_position"),
                    models.CheckConstraint(
                        condition=models.Q(("position", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="case_file_pick_again_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1), ("number__lte", models.F("size"))),
                        name="case_file_pick_some",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Sealing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sealing", to="inspections.inspection"
                    ),
                ),
                ("sealed_plan", models.TextField(editable=False)),
                ("members_from", models.DateTimeField(blank=True, null=True, verbose_name="cho thành viên biết từ")),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("unsealed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "unsealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("summary", models.JSONField(blank=True, editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("summary__isnull", True), ("unsealed_at__isnull", True), ("unsealed_by__isnull", True)
                            ),
                            models.Q(
                                ("summary__isnull", False),
                                ("unsealed_at__isnull", False),
                                ("unsealed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="sealing_plain_only_when_opened",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SealBreak",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="cơ quan chủ trì",
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                ("asked_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_at__isnull", True), ("confirmed_by__isnull", True)),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(("confirmed_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="seal_broken_by_two_people",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ShortListEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "inspection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="short_list",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("added_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "by_break",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="inspections.sealbreak",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("inspection", "person"), name="short_list_once")],
            },
        ),
        migrations.CreateModel(
            name="SealBreakNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "seal_break",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="inspections.sealbreak"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("noted_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("seal_break", "person"), name="seal_break_noted_once")],
            },
        ),
    ]
