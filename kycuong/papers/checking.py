"""Compares what a Word file looks like with the profile: the deviations, each in a sentence. Pure: no file, no clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .deviation import Deviation, number, said
from .elements import Elements
from .profile import Profile, profile

MOST_OF_A_KIND = 12
"""Deviations of one element that are told one by one; after that only how many more there are."""
NEAR = 0.3
"""Millimetres within which a margin is what it should be: Word rounds."""
SIDES = {"top": "lề trên", "bottom": "lề dưới", "left": "lề trái", "right": "lề phải"}


def deviations(read: dict[str, Any], form: Profile | None = None) -> list[Deviation]:
    """All of them, in the order of the decree's annex."""
    form = form or profile()
    found = [*_page(read, form), *Elements(read["lines"], form).all()]
    if read["loose"]:
        found.append(
            said("Mã ký tự", "có chữ Unicode tổ hợp; hãy chuyển sang Unicode dựng sẵn", "letters are decomposed")
        )
    for element, late in read["disordered"]:
        found.append(
            said(
                "Cấu trúc tệp",
                f"phần «{late}» đứng sai chỗ trong «{element}»; hãy mở bằng Word và lưu lại, kẻo máy khác báo tệp hỏng",
                f"{late} is out of order in {element}",
            )
        )
    return list(_few(found))


def _few(found: list[Deviation]) -> Iterator[Deviation]:
    counted: dict[str, int] = {}
    for one in found:
        counted[one.element] = counted.get(one.element, 0) + 1
        if counted[one.element] <= MOST_OF_A_KIND:
            yield one
    for element, count in counted.items():
        if count > MOST_OF_A_KIND:
            more = count - MOST_OF_A_KIND
            yield said(element, f"còn {more} chỗ nữa như vậy", f"{more} more like these")


def _page(read: dict[str, Any], form: Profile) -> Iterator[Deviation]:
    if not read["sections"]:
        yield said(
            "Khổ giấy",
            "không có thiết lập trang; hãy mở bằng Word, đặt khổ giấy A4, lề trang và số trang rồi lưu lại",
            "the file has no page setup",
        )
        return
    for place, section in enumerate(read["sections"], 1):
        part = f"phần {place}: " if len(read["sections"]) > 1 else ""
        short, long = sorted((section["width"], section["height"]))
        if abs(short - form.page["width"]) > 1 or abs(long - form.page["height"]) > 1:
            size = f"{number(short)} × {number(long)} mm"
            yield said("Khổ giấy", f"{part}{size}, phải là A4 (210 × 297 mm)", f"{size}, must be A4")
        for side, allowed in form.margins.items():
            there = section[side]
            if not allowed.least - NEAR <= there <= allowed.most + NEAR:
                wanted = f"{number(allowed.least)}–{number(allowed.most)} mm"
                yield said(
                    "Lề trang", f"{part}{SIDES[side]} {number(there)} mm, phải {wanted}", f"{side} margin {there} mm"
                )
    first = read["sections"][0]
    if not any(section["numbered"] for section in read["sections"]):
        below = "; số trang đang đặt ở chân trang" if first["numbered_below"] else ""
        yield said("Số trang", f"chưa có số trang ở giữa lề trên{below}", "no page number in the top margin")
    elif first["numbered"] and not first["first_bare"]:
        yield said("Số trang", "trang đầu không ghi số trang", "the first page bears no number")
