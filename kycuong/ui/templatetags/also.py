"""A sentence in English beside its Vietnamese, where whoever reads it may read no Vietnamese."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kycuong.core.speaking import ENGLISH

register = template.Library()


@register.simple_tag
def also_en(sentence: str, **given: object) -> SafeString:
    """The sentence, smaller, on a page in Vietnamese; nothing on a page in English, which has said it. `{name}`: of `given`."""
    if get_language() == ENGLISH:
        return mark_safe("")
    return format_html('<span class="also-en" lang="en">{}</span>', sentence.format(**given))
