"""Measures by kind, about units and about people. Restricted: no page, list or answer of the other figures tells of it."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from .figure import Column, Figure, Listing, Reading, Tally
from .question import SUBJECT, Question

PLACED = {
    SUBJECT: "m.unit_id",
    "lead": "i.lead_id",
}
"""Whose place decides: the unit that answers for it, or the authority that led the inspection."""


OF_SCOPE, OF_EACH = "orgs_closure c ON c.ancestor_id = :scope", "under c ON 1 = 1"


def taken(view: str, closure: str = OF_SCOPE) -> str:
    """Decided measures of the period on visits that still count, at the scope or under it on the day of the visit."""
    return f"""FROM followup_accountabilitymeasure m
JOIN followup_measurekind k ON k.id = m.kind_id
JOIN inspections_visit v ON v.id = m.visit_id AND v.state = 'signed'
JOIN inspections_inspection i ON i.id = v.inspection_id
JOIN {closure} AND c.descendant_id = {PLACED[view]}
  AND c.valid_from <= v.visited_on AND c.valid_to > v.visited_on
WHERE m.state = 'decided' AND m.decided_on >= :first AND m.decided_on <= :last"""


TALLIES = {
    view: Tally(f"SELECT k.code, m.about, COUNT(*) AS measures\n{taken(view)}\nGROUP BY k.code, m.about", needs=())
    for view in PLACED
}
"""(kind, unit or person, measures), by view."""

COLUMNS = (
    Column("measure", _("Việc xử lý"), "uid"),
    Column("decided_on", _("Ngày quyết định"), "day"),
    Column("kind", _("Mã hình thức")),
    Column("title", _("Hình thức")),
    Column("about", _("Tập thể, cá nhân")),
    Column("category", _("Đối tượng")),
    Column("rank", _("Nhóm chức vụ")),
    Column("unit", _("Mã đơn vị")),
    Column("unit_name", _("Đơn vị")),
    Column("number", _("Văn bản")),
)


def listing(view: str) -> Listing:
    """One row a measure, without positions and names."""
    body = f"""SELECT m.uid AS measure, m.decided_on, k.code AS kind, k.title, m.about, m.category, m.rank, u.slug AS unit,
       COALESCE(w.name, u.slug) AS unit_name, m.number
{
        taken(view).replace(
            "WHERE",
            '''JOIN orgs_unit u ON u.id = m.unit_id
LEFT JOIN orgs_unitversion w ON w.unit_id = m.unit_id AND w.valid_from <= v.visited_on AND w.valid_to > v.visited_on
WHERE''',
        )
    }"""
    return Listing(COLUMNS, body, order="decided_on DESC, measure", needs=(), key="kind")


LISTINGS = {view: listing(view) for view in PLACED}


def read(rows: Reading) -> dict[str, dict[str, int]]:
    """kind → unit or person → how many; kinds of which there is none are not there."""
    counted: dict[str, dict[str, int]] = {}
    for kind, about, measures in rows[TALLIES[rows.question.view]]:
        counted.setdefault(kind, {})[about] = int(measures)
    return counted


def as_it_was(question: Question) -> bool:
    return question.restated_on is None


FIGURE = Figure(
    name="accountability",
    titled=_("Xử lý trách nhiệm"),
    defined="Quyết định xử lý ghi ngày trong kỳ, chia theo hình thức và theo tập thể, cá nhân; mỗi quyết định về một tập thể hoặc "
    "một người tính một lần. Kể cả chính đơn vị của phạm vi; thuộc phạm vi nào thì theo tổ chức ngày kiểm tra. Lượt đã hủy không kể. "
    "Hạn chế xem: số nhỏ hơn 3 chỉ người được xem xử lý trách nhiệm mới thấy.",
    definition_en="Measures decided in the period, by kind and by unit or person; each decision about one unit or one person counts "
    "once. The scope itself included; under the scope by the hierarchy of the day of the visit. Annulled visits do not count. "
    "Restricted: numbers below 3 only for who may see measures.",
    tallies=tuple(TALLIES.values()),
    read=read,
    listing=LISTINGS[SUBJECT],
    asked=as_it_was,
)
