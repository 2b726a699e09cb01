"""How an inspection is conducted: what may be sealed, who may be visited, what minutes need before they are signed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, time, timedelta

from kycuong.catalog.rules import Severity
from kycuong.core.problems import BadInput, NotAllowed, RuleBroken
from kycuong.orgs.rules import INSPECTABLE

from .states import Form, UnitSignature

YEARS_AHEAD = 2
"""Years after this one for which visits are planned."""
LEAST_REASON = 10
"""Characters of a reason that somebody else can understand a year later."""


def remedy_due(severity: int, *, visited_on: date) -> date:
    """The usual term: half a month for what is serious, a month for the rest. The team may set another day."""
    return visited_on + timedelta(days=15 if severity >= Severity.SERIOUS else 30)


def ensure_may_be_sealed(form: str) -> None:
    """Only a surprise inspection may be sealed."""
    if form != Form.SURPRISE:
        raise RuleBroken(
            "Chỉ cuộc kiểm tra đột xuất mới được niêm phong. Hãy chọn hình thức «Đột xuất» hoặc bỏ niêm phong.",
            en="Only a surprise inspection may be sealed. Choose the form «surprise» or do not seal it.",
        )


def ensure_on_short_list(listed: bool) -> None:
    """Who is not on the short list of a sealed inspection adds nothing to it, not even after a part of it is known."""
    if not listed:
        raise NotAllowed(
            "Cuộc kiểm tra này do một danh sách người riêng thực hiện. Hãy mở cuộc kiểm tra khác.",
            en="A separate list of people carries out this inspection. Open another one.",
        )


def ensure_combined_has_topics(form: str, topics: Collection[object]) -> None:
    """A combined inspection says what it combines."""
    if form == Form.COMBINED and len(topics) < 2:
        raise RuleBroken(
            "Kiểm tra kết hợp cần ít nhất hai nội dung. Hãy chọn thêm nội dung, hoặc chọn hình thức khác.",
            en="A combined inspection needs at least two topics. Choose more topics, or another form.",
        )


def ensure_plan_is_of_the_lead(plan_agency: int | None, lead: int) -> None:
    """An inspection is done under the plan of the authority that leads it."""
    if plan_agency is not None and plan_agency != lead:
        raise RuleBroken(
            "Kế hoạch đã chọn là của cơ quan khác. Hãy chọn kế hoạch của cơ quan chủ trì, hoặc để trống.",
            en="The plan belongs to another agency. Choose a plan of the lead authority, or none.",
        )


def ensure_subject_is_not_the_lead(form: str, *, lead: int, unit: int) -> None:
    """Nobody inspects itself, except in a self-check."""
    if lead == unit and form != Form.SELF_CHECK:
        raise RuleBroken(
            "Cơ quan chủ trì không tự kiểm tra chính mình. Hãy chọn đơn vị khác, hoặc hình thức «Tự kiểm tra».",
            en="A lead authority does not inspect itself. Choose another unit, or the form «self-check».",
        )


def ensure_inspectable(name: str, kind: str) -> None:
    """The province itself is not a subject of its own inspections."""
    if kind not in INSPECTABLE:
        raise RuleBroken(
            f"{name} không phải đơn vị được kiểm tra. Hãy chọn sở, phòng, UBND cấp xã hoặc đơn vị sự nghiệp.",
            en=f"{name} is not a unit that is inspected. Choose a department, division, commune or public service unit.",
        )


def ensure_existed(name: str, existed: bool, *, on: date) -> None:
    """Nobody visits, or leads from, an office that was not there that day."""
    if not existed:
        raise RuleBroken(
            f"{name} không tồn tại vào ngày {on:%d/%m/%Y}. Hãy chọn đơn vị kế thừa hoặc sửa ngày.",
            en=f"{name} did not exist on {on:%Y-%m-%d}. Choose its successor, or correct the day.",
        )


def ensure_not_in_future(visited_on: date, *, today: date) -> None:
    """A visit is signed on or after the day it took place."""
    if visited_on > today:
        raise RuleBroken(
            f"Ngày kiểm tra {visited_on:%d/%m/%Y} chưa tới. Hãy ký từ ngày ấy; "
            "nếu ghi nhầm ngày thì thêm lượt khác đúng ngày rồi xóa nháp này.",
            en=f"The visit's day {visited_on:%Y-%m-%d} has not come yet. Sign from that day on; "
            "if the day is wrong, add a visit on the right day and remove this draft.",
        )


def ensure_planned_soon(visited_on: date, *, today: date) -> None:
    """A visit is planned for a day that somebody will see; a later one was mistyped, and its terms may have no date."""
    if visited_on.year > today.year + YEARS_AHEAD:
        raise RuleBroken(
            f"Ngày kiểm tra {visited_on:%d/%m/%Y} xa quá. Hãy ghi ngày không quá năm {today.year + YEARS_AHEAD}.",
            en=f"The visit's day {visited_on:%Y-%m-%d} is too far away. Choose one no later than {today.year + YEARS_AHEAD}.",
        )


def ensure_complete(missing: Iterable[str]) -> None:
    """Every criterion of the chosen form has an answer, if only «not asked», with the reason."""
    codes = ", ".join(missing)
    if codes:
        raise RuleBroken(
            f"Còn tiêu chí chưa trả lời: {codes}. Hãy trả lời, hoặc chọn «Chưa kiểm tra» và ghi lý do.",
            en=f"Criteria without an answer: {codes}. Answer them, or mark them «not asked» with a reason.",
        )


def ensure_described(undescribed: Iterable[str]) -> None:
    """What is short of a pass is described: «không đạt» alone helps nobody to mend it."""
    codes = list(undescribed)
    if codes:
        raise RuleBroken(
            f"Tiêu chí không đạt hoặc đạt một phần phải mô tả tồn tại: {', '.join(codes)}.",
            en=f"A criterion that fails or passes in part needs its shortcoming described: {', '.join(codes)}.",
            errors=[
                {
                    "field": code,
                    "vi": f"Hãy mô tả tồn tại của tiêu chí {code}.",
                    "en": f"Describe the shortcoming of {code}.",
                }
                for code in codes
            ],
        )


def ensure_signed_by_somebody(
    *,
    team_signatory: str,
    unit_signature: str,
    unit_signatory: str,
    refusal_reason: str,
    witness: str | None = None,
    begun_at: time | None = None,
    ended_at: time | None = None,
) -> None:
    """Minutes say who signed for the team, who for the unit or why it refused before whom, and end after they begin.

    `witness` None: not asked, as of minutes that were written on paper.
    """
    faults: list[tuple[str, str, str]] = []
    if not team_signatory:
        faults.append(("team_signatory", "Hãy ghi chức vụ người ký của đoàn.", "Say who signed for the team."))
    if unit_signature not in UnitSignature.values:
        faults.append(("unit_signature", "Hãy chọn «Đã ký» hoặc «Từ chối ký».", "Choose «signed» or «refused»."))
    if unit_signature == UnitSignature.SIGNED and not unit_signatory:
        faults.append(("unit_signatory", "Hãy ghi chức vụ người ký của đơn vị.", "Say who signed for the unit."))
    if unit_signature == UnitSignature.REFUSED and len(refusal_reason) < LEAST_REASON:
        faults.append(("refusal_reason", "Hãy ghi lý do đơn vị từ chối ký.", "Give the reason why the unit refused."))
    if unit_signature == UnitSignature.REFUSED and witness == "":
        faults.append(("witness", "Hãy ghi người chứng kiến việc từ chối ký.", "Say who witnessed the refusal."))
    if begun_at and ended_at and ended_at < begun_at:
        faults.append(("ended_at", "Giờ kết thúc sớm hơn giờ bắt đầu.", "It ends before it begins."))
    if faults:
        raise BadInput(
            " ".join(vi for _, vi, _ in faults),
            en=" ".join(en for _, _, en in faults),
            errors=[{"field": field, "vi": vi, "en": en} for field, vi, en in faults],
        )


def ensure_anything_to_sign(*, has_checklist: bool, findings: int, strengths: str) -> None:
    """Minutes without a checklist still say something."""
    if not has_checklist and not findings and not strengths.strip():
        raise RuleBroken(
            "Biên bản chưa có nội dung. Hãy chọn phiếu kiểm tra, ghi tồn tại, hoặc ghi ưu điểm.",
            en="The minutes say nothing yet. Choose a checklist, record a finding, or note what was good.",
        )


def ensure_reason(reason: str) -> None:
    """A reason somebody can read later."""
    if len(reason.strip()) < LEAST_REASON:
        raise BadInput(
            f"Hãy ghi lý do rõ hơn, ít nhất {LEAST_REASON} ký tự.",
            en=f"Give a clearer reason, at least {LEAST_REASON} characters.",
            errors=[
                {
                    "field": "reason",
                    "vi": f"Ít nhất {LEAST_REASON} ký tự.",
                    "en": f"At least {LEAST_REASON} characters.",
                }
            ],
        )


def ensure_number(number: str) -> None:
    """The number of a document is not empty."""
    if not number.strip():
        raise BadInput(
            "Hãy ghi số, ký hiệu.",
            en="Give the number.",
            errors=[{"field": "number", "vi": "Hãy ghi số, ký hiệu.", "en": "Give the number."}],
        )


def ensure_text(text: str) -> None:
    """An addendum says something."""
    if not text.strip():
        raise BadInput(
            "Hãy ghi nội dung bổ sung, đính chính.",
            en="Write what is added or put right.",
            errors=[{"field": "text", "vi": "Hãy ghi nội dung.", "en": "Write something here."}],
        )


def ensure_remedied_in_order(remedied_on: date, *, visited_on: date, today: date) -> None:
    """A shortcoming is mended after it was found, and not in the future."""
    if not visited_on <= remedied_on <= today:
        raise BadInput(
            f"Ngày khắc phục phải từ {visited_on:%d/%m/%Y} đến {today:%d/%m/%Y}.",
            en=f"The day of the remedy lies between {visited_on:%Y-%m-%d} and {today:%Y-%m-%d}.",
            errors=[{"field": "remedied_on", "vi": "Ngày chưa đúng.", "en": "Not a possible day."}],
        )


def ensure_followed_here(where: str) -> None:
    """A finding that a recommendation follows is remedied when that is verified: two ways would tell two stories."""
    if where:
        raise RuleBroken(
            f"Tồn tại này được theo dõi bằng kiến nghị. Hãy kiểm chứng báo cáo khắc phục ở kiến nghị: {where}",
            en=f"A recommendation follows this finding. Verify the report of its remedy there: {where}",
        )


def ensure_due_after_visit(due_on: date | None, *, visited_on: date) -> None:
    """Nothing is due before it was found."""
    if due_on is not None and due_on < visited_on:
        raise BadInput(
            f"Hạn khắc phục {due_on:%d/%m/%Y} sớm hơn ngày kiểm tra {visited_on:%d/%m/%Y}.",
            en=f"The term {due_on:%Y-%m-%d} is before the day of the visit, {visited_on:%Y-%m-%d}.",
            errors=[{"field": "due_on", "vi": "Sớm hơn ngày kiểm tra.", "en": "Before the day of the visit."}],
        )
