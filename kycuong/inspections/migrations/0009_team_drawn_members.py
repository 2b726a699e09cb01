"""Which draw put somebody on a team."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0008_team_conflicts"),
    ]

    operations = [
        migrations.AddField(
            model_name="teammember",
            name="drawn_in",
            field=models.UUIDField(blank=True, editable=False, null=True, verbose_name="lần bốc thăm"),
        ),
    ]
