"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import datetime
import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [
        ("followup", "0001_recommendations"),
        ("followup", "0003_transfers"),
        ("followup", "0004_accountability"),
    ]

    initial = True

    dependencies = [
        ("catalog", "0001_tables"),
        ("files", "0001_tables"),
        ("inspections", "0001_tables"),
        ("orgs", "0001_tables"),
        ("orgs", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="inspections.visit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="orgs.unit",
                        verbose_name="đơn vị thực hiện",
                    ),
                ),
                ("text", models.CharField(max_length=1000, verbose_name="kiến nghị")),
                ("expected_proof", models.CharField(blank=True, max_length=300, verbose_name="minh chứng cần có")),
                (
                    "legal_basis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.legalbasis",
                        verbose_name="căn cứ",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="hạn (ngày làm việc)")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu văn bản")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Dự thảo"),
                            ("issued", "Đã ban hành"),
                            ("acknowledged", "Đơn vị đã nhận"),
                            ("remedied_claimed", "Đơn vị đã báo cáo"),
                            ("verified", "Đã khắc phục"),
                            ("closed", "Kết thúc có lý do"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("desk", "Nhập tại chỗ"),
                            ("import", "Nhập từ tệp"),
                            ("demonstration", "Dữ liệu minh họa"),
                        ],
                        default="desk",
                        max_length=20,
                    ),
                ),
                ("issued_on", models.DateField(blank=True, null=True, verbose_name="ngày ban hành")),
                (
                    "issued_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="hạn")),
                ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("settled_on", models.DateField(blank=True, null=True, verbose_name="ngày kết thúc")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="ngày xác nhận")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("days_late", models.PositiveIntegerField(blank=True, null=True, verbose_name="số ngày quá hạn")),
                ("close_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do kết thúc")),
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
                (
                    "findings",
                    models.ManyToManyField(
                        blank=True,
                        related_name="recommendations",
                        to="inspections.finding",
                        verbose_name="trả lời các tồn tại",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["state", "due_on"], name="recommendation_due"),
                    models.Index(fields=["unit", "state", "due_on"], name="recommendation_of_unit"),
                    models.Index(fields=["issued_to", "issued_on"], name="recommendation_issued"),
                    models.Index(fields=["visit", "state"], name="recommendation_of_visit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("text", ""), _negated=True), ("days__gte", 1)),
                        name="recommendation_says_what_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("due_on", None), ("issued_on", None), ("issued_to", None), ("state", "draft")),
                            models.Q(
                                models.Q(("state", "draft"), _negated=True),
                                ("due_on__isnull", False),
                                ("issued_on__isnull", False),
                                ("issued_to__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_issued_with_a_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("days_late__isnull", False), ("settled_on__isnull", False), ("state", "verified")
                            ),
                            models.Q(
                                ("settled_on__isnull", False),
                                ("state", "closed"),
                                models.Q(("close_reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ["verified", "closed"]), _negated=True), ("settled_on", None)
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_settled_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_on", None), ("settled_on", None)),
                            models.Q(
                                ("decided_on__gte", models.F("settled_on")),
                                ("settled_on__gte", models.F("issued_on")),
                                ("settled_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="recommendation_settled_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecommendationTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="followup.recommendation"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("issued", "Hạn ban đầu"),
                            ("extended", "Gia hạn"),
                            ("returned", "Báo cáo bị trả lại"),
                            ("partly", "Chấp nhận một phần"),
                            ("answered_late", "Đề nghị gia hạn được trả lời muộn"),
                            ("days_off", "Lịch nghỉ thay đổi"),
                        ],
                        max_length=20,
                        verbose_name="vì sao",
                    ),
                ),
                ("set_on", models.DateField(verbose_name="đặt ngày")),
                ("start", models.DateField(blank=True, null=True, verbose_name="kể từ ngày")),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="ngày làm việc")),
                ("due_on", models.DateField(verbose_name="hạn")),
                ("words", models.CharField(blank=True, max_length=600, verbose_name="cách tính")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
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
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["recommendation", "set_on"], name="recommendation_term_as_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("days", None), ("start", None)),
                            models.Q(("days__isnull", False), ("start__isnull", False)),
                            _connector="OR",
                        ),
                        name="recommendation_term_computed_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureKind",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="mã")),
                ("title", models.CharField(max_length=120, verbose_name="hình thức")),
                ("for_collective", models.BooleanField(default=False, verbose_name="áp dụng cho tập thể")),
                ("for_person", models.BooleanField(default=True, verbose_name="áp dụng cho cá nhân")),
                ("categories", models.JSONField(blank=True, default=list, verbose_name="đối tượng")),
                ("disciplinary", models.BooleanField(default=False, verbose_name="là kỷ luật")),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="thời hạn xử lý (ngày)")),
                (
                    "complex_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="thời hạn vụ phức tạp (ngày)"),
                ),
                ("legal_basis", models.CharField(blank=True, max_length=120, verbose_name="căn cứ")),
                ("valid_from", models.DateField(default=datetime.date(1900, 1, 1), verbose_name="áp dụng từ ngày")),
                ("valid_to", models.DateField(default=datetime.date(9999, 12, 31), verbose_name="đến trước ngày")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="thứ tự")),
                ("for_review", models.BooleanField(default=True, verbose_name="chờ người làm nghề rà soát")),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
            ],
            options={
                "ordering": ["position", "code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("valid_to__gt", models.F("valid_from"))), name="measure_kind_valid_a_while"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("for_collective", True), ("for_person", True), _connector="OR"),
                        name="measure_kind_is_for_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountabilityMeasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="inspections.visit"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="orgs.unit",
                        verbose_name="đơn vị",
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("collective", "Tập thể"), ("person", "Cá nhân")],
                        max_length=10,
                        verbose_name="tập thể hay cá nhân",
                    ),
                ),
                (
                    "category",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("official", "Cán bộ"),
                            ("civil_servant", "Công chức"),
                            ("public_employee", "Viên chức"),
                            ("part_time", "Người hoạt động không chuyên trách"),
                            ("contract", "Hợp đồng lao động"),
                        ],
                        max_length=20,
                        verbose_name="đối tượng",
                    ),
                ),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("head", "Người đứng đầu"),
                            ("deputy", "Cấp phó của người đứng đầu"),
                            ("section_head", "Lãnh đạo phòng, bộ phận"),
                            ("staff", "Người thừa hành"),
                        ],
                        max_length=20,
                        verbose_name="nhóm chức vụ",
                    ),
                ),
                ("position", models.CharField(blank=True, max_length=200, verbose_name="chức vụ, vị trí việc làm")),
                ("sealed_name", models.TextField(blank=True, editable=False, verbose_name="họ tên (niêm phong)")),
                (
                    "kind",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="followup.measurekind",
                        verbose_name="hình thức",
                    ),
                ),
                (
                    "authority",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures_decided",
                        to="orgs.unit",
                        verbose_name="cơ quan có thẩm quyền",
                    ),
                ),
                ("is_complex", models.BooleanField(default=False, verbose_name="vụ việc phức tạp")),
                ("grounds", models.CharField(blank=True, max_length=1000, verbose_name="lý do đề nghị")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Đề nghị, chờ quyết định"),
                            ("decided", "Đã quyết định"),
                            ("declined", "Không xử lý"),
                        ],
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_on", models.DateField(blank=True, null=True, verbose_name="ngày đề nghị")),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu quyết định")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="ngày quyết định")),
                ("decline_reason", models.CharField(blank=True, max_length=1000, verbose_name="lý do không xử lý")),
                ("recorded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("erased_on", models.DateField(blank=True, null=True, verbose_name="ngày xóa dữ liệu cá nhân")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "findings",
                    models.ManyToManyField(
                        blank=True, related_name="measures", to="inspections.finding", verbose_name="tồn tại làm căn cứ"
                    ),
                ),
                (
                    "recommendations",
                    models.ManyToManyField(
                        blank=True,
                        related_name="measures",
                        to="followup.recommendation",
                        verbose_name="kiến nghị làm căn cứ",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["state", "decided_on"], name="measure_decided"),
                    models.Index(fields=["authority", "state"], name="measure_waiting"),
                    models.Index(fields=["visit", "state"], name="measure_of_visit"),
                    models.Index(fields=["unit", "state", "decided_on"], name="measure_of_unit"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("about", "collective"),
                                ("category", ""),
                                ("position", ""),
                                ("rank", ""),
                                ("sealed_name", ""),
                            ),
                            models.Q(
                                ("about", "person"),
                                models.Q(("category", ""), _negated=True),
                                models.Q(("rank", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_about_a_unit_or_a_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_on", None),
                                ("number", ""),
                                ("proposed_on__isnull", False),
                                ("state", "proposed"),
                            ),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("state", "decided"),
                                models.Q(("number", ""), _negated=True),
                            ),
                            models.Q(
                                ("decided_on__isnull", False),
                                ("number", ""),
                                ("state", "declined"),
                                models.Q(("decline_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_with_an_outcome",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("erased_on", None),
                            models.Q(("grounds", ""), ("position", ""), ("sealed_name", "")),
                            _connector="OR",
                        ),
                        name="measure_erased_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RemedyReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="followup.recommendation",
                    ),
                ),
                (
                    "extent",
                    models.CharField(
                        choices=[("full", "Khắc phục xong"), ("partial", "Khắc phục một phần")],
                        default="full",
                        max_length=10,
                        verbose_name="mức độ",
                    ),
                ),
                ("text", models.TextField(max_length=5000, verbose_name="kết quả khắc phục")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="số, ký hiệu báo cáo")),
                ("submitted_on", models.DateField(verbose_name="ngày báo cáo")),
                ("submitted_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("check_until", models.DateField(verbose_name="kiểm chứng đến hết ngày")),
                ("check_words", models.CharField(blank=True, max_length=600)),
                (
                    "recheck",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="inspections.inspection",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Chấp nhận"),
                            ("partly", "Chấp nhận một phần"),
                            ("returned", "Trả lại"),
                            ("silent", "Chấp nhận do hết hạn kiểm chứng"),
                            ("ended", "Không cần nữa: kiến nghị đã kết thúc"),
                        ],
                        max_length=10,
                        verbose_name="kết quả kiểm chứng",
                    ),
                ),
                ("decision_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
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
                "ordering": ["pk"],
                "indexes": [
                    models.Index(fields=["recommendation", "submitted_on", "decided_on"], name="remedy_report_as_of")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("recommendation",),
                        name="remedy_report_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None), ("decided_by", None), ("decided_on", None), ("decision", "")
                            ),
                            models.Q(
                                ("decided_at__isnull", False), ("decided_on__isnull", False), ("decision", "silent")
                            ),
                            models.Q(
                                models.Q(("decision__in", ["", "silent"]), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="remedy_report_decided_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__in", ["returned", "partly"]), _negated=True),
                            models.Q(("decision_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="remedy_report_returned_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RemedyFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="files", to="followup.remedyreport"
                    ),
                ),
                (
                    "attachment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
                    ),
                ),
                ("criterion_code", models.CharField(blank=True, max_length=10, verbose_name="tiêu chí")),
                ("caption", models.CharField(blank=True, max_length=300, verbose_name="chú thích")),
                ("added_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["criterion_code", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Extension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="extensions",
                        to="followup.recommendation",
                    ),
                ),
                ("until", models.DateField(verbose_name="xin đến hết ngày")),
                ("reason", models.CharField(max_length=500, verbose_name="lý do")),
                ("asked_on", models.DateField(verbose_name="ngày xin")),
                ("asked_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Chấp nhận"),
                            ("partly", "Chấp nhận một phần"),
                            ("returned", "Trả lại"),
                            ("silent", "Chấp nhận do hết hạn kiểm chứng"),
                            ("ended", "Không cần nữa: kiến nghị đã kết thúc"),
                        ],
                        max_length=10,
                        verbose_name="trả lời",
                    ),
                ),
                ("granted_until", models.DateField(blank=True, null=True, verbose_name="gia hạn đến hết ngày")),
                ("decision_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do trả lời")),
                ("decided_on", models.DateField(blank=True, null=True)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decided_by",
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
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["recommendation", "asked_on", "decided_on"], name="extension_as_of")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decided_at", None)),
                        fields=("recommendation",),
                        name="extension_one_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at", None),
                                ("decided_by", None),
                                ("decided_on", None),
                                ("decision", ""),
                                ("granted_until", None),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decision", "accepted"),
                                ("granted_until__isnull", False),
                                ("decided_by__isnull", False),
                                ("decided_on__isnull", False),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_on__isnull", False),
                                ("decision", "ended"),
                                ("granted_until", None),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_on__isnull", False),
                                ("decision", "returned"),
                                ("granted_until", None),
                                models.Q(("decision_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="extension_answered_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders",
                        to="followup.recommendation",
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("ahead", "Nhắc trước hạn"),
                            ("unit_head", "Báo thủ trưởng đơn vị"),
                            ("superior", "Báo cơ quan cấp trên"),
                            ("leader", "Báo lãnh đạo cơ quan kiểm tra"),
                        ],
                        max_length=10,
                        verbose_name="bước",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="hạn khi ấy")),
                ("reminded_on", models.DateField(verbose_name="ngày nhắc")),
                ("told", models.PositiveSmallIntegerField(default=0, verbose_name="số người được báo")),
                ("told_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("recommendation", "due_on", "level"), name="reminder_once_a_step"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "ahead"), ("reminded_on__lte", models.F("due_on"))),
                            models.Q(
                                models.Q(("level", "ahead"), _negated=True), ("reminded_on__gt", models.F("due_on"))
                            ),
                            _connector="OR",
                        ),
                        name="reminder_after_the_term",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NameRetention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True, verbose_name="áp dụng từ ngày")),
                ("years", models.PositiveSmallIntegerField(default=5, verbose_name="giữ họ tên (năm)")),
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
                    models.CheckConstraint(condition=models.Q(("years__gte", 1)), name="name_retention_means_something")
                ],
            },
        ),
        migrations.CreateModel(
            name="NameHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="name_holds", to="inspections.visit"
                    ),
                ),
                ("reason", models.CharField(max_length=500, verbose_name="lý do giữ lại")),
                ("held_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "held_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("end_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do kết thúc")),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ended_by",
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
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("visit",), name="name_hold_one_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("ended_by", None)),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                                models.Q(("end_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="name_hold_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FollowupRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True, verbose_name="áp dụng từ ngày")),
                (
                    "days_minor",
                    models.PositiveSmallIntegerField(default=20, verbose_name="hạn khắc phục (tồn tại thường)"),
                ),
                (
                    "days_serious",
                    models.PositiveSmallIntegerField(default=10, verbose_name="hạn khắc phục (nghiêm trọng)"),
                ),
                ("check_days", models.PositiveSmallIntegerField(default=10, verbose_name="hạn kiểm chứng báo cáo")),
                (
                    "check_silence",
                    models.CharField(
                        choices=[
                            ("waits", "Báo cáo vẫn chờ; không tính quá hạn cho đơn vị; lãnh đạo được báo"),
                            ("accepted", "Báo cáo coi như được chấp nhận"),
                        ],
                        default="waits",
                        max_length=10,
                        verbose_name="hết hạn kiểm chứng",
                    ),
                ),
                ("return_days", models.PositiveSmallIntegerField(default=5, verbose_name="hạn làm lại khi bị trả")),
                ("ahead", models.PositiveSmallIntegerField(default=3, verbose_name="nhắc trước hạn")),
                ("head_after", models.PositiveSmallIntegerField(default=0, verbose_name="báo thủ trưởng đơn vị sau")),
                (
                    "superior_after",
                    models.PositiveSmallIntegerField(default=3, verbose_name="báo cơ quan cấp trên sau"),
                ),
                ("leader_after", models.PositiveSmallIntegerField(default=7, verbose_name="báo lãnh đạo sau")),
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
                        condition=models.Q(
                            ("check_days__gte", 1),
                            ("days_minor__gte", 1),
                            ("days_serious__gte", 1),
                            ("return_days__gte", 1),
                        ),
                        name="followup_rule_terms_mean_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("head_after__lte", models.F("superior_after")),
                            ("superior_after__lte", models.F("leader_after")),
                        ),
                        name="followup_rule_ladder_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StandardWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion_code", models.CharField(max_length=10, unique=True, verbose_name="tiêu chí")),
                ("text", models.CharField(max_length=1000, verbose_name="kiến nghị")),
                ("expected_proof", models.CharField(blank=True, max_length=300, verbose_name="minh chứng cần có")),
                ("days", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="hạn (ngày làm việc)")),
                (
                    "legal_basis",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalog.legalbasis",
                        verbose_name="căn cứ",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, editable=False)),
                ("written_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "written_by",
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
                "ordering": ["criterion_code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="standard_wording_says_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PassingOn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "reorganisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="passing_on", to="orgs.reorganisation"
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.unit",
                    ),
                ),
                ("close_reason", models.CharField(blank=True, max_length=500, verbose_name="lý do kết thúc")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="đã chuyển ngày")),
                (
                    "asked_by",
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
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RecommendationTransfer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transfers",
                        to="followup.recommendation",
                    ),
                ),
                (
                    "from_unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
                (
                    "to_unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.unit"),
                ),
                ("transferred_on", models.DateField(verbose_name="từ ngày")),
                (
                    "reorganisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="orgs.reorganisation",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="lý do")),
                ("transferred_at", models.DateTimeField(default=kycuong.core.clock.now, editable=False)),
                (
                    "transferred_by",
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
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["recommendation", "transferred_on"], name="rec_transfer_as_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_unit", models.F("to_unit")), _negated=True),
                        name="recommendation_transfer_goes_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reorganisation__isnull", False), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="recommendation_transfer_has_a_reason",
                    ),
                ],
            },
        ),
    ]
