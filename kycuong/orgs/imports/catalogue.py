"""The official catalogue of provinces and communes as rows of the form: a new province begins with its communes filled in.

Source: the catalogue of the General Statistics Office as the package vietnam-provinces carries it, in force since 01/07/2025.
"""

from __future__ import annotations

from collections.abc import Sequence

from vietnam_provinces import Province, VietNamDivisionType, Ward

from kycuong.core.problems import BadInput
from kycuong.core.vietnamese import search_key
from kycuong.orgs.models import Unit, UnitVersion
from kycuong.orgs.rules import Kind
from kycuong.sheets.cells import Value

from .columns import KINDS

SINCE = "01/07/2025"
"""The first day of the two-level government, from which the catalogue counts."""
TITLES = {VietNamDivisionType.TINH: "Tỉnh ", VietNamDivisionType.THANH_PHO_TRUNG_UONG: "Thành phố "}


def rows_of_province(name: str) -> list[Sequence[Value]]:
    """The province, then its communes: number, name, kind, above, code, scheme, from, document, its date, former name.

    BadInput when no province is called so; the name may come without accents, with or without “tỉnh”.
    """
    province = province_called(name)
    title = titled(province)
    units = [(title, "province", "", f"{province.code.value:02d}")]
    units += [
        (ward.name, "commune_pc", title, f"{ward.code.value:05d}") for ward in Ward.iter_by_province(province.code)
    ]
    return [
        [number, unit, KINDS[kind][0], above, code, "", SINCE, "", "", ""]
        for number, (unit, kind, above, code) in enumerate(units, 1)
    ]


def province_to_fill() -> str:
    """The name of the province at the top, while no commune is below it and the catalogue knows it; otherwise nothing."""
    top = Unit.objects.top()
    if top is None or UnitVersion.objects.filter(kind=Kind.COMMUNE_PC).exists():
        return ""
    name = str(top)
    known = {search_key(title) for one in Province.iter_all() for title in (titled(one), bare(one))}
    return name if search_key(name) in known else ""


def communes_to_fill(name: str) -> list[Sequence[Value]]:
    """The same without the province, which is at the top already and bears that name."""
    return [[number, *row[1:3], name, *row[4:]] for number, row in enumerate(rows_of_province(name)[1:], 1)]


def province_called(name: str) -> Province:
    wanted = search_key(name)
    for province in Province.iter_all():
        if wanted in {search_key(titled(province)), search_key(bare(province))}:
            return province
    known = ", ".join(bare(province) for province in Province.iter_all())
    raise BadInput(
        f"Danh mục không có tỉnh «{name}». Hãy chọn trong: {known}.",
        en=f"The catalogue has no province {name!r}. Choose from: {known}.",
    )


def titled(province: Province) -> str:
    """«Tỉnh Lạng Sơn», «Thành phố Hà Nội»."""
    return TITLES[province.division_type] + bare(province)


def bare(province: Province) -> str:
    """«Lạng Sơn»."""
    return province.name.removeprefix("Tỉnh ").removeprefix("Thành phố ")
