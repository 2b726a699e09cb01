"""Topics by the codes that files and programs name them with."""

from __future__ import annotations

from collections.abc import Sequence

from kycuong.catalog.models import Topic
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import Someone


def topics_coded(person: Someone, codes: Sequence[str]) -> list[Topic]:
    """The topics with these codes; BadInput names the first that is unknown, and all that are known."""
    known = {topic.code: topic for topic in Topic.objects.visible_to(person)} if codes else {}
    if unknown := [code for code in codes if code not in known]:
        raise BadInput(
            f"Không có nội dung «{unknown[0]}». Hãy chọn trong: {', '.join(known)}.",
            en=f"There is no topic {unknown[0]!r}. Choose from: {', '.join(known)}.",
            errors=[{"field": "topics", "vi": "Không có nội dung này.", "en": "Unknown topic."}],
        )
    return [known[code] for code in codes]
