"""Which forms were sent already: what a button did once it does not do again."""

from __future__ import annotations

from django.db import models

from kycuong.core.clock import now


class Pressed(models.Model):
    """One sending of one form, known by what was sent. It holds a digest, and where the answer led; no word of any record."""

    key = models.CharField(max_length=64, unique=True)
    pressed_at = models.DateTimeField(default=now, db_index=True)
    led_to = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.pressed_at:%Y-%m-%d %H:%M}"
