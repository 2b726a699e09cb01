"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import datetime
import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("orgs", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("username", models.CharField(max_length=80, unique=True, verbose_name="tên đăng nhập")),
                ("full_name", models.CharField(max_length=120, verbose_name="họ và tên")),
                ("position", models.CharField(blank=True, max_length=160, verbose_name="chức vụ")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="thư điện tử")),
                ("is_active", models.BooleanField(default=True, verbose_name="đang hoạt động")),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("slug", models.SlugField(max_length=150, unique=True, verbose_name="địa chỉ")),
            ],
        ),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="orgs.unit"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="tên")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("province", "Tỉnh"),
                            ("provincial_department", "Sở, ban, ngành"),
                            ("district_pc", "UBND cấp huyện"),
                            ("commune_pc", "UBND cấp xã"),
                            ("division", "Phòng, chi cục"),
                            ("public_service_unit", "Đơn vị sự nghiệp"),
                        ],
                        max_length=30,
                        verbose_name="loại",
                    ),
                ),
                ("search_key", models.CharField(editable=False, max_length=400)),
                ("sort_key", models.CharField(editable=False, max_length=1000)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "valid_from", "valid_to", "kind"], name="unit_version_when"),
                    models.Index(fields=["search_key"], name="unit_version_search"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "valid_from"), name="unit_version_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="unit_version_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="codes", to="orgs.unit"
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("area", "Mã đơn vị hành chính (Tổng cục Thống kê)"),
                            ("eid", "Mã định danh điện tử (QĐ 20/2020/QĐ-TTg)"),
                            ("local", "Mã nội bộ"),
                        ],
                        default="area",
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=35, verbose_name="mã")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "scheme", "valid_from"], name="unit_code_of_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("scheme", "value", "valid_from"), name="unit_code_one_bearer_from_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="unit_code_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="edges_up", to="orgs.unit"
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="edges_down", to="orgs.unit"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
            ],
            options={
                "indexes": [models.Index(fields=["parent", "valid_from", "valid_to"], name="edge_children")],
                "constraints": [
                    models.UniqueConstraint(fields=("child", "valid_from"), name="edge_one_parent_from_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(("child", models.F("parent")), _negated=True), name="edge_not_to_itself"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))), name="edge_begins_before_it_ends"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Closure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ancestor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closure_down", to="orgs.unit"
                    ),
                ),
                (
                    "descendant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closure_up", to="orgs.unit"
                    ),
                ),
                ("depth", models.PositiveSmallIntegerField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
            ],
            options={
                "indexes": [
                    models.Index(fields=["descendant", "valid_from", "valid_to", "ancestor"], name="closure_upwards")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ancestor", "descendant", "depth", "valid_from", "valid_to"), name="closure_row_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="closure_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reorganisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("create", "Thành lập"),
                            ("merge", "Hợp nhất thành đơn vị mới"),
                            ("absorb", "Sáp nhập vào đơn vị còn tồn tại"),
                            ("split", "Chia tách"),
                            ("rename", "Đổi tên, đổi loại"),
                            ("move", "Chuyển đơn vị quản lý trực tiếp"),
                            ("recode", "Đổi mã"),
                            ("dissolve", "Giải thể"),
                        ],
                        max_length=10,
                    ),
                ),
                ("effective_on", models.DateField(verbose_name="ngày có hiệu lực")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu văn bản")),
                ("document_on", models.DateField(blank=True, null=True, verbose_name="ngày văn bản")),
                ("title", models.CharField(max_length=300, verbose_name="nội dung")),
                ("review_note", models.CharField(blank=True, max_length=300, verbose_name="cần rà soát")),
                ("carried_out_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "carried_out_by",
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
                "indexes": [models.Index(fields=["effective_on"], name="reorganisation_when")],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reorganisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="orgs.reorganisation",
                    ),
                ),
                (
                    "predecessor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions_forward",
                        to="orgs.unit",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions_back",
                        to="orgs.unit",
                    ),
                ),
                (
                    "whole",
                    models.BooleanField(
                        default=True, help_text="Sai khi chỉ một phần được chuyển sang.", verbose_name="toàn bộ"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reorganisation", "predecessor", "successor"),
                        name="succession_once_in_a_reorganisation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("predecessor__isnull", False), ("successor__isnull", False), _connector="OR"
                        ),
                        name="succession_has_a_side",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "origin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="heirs", to="orgs.unit"
                    ),
                ),
                (
                    "heir",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="orgs.unit"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
                ("whole", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [models.Index(fields=["heir", "valid_from", "valid_to", "origin"], name="lineage_back")],
                "constraints": [
                    models.UniqueConstraint(fields=("origin", "heir", "valid_from"), name="lineage_row_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="lineage_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("role", models.CharField(max_length=40, verbose_name="vai trò")),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="orgs.unit"
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31))),
            ],
            options={
                "indexes": [models.Index(fields=["person", "valid_from", "valid_to"], name="assignment_of_person")],
                "constraints": [
                    models.UniqueConstraint(fields=("person", "role", "unit", "valid_from"), name="assignment_once"),
                    models.CheckConstraint(
                        condition=models.Q(("valid_from__lt", models.F("valid_to"))),
                        name="assignment_begins_before_it_ends",
                    ),
                ],
            },
        ),
    ]
