"""From here on the state and the day of issue agree."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0003_carry_states")]
    operations = [
        migrations.AddConstraint(
            model_name="inspectionplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issued_on__isnull", True), ("state__in", ("draft", "submitted", "approved"))),
                    models.Q(("issued_on__isnull", False), ("state__in", ["issued", "amended", "closed"])),
                    _connector="OR",
                ),
                name="plan_issued_has_a_day",
            ),
        ),
    ]
