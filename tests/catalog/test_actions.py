"""The standard checklist is put in place once, and never changes."""

from __future__ import annotations

from collections import Counter

import pytest

from kycuong.audit.reconcile import differences
from kycuong.catalog.actions import install_standard_checklist
from kycuong.catalog.models import Checklist, Criterion, CriterionGroup, LegalBasis, Topic
from kycuong.core.problems import NotAllowed, RuleBroken
from tests.desk import Desk


def test_install_writes_43_criteria_in_8_groups_and_an_open_slot(desk: Desk) -> None:
    counted = Criterion.objects.filter(counted=True)
    assert Counter(criterion.code[0] for criterion in counted) == Counter("AAAAAABBBBBBBCCCCCDDDDDDDDDEEEEEEEEEFFFGGHH")
    assert list(Criterion.objects.filter(counted=False).values_list("code", flat=True)) == ["I1"]
    assert CriterionGroup.objects.count() == 9
    assert set(Topic.objects.values_list("code", flat=True)) == {
        "admin_discipline", "home_affairs", "admin_reform", "one_stop",
    }  # fmt: skip


def test_short_form_holds_what_can_be_checked_without_notice(desk: Desk) -> None:
    short = Criterion.objects.filter(in_short_form=True)
    assert short.count() == 15
    assert set(short.values_list("setting", flat=True)) == {"surprise"}


def test_install_again_changes_nothing(desk: Desk) -> None:
    before = (Criterion.objects.count(), LegalBasis.objects.count(), Checklist.objects.get().published_on)
    assert install_standard_checklist(by=desk.people["aggregator"]) == desk.checklist
    assert (Criterion.objects.count(), LegalBasis.objects.count(), Checklist.objects.get().published_on) == before
    assert not list(differences())


@pytest.mark.parametrize("person", ["leader", "coordinator", "system_admin", "nobody"])
def test_install_by_others_is_not_allowed(desk: Desk, person: str) -> None:
    with pytest.raises(NotAllowed):
        install_standard_checklist(by=desk.people[person])


def test_a_published_checklist_refuses_every_write(desk: Desk) -> None:
    criterion = Criterion.objects.get(code="A1")
    criterion.text = "Khác đi"
    group = criterion.group
    new = Criterion(checklist=desk.checklist, group=group, code="A9", position=99, text="Mới", answer_type="grade")
    new.severity = new.severity_to = 1
    new.setting = "surprise"
    for row in (criterion, group, desk.checklist, new):
        with pytest.raises(RuleBroken, match="phiên bản mới"):
            row.full_clean()
    with pytest.raises(RuleBroken):
        Criterion.objects.filter(code="A1").update(text="Khác đi")
    with pytest.raises(RuleBroken):
        Criterion.objects.filter(code="A1").delete()
    for many in (Checklist.objects.all(), CriterionGroup.objects.filter(code="A")):
        for act in (lambda: many.update(title="Khác đi"), many.delete):  # noqa: B023 - called at once
            with pytest.raises(RuleBroken):
                act()
    assert Criterion.objects.get(code="A1").text != "Khác đi"


def test_replaced_bases_end_where_their_successors_begin(desk: Desk) -> None:
    replaced = LegalBasis.objects.filter(replaced_by__isnull=False).select_related("replaced_by")
    assert replaced.count() >= 7
    for basis in replaced:
        assert basis.replaced_by is not None
        assert basis.replaced_by.valid_from <= basis.valid_to, basis
