"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("files", "0001_initial")]

    initial = True

    dependencies = [
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="mã SHA-256")),
                ("size", models.PositiveIntegerField(verbose_name="số byte")),
                (
                    "kind",
                    models.CharField(
                        choices=[("jpeg", "ảnh JPEG"), ("png", "ảnh PNG"), ("webp", "ảnh WebP"), ("pdf", "PDF")],
                        max_length=10,
                        verbose_name="loại",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="tên tệp")),
                ("width", models.PositiveIntegerField(blank=True, null=True, verbose_name="rộng")),
                ("height", models.PositiveIntegerField(blank=True, null=True, verbose_name="cao")),
                ("shown_sha256", models.CharField(blank=True, max_length=64, verbose_name="mã bản hiển thị")),
                ("thumbnail_sha256", models.CharField(blank=True, max_length=64, verbose_name="mã ảnh nhỏ")),
                ("stored_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "stored_by",
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
                        condition=models.Q(
                            models.Q(("kind", "pdf"), ("shown_sha256", ""), ("thumbnail_sha256", "")),
                            models.Q(
                                ("kind__in", ("jpeg", "png", "webp")),
                                models.Q(("shown_sha256", ""), _negated=True),
                                models.Q(("thumbnail_sha256", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="attachment_photo_has_a_copy_to_show",
                    ),
                    models.CheckConstraint(condition=models.Q(("size__gt", 0)), name="attachment_is_not_empty"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachmentOrigin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origin", to="files.attachment"
                    ),
                ),
                ("taken_at", models.CharField(blank=True, max_length=40, verbose_name="giờ chụp theo máy")),
                (
                    "latitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="vĩ độ"),
                ),
                (
                    "longitude",
                    models.DecimalField(blank=True, decimal_places=6, max_digits=9, null=True, verbose_name="kinh độ"),
                ),
                ("camera", models.CharField(blank=True, max_length=120, verbose_name="máy chụp")),
            ],
        ),
    ]
