"""Groups of a team, seats that are left with a reason, and the decision that minutes were signed under."""

import django.db.models.deletion
import kycuong.core.clock
import kycuong.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0010_visit_concerned"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TeamGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True)),
                ("name", models.CharField(max_length=80, verbose_name="tên tổ")),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="teammember",
            name="team_member_once",
        ),
        migrations.RemoveConstraint(
            model_name="teammember",
            name="team_has_at_most_one_head",
        ),
        migrations.AddField(
            model_name="minutes",
            name="decision_number",
            field=models.CharField(blank=True, editable=False, max_length=80, verbose_name="số quyết định khi ký"),
        ),
        migrations.AddField(
            model_name="minutes",
            name="decision_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="ngày quyết định khi ký"),
        ),
        migrations.AddField(
            model_name="teammember",
            name="seat_uid",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="teammember",
            name="joined_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="teammember",
            name="leads_group",
            field=models.BooleanField(default=False, verbose_name="tổ trưởng"),
        ),
        migrations.AddField(
            model_name="teammember",
            name="leave_reason",
            field=models.CharField(blank=True, max_length=300, verbose_name="lý do rút khỏi đoàn"),
        ),
        migrations.AddField(
            model_name="teammember",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="teammember",
            name="left_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="teamgroup",
            name="inspection",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="inspections.inspection"
            ),
        ),
        migrations.AddField(
            model_name="teammember",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="members",
                to="inspections.teamgroup",
            ),
        ),
        migrations.AddField(
            model_name="visit",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="inspections.teamgroup",
                verbose_name="tổ",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True), ("person__isnull", False)),
                fields=("inspection", "person"),
                name="team_member_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("left_at__isnull", True), ("role", "team_head")),
                fields=("inspection",),
                name="team_has_at_most_one_head",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("leads_group", True), ("left_at__isnull", True)),
                fields=("group",),
                name="team_group_has_at_most_one_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(("leads_group", False), ("group__isnull", False), _connector="OR"),
                name="team_group_lead_is_in_the_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="teammember",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("leave_reason", ""), ("left_at__isnull", True), ("left_by__isnull", True)),
                    models.Q(
                        ("left_at__isnull", False),
                        ("left_by__isnull", False),
                        models.Q(("leave_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="team_member_left_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="teamgroup",
            constraint=models.UniqueConstraint(fields=("inspection", "name"), name="team_group_name_once"),
        ),
        # Whoever sat on a team before joined it at a moment that nobody wrote down.
        migrations.AlterField(
            model_name="teammember",
            name="joined_at",
            field=models.DateTimeField(blank=True, default=kycuong.core.clock.now, editable=False, null=True),
        ),
    ]
