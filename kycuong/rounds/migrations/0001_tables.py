"""Rounds of periodic reports, what is submitted, what is signed, the setting, reminders."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("orgs", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingRound",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("title", models.CharField(max_length=200, verbose_name="tên đợt")),
                ("first", models.DateField(verbose_name="ngày đầu kỳ")),
                ("last", models.DateField(verbose_name="ngày chốt")),
                ("period_name", models.CharField(blank=True, max_length=20, verbose_name="tên kỳ")),
                ("days", models.PositiveSmallIntegerField(verbose_name="hạn (ngày làm việc)")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="ngày gửi")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn nộp")),
                ("due_words", models.CharField(blank=True, max_length=600, verbose_name="cách tính hạn")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Đang soạn"),
                            ("open", "Đang thu"),
                            ("signed", "Đã ký"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("cancelled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do hủy")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporting_rounds",
                        to="orgs.unit",
                        verbose_name="cơ quan yêu cầu báo cáo",
                    ),
                ),
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
                    "opened_by",
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
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="AgencyReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Chưa nộp"),
                            ("submitted", "Chờ xem xét"),
                            ("returned", "Trả lại"),
                            ("accepted", "Đã nhận"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("difficulties", models.TextField(blank=True, max_length=10000, verbose_name="khó khăn, vướng mắc")),
                (
                    "proposals",
                    models.TextField(blank=True, max_length=10000, verbose_name="phương hướng, đề xuất, kiến nghị"),
                ),
                ("first_submitted_on", models.DateField(blank=True, null=True, verbose_name="nộp lần đầu")),
                (
                    "days_late",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="số ngày làm việc quá hạn"),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agency_reports",
                        to="orgs.unit",
                        verbose_name="cơ quan",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="rounds.reportinground"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("ahead", "Nhắc trước hạn"),
                            ("over", "Nhắc khi hết hạn"),
                            ("again", "Nhắc lần nữa"),
                            ("by_hand", "Nhắc tay"),
                        ],
                        max_length=10,
                        verbose_name="bước",
                    ),
                ),
                ("reminded_on", models.DateField(verbose_name="ngày nhắc")),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="số người được báo")),
                ("told_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="rounds.agencyreport"
                    ),
                ),
                (
                    "told_by",
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportSubmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField(verbose_name="lần nộp")),
                ("content", models.TextField(verbose_name="nội dung")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã SHA-256")),
                ("code_version", models.CharField(max_length=60, verbose_name="phiên bản phần mềm")),
                ("days_late", models.PositiveIntegerField(default=0, verbose_name="số ngày làm việc quá hạn")),
                ("submitted_on", models.DateField(verbose_name="ngày nộp")),
                ("submitted_at", models.DateTimeField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="rounds.agencyreport",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="ReportReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("accepted", models.BooleanField(verbose_name="nhận")),
                ("reason", models.CharField(blank=True, max_length=1000, verbose_name="lý do trả lại")),
                ("decided_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="rounds.reportsubmission",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RoundRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True, verbose_name="áp dụng từ ngày")),
                ("month_days", models.PositiveSmallIntegerField(default=3, verbose_name="hạn báo cáo tháng")),
                ("quarter_days", models.PositiveSmallIntegerField(default=5, verbose_name="hạn báo cáo quý")),
                ("half_days", models.PositiveSmallIntegerField(default=7, verbose_name="hạn báo cáo 6 tháng")),
                ("year_days", models.PositiveSmallIntegerField(default=10, verbose_name="hạn báo cáo năm")),
                ("other_days", models.PositiveSmallIntegerField(default=5, verbose_name="hạn báo cáo kỳ khác")),
                ("ahead", models.PositiveSmallIntegerField(default=2, verbose_name="nhắc trước hạn")),
                ("again_after", models.PositiveSmallIntegerField(default=3, verbose_name="nhắc lần nữa sau")),
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
            },
        ),
        migrations.CreateModel(
            name="SignedReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("title", models.CharField(max_length=300, verbose_name="tên báo cáo")),
                ("content", models.TextField(verbose_name="nội dung")),
                ("sha256", models.CharField(max_length=64, verbose_name="mã SHA-256")),
                ("code_version", models.CharField(max_length=60, verbose_name="phiên bản phần mềm")),
                ("signed_at", models.DateTimeField(verbose_name="lúc ký")),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signed_reports", to="orgs.unit"
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signed", to="rounds.reportinground"
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="SignedReportNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, verbose_name="số, ký hiệu")),
                ("dated_on", models.DateField(verbose_name="ngày của văn bản")),
                ("entered_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "entered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signed",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="numbered", to="rounds.signedreport"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="reportinground",
            index=models.Index(fields=["authority", "state"], name="reporting_round_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="reportinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due_on", None), ("opened_on", None), ("state", "draft")),
                    models.Q(
                        models.Q(("state", "draft"), _negated=True),
                        ("due_on__isnull", False),
                        ("opened_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="reporting_round_opened_with_a_term",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True), ("days__gte", 1), ("first__lte", models.F("last"))
                ),
                name="reporting_round_says_what_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportinground",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="reporting_round_cancelled_with_a_reason",
            ),
        ),
        migrations.AddIndex(
            model_name="agencyreport",
            index=models.Index(fields=["agency", "state"], name="agency_report_of_unit"),
        ),
        migrations.AddIndex(
            model_name="agencyreport",
            index=models.Index(fields=["round", "state"], name="agency_report_of_round"),
        ),
        migrations.AddConstraint(
            model_name="agencyreport",
            constraint=models.UniqueConstraint(fields=("round", "agency"), name="agency_report_once_a_round"),
        ),
        migrations.AddConstraint(
            model_name="agencyreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("days_late", None), ("first_submitted_on", None), ("state", "waiting")),
                    models.Q(
                        models.Q(("state", "waiting"), _negated=True),
                        ("days_late__isnull", False),
                        ("first_submitted_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="agency_report_submitted_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("level", "by_hand"), _negated=True),
                fields=("report", "level"),
                name="report_reminded_once_a_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreminder",
            constraint=models.UniqueConstraint(
                fields=("report", "level", "reminded_on"), name="report_reminded_once_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportsubmission",
            constraint=models.UniqueConstraint(fields=("report", "number"), name="report_submission_numbered"),
        ),
        migrations.AddConstraint(
            model_name="reportsubmission",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1), models.Q(("content", ""), _negated=True)),
                name="report_submission_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportreview",
            constraint=models.UniqueConstraint(fields=("submission", "accepted"), name="report_reviewed_once_each_way"),
        ),
        migrations.AddConstraint(
            model_name="reportreview",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="report_returned_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="roundrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("half_days__gte", 1),
                    ("month_days__gte", 1),
                    ("other_days__gte", 1),
                    ("quarter_days__gte", 1),
                    ("year_days__gte", 1),
                    ("again_after__gte", 1),
                ),
                name="round_rule_means_something",
            ),
        ),
        migrations.AddIndex(
            model_name="signedreport",
            index=models.Index(fields=["authority", "signed_at"], name="signed_report_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="signedreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("content", ""), _negated=True), name="signed_report_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="signedreportnumber",
            constraint=models.CheckConstraint(
                condition=models.Q(("number", ""), _negated=True), name="signed_report_number_is_one"
            ),
        ),
    ]
