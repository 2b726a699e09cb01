"""What ties somebody to a unit of a sealed inspection is sealed with it."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0014_team_drawn_members"),
        ("orgs", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="conflictdeclaration",
            name="conflict_is_with_a_unit",
        ),
        migrations.AddField(
            model_name="conflictdeclaration",
            name="sealed_tie",
            field=models.TextField(blank=True, editable=False, verbose_name="đơn vị và ghi chú (niêm phong)"),
        ),
        migrations.AddConstraint(
            model_name="conflictdeclaration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "none"), ("sealed_tie", ""), ("unit__isnull", True)),
                    models.Q(models.Q(("kind", "none"), _negated=True), ("sealed_tie", ""), ("unit__isnull", False)),
                    models.Q(
                        models.Q(("kind", "none"), _negated=True),
                        ("note", ""),
                        ("unit__isnull", True),
                        models.Q(("sealed_tie", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="conflict_is_with_a_unit",
            ),
        ),
    ]
