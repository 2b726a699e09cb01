"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("selfchecks", "0001_campaigns")]

    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        ("orgs", "0001_tables"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="SelfCheckCampaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_check_campaigns",
                        to="orgs.unit",
                        verbose_name="cơ quan gửi",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="tên đợt")),
                (
                    "checklist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.checklist",
                        verbose_name="phiếu",
                    ),
                ),
                (
                    "checklist_form",
                    models.CharField(
                        choices=[("full", "Đầy đủ"), ("short", "Rút gọn")],
                        default="short",
                        max_length=10,
                        verbose_name="mẫu phiếu",
                    ),
                ),
                ("kinds", models.JSONField(blank=True, default=list, verbose_name="loại đơn vị")),
                ("days", models.PositiveSmallIntegerField(verbose_name="hạn (ngày làm việc)")),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="ngày gửi")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn nộp")),
                ("due_words", models.CharField(blank=True, max_length=600, verbose_name="cách tính hạn")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Đang soạn"), ("sent", "Đã gửi"), ("closed", "Đã kết thúc")],
                        default="draft",
                        max_length=10,
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
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "sent_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "units",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="orgs.unit", verbose_name="đơn vị chọn thêm"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["authority", "state"], name="self_check_campaign_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on", None), ("opened_on", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("due_on__isnull", False),
                                ("opened_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="self_check_campaign_sent_with_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("title", ""), _negated=True), ("days__gte", 1)),
                        name="self_check_campaign_says_what_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="checks",
                        to="selfchecks.selfcheckcampaign",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="self_checks",
                        to="orgs.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Chưa làm"), ("draft", "Đang làm"), ("submitted", "Đã nộp")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("exceptions", models.JSONField(blank=True, default=dict)),
                ("shortfalls", models.JSONField(blank=True, default=dict, verbose_name="mô tả tồn tại")),
                ("notes", models.TextField(blank=True, max_length=5000, verbose_name="ghi chú của đơn vị")),
                ("submitted_on", models.DateField(blank=True, null=True, verbose_name="ngày nộp")),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["unit", "state", "submitted_on"], name="self_check_of_unit"),
                    models.Index(fields=["campaign", "state"], name="self_check_of_campaign"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "unit"), name="self_check_once_a_unit"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "submitted"), ("submitted_at__isnull", False), ("submitted_on__isnull", False)
                            ),
                            models.Q(
                                models.Q(("state", "submitted"), _negated=True),
                                ("submitted_at", None),
                                ("submitted_by", None),
                                ("submitted_on", None),
                            ),
                            _connector="OR",
                        ),
                        name="self_check_submitted_on_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckReopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="selfchecks.selfcheck",
                    ),
                ),
                ("answers", models.JSONField(default=dict)),
                ("shortfalls", models.JSONField(blank=True, default=dict)),
                ("submitted_on", models.DateField(verbose_name="ngày nộp trước")),
                ("submitted_at", models.DateTimeField()),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="lý do đính chính")),
                ("reopened_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "reopened_by",
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="self_check_reopened_with_a_reason"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True, verbose_name="áp dụng từ ngày")),
                ("window_months", models.PositiveSmallIntegerField(default=12, verbose_name="đối chiếu trong (tháng)")),
                ("ahead", models.PositiveSmallIntegerField(default=3, verbose_name="nhắc trước hạn")),
                ("again_after", models.PositiveSmallIntegerField(default=5, verbose_name="nhắc lần nữa sau")),
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
                        condition=models.Q(("again_after__gte", 1), ("window_months__gte", 1)),
                        name="self_check_rule_means_something",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfCheckReminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_check",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reminders", to="selfchecks.selfcheck"
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[("ahead", "Nhắc trước hạn"), ("over", "Nhắc khi hết hạn"), ("again", "Nhắc lần nữa")],
                        max_length=10,
                        verbose_name="bước",
                    ),
                ),
                ("reminded_on", models.DateField(verbose_name="ngày nhắc")),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="số người được báo")),
                ("told_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["reminded_on"], name="self_check_reminded_on")],
                "constraints": [
                    models.UniqueConstraint(fields=("self_check", "level"), name="self_check_reminded_once_a_step")
                ],
            },
        ),
    ]
