"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("draws", "0001_initial")]

    initial = True

    dependencies = [
        ("orgs", "0001_tables"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draw",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "lead",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draws",
                        to="orgs.unit",
                        verbose_name="cơ quan chủ trì",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="phạm vi",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[("targets", "Đơn vị kiểm tra đột xuất"), ("inspectors", "Người tham gia đoàn")],
                        max_length=12,
                        verbose_name="bốc thăm",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="tên")),
                ("sizes", models.JSONField(default=dict, verbose_name="số cần bốc")),
                ("source", models.CharField(max_length=200, verbose_name="nguồn công khai")),
                ("source_on", models.DateField(verbose_name="ngày của nguồn")),
                ("reveal_by", models.DateField(verbose_name="hạn công bố")),
                ("commitment", models.CharField(editable=False, max_length=64, unique=True, verbose_name="cam kết")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("committed", "Đã cam kết"),
                            ("drawn", "Đã bốc, niêm phong"),
                            ("revealed", "Đã công bố"),
                            ("abandoned", "Đã bỏ"),
                        ],
                        default="committed",
                        max_length=10,
                    ),
                ),
                ("sealed_basis", models.TextField(editable=False)),
                ("sealed_outcome", models.TextField(blank=True, editable=False)),
                ("committed_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "committed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("beacon", models.CharField(blank=True, max_length=200, verbose_name="kết quả của nguồn")),
                ("drawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "drawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("nonce", models.CharField(blank=True, editable=False, max_length=64)),
                ("spec", models.JSONField(blank=True, editable=False, null=True)),
                ("revealed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "revealed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("abandoned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "abandoned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("abandon_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do bỏ")),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["-committed_at", "-pk"],
                "indexes": [models.Index(fields=["lead", "state"], name="draw_of_lead")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("revealed_at__isnull", False),
                                ("revealed_by__isnull", False),
                                ("state", "revealed"),
                                models.Q(("nonce", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "revealed"), _negated=True),
                                ("nonce", ""),
                                ("revealed_at__isnull", True),
                                ("spec__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="draw_nonce_only_when_revealed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["drawn", "revealed"]), _negated=True),
                            models.Q(
                                ("drawn_at__isnull", False),
                                models.Q(("beacon", ""), _negated=True),
                                models.Q(("sealed_outcome", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="draw_drawn_with_a_beacon",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "committed"), _negated=True),
                            models.Q(("beacon", ""), ("drawn_at__isnull", True), ("sealed_outcome", "")),
                            _connector="OR",
                        ),
                        name="draw_committed_before_the_beacon",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("abandoned_at__isnull", False),
                                ("state", "abandoned"),
                                models.Q(("abandon_reason", ""), _negated=True),
                            ),
                            models.Q(models.Q(("state", "abandoned"), _negated=True), ("abandoned_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="draw_abandoned_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reveal_by__gt", models.F("source_on"))),
                        name="draw_revealed_after_the_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DrawReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="readers", to="draws.draw"
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
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("draw", "person"), name="draw_reader_once")],
            },
        ),
        migrations.CreateModel(
            name="FrameRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="frame_rows", to="draws.draw"
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
                ("name_then", models.CharField(max_length=420)),
                ("stratum", models.CharField(blank=True, max_length=30)),
                ("weight", models.PositiveSmallIntegerField(default=0)),
                ("parts", models.JSONField(blank=True, default=dict)),
                ("excluded", models.CharField(blank=True, max_length=500, verbose_name="lý do loại trừ")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "unit"), name="frame_unit_once"),
                    models.UniqueConstraint(fields=("draw", "person"), name="frame_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="frame_row_is_a_unit_or_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("excluded", ""), ("weight__gt", 0)),
                            models.Q(models.Q(("excluded", ""), _negated=True), ("weight", 0)),
                            _connector="OR",
                        ),
                        name="frame_row_has_weight_or_is_excluded",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Winner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "draw",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="winners", to="draws.draw"
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
                ("name_then", models.CharField(max_length=420)),
                ("stratum", models.CharField(blank=True, max_length=30)),
                ("key", models.CharField(blank=True, max_length=64)),
                ("designated", models.CharField(blank=True, max_length=500, verbose_name="lý do chỉ định")),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("draw", "unit"), name="winner_unit_once"),
                    models.UniqueConstraint(fields=("draw", "person"), name="winner_person_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person__isnull", True), ("unit__isnull", False)),
                            models.Q(("person__isnull", False), ("unit__isnull", True)),
                            _connector="OR",
                        ),
                        name="winner_is_a_unit_or_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(models.Q(("key", ""), _negated=True), ("designated", "")),
                            models.Q(("key", ""), models.Q(("designated", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="winner_is_drawn_or_designated",
                    ),
                ],
            },
        ),
    ]
