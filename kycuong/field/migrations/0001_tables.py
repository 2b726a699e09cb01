"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [
        ("field", "0001_the_log"),
        ("field", "0002_policy"),
        ("field", "0003_one_reading_and_who_took_it_in"),
        ("field", "0004_late_photos"),
        ("field", "0005_photos_are_looked_at"),
    ]

    initial = True

    dependencies = [
        ("files", "0001_tables"),
        ("inspections", "0001_tables"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="FieldDevice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="tên máy")),
                ("sealed_key", models.TextField(editable=False)),
                ("enrolled_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("seq_head", models.PositiveIntegerField(default=0)),
                ("queued_ops", models.PositiveIntegerField(default=0)),
                ("queued_media", models.PositiveIntegerField(default=0)),
                ("oldest_wall", models.BigIntegerField(blank=True, null=True)),
                ("clock_offset", models.BigIntegerField(default=0)),
                ("last_seen", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-enrolled_at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("revoked_at__isnull", True), ("revoked_by__isnull", True)),
                            models.Q(("revoked_at__isnull", False), ("revoked_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="field_device_revoked_by_somebody",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="KeyRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "device",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="key_requests", to="field.fielddevice"
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="lý do")),
                ("asked_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
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
                ("read_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("asked_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="field_key_approved_by_somebody_else",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldOp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(editable=False, unique=True)),
                ("sha", models.CharField(editable=False, max_length=64)),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ops",
                        to="field.fielddevice",
                    ),
                ),
                ("seq", models.PositiveIntegerField(null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="field_ops", to="inspections.visit"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("deleted", models.BooleanField(default=False)),
                ("form", models.CharField(blank=True, max_length=64)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("wall", models.BigIntegerField()),
                ("received_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("sealed_body", models.TextField(editable=False)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("applied", "Đã vào hồ sơ"),
                            ("waiting", "Chưa đủ để vào hồ sơ"),
                            ("set_aside", "Để riêng"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("misshapen", "Không đọc được"),
                            ("unknown_visit", "Lượt không có, hoặc người gửi không được ghi"),
                            ("id_reused", "Trùng mã với một thay đổi khác"),
                            ("seq_reused", "Trùng số thứ tự trên máy"),
                            ("not_ours", "Người ghi không phải chủ của máy"),
                            ("other_form", "Ghi trên phiếu khác với phiếu của lượt"),
                            ("after_signing", "Khác với bản đã ký"),
                            ("refused", "Chưa đúng quy tắc"),
                        ],
                        max_length=20,
                    ),
                ),
                ("problem_vi", models.CharField(blank=True, max_length=500)),
                ("problem_en", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["visit", "field"], name="field_op_of_field")],
                "constraints": [
                    models.UniqueConstraint(fields=("device", "seq"), name="field_op_number_once_on_a_phone"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("device__isnull", True), ("seq__isnull", True)),
                            models.Q(("device__isnull", False), ("seq__gte", 1)),
                            _connector="OR",
                        ),
                        name="field_op_of_a_phone_has_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldSuperseded",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="inspections.visit"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("op", models.UUIDField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("visit", "field", "op"), name="field_superseded_once")],
            },
        ),
        migrations.CreateModel(
            name="FieldHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="field_heads", to="inspections.visit"
                    ),
                ),
                (
                    "op",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="head", to="field.fieldop"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FieldVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="field_visit", to="inspections.visit"
                    ),
                ),
                ("rev", models.PositiveIntegerField(default=0)),
                ("seen", models.JSONField(default=dict)),
                ("applied", models.JSONField(default=dict)),
                ("tried", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="FieldPolicy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(verbose_name="áp dụng từ ngày")),
                (
                    "offline_hours",
                    models.PositiveSmallIntegerField(default=72, verbose_name="làm việc không có mạng (giờ)"),
                ),
                ("autolock_minutes", models.PositiveSmallIntegerField(default=5, verbose_name="tự khóa sau (phút)")),
                (
                    "purge_days",
                    models.PositiveSmallIntegerField(default=7, verbose_name="dọn khỏi máy sau khi gửi (ngày)"),
                ),
                (
                    "tell_hours",
                    models.PositiveSmallIntegerField(default=24, verbose_name="báo trưởng đoàn khi chưa gửi quá (giờ)"),
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
                "ordering": ["valid_from", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("autolock_minutes__gte", 1),
                            ("offline_hours__gte", 1),
                            ("purge_days__gte", 1),
                            ("tell_hours__gte", 1),
                        ),
                        name="field_policy_leaves_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("sha", models.CharField(editable=False, max_length=64)),
                ("op", models.UUIDField(null=True)),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aside",
                        to="field.fielddevice",
                    ),
                ),
                ("seq", models.PositiveIntegerField(null=True)),
                ("visit_uid", models.UUIDField(db_index=True, null=True)),
                (
                    "visit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_aside",
                        to="inspections.visit",
                    ),
                ),
                ("field", models.CharField(blank=True, max_length=60)),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("misshapen", "Không đọc được"),
                            ("unknown_visit", "Lượt không có, hoặc người gửi không được ghi"),
                            ("id_reused", "Trùng mã với một thay đổi khác"),
                            ("seq_reused", "Trùng số thứ tự trên máy"),
                            ("not_ours", "Người ghi không phải chủ của máy"),
                            ("other_form", "Ghi trên phiếu khác với phiếu của lượt"),
                            ("after_signing", "Khác với bản đã ký"),
                            ("refused", "Chưa đúng quy tắc"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("received_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("sealed_raw", models.TextField(editable=False)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("accept_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do nhận")),
                ("taken_as", models.UUIDField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("device", "sha"), name="field_aside_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accept_reason", ""), ("accepted_at__isnull", True), ("accepted_by__isnull", True)
                            ),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                models.Q(("accept_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="field_aside_accepted_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldMedia",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="field_media", to="inspections.visit"
                    ),
                ),
                (
                    "device",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="media",
                        to="field.fielddevice",
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("announced_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                ("complete_at", models.DateTimeField(blank=True, null=True)),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                ("fault_vi", models.CharField(blank=True, max_length=500)),
                ("fault_en", models.CharField(blank=True, max_length=500)),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.visitfile",
                    ),
                ),
                ("lost_at", models.DateTimeField(blank=True, null=True)),
                (
                    "lost_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("lost_reason", models.CharField(blank=True, max_length=300, verbose_name="lý do ký thiếu ảnh")),
                (
                    "addendum",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.addendum",
                    ),
                ),
                (
                    "attachment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.attachment",
                    ),
                ),
                ("beside_at", models.DateTimeField(blank=True, null=True)),
                (
                    "beside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "beside_reason",
                    models.CharField(blank=True, max_length=300, verbose_name="lý do không thuộc biên bản"),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("addendum__isnull", True), ("attachment__isnull", True)),
                            models.Q(
                                ("addendum__isnull", False), ("attachment__isnull", False), ("beside_at__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="field_media_joined_by_an_addendum",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("beside_at__isnull", True), ("beside_by__isnull", True), ("beside_reason", "")),
                            models.Q(
                                ("beside_at__isnull", False),
                                ("beside_by__isnull", False),
                                models.Q(("beside_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="field_media_beside_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lost_at__isnull", True), ("lost_by__isnull", True), ("lost_reason", "")),
                            models.Q(
                                ("lost_at__isnull", False),
                                ("lost_by__isnull", False),
                                models.Q(("lost_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="field_media_lost_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FieldSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="field_signature",
                        to="inspections.visit",
                    ),
                ),
                (
                    "op",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="field.fieldop"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="mã của bản đã ký")),
                (
                    "minutes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.minutes",
                    ),
                ),
            ],
        ),
    ]
