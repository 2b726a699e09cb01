"""A new version of the checklist: drafted, changed by one person at a time, published once, never changed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from kycuong.audit.history import entries_for
from kycuong.audit.models import AuditEntry
from kycuong.catalog import actions
from kycuong.catalog.models import Checklist, Criterion, LegalBasis
from kycuong.catalog.queries import compare, next_code
from kycuong.core.clock import today
from kycuong.core.problems import BadInput, NotAllowed, Problem, RuleBroken, Stale
from kycuong.orgs.models import Person
from tests.desk import Desk, asked


def drafted(desk: Desk, **given: Any) -> Checklist:
    options = {"version": "1.1", "title": "Phiếu mới", "based_on": desk.checklist, **given}
    return actions.start_draft(by=desk.people["aggregator"], **options)


def order(draft: Checklist) -> list[tuple[int, str]]:
    return list(draft.criteria.values_list("position", "code"))


def test_a_draft_begins_with_everything_of_the_version_before(desk: Desk) -> None:
    draft = drafted(desk)
    assert compare(desk.checklist, draft).is_empty
    assert compare(desk.checklist, draft).same == 44
    assert order(draft) == order(desk.checklist)
    assert draft.published_on is None
    assert entries_for(draft)[0].verb == "checklist.draft"


def test_the_same_uid_begins_one_draft(desk: Desk) -> None:
    draft = drafted(desk)
    assert drafted(desk, uid=draft.uid, version="1.2") == draft
    assert Checklist.objects.count() == 2


@pytest.mark.parametrize("version", ["", "mới", "new", "1 1", "1/1", "1.0", "1" * 21])
def test_a_version_that_addresses_cannot_carry_or_that_is_taken_is_refused(desk: Desk, version: str) -> None:
    with pytest.raises(BadInput) as refusal:
        drafted(desk, version=version)
    assert refusal.value.errors[0]["field"] == "version"


@pytest.mark.parametrize("who", ["coordinator", "team_head", "leader", "nobody"])
def test_the_standard_checklist_is_written_at_the_province_only(desk: Desk, who: str) -> None:
    with pytest.raises(NotAllowed):
        actions.start_draft(by=desk.people[who], version="1.1", title="Phiếu")
    draft = drafted(desk)
    with pytest.raises(NotAllowed):
        actions.publish_draft(draft, by=desk.people[who])
    assert list(Checklist.objects.visible_to(desk.people[who])) == [desk.checklist]


def test_criteria_are_added_changed_moved_and_removed(desk: Desk) -> None:
    draft, by = drafted(desk), desk.people["aggregator"]
    group = draft.groups.get(code="C")
    assert next_code(group) == "C6"
    basis = LegalBasis.objects.earliest("pk")
    new = actions.add_criterion(draft, by=by, group=group, code="c6", content=asked(), legal_bases=[basis])
    assert [code for _, code in order(draft)][17:20] == ["C5", "C6", "D1"]
    actions.change_criterion(
        new, by=by, content=asked(text="Có sổ trực", severity_to=3, for_kinds=["commune_pc"]), legal_bases=[]
    )
    actions.move_criterion(Criterion.objects.get(pk=new.pk), by=by, to="up")
    assert [code for _, code in order(draft)][17:20] == ["C6", "C5", "D1"]
    actions.remove_criterion(draft.criteria.get(code="A1"), by=by)
    assert [place for place, _ in order(draft)] == list(range(1, 45))
    found = compare(desk.checklist, draft)
    assert [one.code for one in found.added] == ["C6"]
    assert [one.code for one in found.removed] == ["A1"]
    new.refresh_from_db()
    assert (new.text, new.severity_to, list(new.legal_bases.all())) == ("Có sổ trực", 3, [])
    assert desk.checklist.criteria.count() == 44


def test_of_two_who_read_the_same_draft_one_wins(desk: Desk) -> None:
    draft, by = drafted(desk), desk.people["aggregator"]
    held, one = draft.revision, draft.criteria.get(code="A2")
    actions.change_criterion(one, by=by, revision=held, content=asked(text="Bản thứ nhất"))
    before = AuditEntry.objects.count()
    acts: list[Callable[[], object]] = [
        lambda: actions.change_criterion(one, by=by, revision=held, content=asked(text="Bản thứ hai")),
        lambda: actions.remove_criterion(one, by=by, revision=held),
        lambda: actions.move_criterion(one, by=by, revision=held, to="up"),
        lambda: actions.add_group(draft, by=by, revision=held, code="K", title="Khác"),
        lambda: actions.publish_draft(draft, by=by, revision=held),
        lambda: actions.delete_draft(draft, by=by, revision=held),
    ]
    for act in acts:
        with pytest.raises(Stale, match="tải lại"):
            act()
    assert draft.criteria.get(code="A2").text == "Bản thứ nhất"
    assert AuditEntry.objects.count() == before


def test_publishing_is_for_good(desk: Desk) -> None:
    draft, by = drafted(desk), desk.people["aggregator"]
    actions.publish_draft(draft, by=by, valid_from=today() + timedelta(days=30))
    one, group = draft.criteria.get(code="A2"), draft.groups.get(code="A")
    acts: list[Callable[[], object]] = [
        lambda: actions.change_criterion(one, by=by, content=asked(text="Khác")),
        lambda: actions.add_criterion(draft, by=by, group=group, code="A9", content=asked()),
        lambda: actions.remove_criterion(one, by=by),
        lambda: actions.move_criterion(one, by=by, to="up"),
        lambda: actions.change_group(group, by=by, title="Khác"),
        lambda: actions.change_draft(draft, by=by, version="1.2", title="Khác"),
        lambda: actions.publish_draft(draft, by=by),
        lambda: actions.delete_draft(draft, by=by),
    ]
    for act in acts:
        with pytest.raises(RuleBroken, match="phiên bản mới"):
            act()
    assert compare(desk.checklist, draft).is_empty
    assert entries_for(draft)[0].verb == "checklist.publish"


def test_a_deleted_draft_leaves_nothing_but_its_log(desk: Desk) -> None:
    draft = drafted(desk)
    actions.delete_draft(draft, by=desk.people["aggregator"])
    assert (Checklist.objects.count(), Criterion.objects.count()) == (1, 44)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"code": "B1"}, "code"),
        ({"code": "A"}, "code"),
        ({"code": "A2"}, "code"),
        ({"severity": 3, "severity_to": 2}, "severity_to"),
        ({"answer_type": "ratio", "pass_from": 50, "partial_from": 60}, "partial_from"),
        ({"asked_after": "A1"}, "asked_on"),
        ({"asked_after": "B1", "asked_on": "fail"}, "asked_after"),
        ({"for_kinds": ["province"]}, "for_kinds"),
        ({"text": ""}, "text"),
        ({"text": "x" * 401}, "text"),
        ({"answer_type": "essay"}, "answer_type"),
    ],
)
def test_a_criterion_out_of_order_is_refused_at_its_field(desk: Desk, content: dict[str, Any], field: str) -> None:
    draft = drafted(desk)
    given = asked(**content)
    code = given.pop("code", "A7")
    with pytest.raises(BadInput) as refusal:
        actions.add_criterion(
            draft, by=desk.people["aggregator"], group=draft.groups.get(code="A"), code=code, content=given
        )
    assert refusal.value.errors[0]["field"] == field
    assert draft.criteria.count() == 44


def test_what_a_criterion_waits_for_stays_above_it(desk: Desk) -> None:
    draft, by = drafted(desk), desk.people["aggregator"]
    waiting = draft.criteria.get(code="A2")
    actions.change_criterion(waiting, by=by, content={"asked_after": "A1", "asked_on": "pass"})
    with pytest.raises(RuleBroken, match="A2 chỉ hỏi theo"):
        actions.remove_criterion(draft.criteria.get(code="A1"), by=by)
    for code, to in (("A1", "down"), ("A2", "up")):
        with pytest.raises(BadInput, match="đứng trước"):
            actions.move_criterion(draft.criteria.get(code=code), by=by, to=to)
    with pytest.raises(RuleBroken, match="đầu hoặc cuối"):
        actions.move_criterion(draft.criteria.get(code="A6"), by=by, to="down")


def test_a_draft_that_asks_nobody_is_not_published(desk: Desk) -> None:
    draft, by = drafted(desk), desk.people["aggregator"]
    actions.add_group(draft, by=by, code="K", title="Trống")
    actions.change_criterion(draft.criteria.get(code="D4"), by=by, content={"asked_after": "A1", "asked_on": "fail"})
    actions.change_criterion(draft.criteria.get(code="A1"), by=by, content={"for_kinds": ["commune_pc"]})
    actions.change_criterion(
        draft.criteria.get(code="A2"),
        by=by,
        content={"asked_after": "A1", "asked_on": "fail", "for_kinds": ["division"]},
    )
    with pytest.raises(RuleBroken) as refusal:
        actions.publish_draft(draft, by=by)
    told = [fault["vi"][:2] for fault in refusal.value.errors]
    assert told == ["K:", "A2", "D4"]
    assert Checklist.objects.get(pk=draft.pk).published_on is None


def test_a_version_does_not_apply_to_days_gone_by(desk: Desk) -> None:
    with pytest.raises(BadInput, match="không áp dụng lùi ngày"):
        actions.publish_draft(drafted(desk), by=desk.people["aggregator"], valid_from=today() - timedelta(days=1))


def local(desk: Desk, who: str = "coordinator", place: str = "district", version: str = "8.1") -> Checklist:
    return actions.start_draft(by=desk.people[who], version=version, title="Bổ sung", authority=desk.units[place])


def test_an_authority_adds_what_compares_nothing(desk: Desk) -> None:
    by = desk.people["coordinator"]
    draft = local(desk)
    for code in ("A", "I", "IABCD", "ID"):
        with pytest.raises(BadInput, match="chữ I"):
            actions.add_group(draft, by=by, code=code, title="Bổ sung")
    group = actions.add_group(draft, by=by, code="IHD", title="Bổ sung")
    with pytest.raises(BadInput, match="không được tính"):
        actions.add_criterion(draft, by=by, group=group, code="IHD1", content=asked())
    actions.add_criterion(draft, by=by, group=group, code="IHD1", content=asked(counted=False))
    other = local(desk, "outsider", "other_district", "8.2")
    with pytest.raises(BadInput, match="cơ quan khác"):
        actions.add_group(other, by=desk.people["outsider"], code="IHD", title="Bổ sung")
    with pytest.raises(NotAllowed):
        actions.change_draft(draft, by=desk.people["outsider"], version="8.3", title="Của người khác")
    assert draft not in Checklist.objects.visible_to(desk.people["outsider"])
    assert draft in Checklist.objects.visible_to(by)


def test_a_version_follows_one_of_its_own_authority(desk: Desk) -> None:
    draft = drafted(desk)
    for base, authority in ((draft, None), (desk.checklist, desk.units["district"])):
        with pytest.raises(RuleBroken, match="đã công bố của chính"):
            drafted(desk, version="1.5", based_on=base, authority=authority)


def changed_basis(desk: Desk, basis: LegalBasis, by: Person | None = None, **given: Any) -> LegalBasis:
    return actions.change_basis(basis, by=by or desk.people["aggregator"], **{"title": basis.title, **given})


def test_legal_bases_are_corrected_one_person_at_a_time(desk: Desk) -> None:
    by = desk.people["aggregator"]
    new = actions.add_basis(by=by, number="99/2026/NĐ-CP", title="Nghị định mới", valid_from=date(2026, 1, 1))
    old = LegalBasis.objects.exclude(pk=new.pk).filter(replaced_by=None).earliest("pk")
    held = old.revision
    changed_basis(desk, old, revision=held, replaced_by=new, valid_to=date(2026, 1, 1), reviewed_on=today())
    with pytest.raises(Stale):
        changed_basis(desk, old, revision=held)
    with pytest.raises(RuleBroken, match="quay lại"):
        changed_basis(desk, new, replaced_by=old)
    refusals: list[tuple[type[Problem], Callable[[], object]]] = [
        (BadInput, lambda: changed_basis(desk, new, valid_from=today(), valid_to=today())),
        (BadInput, lambda: actions.add_basis(by=by, number="99/2026/NĐ-CP", title="Lần nữa")),
        (NotAllowed, lambda: changed_basis(desk, new, by=desk.people["coordinator"])),
    ]
    for kind, act in refusals:
        with pytest.raises(kind):
            act()
    assert entries_for(old)[0].verb == "basis.change"
