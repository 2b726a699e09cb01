"""How the API reads parameters: each once, but those that are lists in its document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from kycuong.core.problems import BadInput


class OnceEach(Parser):
    """What is said twice and means one thing is refused: nobody could tell which of the two was answered."""

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Name → value, or the values of a list. Raises BadInput for another name that comes more than once."""
        twice = next((key for key in data if key not in list_fields and len(data.getlist(key)) > 1), None)
        if twice is not None:
            raise said_twice(twice)
        return super().parse_querydict(data, list_fields, request)


def said_twice(name: str) -> BadInput:
    vi, en = "được gửi nhiều lần; hãy gửi một giá trị", "was sent more than once; send one value"
    fault = {"field": name, "vi": vi, "en": en}
    return BadInput(f"Tham số “{name}” {vi}.", en=f"Parameter “{name}” {en}.", errors=[fault])
