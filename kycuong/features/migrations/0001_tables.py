"""Switches of optional parts."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    initial = True

    dependencies = [
        ("orgs", "0004_nation"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FeatureSwitch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("feature", models.CharField(max_length=30, verbose_name="tính năng")),
                (
                    "setting",
                    models.CharField(
                        choices=[("on", "Bật"), ("off", "Tắt"), ("above", "Theo đơn vị cấp trên")],
                        max_length=10,
                        verbose_name="quyết định",
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="lý do")),
                ("set_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False, verbose_name="lúc")),
                (
                    "set_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["unit", "feature", "id"], name="feature_switch_of_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="feature_switched_with_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("setting__in", ["on", "off", "above"])), name="feature_setting_is_known"
                    ),
                ],
            },
        ),
    ]
