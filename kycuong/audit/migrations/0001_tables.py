"""The tables as they are: one step instead of those that led here; a database that took those has taken this."""

import django.db.models.deletion
from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    replaces = [("audit", "0001_initial")]

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("meta", models.BinaryField()),
                ("model", models.CharField(max_length=100)),
                ("key", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["seq"],
                "indexes": [models.Index(fields=["model", "key", "seq"], name="audit_entry_of_row")],
            },
        ),
        migrations.CreateModel(
            name="AuditBody",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_column="seq",
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="body",
                        serialize=False,
                        to="audit.auditentry",
                    ),
                ),
                ("salt", models.BinaryField(null=True)),
                ("body", models.BinaryField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("body__isnull", True), ("salt__isnull", True)),
                            models.Q(("body__isnull", False), ("salt__isnull", False)),
                            _connector="OR",
                        ),
                        name="audit_body_erased_with_its_salt",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField(default=0)),
                ("frontier", models.BinaryField(default=b"")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="audit_head_is_one_row")],
            },
        ),
    ]
