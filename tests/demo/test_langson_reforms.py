"""The reforms of Lạng Sơn: who went where, every step possible, nothing ended twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

import pytest

from kycuong.demo.langson import PROVINCE, REFORMS, STRUCTURE_2019, Step, UnitFact, WrongFact, structure_on
from kycuong.demo.langson.structure import ensure_sound, indexed, take_step

FROM_2020 = date(2020, 1, 1)
FROM_2021 = date(2021, 1, 1)
FROM_2024 = date(2024, 12, 1)
FROM_JULY_2025 = date(2025, 7, 1)
STEPS = [step for reform in REFORMS for step in reform.steps]


def of_kind(day: date, kind: str) -> list[UnitFact]:
    return [unit for unit in structure_on(day).values() if unit.kind == kind]


def children(day: date, parent: str) -> list[UnitFact]:
    return [unit for unit in structure_on(day).values() if unit.parent == parent]


def plain(unit: UnitFact) -> str:
    """The name without the word that says what the place is."""
    return re.sub(r"^(Xã|Phường|Thị trấn) ", "", unit.name)


def steps_of(slug: str) -> tuple[Step, ...]:
    (reform,) = [reform for reform in REFORMS if reform.slug == slug]
    return reform.steps


def test_all_codes_of_2025_are_used_ones() -> None:
    before = {unit.code: unit for unit in of_kind(FROM_JULY_2025 - timedelta(days=1), "commune_pc")}
    after = of_kind(FROM_JULY_2025, "commune_pc")
    assert len(after) == 65
    assert all(unit.code in before for unit in after)
    assert not {unit.key for unit in after} & {unit.key for unit in before.values()}
    other_name = [unit for unit in after if not before[unit.code].name.endswith(f" {plain(unit)}")]
    assert len(other_name) == 26
    assert before["05986"].name == "Xã Hoàng Đồng"


def test_the_194_communes_go_into_the_65() -> None:
    heirs: dict[str, set[str]] = {}
    for step in steps_of("cap-xa-2025"):
        for key in step.predecessors:
            heirs.setdefault(key, set()).update(s if isinstance(s, str) else s.key for s in step.successors)
    assert heirs.keys() == {unit.key for unit in of_kind(FROM_JULY_2025 - timedelta(days=1), "commune_pc")}
    assert {key: names for key, names in heirs.items() if len(names) > 1} == {
        "xa-binh-xa": {"xa-dinh-lap-2025", "xa-kien-moc-2025"},
        "xa-kien-moc": {"xa-kien-moc-2025", "xa-chau-son-2025"},
    }
    assert heirs["xa-hoang-dong"] == {"phuong-tam-thanh-2025"}
    assert heirs["thi-tran-cao-loc"] == {"phuong-ky-lua"}
    assert heirs["xa-hong-phong-huyen-binh-gia"] == {"xa-hong-phong-2025"}
    assert heirs["xa-hong-phong-huyen-cao-loc"] == {"xa-dong-dang"}


def test_each_new_commune_has_its_four_bodies() -> None:
    for commune in of_kind(FROM_JULY_2025, "commune_pc"):
        economy = "Phòng Kinh tế, Hạ tầng và Đô thị" if commune.name.startswith("Phường") else "Phòng Kinh tế"
        assert {unit.name: unit.kind for unit in children(FROM_JULY_2025, commune.key)} == {
            "Văn phòng HĐND và UBND": "division",
            economy: "division",
            "Phòng Văn hóa – Xã hội": "division",
            "Trung tâm Phục vụ hành chính công": "public_service_unit",
        }


def test_districts_end_with_their_rooms() -> None:
    units = structure_on(FROM_JULY_2025)
    ended = {unit.key for unit in STRUCTURE_2019 if unit.kind == "district_pc"}
    ended |= {unit.key for unit in STRUCTURE_2019 if unit.kind == "division" and unit.parent in ended}
    assert len(ended) == 11 + 11 * 13
    assert not ended & units.keys()
    assert {key for step in steps_of("cap-huyen-2025") for key in step.predecessors} == ended
    assert "Thanh tra Sở" not in {unit.name for unit in units.values()}


def test_recodings_change_the_code_only() -> None:
    recodings = [step for step in STEPS if step.kind == "recode"]
    assert Counter(step.on for step in recodings) == {FROM_2021: 8, FROM_2024: 1}
    for step in recodings:
        (unit,) = step.successors
        assert isinstance(unit, UnitFact)
        before = structure_on(step.on - timedelta(days=1))[unit.key]
        assert (before.name, before.kind, before.parent) == (unit.name, unit.kind, unit.parent)
        assert before.code != unit.code


def test_steps_name_known_units_and_nothing_ends_twice() -> None:
    """Walked through by hand, so that the tables do not vouch for themselves."""
    alive = {unit.key for unit in STRUCTURE_2019}
    ever = set(alive)
    ended: list[str] = []
    for step in STEPS:
        assert alive.issuperset(step.predecessors), step
        if step.kind in ("move", "rename", "recode"):
            assert [s.key for s in step.successors if isinstance(s, UnitFact)] == list(step.predecessors)
            continue
        begun = {s.key for s in step.successors if isinstance(s, UnitFact)}
        assert not begun & ever, step
        alive = alive - set(step.predecessors) | begun
        assert alive.issuperset(s for s in step.successors if isinstance(s, str)), step
        ever |= begun
        ended += step.predecessors
    assert len(ended) == len(set(ended))
    assert alive == structure_on(FROM_JULY_2025).keys()


def test_steps_have_the_shape_of_their_kind() -> None:
    for step in STEPS:
        new = [s for s in step.successors if isinstance(s, UnitFact)]
        match step.kind:
            case "create":
                assert not step.predecessors
                assert len(new) == len(step.successors) > 0
            case "merge":
                assert (len(new), len(step.successors)) == (1, 1)
                assert step.predecessors
            case "absorb":
                assert (len(new), len(step.successors)) == (0, 1)
                assert step.predecessors
            case "split":
                assert len(step.predecessors) == 1
                assert len(step.successors) > 1
            case "dissolve":
                assert step.predecessors
                assert not step.successors
            case _:
                assert len(step.predecessors) == len(new) == 1
        assert step.partial == (frozenset(step.predecessors) if step.kind == "split" else frozenset())


def test_reforms_are_in_order_and_their_steps_share_day_and_document() -> None:
    assert [reform.on for reform in REFORMS] == sorted(reform.on for reform in REFORMS)
    assert len({reform.slug for reform in REFORMS}) == len(REFORMS)
    for reform in REFORMS:
        assert {(step.on, step.document) for step in reform.steps} == {(reform.on, reform.document_number)}
        assert reform.document_on is None or reform.document_on <= reform.on
    documents = {reform.slug: (reform.document_number, reform.document_on) for reform in REFORMS}
    assert documents["cap-xa-2020"] == ("818/NQ-UBTVQH14", date(2019, 11, 21))
    assert documents["cap-xa-2025"] == ("1672/NQ-UBTVQH15", date(2025, 6, 16))


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (Step("absorb", FROM_2020, ("xa-khong-co",), ("so-noi-vu",)), "no such unit"),
        (Step("absorb", FROM_2020, ("so-y-te",), ("so-khong-co",)), "no such heir"),
        (Step("create", FROM_2020, (), (UnitFact("so-y-te", "Sở Y tế", "provincial_department", PROVINCE),)), "exists"),
        (Step("recode", FROM_2020, ("huyen-dinh-lap",), ("huyen-dinh-lap",)), "changes nothing"),
    ],
)
def test_a_contradictory_step_is_refused(step: Step, words: str) -> None:
    with pytest.raises(WrongFact, match=words):
        take_step(indexed(STRUCTURE_2019), step)


def test_an_unsound_structure_is_refused() -> None:
    units = indexed(STRUCTURE_2019)
    with pytest.raises(WrongFact, match="two units"):
        indexed((*STRUCTURE_2019, STRUCTURE_2019[1]))
    twin = UnitFact("xa-moi", "Xã Mới", "commune_pc", "huyen-dinh-lap", "05986")
    with pytest.raises(WrongFact, match="borne twice"):
        ensure_sound({**units, twin.key: twin})
    with pytest.raises(WrongFact, match="missing parent"):
        ensure_sound({key: unit for key, unit in units.items() if key != "huyen-dinh-lap"})
