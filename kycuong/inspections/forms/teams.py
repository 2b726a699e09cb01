"""The shape of what is typed about a team: its decision, who joins and leaves, how it is divided into groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kycuong.inspections.actions import Group, Seat
from kycuong.inspections.models import TeamGroup, TeamMember, Visit
from kycuong.inspections.rules import TeamRole
from kycuong.orgs.models import Person
from kycuong.ui.widgets import DateText

from .opening import person_label

NEW_SEATS = 3
NEW_GROUPS = 2
"""Empty rows to fill in; who needs more saves and finds as many again."""


class DecisionForm(forms.Form):
    """The decision that set up the team."""

    number = forms.CharField(label=_("Số quyết định"), max_length=80)
    decision_on = forms.DateField(label=_("Ngày quyết định"), widget=DateText())


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form, as the template shows it."""

    title: str
    fields: list[forms.BoundField]
    note: str = ""


class TeamForm(forms.Form):
    """Everybody on the team with the role, or taken out with a reason; and empty rows for who joins."""

    def __init__(self, *args: Any, seats: Sequence[TeamMember], people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        self.seats = list(seats)
        for seat in self.seats:
            self.fields[f"role-{seat.seat_uid}"] = forms.ChoiceField(
                label=_("Vai trò"), choices=TeamRole.choices, initial=seat.role
            )
            self.fields[f"leaves-{seat.seat_uid}"] = forms.BooleanField(label=_("Rút khỏi đoàn"), required=False)
            self.fields[f"reason-{seat.seat_uid}"] = forms.CharField(
                label=_("Lý do (nếu rút)"), max_length=300, required=False
            )
        for place in range(NEW_SEATS):
            self.fields[f"person-{place}"] = Account(queryset=people)
            self.fields[f"position-{place}"] = forms.CharField(
                label=_("hoặc chức vụ, đơn vị (không ghi tên)"), max_length=200, required=False
            )
            self.fields[f"new_role-{place}"] = forms.ChoiceField(
                label=_("Vai trò"), choices=TeamRole.choices, initial=TeamRole.MEMBER, required=False
            )

    @property
    def rows(self) -> list[Row]:
        return [
            Row(
                seat_label(seat),
                [self[f"{name}-{seat.seat_uid}"] for name in ("role", "leaves", "reason")],
                seat.group.name if seat.group else "",
            )
            for seat in self.seats
        ]

    @property
    def new_rows(self) -> list[Row]:
        names = ("person", "position", "new_role")
        return [
            Row(_now("Người thêm %d") % (place + 1), [self[f"{name}-{place}"] for name in names])
            for place in range(NEW_SEATS)
        ]

    def given(self) -> dict[str, Any]:
        """What `change_team` takes."""
        said = self.cleaned_data
        leaving = {seat: said[f"reason-{seat.seat_uid}"] for seat in self.seats if said[f"leaves-{seat.seat_uid}"]}
        roles = {seat: said[f"role-{seat.seat_uid}"] for seat in self.seats if seat not in leaving}
        joining = []
        for place in range(NEW_SEATS):
            person, position = said[f"person-{place}"], said[f"position-{place}"].strip()
            if person or position:
                role = TeamRole(said[f"new_role-{place}"] or TeamRole.MEMBER)
                joining.append(Seat(person, position, role))
        return {"roles": roles, "leaving": leaving, "joining": joining}


class Account(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Somebody with an account, or nobody."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Người có tài khoản"), to_field_name="uid", required=False, empty_label=_("Không chọn"), **options
        )

    def label_from_instance(self, person: Any) -> str:
        return person_label(person)


class SeatField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the team."""

    def label_from_instance(self, seat: Any) -> str:
        return seat_label(seat)


class SeatsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Some of the team."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, seat: Any) -> str:
        return seat_label(seat)


class GroupsForm(forms.Form):
    """Groups, each with its lead, its members and the visits that it makes; an empty name takes a group away."""

    def __init__(
        self,
        *args: Any,
        groups: Sequence[TeamGroup],
        seats: QuerySet[TeamMember],
        visits: QuerySet[Visit],
        names: dict[int, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.slots: list[TeamGroup | None] = [*groups, *[None] * NEW_GROUPS]
        held, given = list(seats), list(visits)
        labels = [(str(one.uid), f"{names[one.pk]}, {one.visited_on:%d/%m/%Y}") for one in given]
        self.visits = {str(one.uid): one for one in given}
        for place, group in enumerate(self.slots):
            inside = [seat for seat in held if group and seat.group_id == group.pk]
            lead = next((seat for seat in inside if seat.leads_group), None)
            theirs = [str(one.uid) for one in given if group and one.group_id == group.pk]
            self.fields[f"name-{place}"] = forms.CharField(
                label=_("Tên tổ"), max_length=80, required=False, initial=group.name if group else ""
            )
            self.fields[f"lead-{place}"] = SeatField(
                label=_("Tổ trưởng"), queryset=seats, to_field_name="seat_uid", required=False,
                initial=lead.seat_uid if lead else None, empty_label=_("Chưa chọn"),
            )  # fmt: skip
            self.fields[f"members-{place}"] = SeatsField(
                label=_("Thành viên của tổ"), queryset=seats, to_field_name="seat_uid", required=False,
                initial=[seat.seat_uid for seat in inside if seat != lead],
            )  # fmt: skip
            self.fields[f"visits-{place}"] = forms.MultipleChoiceField(
                label=_("Đơn vị tổ kiểm tra"), choices=labels, required=False, initial=theirs,
                widget=forms.CheckboxSelectMultiple(),
            )  # fmt: skip

    @property
    def rows(self) -> list[Row]:
        names = ("name", "lead", "members", "visits")
        return [
            Row(
                group.name if group else _now("Tổ mới"),
                [self[f"{name}-{place}"] for name in names if self._is_shown(f"{name}-{place}")],
            )
            for place, group in enumerate(self.slots)
        ]

    def _is_shown(self, name: str) -> bool:
        """Boxes without anything to tick are not shown."""
        return not name.startswith("visits-") or bool(self.visits)

    def given(self) -> list[Group]:
        """What `divide_team` takes."""
        said, groups = self.cleaned_data, []
        for place, there in enumerate(self.slots):
            members, visits = list(said[f"members-{place}"]), said[f"visits-{place}"]
            name, lead = said[f"name-{place}"].strip(), said[f"lead-{place}"]
            if name or (not there and (lead or members or visits)):
                groups.append(Group(name, lead, members, [self.visits[uid] for uid in visits], there))
        return groups


def seat_label(seat: TeamMember) -> str:
    """«Nguyễn Văn A, Chuyên viên – Thành viên»; of somebody without an account the position."""
    who = person_label(seat.person) if seat.person else seat.position
    return f"{who} – {seat.get_role_display()}"
