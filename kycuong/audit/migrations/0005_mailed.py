"""That a checkpoint was mailed, so that there is one a day."""

from django.db import migrations, models

from kycuong.core.steps import NewTables


class Migration(NewTables):
    dependencies = [("audit", "0004_blocks")]
    operations = [
        migrations.CreateModel(
            name="CheckpointMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=254)),
                ("day", models.DateField()),
                ("size", models.BigIntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=["address", "day"], name="checkpoint_mail_once_a_day")],
            },
        ),
    ]
