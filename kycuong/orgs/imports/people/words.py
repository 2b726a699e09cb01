"""What the rows of one person say of the person: a new account, another name, title or e-mail, leaving office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from kycuong.core.clock import today
from kycuong.core.problems import BadInput
from kycuong.orgs.models import Person
from kycuong.orgs.queries.names import last_day
from kycuong.orgs.rules import checked_username
from kycuong.ui.formats import vn_date

from .columns import ERASE, TITLES
from .known import Accounts
from .lines import Change, Close, Create, End, Line

WORDS = ("full_name", "position", "email")


def settle_words(lines: list[Line], accounts: Accounts) -> bool:
    """Settle what is said of the person; whether the roles of these rows are still to be settled."""
    person = lines[0].person
    if person is None:
        return _settle_new(lines, accounts)
    wanted = _wanted(lines, {key: getattr(person, key) for key in WORDS})
    changed = {key: line for key, (value, line) in wanted.items() if value != getattr(person, key)}
    if changed and not person.is_active:
        blame_closed(next(iter(changed.values())))
    if changed:
        _settle_change(person, changed, {key: value for key, (value, _line) in wanted.items()}, accounts)
    leaves = [line for line in lines if line.value("leaves_on")]
    if leaves:
        _settle_leaving(person, leaves, accounts)
        _refuse_roles_of_leaver(lines, leaves[0], accounts)
    return not leaves


def _wanted(lines: list[Line], kept: dict[str, str]) -> dict[str, tuple[str, Line]]:
    """For each word what it will be, and the row that says so. A row that repeats what is kept says nothing new."""
    found: dict[str, tuple[str, Line]] = {}
    for key in WORDS:
        said: tuple[str, Line] | None = None
        for line in lines:
            given = line.value(key)
            value = "" if given == ERASE and key != "full_name" else given
            if given is None or value == kept[key]:
                continue
            if said and said[0] != value:
                line.blame(key, f"Dòng {said[1].row.number} ghi khác cho cùng người này. Hãy ghi một nội dung.",
                           f"Row {said[1].row.number} says another thing of the same person. Write one.")  # fmt: skip
            said = said or (value, line)
        found[key] = said or (kept[key], lines[0])
    return found


def _settle_change(person: Person, changed: dict[str, Line], words: dict[str, str], accounts: Accounts) -> None:
    line = next(iter(changed.values()))
    _judge_words(line, person.username, words)
    if not accounts.may_change(person):
        line.blame("username", "Bạn không có quyền đổi thông tin của người này: có vai trò ngoài phạm vi bạn quản lý.",
                   "You may not change this person, who holds a role beyond your units.")  # fmt: skip
    told = [
        _("%(what)s: «%(old)s» thành «%(new)s»")
        % {"what": TITLES[key].lower(), "old": getattr(person, key) or "—", "new": words[key] or "—"}
        for key in changed
    ]
    line.will(Change(line, person, words), "; ".join(told))


def _settle_new(lines: list[Line], accounts: Accounts) -> bool:
    line = lines[0]
    if line.username in accounts.everybody:
        line.blame("username", "Tên đăng nhập này đã có người dùng ngoài phạm vi bạn quản lý. Hãy chọn tên khác.",
                   "This user name belongs to somebody beyond your care. Choose another.")  # fmt: skip
        return False
    try:
        checked_username(line.username)
    except BadInput as problem:
        line.blame("username", problem.vi, problem.en)
        return False
    for one in lines:
        if one.value("leaves_on"):
            one.blame("leaves_on", "Chưa có tài khoản nào tên này để thôi việc. Hãy sửa tên đăng nhập hoặc bỏ ngày.",
                      "No account has this name, so nobody can leave. Mend the user name or empty the day.")  # fmt: skip
    wanted = _wanted(lines, dict.fromkeys(WORDS, ""))
    words = {key: value for key, (value, _line) in wanted.items()}
    _judge_words(line, line.username, words)
    _open_at_first_role(lines, words, accounts)
    return True


def _open_at_first_role(lines: list[Line], words: dict[str, str], accounts: Accounts) -> None:
    line = next((one for one in lines if one.value("role") and one.value("unit")), None)
    if line is None:
        if any(one.wrote("role") and one.wrote("unit") for one in lines):
            return  # told at the cell that is not understood
        lines[0].blame("role", "Người mới phải có vai trò và đơn vị. Hãy ghi hai cột này, hoặc sửa tên đăng nhập.",
                       "A new person needs a role and a unit. Fill both, or mend the user name.")  # fmt: skip
        return
    unit, _match = accounts.unit(line.value("unit"), on=line.value("first") or today())
    if unit is None:
        return  # told with the role
    if not accounts.may("person.create", unit):
        line.blame("unit", f"Bạn không có quyền lập tài khoản tại {unit}.", f"You may not open accounts at {unit}.")
    line.will(Create(line, line.username, words, unit), _("lập tài khoản mới"))


def _judge_words(line: Line, username: str, words: dict[str, Any]) -> None:
    """The fields' own rules, told at the cell."""
    try:
        Person(username=username, **words).clean_fields(exclude=["password"])
    except ValidationError as error:
        for key, texts in error.message_dict.items():
            line.blame(key if key in TITLES else "username", " ".join(texts), "This cannot be kept so; mend it.")


def _settle_leaving(person: Person, leaves: list[Line], accounts: Accounts) -> None:
    line = leaves[0]
    day: date = line.value("leaves_on")
    for other in leaves[1:]:
        if other.value("leaves_on") != day:
            other.blame("leaves_on", f"Dòng {line.row.number} ghi ngày khác cho cùng người này. Hãy ghi một ngày.",
                        f"Row {line.row.number} gives another day for the same person. Write one.")  # fmt: skip
    roles = accounts.roles[person.pk]
    open_roles = [role for role in roles if role.valid_to > max(day, today())]
    closes = person.is_active and day <= today()
    if not open_roles and not closes:
        return
    if day < today() and any(role.valid_to > day for role in roles):
        line.blame_past("leaves_on", today())
        return
    if accounts.by is not None and accounts.by.pk == person.pk:
        line.blame("leaves_on", "Không ai tự cho mình thôi việc; hãy nhờ một quản trị khác.",
                   "Nobody closes the own account; ask another administrator.")  # fmt: skip
    beyond = [role.unit for role in open_roles if not accounts.may("role.grant", role.unit)]
    if beyond or not accounts.may_change(person):
        line.blame("leaves_on", "Người này có vai trò ngoài phạm vi bạn quản lý nên bạn không cho thôi việc được.",
                   "This person holds a role beyond your units, so you cannot let them leave.")  # fmt: skip
    if closes:
        line.will(Close(line, person), _("ngừng tài khoản"))
    for role in open_roles:
        said = _("kết thúc vai trò tại %(unit)s từ %(day)s")
        line.will(End(line, role, day), said % {"unit": accounts.places[role.unit_id], "day": vn_date(day)})
    if day > today():
        line.warn("leaves_on", "Các vai trò hết đúng ngày này; tài khoản chỉ ngừng khi nộp lại tệp từ ngày đó, hoặc bấm «Ngừng tài khoản».",
                  "The roles end on that day; the account is closed only when the sheet is sent again from then on, or by hand.")  # fmt: skip


def _refuse_roles_of_leaver(lines: list[Line], leaving: Line, accounts: Accounts) -> None:
    number = leaving.row.number
    for line in lines:
        if not line.value("key"):
            if line.value("role"):
                line.blame("role", f"Người này thôi việc ở dòng {number} nên không nhận vai trò mới. Hãy bỏ một trong hai.",
                           f"This person leaves in row {number} and takes no new role. Drop one of the two.")  # fmt: skip
            continue
        for column in _changed_in(line, leaving.value("leaves_on"), accounts):
            line.blame(column, f"Người này thôi việc ở dòng {number} nên ô này không đổi được nữa. Hãy ghi lại như cũ, hoặc bỏ ngày thôi việc.",
                       f"This person leaves in row {number}, so this cell cannot change. Put it back, or empty the day of leaving.")  # fmt: skip


def _changed_in(line: Line, day: date, accounts: Accounts) -> list[str]:
    """The cells of a kept role that say another thing than is kept. A role that this leaving has ended may still bear its former last day."""
    key = str(line.value("key")).strip().lower()
    held = (
        next((role for role in accounts.roles[line.person.pk] if str(role.uid) == key), None) if line.person else None
    )
    if held is None:
        return []
    told, last = line.value("unit"), line.value("last")
    moved = told and told != accounts.places[held.unit_id] and accounts.unit(told, on=today())[0] != held.unit
    ended = last and last != last_day(held.valid_to) and not (held.valid_to == day <= last)
    changed = {
        "role": line.value("role") not in (None, held.role),
        "unit": moved,
        "last": ended,
        "moved_on": line.value("moved_on"),
    }
    return [column for column, is_so in changed.items() if is_so]


def blame_closed(line: Line) -> None:
    line.blame("username", "Tài khoản này đã ngừng. Hãy mở lại trên trang của người đó trước khi đổi.",
               "This account is closed. Open it again on its page before you change it.")  # fmt: skip
