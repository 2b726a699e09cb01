"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("deadlines", "0001_days_off")]

    initial = True

    dependencies = [
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "day",
                    models.DateField(
                        error_messages={"unique": "ngày này đã có trong lịch nghỉ."}, unique=True, verbose_name="ngày"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("holiday", "Nghỉ lễ, tết"),
                            ("compensatory", "Nghỉ bù"),
                            ("swapped", "Nghỉ hoán đổi"),
                            ("worked", "Làm bù"),
                            ("plain", "Như tuần thường"),
                        ],
                        max_length=16,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên")),
                ("exchanged_for", models.DateField(blank=True, null=True, verbose_name="hoán đổi với ngày")),
                (
                    "source",
                    models.CharField(
                        choices=[("library", "Thư viện lịch"), ("hand", "Nhập tay")], max_length=8, verbose_name="nguồn"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="ghi chú")),
                ("entered_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["holiday", "compensatory", "swapped", "worked", "plain"])),
                        name="calendar_day_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source__in", ["library", "hand"])), name="calendar_day_source_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="calendar_day_has_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("exchanged_for", None), ("kind__in", ["swapped", "worked"]), _connector="OR"
                        ),
                        name="calendar_day_exchange_is_a_swap",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        error_messages={"unique": "lịch nghỉ năm này đã được xác nhận."},
                        unique=True,
                        verbose_name="năm",
                    ),
                ),
                ("announcement", models.CharField(blank=True, max_length=300, verbose_name="theo văn bản")),
                ("confirmed_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["year"],
            },
        ),
    ]
