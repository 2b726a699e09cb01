"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("reports", "0001_settings")]

    initial = True

    dependencies = [
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="ParCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, verbose_name="mã")),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                ("title", models.CharField(max_length=200, verbose_name="tiêu chí")),
                ("figure", models.CharField(max_length=60, verbose_name="số liệu")),
                ("tiers", models.JSONField(verbose_name="các bậc điểm")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="nguồn, ghi chú")),
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
                "ordering": ["code", "valid_from"],
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="par_criterion_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="par_criterion_says_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RankingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True, verbose_name="áp dụng từ ngày")),
                ("least_visits", models.PositiveSmallIntegerField(default=3, verbose_name="số lượt tối thiểu")),
                (
                    "partial_percent",
                    models.PositiveSmallIntegerField(default=50, verbose_name="đạt một phần tính bằng (%)"),
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
                    models.CheckConstraint(
                        condition=models.Q(("least_visits__gte", 1), ("partial_percent__lte", 100)),
                        name="ranking_rule_means_something",
                    )
                ],
            },
        ),
    ]
