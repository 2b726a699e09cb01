"""What a request to each address carries: what its form asks, or what its document says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from kycuong.core.clock import today
from kycuong.core.ids import uuid7
from kycuong.field.models import FieldAside
from kycuong.field.queries import fields_of
from kycuong.inspections.models import Inspection, Visit
from kycuong.papers.starting import starting_file
from kycuong.papers.word import word_file
from kycuong.selfchecks.models import SelfCheck

from . import drawing
from .desk import YESTERDAY, asked, passing
from .papers.samples import letter, minutes
from .photos import pdf
from .selfchecks.declared import declared

DAY = f"{YESTERDAY:%d/%m/%Y}"
LATER = today() + timedelta(days=30)


@cache
def own_form() -> bytes:
    """A Word file with the places of minutes."""
    return starting_file(minutes())


def two_values(thing: dict[str, str]) -> dict[str, Any]:
    """The choice of the first of the two values."""
    ops = fields_of(Visit.objects.get(uid=thing["in_field"]), ["t/strengths"])["t/strengths"]
    return {"field": "t/strengths", "shown": " ".join(str(op.uid) for op in ops), "choice": str(ops[0].uid)}


def typed_criterion() -> dict[str, str]:
    """A criterion as the form sends it: what is not ticked is not sent."""
    return {name: str(value) for name, value in asked(counted=False).items() if value}


def sheet(thing: dict[str, str]) -> dict[str, str]:
    """The form of a visit, filled in as people fill it in."""
    typed = {name: str(value) for name, value in SHEET.items()}
    for code, answer in passing(Visit.objects.get(uid=thing["draft"])).items():
        typed |= {f"{code}-{name}": f"{value}" for name, value in answer.items()}
    return {**typed, "version": "3", "other-severity": "1"}


def seated(thing: dict[str, str]) -> dict[str, str]:
    """Everybody on the team, in the role that is held."""
    return {f"role-{seat.seat_uid}": seat.role for seat in Inspection.objects.get(uid=thing["inspection"]).team.all()}


def judged(thing: dict[str, str]) -> dict[str, Any]:
    """A measure about somebody of the unit, by the unit itself, on the ground of a recommendation."""
    whom = {"about": "person", "category": "civil_servant", "rank": "staff", "position": "Chuyên viên"}
    return {**whom, "kind": "criticism", "authority": thing["authority"], "recommendations": [thing["advice_pk"]]}


KIND = {"title": "Nhắc nhở", "for_person": "on", "valid_from": DAY}
SHEET = {"quota": 12, "present": 11, "absent_excused": 1, "absent_unexcused": 0, "late": 0}
SIGNED = {"team_signatory": "Trưởng đoàn", "unit_signatory": "Chủ tịch", "unit_signature": "signed"}
YEAR = str(YESTERDAY.year)
ANNOUNCED = {
    "source": drawing.SOURCE,
    "source_on": f"{YESTERDAY + timedelta(days=2):%d/%m/%Y}",
    "reveal_by": f"{YESTERDAY + timedelta(days=9):%d/%m/%Y}",
}
TARGET = {"unit": "phong-cai-cach-hanh-chinh", "visited_on": DAY, "checklist_form": "short"}
BROKEN = "Có tin báo kế hoạch đã bị lộ, cần xem ngay."
POLICY = {"offline_hours": 48, "autolock_minutes": 3, "purge_days": 5, "tell_hours": 12}
RULE = {"reply_days": 6, "decide_days": 12, "conclude_days": 15, "unit_silence": "stands", "lead_silence": "waits"}
ROUND = {"title": "Báo cáo tháng", "part": "dates", "first": DAY, "last": DAY, "days": "5"}
CAMPAIGN = {"title": "Tự kiểm tra", "checklist_form": "short", "days": "10"}
REASON = {"reason": "Ghi nhầm đơn vị được kiểm tra."}
DRAFT = "/checklists/drafts/<uuid:uid>/"
COLUMNS = "Mã,Nhóm,Nội dung,Cách trả lời,Mức độ,Hình thức\n"
MAPPED = {"sheet": "Sheet1", "first_row": "5", "last_row": "5", "column-B": "agency", "column-F": "visits"}
BODIES: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
    "/declared/new/": lambda thing: {"scope": thing["declaring"], "part": "Q1", "year": "2019"},
    "/declared/<uuid:uid>/": lambda thing: {"sent": SimpleUploadedFile("bieu-1.csv", b"Don vi,So luot\nA,1\n")},
    "/declared/files/<uuid:uid>/": lambda thing: {"agency": thing["declarer"], **MAPPED},
    "/declared/files/<uuid:uid>/removal/": lambda thing: REASON,
    "/units/import/": lambda thing: {"file": SimpleUploadedFile("don-vi.csv", b"Ten don vi,Loai\n")},
    "/people/import/": lambda thing: {"file": SimpleUploadedFile("nguoi.csv", b"Ten dang nhap,Ho va ten\n")},
    "/inspections/import/": lambda thing: {"file": SimpleUploadedFile("luot.csv", b"Don vi,Ngay\n")},
    "/checklists/import/": lambda thing: {
        "file": SimpleUploadedFile("phieu.csv", COLUMNS.encode()), "version": "7.1", "title": "Phiếu",
    },
    "/papers/check/": lambda thing: {"file": SimpleUploadedFile("van-ban.docx", word_file(letter()))},
    "/papers/units/<slug:slug>/templates/<slug:paper>/": lambda thing: {"file": SimpleUploadedFile("mau.docx", own_form())},
    "/papers/units/<slug:slug>/templates/<slug:paper>/standard/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}"},
    "/papers/templates/<uuid:uid>/": lambda thing: {"looked": "on", "valid_from": f"{today():%d/%m/%Y}"},
    "/api/v1/papers/units/<unit>/templates/<paper>/standard": lambda thing: {"valid_from": f"{today()}", "version": 1},
    "/api/v1/papers/templates/<uid>/use": lambda thing: {"valid_from": f"{today()}", "version": 1},
    "/papers/units/<slug:slug>/head/": lambda thing: {
        "issuer": "CƠ QUAN", "symbol": "CQ", "place": "Nơi ấy", "valid_from": f"{today():%d/%m/%Y}",
    },
    "/papers/units/<slug:slug>/signing/<slug:paper>/": lambda thing: {
        "head_title": "GIÁM ĐỐC", "capacity": "head", "valid_from": f"{today():%d/%m/%Y}",
    },
    "/papers/units/<slug:slug>/wording/<slug:paper>/<slug:piece>/": lambda thing: {
        "text": "Lời riêng.", "valid_from": f"{today():%d/%m/%Y}",
    },
    "/api/v1/papers/units/<unit>/head": lambda thing: {
        "issuer": "CƠ QUAN", "symbol": "CQ", "place": "Nơi ấy", "valid_from": f"{today()}", "version": 0,
    },
    "/api/v1/papers/units/<unit>/signing": lambda thing: {
        "head_title": "GIÁM ĐỐC", "valid_from": f"{today()}", "version": 0,
    },
    "/api/v1/papers/units/<unit>/wording": lambda thing: {
        "paper": "plan", "piece": "purpose", "text": "Lời riêng.", "valid_from": f"{today()}", "version": 0,
    },
    "/checklists/versions/new/": lambda thing: {"version": "7.2", "title": "Phiếu"},
    "/checklists/bases/new/": lambda thing: {"number": "1/2026/NĐ-CP", "title": "Nghị định"},
    "/checklists/bases/<uuid:uid>/": lambda thing: {"title": "Nghị định"},
    f"{DRAFT}name/": lambda thing: {"version": "7.3", "title": "Bổ sung"},
    f"{DRAFT}publication/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}"},
    f"{DRAFT}groups/": lambda thing: {"code": f"{thing['group']}X", "title": "Nhóm nữa"},
    f"{DRAFT}groups/<str:code>/": lambda thing: {"title": "Tên khác"},
    f"{DRAFT}groups/<str:code>/criteria/": lambda thing: {**typed_criterion(), "code": f"{thing['group']}3"},
    f"{DRAFT}criteria/<str:code>/": lambda thing: typed_criterion(),
    f"{DRAFT}criteria/<str:code>/place/": lambda thing: {"to": "down"},
    "/api/v1/exports": lambda thing: {"list": "days-off"},
    "/exports/new/": lambda thing: {"list": "days-off", "file": "csv"},
    "/exports/rules/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}", "at_once": "900", "days_kept": "3"},
    "/checkpoints/": lambda thing: {"note": thing["note"]},
    "/receipts/": lambda thing: {"text": thing["receipt"]},
    "/api/v1/receipts/check": lambda thing: {"text": thing["receipt"]},
    "/api/v1/checkpoints/comparison": lambda thing: {"note": thing["note"]},
    "/days-off/new/": lambda thing: {"day": "02/01/2032", "name": "Nghỉ thêm", "kind": "holiday"},
    "/days-off/swap/": lambda thing: {"off": "05/01/2032", "worked": "10/01/2032"},
    "/days-off/<int:year>/confirmation/": lambda thing: {"announcement": "Thông báo"},
    "/features/<slug:unit>/<slug:feature>/": lambda thing: {"setting": "off", **REASON},
    "/api/v1/features/<unit>/<feature>": lambda thing: {"setting": "off", **REASON},
    "/announcements/new/": lambda thing: {"unit": thing["lead"], "text": "Họp giao ban lúc 8 giờ", "last_on": f"{LATER:%d/%m/%Y}"},
    "/api/v1/announcements": lambda thing: {"unit": thing["lead"], "text": "Họp giao ban", "last_on": LATER.isoformat()},
    "/notices/settings/": lambda thing: {"wish": "due"},
    "/ui/language/": lambda thing: {"language": "en", "next": "/mine/"},
    "/ui/scheme/": lambda thing: {"scheme": "dark", "next": "/mine/"},
    "/people/new/": lambda thing: {
        "username": "nguoi-moi", "full_name": "Người Mới", "role": "team_member", "unit": thing["unit"],
    },
    "/people/<uuid:uid>/keys/<uuid:key>/revocation/": lambda thing: {"reason": "Khóa bị lộ"},
    "/people/<uuid:uid>/calendar/": lambda thing: {"reason": "Mất điện thoại"},
    "/people/<uuid:uid>/webhooks/": lambda thing: {"webhook": thing["webhook_of"], "reason": "Không phải người ấy thêm"},
    "/people/<uuid:uid>/factors/": lambda thing: {"reason": "Mất điện thoại"},
    "/api/v1/people/<uid>/factors": lambda thing: {"reason": "Mất điện thoại"},
    "/webhooks/new/": lambda thing: {"name": "Trục", "address": "https://hooks.example/", "kinds": ["visit.signed"]},
    "/standing-in/for/<uuid:role>/": lambda thing: {
        "person": thing["colleague"],
        "first": f"{LATER:%d/%m/%Y}",
        "last": f"{LATER:%d/%m/%Y}",
        "reason": "Nghỉ phép",
    },
    "/api/v1/stand-ins": lambda thing: {
        "role": thing["lends"],
        "unit": thing["lender_at"],
        "person": thing["colleague_name"],
        "first": f"{LATER:%Y-%m-%d}",
        "last": f"{LATER:%Y-%m-%d}",
        "reason": "Nghỉ phép",
    },
    "/me/security/keys/": lambda thing: {"name": "Máy", "scope": "read", "expires_on": f"{today():%d/%m/%Y}"},
    "/confirm/": lambda thing: {"credential": "x"},
    "/people/<uuid:uid>/": lambda thing: {"role": "team_member", "unit": thing["unit"]},
    "/plans/new/": lambda thing: {"agency": thing["lead"], "year": str(YESTERDAY.year + 1)},
    "/plans/theme/": lambda thing: {"authority": "tinh-thu-nghiem", "year": YEAR, "title": "Siết chặt kỷ cương"},
    "/plans/<uuid:uid>/text/": lambda thing: {"title": "Kế hoạch", "target_percent": "30"},
    "/plans/<uuid:uid>/issue/": lambda thing: {"issued_on": DAY},
    "/plans/overlaps/limits/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "span_days": "45", "visits_a_year": "3",
    },
    "/figures/par/rules/<slug:criterion>/": lambda thing: {
        "valid_from": DAY, "title": "Kiểm tra trong năm", "figure": "coverage", "tiers": "30 = 1",
    },
    "/figures/ranking/rules/": lambda thing: {"valid_from": DAY, "least_visits": "4", "partial_percent": "50"},
    "/plans/reminders/": lambda thing: {"agencies": [thing["lead"]], "words": "Đề nghị ban hành kế hoạch."},
    "/plans/theme/spreading/new/": lambda thing: {
        "agency": thing["lead"], "year": YEAR, "kind": "document", "held_on": DAY, "title": "Triển khai",
        "document_number": "3/KH",
    },
    "/plans/theme/spreading/<uuid:uid>/withdrawal/": lambda thing: REASON,
    "/plans/<uuid:uid>/copy/": lambda thing: {"year": str(YESTERDAY.year + 1)},
    "/plans/<uuid:uid>/items/": lambda thing: {"form": "planned", "unit": thing["unit"], "month": "5"},
    "/plans/items/<uuid:uid>/": lambda thing: {"form": "surprise", "units_count": "3", "month": ""},
    "/plans/<uuid:uid>/return/": lambda thing: {"note": "Chưa có chỉ tiêu của từng quý."},
    "/plans/<uuid:uid>/amendment/": lambda thing: {"document_number": "9/QĐ", "document_on": DAY},
    "/plans/<uuid:uid>/number/": lambda thing: {"number": "12/KH"},
    "/inspections/new/": lambda thing: {
        "lead": thing["lead"], "form": "planned", "checklist_form": "by_form",
        "visits-TOTAL_FORMS": "0", "visits-INITIAL_FORMS": "0",
    },
    "/inspections/<uuid:uid>/visits/": lambda thing: {"unit": "phong-cai-cach-hanh-chinh", "visited_on": DAY},
    "/inspections/<uuid:uid>/targets/": lambda thing: TARGET,
    "/inspections/<uuid:uid>/targets/<uuid:key>/": lambda thing: TARGET,
    "/inspections/<uuid:uid>/targets/<uuid:key>/strike/": lambda thing: REASON,
    "/inspections/<uuid:uid>/targets/<uuid:key>/beginning/": lambda thing: {"on": "planned"},
    "/inspections/<uuid:uid>/release/": lambda thing: {"on": DAY, "at": "07:30"},
    "/api/v1/inspections/<uid>/targets": lambda thing: {
        "unit": "phong-cai-cach-hanh-chinh", "visited_on": YESTERDAY.isoformat(),
    },
    "/inspections/<uuid:uid>/cancellation/": lambda thing: REASON,
    "/seals/break/": lambda thing: {"lead": thing["unasked"], "reason": BROKEN},
    "/inspections/<uuid:uid>/team/": lambda thing: {
        **seated(thing), "position-0": "Đại diện Ban Nội chính", "new_role-0": "member",
    },
    "/inspections/<uuid:uid>/groups/": lambda thing: {
        "name-0": "Tổ 1", "lead-0": str(Inspection.objects.get(uid=thing["inspection"]).team.earliest("pk").seat_uid),
        "visits-0": thing["draft"],
    },
    "/inspections/<uuid:uid>/declaration/": lambda thing: {"nothing": "on"},
    "/inspections/<uuid:uid>/waiver/": lambda thing: {**REASON, "which": f"{thing['person']} {thing['unit']}"},
    "/recusals/new/": lambda thing: {
        "authority": thing["lead"], "unit": thing["unit"], "kind": "kinship", "valid_from": DAY,
    },
    "/inspections/<uuid:uid>/decision/": lambda thing: {"number": "5/QĐ", "decision_on": DAY},
    "/visits/new/": lambda thing: {
        "lead": thing["lead"], "unit": thing["unit"], "visited_on": DAY, "form": "planned", "checklist_form": "short",
    },
    "/visits/<uuid:uid>/": sheet,
    "/visits/<uuid:uid>/files/": lambda thing: {"file": SimpleUploadedFile("a.pdf", pdf())},
    "/field/visits/<uuid:uid>/addendum/": lambda thing: {
        "chosen": [thing["late_photo"]], "reason": "Ảnh về sau khi ký", "text": "Bổ sung", "team_signatory": "Trưởng đoàn",
        "unit_signature": "signed", "unit_signatory": "Chủ tịch",
    },
    "/field/visits/<uuid:uid>/beside/": lambda thing: {"late": [thing["late_photo"]], "reason": "Ảnh chụp nhầm nơi khác"},
    "/field/policy/": lambda thing: {**POLICY, "valid_from": f"{today():%d/%m/%Y}"},
    "/api/v1/field/policy": lambda thing: {**POLICY, "valid_from": today().isoformat()},
    "/api/v1/field/devices": lambda thing: {"uid": str(uuid7()), "name": "Máy", "key": "A" * 43 + "="},
    "/api/v1/field/devices/<uid>/key-request": lambda thing: REASON,
    "/api/v1/field/ops": lambda thing: {"device": thing["phone"], "sent_wall": 1, "seq_head": 3, "ops": []},
    "/api/v1/field/rescue": lambda thing: {"kind": "kycuong-rescue", "device": thing["phone"], "sealed": []},
    "/field/visits/<uuid:uid>/resolution/": lambda thing: two_values(thing),
    "/field/visits/<uuid:uid>/acceptance/": lambda thing: {
        **REASON, "aside": str(FieldAside.objects.get(visit__uid=thing["in_field"]).uid),
    },
    "/field/visits/<uuid:uid>/signature/": lambda thing: REASON,
    "/field/visits/<uuid:uid>/missing/": lambda thing: {**REASON, "media": thing["photo"]},
    "/visits/<uuid:uid>/picks/": lambda thing: {"subject": "Hồ sơ đất đai", "size": "40", "number": "3"},
    "/findings/<uuid:uid>/people/": lambda thing: {"category": "official", "position": "Chủ tịch"},
    "/evidence/<uuid:uid>/custody/": lambda thing: REASON,
    "/visits/<uuid:uid>/signing/": lambda thing: {**SIGNED, "version": "3"},
    "/visits/<uuid:uid>/minutes/addenda/": lambda thing: {**SIGNED, **REASON, "text": "Tiêu chí D3: đính chính số phòng."},
    "/visits/<uuid:uid>/minutes/number/": lambda thing: {"number": "3/BB"},
    "/visits/<uuid:uid>/annulment/": lambda thing: REASON,
    "/inspections/<uuid:uid>/report/": lambda thing: {"text": "Đã kiểm tra xong.", "reported_on": DAY},
    "/conclusions/<uuid:uid>/text/": lambda thing: {"strengths": "Tốt", "version": "1"},
    "/conclusions/<uuid:uid>/sharing/": lambda thing: {"days": "9"},
    "/conclusions/<uuid:uid>/reply/": lambda thing: {"reply": "Nhất trí"},
    "/conclusions/<uuid:uid>/return/": lambda thing: REASON,
    "/conclusions/<uuid:uid>/issue/": lambda thing: {"issued_on": DAY},
    "/conclusions/<uuid:uid>/number/": lambda thing: {"number": "9/KL"},
    "/silence/": lambda thing: {**RULE, "valid_from": f"{today():%d/%m/%Y}"},
    "/findings/<uuid:uid>/reply/": lambda thing: {"accepts": "yes", "text": "", "version": "1"},
    "/findings/<uuid:uid>/decision/": lambda thing: {"outcome": "withdrawn", "reason": "Ảnh cho thấy cổng phụ mở."},
    "/api/v1/conclusions/<uid>/replies": lambda thing: {"finding": thing["objected"], "accepts": True},
    "/api/v1/conclusions/<uid>/decisions": lambda thing: {
        "finding": thing["objected"], "outcome": "kept", "reason": "Cổng chính vẫn khóa.",
    },
    "/api/v1/silence-rule": lambda thing: {**RULE, "valid_from": today().isoformat()},
    "/api/v1/findings/<uid>/uploads": lambda thing: {
        "uid": str(uuid7()), "name": "a.pdf", "size": 9, "sha256": "0" * 64,
    },
    "/findings/<uuid:uid>/": lambda thing: {"description": "Chưa có biển tên ở bàn", "severity": "1", "due_on": ""},
    "/findings/<uuid:uid>/remedy/": lambda thing: {"remedied_on": DAY},
    "/conclusions/<uuid:uid>/recommendations/": lambda thing: {"text": "Lắp biển tên", "days": "10"},
    "/recommendations/<uuid:uid>/text/": lambda thing: {"text": "Lắp biển tên", "days": "10"},
    "/recommendations/rules/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "days_minor": "20", "days_serious": "10", "return_days": "5",
        "check_days": "10", "check_silence": "waits", "ahead": "3", "head_after": "0", "superior_after": "3",
        "leader_after": "7",
    },
    "/recommendations/wordings/<slug:code>/": lambda thing: {"text": "Lắp đủ biển tên"},
    "/recommendations/<uuid:uid>/report/": lambda thing: {"extent": "full", "text": "Đã lắp"},
    "/recommendations/<uuid:uid>/extension/": lambda thing: {
        "until": f"{today() + timedelta(days=60):%d/%m/%Y}", "reason": "Đợi nhà cung cấp giao hàng.",
    },
    "/recommendations/<uuid:uid>/closure/": lambda thing: REASON,
    "/measures/kinds/new/": lambda thing: {**KIND, "code": "lesson_in_public"},
    "/measures/kinds/<slug:code>/": lambda thing: KIND,
    "/measures/retention/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}", "years": "7"},
    "/measures/<uuid:uid>/decision/": lambda thing: {"kind": "reprimand", "number": "7/QĐ", "decided_on": DAY},
    "/measures/<uuid:uid>/refusal/": lambda thing: REASON,
    "/visits/<uuid:uid>/measures/proposal/": lambda thing: {**judged(thing), "grounds": REASON["reason"]},
    "/visits/<uuid:uid>/measures/decision/": lambda thing: {**judged(thing), "number": "7/QĐ", "decided_on": DAY},
    "/visits/<uuid:uid>/hold/": lambda thing: REASON,
    "/api/v1/measures/<uid>/steps/<step>": lambda thing: {"number": "7/QĐ", "decided_on": YESTERDAY.isoformat()},
    "/api/v1/visits/<uid>/measures": lambda thing: {
        "about": "person", "category": "civil_servant", "rank": "staff", "position": "Chuyên viên", "kind": "criticism",
        "authority": thing["authority"], "recommendations": [thing["advice_uid"]], "grounds": REASON["reason"],
    },
    "/remedies/<uuid:uid>/proof/": lambda thing: {"file": SimpleUploadedFile("a.pdf", pdf())},
    "/remedies/<uuid:uid>/acceptance/": lambda thing: {"whole": "yes"},
    "/remedies/<uuid:uid>/return/": lambda thing: REASON,
    "/remedies/<uuid:uid>/recheck/": lambda thing: {"visited_on": DAY},
    "/extensions/<uuid:uid>/answer/": lambda thing: {"grant": "no", **REASON},
    "/api/v1/conclusions/<uid>/recommendations": lambda thing: {"text": "Lắp biển tên"},
    "/api/v1/recommendations/<uid>/text": lambda thing: {"text": "Lắp biển tên", "version": 1},
    "/api/v1/recommendations/<uid>/steps/<step>": lambda thing: REASON,
    "/openness/opening/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}", "reason": "Văn bản số 13/UBND"},
    "/openness/closing/": lambda thing: {"reason": "Rà soát lại"},
    "/report/<slug:unit>/": lambda thing: {"about": "delay", "text": "Hồ sơ nộp đã lâu mà chưa ai trả lời."},
    "/api/v1/citizen-reports/<uid>/settlement": lambda thing: {"outcome": "valid", "reason": "Đã xác minh", "answer": "Cảm ơn"},
    "/citizen-reports/<uuid:uid>/": lambda thing: {"outcome": "valid", "reason": "Đã xác minh", "answer": "Cảm ơn"},
    "/openness/rules/": lambda thing: {"valid_from": f"{today():%d/%m/%Y}", "embargo_days": "45", "least": "4"},
    "/self-checks/rules/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "window_months": "12", "ahead": "3", "again_after": "5",
    },
    "/self-checks/campaigns/new/": lambda thing: {**CAMPAIGN, "authority": thing["lead"], "kinds": ["division"]},
    "/self-checks/campaigns/<uuid:uid>/text/": lambda thing: {**CAMPAIGN, "units": thing["unit"]},
    "/self-checks/<uuid:uid>/": lambda thing: {
        f"{code}-{name}": value
        for code, answer in declared(SelfCheck.objects.get(uid=thing["self_check"])).items()
        for name, value in answer.items()
    },
    "/self-checks/<uuid:uid>/reopening/": lambda thing: REASON,
    "/api/v1/self-checks/<uid>/answers": lambda thing: {"version": 2, "answers": {}},
    "/api/v1/self-checks/<uid>/submission": lambda thing: {"version": 2},
    "/rounds/rules/": lambda thing: {
        "valid_from": f"{today():%d/%m/%Y}", "month_days": "3", "quarter_days": "5", "half_days": "7", "year_days": "10",
        "other_days": "5", "ahead": "2", "again_after": "3",
    },
    "/rounds/new/": lambda thing: {**ROUND, "authority": thing["asks"], "agencies": thing["agency"]},
    "/rounds/<uuid:uid>/text/": lambda thing: {**ROUND, "agencies": thing["agency"]},
    "/rounds/<uuid:uid>/cancellation/": lambda thing: REASON,
    "/rounds/reports/<uuid:uid>/": lambda thing: {"difficulties": "Thiếu người."},
    "/rounds/reports/<uuid:uid>/return/": lambda thing: REASON,
    "/rounds/signed/<uuid:uid>/number/": lambda thing: {"number": "7/BC", "dated_on": DAY},
    "/api/v1/rounds/<uid>/signature": lambda thing: {"version": 2},
    "/api/v1/agency-reports/<uid>/submission": lambda thing: {"version": 1},
    "/api/v1/agency-reports/<uid>/acceptance": lambda thing: {"version": 2},
    "/api/v1/agency-reports/<uid>/return": lambda thing: {"version": 2, **REASON},
    "/draws/new/": lambda thing: {**ANNOUNCED, "lead": thing["lead"], "area": "tinh-thu-nghiem", "size_commune_pc": "1"},
    "/draws/new/inspectors/": lambda thing: {**ANNOUNCED, "lead": thing["lead"], "number": "1", "rest_months": "12"},
    "/draws/<uuid:uid>/beacon/": lambda thing: {"beacon": "48213", "again": "48213"},
    "/draws/<uuid:uid>/inspection/": lambda thing: {"visited_on": DAY},
    "/draws/<uuid:uid>/team/": lambda thing: {"inspection": thing["crewless"]},
    "/draws/<uuid:uid>/revelation/": lambda thing: {"sure": "on"},
    "/draws/<uuid:uid>/abandonment/": lambda thing: {"reason": "Nguồn công khai không quay thưởng."},
    "/api/v1/inspections": lambda thing: {"lead": thing["lead"], "form": "planned"},
    "/api/v1/inspections/<uid>/visits": lambda thing: {
        "unit": "phong-cai-cach-hanh-chinh", "visited_on": YESTERDAY.isoformat(),
    },
    "/api/v1/inspections/<uid>/decision": lambda thing: {"number": "5/QĐ", "decision_on": YESTERDAY.isoformat()},
    "/api/v1/inspections/<uid>/team": lambda thing: {"version": 1, "joining": [{"position": "Đại diện Báo tỉnh"}]},
    "/api/v1/inspections/<uid>/groups": lambda thing: {"version": 1, "groups": []},
    "/api/v1/inspections/<uid>/declaration": lambda thing: {"nothing": True},
    "/api/v1/visits/<uid>/answers": lambda thing: {"version": 3, "answers": {}},
    "/api/v1/visits/<uid>/minutes": lambda thing: {"version": 3, **SIGNED},
    "/api/v1/visits/<uid>/picks": lambda thing: {"subject": "Hồ sơ đất đai", "size": 1, "number": 1},  # no chance
    "/api/v1/visits/<uid>/uploads": lambda thing: {
        "uid": str(uuid7()), "name": "a.pdf", "size": 9, "sha256": "0" * 64,
    },
    "/api/v1/visits/<uid>/annulment": lambda thing: REASON,
    "/api/v1/conclusions/<uid>/text": lambda thing: {"strengths": "Tốt", "version": 1},
    "/api/v1/conclusions/<uid>/steps/<step>": lambda thing: {},
    "/api/v1/plans": lambda thing: {"agency": thing["lead"], "year": YESTERDAY.year + 1},
    "/api/v1/plans/<uid>/text": lambda thing: {"title": "Kế hoạch", "target_percent": 30, "version": 2},
    "/api/v1/plans/<uid>/items": lambda thing: {"form": "planned", "unit": thing["unit"], "month": 5},
    "/api/v1/plans/<uid>/steps/<step>": lambda thing: {"version": 2},
}  # fmt: skip
