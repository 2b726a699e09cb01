"""Biểu 1: one row a lead authority, and a total that counts every unit once."""

from __future__ import annotations

from kycuong.reports.rules.words import number

from .content import Line, PlanTold, Summary
from .schedules import BY_LEAD, Head, Reference, Row, Schedule, Value

FORMS, KINDS, TAKEN = "Số cuộc kiểm tra trong kỳ", "Trong đó (lũy kế)", "Cá nhân bị kỷ luật"
UNITS, STATES = "Đơn vị được kiểm tra", "Trong đó, vào ngày chốt"
HEADS = (
    Head("TT", mark="1", holds="number", room=8),
    Head("Cơ quan, địa phương", mark="2", holds="text", room=44),
    Head("Kế hoạch kiểm tra (số, ngày)", mark="3", holds="text", room=31),
    Head("Tổng số đơn vị trực thuộc", mark="4", room=13, figure="units"),
    Head("Chỉ tiêu KH năm", mark="5", holds="text", room=14),
    Head("Tổng", FORMS, "6", room=12, figure="inspections"),
    Head("Theo KH", FORMS, "7", room=12, figure="inspections_by_form", part="planned"),
    Head("Đột xuất", FORMS, "8", room=12, figure="inspections_by_form", part="surprise"),
    Head("Kết hợp", FORMS, "9", room=12, figure="inspections_by_form", part="combined"),
    Head("Số cuộc lũy kế năm", mark="10", room=13, figure="inspections", of_year=True),
    Head("Số lượt trong kỳ", mark="11", room=13, figure="visits"),
    Head("Trong kỳ", UNITS, "12", room=13, figure="units_inspected"),
    Head("Lũy kế", UNITS, "13", room=13, figure="units_inspected", of_year=True),
    Head("Tỷ lệ trên tổng số", UNITS, "14", "share", 15, figure="coverage", of_year=True),
    Head("Tỷ lệ so với KH", UNITS, "15", "share", 15, figure="plan_progress"),
    Head("Phòng, chi cục", KINDS, "16", room=15, figure="units_by_kind", part="division", of_year=True),
    Head("UBND cấp xã", KINDS, "17", room=15, figure="units_by_kind", part="commune_pc", of_year=True),
    Head("Đơn vị sự nghiệp", KINDS, "18", room=14, figure="units_by_kind", part="public_service_unit", of_year=True),
    Head("Số cuộc đã có TB, KL", mark="19", room=13, figure="inspections_concluded"),
    Head("Số tồn tại, hạn chế", mark="20", room=13, figure="findings"),
    Head("Đã khắc phục", STATES, "21", room=14, figure="findings_by_state", part="remedied"),
    Head("Trong hạn", STATES, "22", room=13, figure="findings_by_state", part="in_term"),
    Head("Quá hạn", STATES, "23", room=13, figure="findings_by_state", part="overdue"),
    Head("Tỷ lệ xử lý kiến nghị", mark="24", holds="share", room=15, figure="handling_rate"),
    Head("Tập thể bị nhắc nhở, phê bình", mark="25", room=14),
    Head("Cá nhân bị nhắc nhở, phê bình, kiểm điểm", mark="26", room=14),
    Head("Khiển trách", TAKEN, "27", room=13),
    Head("Cảnh cáo", TAKEN, "28", room=12),
    Head("Cách chức", TAKEN, "29", room=12),
    Head("Buộc thôi việc", TAKEN, "30", room=12),
    Head("Ghi chú", mark="31", holds="text", room=25),
)  # fmt: skip
BANDS = ((0, 1, *range(2, 15)), (0, 1, *range(15, 31)))
"""Two sheets of paper: plans and units; results and what followed. Both bear the number and the name."""
WORDS = {"alone": "Do {name} trực tiếp chủ trì", "total": "Tổng cộng"}
RULES = (
    BY_LEAD,
    "Mỗi dòng là một cơ quan trực tiếp dưới phạm vi (chỉ những ngày còn trực thuộc), kể cả các đơn vị trực thuộc của cơ quan ấy. Cuộc là một quyết định kiểm tra, kết hợp "
    "nhiều nội dung vẫn là một cuộc; lượt là một lần đến một đơn vị; đơn vị được kiểm tra nhiều lần, do nhiều cơ quan, vẫn là một đơn vị.",
    "Dòng tổng đếm lại từng đơn vị một lần, không phải là cộng các dòng. Cột 6 gồm cả kiểm tra chéo, phúc tra, từ xa.",
    "Lũy kế (cột 10, 13–18) tính từ 01/01 đến ngày chốt. Cột 14: đơn vị trực thuộc vào ngày chốt đã được kiểm tra trên cột 4. Cột 15: đơn vị "
    "do cơ quan chủ trì kiểm tra từ 01/01, trên chỉ tiêu của kế hoạch; chỉ tiêu theo % tính trên cột 4 và làm tròn lên.",
    "Cột 20 gồm cả tồn tại không đặt hạn và tồn tại kết thúc có lý do (nêu ở Ghi chú). Cột 24: kiến nghị ban hành trong kỳ đã khắc phục hoặc kết "
    "thúc có lý do vào ngày chốt, trên số kiến nghị ban hành trong kỳ. Việc xảy ra sau ngày chốt không đổi số nào.",
)
RESTRICTED = "Cột 25–30 hạn chế xem: để trống với người không được xem xử lý trách nhiệm."
EXACT = "Cột 25–30: quyết định xử lý ghi ngày trong kỳ; hình thức kỷ luật khác nêu ở Ghi chú."


def schedule(summary: Summary) -> Schedule:
    """Biểu 1."""
    rows = [row(line, place, summary) for place, line in enumerate(summary.lines, 1)]
    owing = summary.figures["agencies_with_plan"]["denominator"]
    told = bool(rows or owing or summary.total.says_something)
    measured = EXACT if summary.total.taken else RESTRICTED
    return Schedule(
        1,
        "Tổng hợp kết quả kiểm tra theo cơ quan chủ trì",
        HEADS,
        rows,
        (*RULES, measured),
        row(summary.total, None, summary) if told else None,
        "Không có cơ quan nào phải lập kế hoạch hoặc chủ trì kiểm tra.",
        BANDS,
    )


def row(line: Line, place: int | None, summary: Summary) -> Row:
    name = WORDS.get(line.stands_for, "{name}").format(name=line.place.name)
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
        return f"{number(told['numerator'])}/{number(told['denominator'])} cơ quan đã ban hành"
    if line.plan:
        return f"{line.plan.number or 'chưa nhập số'}, {line.plan.issued_on:%d/%m/%Y}"
    return "chưa ban hành" if line.owes_plan else ""


def target(plan: PlanTold | None) -> str:
    """Column 5: so many units, or so many percent."""
    if plan is None:
        return ""
    return f"{number(plan.target_units)} đơn vị" if plan.target_units is not None else f"{plan.target_percent or 0} %"


def note(line: Line) -> str:
    """Column 31: what no column holds."""
    said = []
    if not line.exists:
        said.append("đã kết thúc hoạt động trước ngày chốt")
    elif line.left_on:
        said.append(f"không còn trực thuộc từ {line.left_on:%d/%m/%Y}")
    for state, words in (("no_term", "tồn tại không đặt hạn"), ("closed", "tồn tại kết thúc có lý do")):
        if line.finding_states[state]:
            said.append(f"{number(line.finding_states[state])} {words}")
    if line.taken and line.taken.other:
        said.append(f"{number(line.taken.other)} hình thức kỷ luật khác")
    return capital("; ".join(said))


def capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
