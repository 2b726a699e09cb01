"""The ways from a list to its files."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.template.context import RequestContext
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("ui/list_files.html", takes_context=True)
def list_files(context: RequestContext, name: str, *, later: bool = True, **more: Any) -> dict[str, Any]:
    """Ways to the files of the list that the page shows, narrowed as the page is. `name`: as in settings.LISTS; `later`: whether it may
    be made in the background, too."""
    request = context.get("request")
    asked = {**(request.GET.dict() if request else {}), **{key: str(value) for key, value in more.items()}}
    asked.pop("page", None)
    query = urlencode({key: value for key, value in asked.items() if value})
    found = {form: f"{reverse('exports:file', args=[name, form])}?{query}".rstrip("?") for form in ("xlsx", "csv")}
    new = f"{reverse('exports:new')}?{urlencode({'list': name, 'query': query})}"
    return {**found, "later": new if later else ""}
