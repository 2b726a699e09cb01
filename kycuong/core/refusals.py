"""What a condition of the database refuses: a sentence for whoever sent it, the name of the condition for the log."""

from __future__ import annotations

import re
from typing import NamedTuple

from django.db import IntegrityError

from .problems import Problem, Stale, Unfit
from .request_id import request_id

TWICE = {"23505", "23503", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_CONSTRAINT_FOREIGNKEY"}
"""Codes of what another one has just written, or taken away."""
SQLITE = re.compile(r"constraint failed: ([\w., ']+)\Z")
WALL = re.compile(r"\APL/pgSQL function (\w+)")


class Sentence(NamedTuple):
    """In both languages."""

    vi: str
    en: str


def number() -> Sentence:
    """«mã …» of the request under way, to be told to an administrator; "" at the keyboard."""
    at = request_id.get()
    return Sentence(f" mã {at}", f" the number {at}") if at != "-" else Sentence("", "")


def unfit_words() -> Sentence:
    """Of a record whose parts do not go together, where no rule of ours said it before."""
    return Sentence(
        "Nội dung này chưa ghi được vì các phần không khớp nhau (ngày, số, lựa chọn, hay đã có bản khác). Hãy xem lại những gì vừa nhập rồi gửi lại; "
        f"nếu vẫn không được, báo quản trị hệ thống{number().vi}.",
        "This cannot be saved because its parts do not go together (days, numbers, choices, or there is another one). Look at what you entered "
        f"and send it again; if it is refused once more, tell the administrator{number().en}.",
    )


def refused(error: IntegrityError) -> Problem:
    """What a person reads. Of what was there already, or is no more, the newest state decides; the rest is a mistake of the program."""
    if code(error) in TWICE:
        return Stale(
            "Nội dung này trùng với một bản đã có, hoặc nói tới một bản vừa bị xóa: có thể nó vừa được gửi hai lần, hay người khác vừa ghi trước. Lần này chưa "
            f"ghi gì. Hãy tải lại trang xem hiện có gì rồi mới nhập tiếp; nếu vẫn bị từ chối, báo quản trị hệ thống{number().vi}.",
            en="This is there already, or names something that is no more: it may have been sent twice, or somebody else was faster. Nothing was saved "
            f"now. Load the page again and see what is there first; if it is refused once more, tell the administrator{number().en}.",
        )
    return Unfit(unfit_words().vi, en=unfit_words().en)


def code(error: BaseException) -> str:
    """As the database names the kind of its refusal; "" when it is none of a database."""
    return (
        getattr(error, "sqlstate", None)
        or getattr(error, "sqlite_errorname", "")
        or (code(error.__cause__) if error.__cause__ is not None else "")
    )


def condition(error: BaseException | None) -> str:
    """Name of the constraint, column or wall that refused; never a value of the row."""
    told = getattr(error, "diag", None)
    if told is None:
        return _of_sqlite(error)
    wall = WALL.match(told.context or "")
    column = f"{told.table_name}.{told.column_name}" if told.column_name else ""
    return told.constraint_name or column or (wall[1] if wall else "")


def _of_sqlite(error: BaseException | None) -> str:
    """SQLite names it in its sentence. What a wall says is written in the program: it holds nothing of the row."""
    if getattr(error, "sqlite_errorname", "") == "SQLITE_CONSTRAINT_TRIGGER":
        return str(error)
    found = SQLITE.search(str(error)) if error is not None else None
    return found[1] if found else ""
