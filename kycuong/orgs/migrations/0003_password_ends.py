"""Until when a temporary password opens."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("orgs", "0002_sessions_epoch")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="password_ends_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
