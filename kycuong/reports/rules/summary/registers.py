"""Biểu 2–6: groups of criteria, visits, recommendations, measures, evidence for the index of administrative reform."""

from __future__ import annotations

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.reports.rules.par import KINDS, MISSING
from kycuong.reports.rules.words import part_label

from .by_agency import capital
from .content import AdviceLine, Summary
from .schedules import BY_LEAD, RUNNING, Head, Reference, Row, Schedule, Value

ANSWERS, LAST = _("Kết quả theo tiêu chí"), _("Cùng kỳ năm trước")
GROUPS = (
    Head(RUNNING, holds="number", room=9),
    Head(_("Nhóm nội dung"), holds="text", room=62),
    Head(_("Số đơn vị được kiểm tra"), room=18),
    Head(_("Đạt"), ANSWERS, room=15),
    Head(_("Đạt một phần"), ANSWERS, room=15),
    Head(_("Không đạt"), ANSWERS, room=15),
    Head(_("Không áp dụng"), ANSWERS, room=15),
    Head(_("Tỷ lệ đạt"), holds="share", room=17),
    Head(_("Số tồn tại"), room=15),
    Head(_("Số lần tái phạm"), room=16),
    Head(_("Tỷ lệ đạt"), LAST, holds="share", room=17),
    Head(_("Số tồn tại"), LAST, room=15),
    Head(_("Số lần tái phạm"), LAST, room=16),
)
VISITS = (
    Head(RUNNING, holds="number", room=10),
    Head(_("Ngày"), holds="day", room=20),
    Head(_("Cơ quan chủ trì"), holds="text", room=50),
    Head(_("Đơn vị được kiểm tra"), holds="text", room=60),
    Head(_("Hình thức"), holds="text", room=24),
    Head(_("Số biên bản"), holds="code", room=27),
    Head(_("Số thông báo, kết luận"), holds="code", room=30),
    Head(_("Ngày thông báo, kết luận"), holds="day", room=20),
    Head(_("Số tồn tại"), holds="number", room=13),
)
ADVICE = (
    Head(RUNNING, holds="number", room=10),
    Head(_("Kiến nghị"), holds="text", room=82),
    Head(_("Đơn vị"), holds="text", room=42),
    Head(_("Căn cứ (TB, KL)"), holds="code", room=26),
    Head(_("Ngày ban hành"), holds="day", room=20),
    Head(_("Hạn"), holds="day", room=20),
    Head(_("Tình trạng"), holds="text", room=24),
    Head(_("Văn bản khắc phục"), holds="code", room=24),
    Head(_("Số ngày quá hạn"), holds="number", room=14),
)
MEASURES = (
    Head(RUNNING, holds="number", room=12),
    Head(_("Hình thức xử lý"), holds="text", room=110),
    Head(_("Tập thể"), holds="number", room=40),
    Head(_("Cá nhân"), holds="number", room=40),
    Head(_("Cộng"), holds="number", room=40),
)
EVIDENCE = (
    Head(RUNNING, holds="number", room=10),
    Head(_("Tiêu chí; tài liệu kiểm chứng"), holds="text", room=92),
    Head(_("Tử số"), holds="number", room=17),
    Head(_("Mẫu số"), holds="number", room=17),
    Head(_("Tỷ lệ"), holds="share", room=19),
    Head(_("Điểm"), holds="points", room=15),
    Head(_("Điểm tối đa"), holds="points", room=15),
    Head(_("Ngưỡng chấm điểm"), holds="text", room=52),
)
PROOF = (
    Head(RUNNING, holds="number", room=10),
    Head(_("Loại tài liệu"), holds="text", room=60),
    Head(_("Đơn vị"), holds="text", room=95),
    Head(_("Số, ký hiệu"), holds="text", room=50),
    Head(_("Ngày"), holds="day", room=22),
)
UNREAD = _("(chỉ người được xem kiến nghị)")
CLOSED = _(
    "Bảng này hạn chế xem: chỉ người được xem xử lý trách nhiệm mới thấy số. Trong tệp lập cho người khác, bảng để trống."
)
NO_MEASURE = _("Trong kỳ không có quyết định xử lý trách nhiệm nào.")


def by_group(summary: Summary) -> Schedule:
    rows = [
        Row(
            (place, titled(one.code, one.title), one.units, one.passed, one.partial, one.failed, one.not_applicable, one.share,
             one.findings, one.repeats, one.share_before, one.findings_before, one.repeats_before),
            references=(Reference(8, "figure", "findings_by_group", one.code),) if one.findings else (),
        )
        for place, one in enumerate(summary.groups, 1)
    ]  # fmt: skip
    before = summary.before_period
    rules = (
        gettext(BY_LEAD),
        gettext(
            "Số đơn vị: đơn vị khác nhau được hỏi ít nhất một tiêu chí của nhóm. Đạt, đạt một phần, không đạt, không áp dụng: số lần trả lời, qua mọi tiêu chí của nhóm và mọi lượt có dùng bảng kiểm. Tỷ lệ đạt = đạt / (đạt + đạt một phần + không đạt)."
        ),
        gettext(
            "Tái phạm: không đạt một tiêu chí mà đơn vị (hoặc đơn vị nó kế thừa) đã không đạt trong 24 tháng trước."
        ),
        gettext("Cùng kỳ năm trước: %(first)s – %(last)s.")
        % {"first": f"{before.first:%d/%m/%Y}", "last": f"{before.last:%d/%m/%Y}"},
    )
    empty = gettext("Trong kỳ không có lượt nào dùng bảng kiểm.")
    return Schedule(2, gettext("Kết quả theo nhóm nội dung"), GROUPS, rows, rules, empty=empty)


def titled(code: str, title: str) -> str:
    return title if code == "other" else f"{code}. {title}"


def visits(summary: Summary) -> Schedule:
    rows = [
        Row(
            (place, one.visited_on, one.lead.name, one.unit.name, capital(part_label(one.form)), one.minutes, one.conclusion,
             one.concluded_on, one.findings),
            references=(Reference(1, "visit", one.visit), Reference(2, "unit", one.lead.slug), Reference(3, "unit", one.unit.slug)),
        )
        for place, one in enumerate(summary.visits, 1)
    ]  # fmt: skip
    rules = (
        gettext(BY_LEAD),
        gettext(
            "Mỗi dòng là một lượt, theo ngày. Số văn bản để trống (–) là chưa nhập. Thông báo, kết luận ban hành sau ngày chốt chưa nêu."
        ),
    )
    empty = gettext("Trong kỳ không có lượt kiểm tra nào.")
    return Schedule(3, gettext("Danh sách lượt kiểm tra"), VISITS, rows, rules, empty=empty)


def advice(summary: Summary) -> Schedule:
    rows = [advised(place, one) for place, one in enumerate(summary.advice, 1)]
    carried = sum(one.forwarded for one in summary.advice)
    rules = (
        gettext(
            "Gồm %(issued)d kiến nghị ban hành trong kỳ, rồi đến %(carried)d kiến nghị ban hành trước kỳ mà đến ngày chốt chưa xong (ghi «chuyển sang»). Tình trạng, hạn, số ngày quá hạn là của ngày chốt; việc xảy ra sau ngày chốt không đổi bảng này."
        )
        % {"issued": len(rows) - carried, "carried": carried},
        gettext("Đơn vị là đơn vị được kiến nghị; nếu đã chuyển giao đến ngày chốt thì nêu cả đơn vị thực hiện tiếp."),
        gettext("Đơn vị đã báo cáo hoặc đề nghị gia hạn mà bên kiểm tra chưa trả lời thì không tính là quá hạn."),
    )
    empty = gettext("Không có kiến nghị nào ban hành trong kỳ hoặc còn lại từ trước.")
    return Schedule(4, gettext("Theo dõi thực hiện kiến nghị"), ADVICE, rows, rules, empty=empty)


def advised(place: int, one: AdviceLine) -> Row:
    state = capital(part_label(one.standing))
    if one.forwarded:
        state = gettext("%s (chuyển sang)") % state
    text, unit = gettext(UNREAD) if one.text is None else one.text, one.unit.name
    if one.carried_by:
        unit = gettext("%(unit)s (nay do %(heir)s thực hiện tiếp)") % {"unit": unit, "heir": one.carried_by.name}
    cells: tuple[Value, ...] = (place, text, unit, one.document, one.issued_on, one.due_on, state, one.answer)
    return Row(
        (*cells, one.days_over or None),
        references=(Reference(1, "recommendation", one.recommendation), Reference(2, "unit", one.unit.slug)),
    )


def measures(summary: Summary) -> Schedule:
    told = summary.measures or ()
    rows = [
        Row((place, one.title, one.collectives, one.people, one.collectives + one.people))
        for place, one in enumerate(told, 1)
    ]
    both = sum(one.collectives for one in told), sum(one.people for one in told)
    rules = (
        gettext(
            "Quyết định xử lý ghi ngày trong kỳ, về tồn tại tại các lượt do cơ quan thuộc phạm vi chủ trì; mỗi quyết định về một tập thể hoặc một người tính một lần. Bảng không nêu họ tên, chức vụ."
        ),
    )
    return Schedule(
        5,
        gettext("Xử lý trách nhiệm"),
        MEASURES,
        rows,
        rules,
        Row((None, gettext("Tổng cộng"), *both, sum(both))) if told else None,
        gettext(CLOSED if summary.measures is None else NO_MEASURE),
    )


def evidence(summary: Summary) -> Schedule:
    told = summary.evidence
    rows = [
        Row(
            (place, one.title, one.value.numerator, one.value.denominator, one.value, one.points, one.most, one.tiers),
            references=(Reference(1, "evidence", one.figure),),
        )
        for place, one in enumerate(told.scored, 1)
    ]
    points = sum(one.points or 0 for one in told.scored)
    missing = sum(not one.number for one in told.documents)
    rules = (
        gettext(
            "Theo đơn vị được kiểm tra trong phạm vi, từ 01/01 đến ngày chốt. Đây là số để tự chấm; điểm chính thức do cơ quan thẩm định."
        ),
        *(f"{one.title}: {one.definition}" for one in told.scored),
        gettext("Tài liệu kiểm chứng: %(n)d văn bản, còn thiếu số %(missing)d.")
        % {"n": len(told.documents), "missing": missing},
    )
    total = (
        Row((None, gettext("Cộng"), None, None, None, points, sum(one.most for one in told.scored), ""))
        if rows
        else None
    )
    title = gettext("Minh chứng Chỉ số cải cách hành chính năm %d") % told.year
    return Schedule(6, title, EVIDENCE, rows, rules, total, gettext("Không có nội dung trong kỳ."))


def proofs(summary: Summary) -> Schedule:
    """The documents under Biểu 6."""
    rows = [
        Row(
            (place, gettext(KINDS[one.kind]), one.unit.name, one.number or gettext(MISSING), one.issued_on),
            references=(Reference(2, "unit", one.unit.slug),),
        )
        for place, one in enumerate(summary.evidence.documents, 1)
    ]
    empty = gettext("Chưa có văn bản nào để chứng minh.")
    return Schedule(6, gettext("Tài liệu kiểm chứng"), PROOF, rows, (), empty=empty)
