"""Reorganisations: what each writes, what stays the same unit, and what each refuses, in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken
from kycuong.orgs.authority import at_the_machine
from kycuong.orgs.history import (
    Document,
    Draft,
    Fate,
    absorb_units,
    create_unit,
    dissolve_unit,
    merge_units,
    move_unit,
    recode_unit,
    rename_unit,
    split_unit,
)
from kycuong.orgs.models import Reorganisation, Succession, Unit, UnitVersion
from kycuong.orgs.queries import children_on, codes_on, parent_on, unit_by_code
from kycuong.orgs.rules import FOREVER, Change
from tests.desk import BEGIN, Desk

DAY = date(2020, 1, 1)
EVE = DAY - timedelta(days=1)
LATER = date(2021, 7, 1)


@pytest.fixture(autouse=True)
def machine(db: None) -> Iterator[None]:
    """Whoever has the machine's shell acts; who else may is asked in one test below."""
    with at_the_machine():
        yield


def lives(unit: Unit) -> list[tuple[str, str, date, date]]:
    rows = UnitVersion.objects.filter(unit=unit).order_by("valid_from")
    return list(rows.values_list("name", "kind", "valid_from", "valid_to"))


def successions(act: Reorganisation) -> set[tuple[int | None, int | None, bool]]:
    return set(Succession.objects.filter(reorganisation=act).values_list("predecessor_id", "successor_id", "whole"))


def commune(desk: Desk, name: str, code: str = "", place: str = "district") -> Draft:
    return Draft(name, "commune_pc", desk.units[place], code)


def exists(unit: Unit, day: date) -> bool:
    return Unit.objects.existing(on=day).filter(pk=unit.pk).exists()


def test_a_new_unit_begins_with_its_document(desk: Desk) -> None:
    document = Document(number="819/NQ-UBTVQH14", on=date(2019, 11, 21), review_note="đối chiếu bản gốc")
    act = create_unit(commune(desk, " Xã  Mới", "90001"), by=None, on=DAY, document=document)
    [unit] = act.born
    assert lives(unit) == [("Xã Mới", "commune_pc", DAY, FOREVER)]
    assert (unit.slug, codes_on([unit.pk], DAY)) == ("xa-moi", {unit.pk: "90001"})
    assert (parent_on(unit, DAY), parent_on(unit, EVE)) == (desk.units["district"], None)
    assert successions(act) == {(None, unit.pk, True)}
    act.refresh_from_db()
    assert (act.kind, act.effective_on, act.document_number) == (Change.CREATE, DAY, "819/NQ-UBTVQH14")
    assert (act.document_on, act.title) == (date(2019, 11, 21), "Thành lập Xã Mới")


def test_another_name_is_another_version_of_the_same_unit(desk: Desk) -> None:
    unit = desk.units["commune"]
    act = rename_unit(unit, by=None, on=DAY, name="Phường Hoàng Đồng")
    assert lives(unit) == [
        ("Xã Hoàng Đồng", "commune_pc", BEGIN, DAY),
        ("Phường Hoàng Đồng", "commune_pc", DAY, FOREVER),
    ]
    assert successions(act) == {(unit.pk, unit.pk, True)}
    fresh = Unit.objects.get(pk=unit.pk)
    assert (fresh.name_on(EVE), fresh.name_on(DAY)) == ("Xã Hoàng Đồng", "Phường Hoàng Đồng")
    assert fresh.slug == "xa-hoang-dong"


def test_a_code_goes_on_to_another_bearer_on_the_day_it_is_free(desk: Desk) -> None:
    first, second = desk.units["commune"], desk.units["second_commune"]
    recode_unit(first, by=None, on=BEGIN + timedelta(days=1), code="05986")
    with pytest.raises(RuleBroken, match="Mã 05986 vào ngày 01/01/2020 đang thuộc Xã Hoàng Đồng"):
        recode_unit(second, by=None, on=DAY, code="05986")
    recode_unit(first, by=None, on=DAY, code="05974")
    recode_unit(second, by=None, on=DAY, code="05986")
    assert (unit_by_code("05986", EVE), unit_by_code("05986", DAY)) == (first, second)
    recode_unit(first, by=None, on=LATER, code="")
    assert unit_by_code("05974", LATER - timedelta(days=1)) == first
    assert unit_by_code("05974", LATER) is None


def test_a_unit_moves_with_everything_under_it(desk: Desk) -> None:
    district, other = desk.units["district"], desk.units["other_district"]
    act = move_unit(district, by=None, on=DAY, to=other)
    commune = desk.units["commune"]
    assert parent_on(district, EVE) == desk.units["province"]
    assert parent_on(district, DAY) == other
    assert parent_on(commune, DAY) == district
    assert commune in Unit.objects.under(other, on=DAY)
    assert commune not in Unit.objects.under(other, on=EVE)
    assert successions(act) == {(district.pk, district.pk, True)}
    with pytest.raises(RuleBroken, match="nằm dưới"):
        move_unit(other, by=None, on=LATER, to=commune)


def test_a_merger_makes_a_new_unit_even_under_an_old_name(desk: Desk) -> None:
    old = [desk.units["commune"], desk.units["second_commune"]]
    act = merge_units(old, by=None, on=DAY, into=commune(desk, "Xã Hoàng Đồng"))
    [new] = act.born
    assert new not in old
    assert new.slug == "xa-hoang-dong-2020"
    assert [exists(unit, EVE) for unit in [*old, new]] == [True, True, False]
    assert [exists(unit, DAY) for unit in [*old, new]] == [False, False, True]
    assert successions(act) == {(unit.pk, new.pk, True) for unit in old}


def test_absorption_keeps_the_unit_that_goes_on(desk: Desk) -> None:
    kept, gone = desk.units["commune"], desk.units["second_commune"]
    act = absorb_units([gone], by=None, on=DAY, into=kept)
    assert act.born == []
    assert lives(kept) == [("Xã Hoàng Đồng", "commune_pc", BEGIN, FOREVER)]
    assert lives(gone) == [("Xã Bình Minh", "commune_pc", BEGIN, DAY)]
    assert successions(act) == {(gone.pk, kept.pk, True)}


@pytest.mark.parametrize("keep", [True, False])
def test_a_division_hands_on_parts_and_keeps_the_old_unit_only_when_told(desk: Desk, keep: bool) -> None:
    old, other = desk.units["commune"], desk.units["second_commune"]
    act = split_unit(old, by=None, on=DAY, into=[commune(desk, "Xã Đông Hoàng"), other], keep=keep)
    [new] = act.born
    assert exists(old, DAY) is keep
    assert successions(act) == {(old.pk, new.pk, False), (old.pk, other.pk, False)}


def test_the_children_of_a_divided_unit_go_where_they_are_sent(desk: Desk) -> None:
    district, first, second = (desk.units[name] for name in ("district", "commune", "second_commune"))
    parts = [Draft("Huyện Đông Bắc", "district_pc", desk.units["province"]), desk.units["other_district"]]
    with pytest.raises(BadInput, match="Chưa chọn đơn vị nhận Xã Bình Minh"):
        split_unit(district, by=None, on=DAY, into=parts, children_to={first: 0})
    act = split_unit(district, by=None, on=DAY, into=parts, children_to={first: 0, second: 1})
    assert (parent_on(first, DAY), parent_on(second, DAY)) == (act.born[0], desk.units["other_district"])
    assert (first.pk, first.pk, True) in successions(act)


@pytest.mark.parametrize("place", [2, -1])
def test_a_child_cannot_be_sent_to_a_part_that_is_not_there(desk: Desk, place: int) -> None:
    parts = [commune(desk, name, place="province") for name in ("Một", "Hai")]
    with pytest.raises(BadInput, match="Xã Hoàng Đồng"):
        split_unit(desk.units["district"], by=None, on=DAY, into=parts, children_to={desk.units["commune"]: place})


def test_two_children_sent_under_each_other_are_refused(desk: Desk) -> None:
    """Each move alone would do; together they would close a ring."""
    district, first, second = (desk.units[name] for name in ("district", "commune", "second_commune"))
    under = [Draft(f"Trạm {unit}", "public_service_unit", unit) for unit in (first, second)]
    stations = [create_unit(draft, by=None, on=DAY).born[0] for draft in under]
    with pytest.raises(RuleBroken, match="vòng"):
        split_unit(district, by=None, on=LATER, into=stations, keep=True, children_to={first: 1, second: 0})
    new = Draft("Trạm mới", "public_service_unit", first)
    with pytest.raises(RuleBroken, match="vòng"):
        split_unit(district, by=None, on=LATER, into=[new], keep=True, children_to={first: 0})


def test_a_dissolved_unit_leaves_nobody_and_its_children_go_up_or_end(desk: Desk) -> None:
    district, commune = desk.units["district"], desk.units["commune"]
    with pytest.raises(RuleBroken, match="Huyện Đông còn 2 đơn vị trực thuộc"):
        dissolve_unit(district, by=None, on=DAY)
    act = dissolve_unit(district, by=None, on=DAY, children=Fate.PASS_ON)
    assert (district.pk, None, True) in successions(act)
    assert parent_on(commune, DAY) == desk.units["province"]
    other = desk.units["other_district"]
    act = dissolve_unit(other, by=None, on=DAY, children=Fate.END)
    assert not exists(desk.units["other_commune"], DAY)
    assert (desk.units["other_commune"].pk, None, True) in successions(act)
    assert children_on(other, EVE) == [desk.units["other_commune"]]


def test_validity_is_half_open_and_history_has_no_gap(desk: Desk) -> None:
    unit = desk.units["commune"]
    rename_unit(unit, by=None, on=DAY, name="Xã Hai")
    rename_unit(unit, by=None, on=LATER, name="Xã Ba")
    rows = lives(unit)
    assert [start for _, _, start, _ in rows] == [BEGIN, DAY, LATER]
    assert [end for *_, end in rows] == [DAY, LATER, FOREVER]


REFUSED = {
    "the past": (lambda desk: rename_unit(desk.units["commune"], by=None, on=BEGIN, name="X"), "đúng ngày 01/01/2015"),
    "before it began": (
        lambda desk: rename_unit(desk.units["commune"], by=None, on=date(2010, 1, 1), name="Xã X"),
        "mới có từ ngày 01/01/2015",
    ),
    "a year of nobody": (
        lambda desk: rename_unit(desk.units["commune"], by=None, on=date(20, 1, 1), name="Xã X"),
        "01/01/0020 không hợp lý",
    ),
    "the same name": (
        lambda desk: rename_unit(desk.units["commune"], by=None, on=DAY, name="Xã Hoàng Đồng"),
        "đã có tên và loại này",
    ),
    "no name": (lambda desk: create_unit(commune(desk, " . "), by=None, on=DAY), "Tên đơn vị đang trống"),
    "a long name": (lambda desk: create_unit(commune(desk, "X" * 201), by=None, on=DAY), "dài quá 200 chữ"),
    "an unknown kind": (
        lambda desk: create_unit(Draft("Tổ", "team", desk.units["province"]), by=None, on=DAY),
        "Không có loại đơn vị “team”",
    ),
    "a code with @": (lambda desk: create_unit(commune(desk, "Xã X", "1@2"), by=None, on=DAY), "Mã “1@2”"),
    "the same parent": (
        lambda desk: move_unit(desk.units["commune"], by=None, on=DAY, to=desk.units["district"]),
        "đang trực thuộc Huyện Đông",
    ),
    "itself as parent": (
        lambda desk: move_unit(desk.units["commune"], by=None, on=DAY, to=desk.units["commune"]),
        "không thể quản lý",
    ),
    "one unit twice": (
        lambda desk: absorb_units([desk.units["commune"]] * 2, by=None, on=DAY, into=desk.units["other_commune"]),
        "chọn hai lần",
    ),
    "into itself": (
        lambda desk: absorb_units([desk.units["commune"]], by=None, on=DAY, into=desk.units["commune"]),
        "mà Xã Hoàng Đồng chấm dứt",
    ),
    "into what is under it": (
        lambda desk: absorb_units([desk.units["district"]], by=None, on=DAY, into=desk.units["commune"]),
        "mà Huyện Đông chấm dứt",
    ),
    "one part": (
        lambda desk: split_unit(desk.units["commune"], by=None, on=DAY, into=[commune(desk, "Xã X")]),
        "ít nhất 2 đơn vị nhận",
    ),
    "a long number": (
        lambda desk: rename_unit(
            desk.units["commune"], by=None, on=DAY, name="Xã X", document=Document(number="1" * 81)
        ),
        "Số, ký hiệu văn bản dài quá 80 chữ",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_refusal_is_a_sentence_and_writes_nothing(desk: Desk, case: str) -> None:
    act, words = REFUSED[case]
    before = list(UnitVersion.objects.order_by("pk").values_list()), Reorganisation.objects.count()
    with pytest.raises(Problem, match=words) as refused:
        act(desk)
    assert refused.value.en not in {"", refused.value.vi}
    assert before == (list(UnitVersion.objects.order_by("pk").values_list()), Reorganisation.objects.count())


def test_what_has_ended_takes_no_change(desk: Desk) -> None:
    gone = desk.units["second_commune"]
    absorb_units([gone], by=None, on=DAY, into=desk.units["commune"])
    with pytest.raises(RuleBroken, match="Xã Bình Minh đã chấm dứt từ ngày 01/01/2020"):
        rename_unit(gone, by=None, on=LATER, name="Xã X")
    with pytest.raises(RuleBroken, match="đã được ghi là chấm dứt"):
        rename_unit(gone, by=None, on=EVE, name="Xã X")
    rename_unit(desk.units["commune"], by=None, on=DAY, name="Xã X")
    with pytest.raises(RuleBroken, match="đã có thay đổi từ ngày 01/01/2020"):
        rename_unit(desk.units["commune"], by=None, on=EVE, name="Xã Y")


def test_only_whoever_is_over_both_places_may_move_a_unit(desk: Desk) -> None:
    act = {"on": DAY, "to": desk.units["other_district"]}
    for name in set(desk.people) - {"aggregator"}:
        with pytest.raises(NotAllowed):
            move_unit(desk.units["commune"], by=desk.people[name], **act)
    done = move_unit(desk.units["commune"], by=desk.people["aggregator"], **act)
    assert done.carried_out_by == desk.people["aggregator"]
