"""Plans that were issued before there were states are issued. `audit migrate` then logs the rows in their new columns."""

from django.db import migrations


def carry_states(apps, schema_editor):
    plans = apps.get_model("plans", "InspectionPlan").objects.using(schema_editor.connection.alias)
    plans.filter(issued_on__isnull=False, state="draft").update(state="issued")


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_steps")]
    operations = [migrations.RunPython(carry_states, migrations.RunPython.noop)]
