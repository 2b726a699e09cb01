"""The app of papers: how a unit's documents look and who signs them."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Warning, register

from kycuong.papers.faces import HOW, face


def face_is_there(**_given: Any) -> list[CheckMessage]:
    """Said at the command line before anybody asks for a PDF."""
    if face(settings.FONTS_FOLDER):
        return []
    return [Warning(" / ".join(HOW), id="letterheads.W001")]


class LetterheadsConfig(AppConfig):
    name = "kycuong.letterheads"
    label = "letterheads"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        register(face_is_there)
