"""Plans that were issued before there were states are issued; every plan is recorded again, in its new columns."""

from django.db import migrations

from kycuong.audit.log import record_many


def carry_states(apps, schema_editor):
    plans = apps.get_model("plans", "InspectionPlan").objects.using(schema_editor.connection.alias)
    plans.filter(issued_on__isnull=False, state="draft").update(state="issued")
    record_many("plan.migrate", list(plans.order_by("pk")), by=None, op="migrate")


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_steps"), ("audit", "0002_walls")]
    operations = [migrations.RunPython(carry_states, migrations.RunPython.noop)]
