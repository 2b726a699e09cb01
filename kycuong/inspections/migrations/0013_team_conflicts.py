"""Declarations of conflicts of interest, what a leader accepts of them, and the standing register of recusals."""

import datetime
import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0012_team_decisions"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                ("declared_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
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
                    "unit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
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
                            models.Q(("kind", "none"), ("unit__isnull", True)),
                            models.Q(models.Q(("kind", "none"), _negated=True), ("unit__isnull", False)),
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
                ("covers", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=300, verbose_name="lý do chấp nhận")),
                ("waived_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
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
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                        verbose_name="cơ quan giữ danh sách",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
    ]
