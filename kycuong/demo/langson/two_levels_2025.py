"""From 1 July 2025: the communes get their offices, districts end with their rooms, department inspectorates end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from .facts import RECONSTRUCTED, Law, Reform, UnitFact, room

ON = date(2025, 7, 1)

OFFICES_DECREE = "150/2025/NĐ-CP"
OFFICE = "Văn phòng HĐND và UBND"
ECONOMY = "Phòng Kinh tế"
ECONOMY_OF_A_WARD = "Phòng Kinh tế, Hạ tầng và Đô thị"
CULTURE = "Phòng Văn hóa – Xã hội"
SERVICE_CENTRE = "Trung tâm Phục vụ hành chính công"

DISTRICTS_RESOLUTION = "203/2025/QH15"
DUTIES = "Nhiệm vụ chuyển về cấp xã và các sở."
INSPECTION_LAW = "84/2025/QH15"
NUMBER_NOT_COMPARED = "Số văn bản cần đối chiếu với bản gốc."


def offices_of(commune: UnitFact) -> tuple[UnitFact, ...]:
    """Three rooms and a service centre; a ward's room of economy has the town's works too."""
    economy = ECONOMY_OF_A_WARD if commune.name.startswith("Phường") else ECONOMY
    rooms = tuple(room(name, commune.key) for name in (OFFICE, economy, CULTURE))
    return (*rooms, room(SERVICE_CENTRE, commune.key, "public_service_unit"))


def commune_offices_2025(before: Mapping[str, UnitFact]) -> Reform:
    law = Law(ON, OFFICES_DECREE, review=RECONSTRUCTED)
    communes = [unit for unit in before.values() if unit.kind == "commune_pc"]
    return Reform(
        slug="bo-may-cap-xa-2025",
        title="Thành lập cơ quan chuyên môn và trung tâm phục vụ hành chính công của 65 xã, phường",
        on=ON,
        document_number=OFFICES_DECREE,
        document_on=date(2025, 6, 12),
        steps=tuple(law.create(offices_of(commune)) for commune in communes),
        needs_review=True,
        note=RECONSTRUCTED,
    )


def districts_2025(before: Mapping[str, UnitFact]) -> Reform:
    law = Law(ON, DISTRICTS_RESOLUTION, review=NUMBER_NOT_COMPARED)
    districts = [unit.key for unit in before.values() if unit.kind == "district_pc"]
    rooms = {key: [unit.key for unit in before.values() if unit.parent == key] for key in districts}
    return Reform(
        slug="cap-huyen-2025",
        title="Kết thúc hoạt động của 10 huyện và thành phố Lạng Sơn cùng các phòng",
        on=ON,
        document_number=DISTRICTS_RESOLUTION,
        document_on=date(2025, 6, 16),
        steps=tuple(law.dissolve(*rooms[key], key, note=DUTIES) for key in districts),
        needs_review=True,
        note=NUMBER_NOT_COMPARED,
    )


def inspectorates_2025(before: Mapping[str, UnitFact]) -> Reform:
    law = Law(ON, INSPECTION_LAW, review=NUMBER_NOT_COMPARED)
    ending = [unit.key for unit in before.values() if unit.name == "Thanh tra Sở"]
    return Reform(
        slug="thanh-tra-so-2025",
        title="Kết thúc hoạt động của thanh tra các sở, chuyển về Thanh tra tỉnh",
        on=ON,
        document_number=INSPECTION_LAW,
        document_on=date(2025, 6, 25),
        steps=(law.absorb("thanh-tra-tinh", *ending),),
        needs_review=True,
        note=NUMBER_NOT_COMPARED,
    )
