"""Lists of this capability as files: the units of a day, the accounts in one's care."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kycuong.core.clock import today
from kycuong.core.presence import ensure_fresh
from kycuong.core.problems import BadInput
from kycuong.orgs.authority import people_visible_to
from kycuong.orgs.forms.units import DayForm
from kycuong.orgs.models import Person
from kycuong.orgs.queries import TreeNode, codes_on, tree_on
from kycuong.orgs.queries.holdings import held_by
from kycuong.orgs.rules import formal_name
from kycuong.orgs.views.people import ensure_administers, found_people
from kycuong.sheets.listing import Column, Listed, of_lines, of_rows
from kycuong.ui.formats import vn_date


class UnitLine(NamedTuple):
    """A unit of the tree, what it belongs to, its code."""

    node: TreeNode
    parent: str
    code: str


UNITS: tuple[Column[UnitLine], ...] = (
    Column(_lazy("Tên"), lambda line: line.node.name, 30),
    Column(_lazy("Tên đầy đủ trong văn bản"), lambda line: formal_name(line.node.name, line.node.kind), 34),
    Column(_lazy("Loại"), lambda line: line.node.kind_label, 22),
    Column(_lazy("Trực thuộc"), lambda line: line.parent, 30),
    Column(_lazy("Mã"), lambda line: line.code, 12),
    Column(_lazy("Số đơn vị bên dưới"), lambda line: line.node.below, 12),
    Column(_lazy("Địa chỉ"), lambda line: line.node.slug, 26),
)


def units(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """Everybody inside may read the tree of any day."""
    form = DayForm(asked)
    if not form.is_valid():
        raise BadInput(
            "Ngày trong địa chỉ không có trong lịch; hãy viết như on=30/06/2025.",
            en="The day in the address does not exist; write it like on=30/06/2025.",
        )
    day = form.cleaned_data["on"] or today()
    nodes = tree_on(day)
    names, codes = {node.unit_id: node.name for node in nodes}, codes_on([node.unit_id for node in nodes], day)
    lines = [UnitLine(node, names.get(node.parent_id or 0, ""), codes.get(node.unit_id, "")) for node in nodes]
    return of_lines(_("Danh sách đơn vị ngày %s") % vn_date(day), UNITS, lines)


class PersonLine(NamedTuple):
    """An account, and the roles that it holds today in words."""

    person: Person
    roles: str


PEOPLE: tuple[Column[PersonLine], ...] = (
    Column(_lazy("Họ và tên"), lambda line: line.person.full_name, 28),
    Column(_lazy("Tên đăng nhập"), lambda line: line.person.username, 20),
    Column(_lazy("Vai trò hôm nay"), lambda line: line.roles, 60),
    Column(_lazy("Trạng thái"), lambda line: _("Đang hoạt động") if line.person.is_active else _("Đã ngừng"), 16),
)


def people(person: Person, asked: Mapping[str, str]) -> Listed[Any]:
    """The accounts in one's care."""
    ensure_administers(person, "person.see")
    ensure_fresh("person.export")
    typed = asked.get("q", "").strip()[:100]
    said = [(_("Họ tên hoặc tên đăng nhập"), typed)] if typed else []
    lent = bool(asked.get("lent"))
    said += [(_("Mật khẩu tạm chưa đổi"), _("có"))] if lent else []
    seen = people_visible_to(person)
    return of_rows(
        found_people(person, typed, lent=lent),
        seen,
        title=_("Tài khoản"),
        columns=PEOPLE,
        lines=_with_roles,
        asked=said,
    )


def _with_roles(rows: list[Person]) -> Iterable[PersonLine]:
    prefetch_related_objects(rows, "assignments__unit__versions")
    for one in rows:
        held = [f"{row.role.title}, {row.place}" for row in held_by(one) if row.holds]
        yield PersonLine(one, "; ".join(held) or _("chưa có"))
