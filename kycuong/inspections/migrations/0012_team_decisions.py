"""Minutes that were signed keep the decision that they were signed under, and seats that were there get an address.

`audit migrate` then logs them in their new columns.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery

from kycuong.core.ids import uuid7

AT_ONCE = 500


def carry(apps, schema_editor):
    alias = schema_editor.connection.alias
    members = apps.get_model("inspections", "TeamMember").objects.using(alias)
    seats = list(members.filter(seat_uid=None).only("pk"))
    for seat in seats:
        seat.seat_uid = uuid7()
    members.bulk_update(seats, ["seat_uid"], batch_size=AT_ONCE)
    inspections = apps.get_model("inspections", "Inspection").objects.using(alias).filter(visits=OuterRef("visit_id"))
    signed = apps.get_model("inspections", "Minutes").objects.using(alias).exclude(digest="")
    signed.update(
        decision_number=Subquery(inspections.values("decision_number")[:1]),
        decision_on=Subquery(inspections.values("decision_on")[:1]),
    )


class Migration(migrations.Migration):
    dependencies = [("inspections", "0011_team_and_groups")]
    operations = [migrations.RunPython(carry, migrations.RunPython.noop)]
