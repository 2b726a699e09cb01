"""Biểu 1: one row a lead authority, and a total that counts every unit once."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.reports.rules.words import number

from .content import Line, PlanTold, Summary
from .schedules import BY_LEAD, RUNNING, Head, Reference, Row, Schedule, Value

FORMS, KINDS, TAKEN = _("Số cuộc kiểm tra trong kỳ"), _("Trong đó (lũy kế)"), _("Cá nhân bị kỷ luật")
UNITS, STATES = _("Đơn vị được kiểm tra"), _("Trong đó, vào ngày chốt")
HEADS = (
    Head(RUNNING, mark="1", holds="number", room=8),
    Head(_("Cơ quan, địa phương"), mark="2", holds="text", room=44),
    Head(_("Kế hoạch kiểm tra (số, ngày)"), mark="3", holds="text", room=31),
    Head(_("Tổng số đơn vị trực thuộc"), mark="4", room=13, figure="units"),
    Head(_("Chỉ tiêu KH năm"), mark="5", holds="text", room=14),
    Head(_("Tổng"), FORMS, "6", room=12, figure="inspections"),
    Head(_("Theo KH"), FORMS, "7", room=12, figure="inspections_by_form", part="planned"),
    Head(_("Đột xuất"), FORMS, "8", room=12, figure="inspections_by_form", part="surprise"),
    Head(_("Kết hợp"), FORMS, "9", room=12, figure="inspections_by_form", part="combined"),
    Head(_("Số cuộc lũy kế năm"), mark="10", room=13, figure="inspections", of_year=True),
    Head(_("Số lượt trong kỳ"), mark="11", room=13, figure="visits"),
    Head(_("Trong kỳ"), UNITS, "12", room=13, figure="units_inspected"),
    Head(_("Lũy kế"), UNITS, "13", room=13, figure="units_inspected", of_year=True),
    Head(_("Tỷ lệ trên tổng số"), UNITS, "14", "share", 15, figure="coverage", of_year=True),
    Head(_("Tỷ lệ so với KH"), UNITS, "15", "share", 15, figure="plan_progress"),
    Head(_("Phòng, chi cục"), KINDS, "16", room=15, figure="units_by_kind", part="division", of_year=True),
    Head(_("UBND cấp xã"), KINDS, "17", room=15, figure="units_by_kind", part="commune_pc", of_year=True),
    Head(_("Đơn vị sự nghiệp"), KINDS, "18", room=14, figure="units_by_kind", part="public_service_unit", of_year=True),
    Head(_("Số cuộc đã có TB, KL"), mark="19", room=13, figure="inspections_concluded"),
    Head(_("Số tồn tại, hạn chế"), mark="20", room=13, figure="findings"),
    Head(_("Đã khắc phục"), STATES, "21", room=14, figure="findings_by_state", part="remedied"),
    Head(_("Trong hạn"), STATES, "22", room=13, figure="findings_by_state", part="in_term"),
    Head(_("Quá hạn"), STATES, "23", room=13, figure="findings_by_state", part="overdue"),
    Head(_("Tỷ lệ xử lý kiến nghị"), mark="24", holds="share", room=15, figure="handling_rate"),
    Head(_("Tập thể bị nhắc nhở, phê bình"), mark="25", room=14),
    Head(_("Cá nhân bị nhắc nhở, phê bình, kiểm điểm"), mark="26", room=14),
    Head(_("Khiển trách"), TAKEN, "27", room=13),
    Head(_("Cảnh cáo"), TAKEN, "28", room=12),
    Head(_("Cách chức"), TAKEN, "29", room=12),
    Head(_("Buộc thôi việc"), TAKEN, "30", room=12),
    Head(_("Ghi chú"), mark="31", holds="text", room=25),
)  # fmt: skip
BANDS = ((0, 1, *range(2, 15)), (0, 1, *range(15, 31)))
"""Two sheets of paper: plans and units; results and what followed. Both bear the number and the name."""
WORDS = {"alone": _("Do %(name)s trực tiếp chủ trì"), "total": _("Tổng cộng")}
RULES = (
    BY_LEAD,
    _(
        "Mỗi dòng là một cơ quan trực tiếp dưới phạm vi (chỉ những ngày còn trực thuộc), kể cả các đơn vị trực thuộc của cơ quan ấy. Cuộc là một quyết định kiểm tra, kết hợp nhiều nội dung vẫn là một cuộc; lượt là một lần đến một đơn vị; đơn vị được kiểm tra nhiều lần, do nhiều cơ quan, vẫn là một đơn vị."
    ),
    _(
        "Dòng tổng đếm lại từng đơn vị một lần, không phải là cộng các dòng. Cột 6 gồm cả kiểm tra chéo, phúc tra, từ xa."
    ),
    _(
        "Lũy kế (cột 10, 13–18) tính từ 01/01 đến ngày chốt. Cột 14: đơn vị trực thuộc vào ngày chốt đã được kiểm tra trên cột 4. Cột 15: đơn vị do cơ quan chủ trì kiểm tra từ 01/01, trên chỉ tiêu của kế hoạch; chỉ tiêu theo % tính trên cột 4 và làm tròn lên."
    ),
    _(
        "Cột 20 gồm cả tồn tại không đặt hạn và tồn tại kết thúc có lý do (nêu ở Ghi chú). Cột 24: kiến nghị ban hành trong kỳ đã khắc phục hoặc kết thúc có lý do vào ngày chốt, trên số kiến nghị ban hành trong kỳ. Việc xảy ra sau ngày chốt không đổi số nào."
    ),
)
RESTRICTED = _("Cột 25–30 hạn chế xem: để trống với người không được xem xử lý trách nhiệm.")
EXACT = _("Cột 25–30: quyết định xử lý ghi ngày trong kỳ; hình thức kỷ luật khác nêu ở Ghi chú.")


def schedule(summary: Summary) -> Schedule:
    """Biểu 1."""
    rows = [row(line, place, summary) for place, line in enumerate(summary.lines, 1)]
    owing = summary.figures["agencies_with_plan"]["denominator"]
    told = bool(rows or owing or summary.total.says_something)
    measured = EXACT if summary.total.taken else RESTRICTED
    return Schedule(
        1,
        gettext("Tổng hợp kết quả kiểm tra theo cơ quan chủ trì"),
        HEADS,
        rows,
        [gettext(rule) for rule in (*RULES, measured)],
        row(summary.total, None, summary) if told else None,
        gettext("Không có cơ quan nào phải lập kế hoạch hoặc chủ trì kiểm tra."),
        BANDS,
    )


def row(line: Line, place: int | None, summary: Summary) -> Row:
    name = line.place.name
    if line.stands_for in WORDS:
        name = gettext(WORDS[line.stands_for]) % {"name": name}
    scope = "" if line.stands_for == "alone" else line.place.slug
    leads = (Reference(1, "unit", scope),) if line.stands_for == "authority" else ()
    if line.stands_for == "total":
        leads = (Reference(2, "figure", "agencies_with_plan"),)
    return Row((place, name, planned(line, summary), *counted(line), *followed(line), note(line)), scope, leads)


def numbered(line: Line) -> dict[int, Value]:
    """Number of a column of figures (4–30) → its cell: for whoever sets something beside this table."""
    return dict(enumerate((*counted(line), *followed(line)), 4))


def counted(line: Line) -> tuple[Value, ...]:
    """Columns 4–18."""
    plan, forms, kinds = line.plan, line.forms, line.kinds_of_year
    return (
        line.units,
        target(plan),
        line.inspections,
        forms["planned"],
        forms["surprise"],
        forms["combined"],
        line.inspections_of_year,
        line.visits,
        line.units_inspected,
        line.units_inspected_of_year,
        line.coverage_of_year,
        plan.progress if plan else None,
        kinds["division"],
        kinds["commune_pc"],
        kinds["public_service_unit"],
    )


def followed(line: Line) -> tuple[Value, ...]:
    """Columns 19–30."""
    states, taken = line.finding_states, line.taken
    measures: tuple[Value, ...] = (None,) * 6
    if taken:
        measures = (taken.collectives, taken.people, taken.reprimand, taken.warning, taken.removal_from_office)
        measures = (*measures, taken.forced_resignation)
    found = (line.concluded, line.findings, states["remedied"], states["in_term"], states["overdue"])
    return (*found, line.handled, *measures)


def planned(line: Line, summary: Summary) -> str:
    """Column 3: number and day; what is missing is said."""
    if line.stands_for == "total":
        told = summary.figures["agencies_with_plan"]
        issued = {"done": number(told["numerator"]), "all": number(told["denominator"])}
        return gettext("%(done)s/%(all)s cơ quan đã ban hành") % issued
    if line.plan:
        return f"{line.plan.number or gettext('chưa nhập số')}, {line.plan.issued_on:%d/%m/%Y}"
    return gettext("chưa ban hành") if line.owes_plan else ""


def target(plan: PlanTold | None) -> str:
    """Column 5: so many units, or so many percent."""
    if plan is None:
        return ""
    if plan.target_units is not None:
        return gettext("%s đơn vị") % number(plan.target_units)
    return f"{plan.target_percent or 0} %"


def note(line: Line) -> str:
    """Column 31: what no column holds."""
    said = []
    if not line.exists:
        said.append(gettext("đã kết thúc hoạt động trước ngày chốt"))
    elif line.left_on:
        said.append(gettext("không còn trực thuộc từ %s") % f"{line.left_on:%d/%m/%Y}")
    for state, words in (("no_term", _("%s tồn tại không đặt hạn")), ("closed", _("%s tồn tại kết thúc có lý do"))):
        if line.finding_states[state]:
            said.append(gettext(words) % number(line.finding_states[state]))
    if line.taken and line.taken.other:
        said.append(gettext("%s hình thức kỷ luật khác") % number(line.taken.other))
    return capital("; ".join(said))


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
