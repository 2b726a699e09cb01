"""Which draw put somebody on a team; and every seat has an address of its own by now."""

import kycuong.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0013_team_conflicts"),
    ]

    operations = [
        migrations.AddField(
            model_name="teammember",
            name="drawn_in",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="lần bốc thăm"),
        ),
        migrations.AlterField(
            model_name="teammember",
            name="seat_uid",
            field=models.UUIDField(default=kycuong.core.ids.uuid7, editable=False, unique=True),
        ),
    ]
