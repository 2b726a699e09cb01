"""What the rows of one person say of roles: a new one, one that ends or goes on, one that moves to another unit from a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.orgs.models import Assignment, Unit
from kycuong.orgs.queries.names import last_day
from kycuong.orgs.roles import ROLES
from kycuong.orgs.rules import FOREVER
from kycuong.sheets.match import match_issue
from kycuong.ui.formats import vn_date

from .columns import TITLES
from .known import Accounts
from .lines import End, Grant, Line
from .words import blame_closed


@dataclass(frozen=True)
class Wish:
    """A role at a unit from a day until another, as a row wants it."""

    role: str
    unit: Unit
    first: date
    end: date


def settle_roles(lines: list[Line], accounts: Accounts) -> None:
    """Settle each row; a role that an earlier row gives is not given twice."""
    for line in lines:
        key = line.value("key")
        if not key:
            _settle_unkeyed(line, lines, accounts)
            continue
        held = _keyed(line, str(key), accounts)
        if held is not None:
            _settle_keyed(line, held, lines, accounts)
    for line in lines:
        if line.person and not line.person.is_active and any(isinstance(step, Grant | End) for step in line.steps):
            blame_closed(line)


def _keyed(line: Line, key: str, accounts: Accounts) -> Assignment | None:
    """The role of that key, if it is this person's."""
    roles = accounts.roles[line.person.pk] if line.person else []
    try:
        found = next((role for role in roles if role.uid == UUID(key)), None)
    except ValueError:
        found = None
    if found is None:
        line.blame("key", "Người này không có vai trò mang mã ấy. Hãy tải tệp mới, hoặc để trống ô này nếu là vai trò mới.",
                   "This person has no role of that key. Take a new sheet, or empty the cell for a new role.")  # fmt: skip
    return found


def _settle_keyed(line: Line, held: Assignment, lines: list[Line], accounts: Accounts) -> None:
    role, unit = line.value("role") or held.role, held.unit
    told = line.value("unit")
    if told and told != accounts.places[held.unit_id]:
        found = _unit(line, accounts, on=line.value("moved_on") or today())
        if found is None:
            return
        unit = found
    if (role, unit.pk) != (held.role, held.unit_id):
        _settle_move(line, held, role, unit, lines, accounts)
        return
    if line.value("first") not in (None, held.valid_from):
        line.blame("first", f"Vai trò này bắt đầu {vn_date(held.valid_from)}; ngày đã ghi nhận không sửa bằng tệp.",
                   f"This role began on {held.valid_from}; that day cannot be changed by a sheet.")  # fmt: skip
        return
    if line.value("last"):
        _settle_end(line, held, line.value("last") + timedelta(days=1), accounts)


def _settle_end(line: Line, held: Assignment, end: date, accounts: Accounts) -> None:
    """Until another day. What goes on from it without a gap has a row of its own: a longer term may stand there already."""
    if end == held.valid_to:
        return
    if end <= held.valid_from:
        line.blame("last", f"Ngày hết phải từ {vn_date(held.valid_from)}, ngày vai trò bắt đầu.",
                   f"The last day must not come before {held.valid_from}, when the role began.")  # fmt: skip
        return
    if end < held.valid_to:
        if end < today():
            line.blame_past("last", today() - timedelta(days=1))
        else:
            _end(line, held, end, accounts)
        return
    until = _chain(held, accounts)[-1].valid_to
    if end > until and until <= today():
        line.blame("last", f"Vai trò này đã kết thúc, hết ngày {vn_date(last_day(until) or until)}. Muốn cấp lại thì thêm một dòng mới, không ghi mã.",
                   f"This role is over since {until}. To give it again, add a new row without a key.")  # fmt: skip
    elif end > until:
        _give(line, Wish(held.role, held.unit, until, end), accounts)


def _chain(held: Assignment, accounts: Accounts) -> list[Assignment]:
    """The role, and the same one as often as it goes on without a gap."""
    chain = [held]
    for role in accounts.roles[held.person_id]:
        if (role.role, role.unit_id, role.valid_from) == (held.role, held.unit_id, chain[-1].valid_to):
            chain.append(role)
    return chain


def _settle_move(line: Line, held: Assignment, role: str, unit: Unit, lines: list[Line], accounts: Accounts) -> None:
    day: date | None = line.value("moved_on")
    if day is None:
        line.blame("moved_on", "Đơn vị hoặc vai trò khác với đã ghi nhận. Hãy ghi «Đổi từ ngày», hoặc sửa lại như cũ.",
                   "Unit or role differ from what is on record. Write the day of the change, or put them back.")  # fmt: skip
        return
    if day <= held.valid_from:
        line.blame("moved_on", f"Phải sau {vn_date(held.valid_from)}, ngày vai trò cũ bắt đầu.",
                   f"It must come after {held.valid_from}, when the old role began.")  # fmt: skip
        return
    later = _chain(held, accounts)[1:]
    if later and day < held.valid_to and not _is_changed(later[0], lines, accounts):
        line.blame("moved_on", f"Người này còn vai trò cũ từ {vn_date(later[0].valid_from)} ở một dòng khác. Hãy đổi cả dòng ấy, hoặc cho nó hết.",
                   f"The old role goes on from {later[0].valid_from} in another row. Change that row, too, or let it end.")  # fmt: skip
        return
    last = line.value("last")
    wish = Wish(role, unit, day, last + timedelta(days=1) if last else FOREVER)
    ends = held.valid_to > day
    if ends and day >= today():
        _end(line, held, day, accounts)
    if _have(line, wish, lines, accounts, column="moved_on") and not (ends and day < today()):
        return
    if day < today():
        line.blame_past("moved_on", today())
        return
    _give(line, wish, accounts)


def _is_changed(role: Assignment, lines: list[Line], accounts: Accounts) -> bool:
    """Whether a row of the file moves that role, or lets it end."""
    rows = [line for line in lines if line.value("key") == str(role.uid)]
    told = [(line.value("unit"), line.value("role")) for line in rows]
    kept = {
        (accounts.places[role.unit_id], role.role),
        (None, None),
        (accounts.places[role.unit_id], None),
        (None, role.role),
    }
    ends = any(line.value("last") and line.value("last") + timedelta(days=1) < role.valid_to for line in rows)
    return ends or any(one not in kept for one in told)


def _settle_unkeyed(line: Line, lines: list[Line], accounts: Accounts) -> None:
    role, told = line.value("role"), line.value("unit")
    if not role and not told:
        return
    if not role or not told:
        missing = "unit" if role else "role"
        if line.wrote(missing):
            return
        line.blame(missing, f"Vai trò và đơn vị đi cùng nhau. Hãy ghi «{TITLES[missing]}».",
                   "A role and its unit go together. Fill the other cell.")  # fmt: skip
        return
    first = line.value("first") or today()
    unit = _unit(line, accounts, on=first)
    if unit is None:
        return
    last = line.value("last")
    wish = Wish(role, unit, first, last + timedelta(days=1) if last else FOREVER)
    if not _have(line, wish, lines, accounts):
        _give(line, wish, accounts)


def _have(line: Line, wish: Wish, lines: list[Line], accounts: Accounts, *, column: str = "first") -> bool:
    """Whether the person has that already, or an earlier row gives it; what only overlaps is a fault."""
    for other in lines:
        for step in other.steps:
            if isinstance(step, Grant) and _overlap(step, wish):
                line.blame("role", f"Trùng với dòng {other.row.number}. Hãy xóa một dòng.",
                           f"The same as row {other.row.number}. Delete one of them.")  # fmt: skip
                return True
    same = [
        role
        for role in (accounts.roles[line.person.pk] if line.person else [])
        if (role.role, role.unit_id) == (wish.role, wish.unit.pk)
    ]
    for role in same:
        if role.valid_to == wish.end:
            _judge_beginning(line, wish, _began(role, same), column)
            return True
        if role.valid_from < wish.end and wish.first < role.valid_to:
            until = last_day(role.valid_to)
            vi = f"đến hết {vn_date(until)}" if until else "chưa định ngày hết"
            line.blame("last", f"Người này đã có vai trò ấy, {vi}. Muốn đổi ngày hết, hãy tải tệp mới và sửa dòng có «Mã vai trò».",
                       f"This person has that role already, until {until or 'no day'}. Take a new sheet and change the row with its key.")  # fmt: skip
            return True
    return False


def _judge_beginning(line: Line, wish: Wish, began: date, column: str) -> None:
    """An empty cell asks for no day; one that is written must not come before what is on record."""
    if line.value(column) and wish.first < began:
        line.blame(column, f"Người này đã có vai trò ấy, nhưng từ {vn_date(began)}; ngày đã ghi nhận không sửa bằng tệp.",
                   f"This person has that role already, but from {began}; that day cannot be changed by a sheet.")  # fmt: skip


def _began(role: Assignment, same: list[Assignment]) -> date:
    """Since when, with what goes before it without a gap; `same` by their beginning."""
    began = role.valid_from
    for other in reversed(same):
        if other.valid_to == began:
            began = other.valid_from
    return began


def _overlap(step: Grant, wish: Wish) -> bool:
    same = (step.role, step.unit) == (wish.role, wish.unit)
    return same and step.first < wish.end and wish.first < step.end


def _unit(line: Line, accounts: Accounts, *, on: date) -> Unit | None:
    told = str(line.value("unit"))
    unit, match = accounts.unit(told, on=on)
    if unit is None and match is not None:
        issue = match_issue(match, line.row.cell("unit"), TITLES["unit"])
        line.issues += [issue] if issue else []
    return unit


def _give(line: Line, wish: Wish, accounts: Accounts) -> None:
    if wish.first >= wish.end:
        line.blame("last", "Ngày hết phải không trước ngày bắt đầu.", "The last day must not come before the first.")
        return
    if not accounts.may("role.grant", wish.unit):
        line.blame(
            "unit", f"Bạn không có quyền cấp vai trò tại {wish.unit}.", f"You may not give roles at {wish.unit}."
        )
    if accounts.by is not None and line.person is not None and accounts.by.pk == line.person.pk:
        line.blame("role", "Không ai tự cấp vai trò cho chính mình; hãy nhờ một quản trị khác.",
                   "Nobody gives a role to himself; ask another administrator.")  # fmt: skip
    until = last_day(wish.end)
    said = _("cấp vai trò %(role)s tại %(unit)s từ %(first)s") % {
        "role": title_of(wish.role), "unit": wish.unit, "first": vn_date(wish.first),
    }  # fmt: skip
    if until:
        said = _("%(said)s đến hết %(day)s") % {"said": said, "day": vn_date(until)}
    line.will(Grant(line, line.username, wish.role, wish.unit, wish.first, wish.end), said)


def _end(line: Line, role: Assignment, on: date, accounts: Accounts) -> None:
    if not accounts.may("role.grant", role.unit):
        line.blame(
            "key", f"Bạn không có quyền kết thúc vai trò tại {role.unit}.", f"You may not end roles at {role.unit}."
        )
    said = _("kết thúc vai trò %(role)s tại %(unit)s từ %(day)s")
    line.will(End(line, role, on), said % {"role": title_of(role.role), "unit": role.unit, "day": vn_date(on)})


def title_of(role: str) -> str:
    return ROLES[role].title if role in ROLES else role
