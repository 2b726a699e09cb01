"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("notices", "0001_initial"), ("notices", "0002_mail_and_ticks")]

    initial = True

    dependencies = [
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="MailWish",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mail_wish",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wish",
                    models.CharField(
                        choices=[
                            ("daily", "Mỗi ngày một thư, khi có thông báo mới"),
                            ("due", "Chỉ khi có việc đến hạn hoặc quá hạn"),
                            ("never", "Không gửi thư"),
                        ],
                        default="daily",
                        max_length=10,
                        verbose_name="gửi thư",
                    ),
                ),
                ("refused_on", models.DateField(editable=False, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DigestSent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="digests", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("day", models.DateField()),
                ("notices", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "day"), name="digest_once_a_day")],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "key",
                    models.CharField(help_text="What it tells of: telling it twice tells it once.", max_length=200),
                ),
                ("subject", models.CharField(max_length=200, verbose_name="nội dung")),
                ("text", models.CharField(blank=True, max_length=2000, verbose_name="chi tiết")),
                ("url", models.CharField(max_length=300, verbose_name="trang")),
                ("due", models.BooleanField(default=False, verbose_name="đến hạn, quá hạn")),
                ("told_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("read_at", models.DateTimeField(editable=False, null=True)),
                ("mailed_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "ordering": ["-told_at", "-pk"],
                "indexes": [
                    models.Index(condition=models.Q(("read_at", None)), fields=["person"], name="notice_unread"),
                    models.Index(fields=["person", "-told_at"], name="notice_of_person"),
                    models.Index(condition=models.Q(("mailed_at", None)), fields=["told_at"], name="notice_unmailed"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "key"), name="notice_once_a_person"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("url__startswith", "/"), models.Q(("url__startswith", "//"), _negated=True)
                        ),
                        name="notice_leads_to_a_page_of_ours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TickTurn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("holder", models.CharField(blank=True, max_length=36)),
                ("begun_at", models.DateTimeField(null=True)),
                ("seen_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TickRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("step", models.CharField(blank=True, max_length=200)),
                ("begun_at", models.DateTimeField(default=kycuong.core.clock.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("times", models.PositiveIntegerField(default=1)),
                ("said", models.CharField(blank=True, max_length=500)),
                ("fault", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": [models.OrderBy(models.F("ended_at"), descending=True, nulls_first=True), "-pk"],
                "indexes": [models.Index(fields=["step", "-ended_at"], name="tick_run_latest")],
            },
        ),
    ]
