"""What a page says once, after a redirect, and in which language."""

from __future__ import annotations

from django import template
from django.contrib.messages.storage.base import Message

register = template.Library()


@register.filter
def message_lang(message: Message) -> str:
    """The language in which it was said, when that is not Vietnamese (site/saying.py)."""
    found = [tag for tag in (message.extra_tags or "").split() if tag.startswith("in:")]
    return found[0].removeprefix("in:") if found else "vi"
