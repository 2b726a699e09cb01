"""Who may do what. The whole answer, on one page: a role is held at a unit and so at every unit under it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from kycuong.core.speaking import ENGLISH


@dataclass(frozen=True)
class Role:
    """A role: its title, one sentence that an official can check, and its verbs."""

    titled: str
    described: str
    verbs: frozenset[str]

    @property
    def title(self) -> str:
        return gettext(self.titled)

    @property
    def sentence(self) -> str:
        return gettext(self.described)


SEES_LED = frozenset({"figures.see", "plan.see", "inspection.see"})
SEES_ABOUT = frozenset({"figures.see", "plan.see", "visit.see"})
SEES_ALL = SEES_LED | SEES_ABOUT
LEADS_VISITS = frozenset(
    {"visit.record", "visit.sign", "report.submit", "conclusion.draft", "conclusion.return", "measure.propose"}
)
JUDGES = frozenset({"measure.record"})
"""Records what a managing authority decides about units and people. No role of a team carries it: who inspects does not judge."""
DECLARES = frozenset({"conflict.declare"})
"""What ties oneself to units: in an inspection, and in the standing register."""
WRITES_CHECKLISTS = frozenset({"checklist.write", "checklist.publish"})
"""At the province: the standard checklist. At an authority: what it asks in addition, outside every comparison."""
SETS_PAPERS = frozenset({"letterhead.set"})
"""How the papers of the own unit look: head, signers, receivers, wording."""
DRAWS = frozenset({"draw.conduct"})
FORMS_TEAMS = frozenset({"team.change", "team.divide"})
ASKS_FOR_REPORTS = frozenset({"round.open", "round.sign"})
"""Opens rounds of periodic reports, reviews what comes in, signs the compiled one."""
PLANS = frozenset(
    {"plan.draft", "plan.submit", "plan.issue", "plan.amend", "plan.close", "inspection.open", "inspection.cancel"}
)

ROLES: dict[str, Role] = {
    "aggregator": Role(
        _("Cán bộ tổng hợp (Sở Nội vụ)"),
        _(
            "Xem mọi số liệu dưới đơn vị mình phụ trách, nhập tệp, công bố chủ đề, bốc thăm, sắp xếp tổ chức, soạn phiếu kiểm tra, "
            "hủy lượt ghi sai, giữ lịch nghỉ, xem các việc chạy nền, đặt quy định tải tệp danh sách, thời hạn lấy ý kiến, quy định cho máy đi thực địa, xem xét ý kiến và khắc phục, ngưỡng chấm "
            "điểm và quy tắc xếp hạng, gửi phiếu tự kiểm tra; mở đợt báo cáo định kỳ, nhận hoặc trả lại, tổng hợp và ký; xem, đề nghị xử lý trách nhiệm và ghi quyết định xử lý, đặt hình thức xử "
            "lý và thời hạn giữ họ tên, giữ lại hồ sơ; đặt đầu văn bản, người ký, lời văn, mẫu Word; hợp nhất biểu mẫu do các cơ quan gửi; xem trước trang công khai, đặt quy định công khai; xử lý phản ánh của người dân về đơn vị cấp dưới; đặt nơi nhận tin tự động; đăng thông báo chung; bật, tắt tính năng."
        ),
        SEES_ALL
        | SETS_PAPERS
        | PLANS
        | LEADS_VISITS
        | DRAWS
        | WRITES_CHECKLISTS
        | {"visit.annul", "visit.import", "unit.reorganise", "unit.import", "theme.announce", "remedy.confirm"}
        | {"plan.number", "minutes.number", "plan.set_duties", "plan.set_limits", "plan.remind", "theme.spread"}
        | {"checklist.install", "conclusion.issue", "conclusion.number", "decision.number", "followup.set_rules"}
        | {"silence.set", "field.set_policy", "selfcheck.send", "selfcheck.set_rules"}
        | {"round.set_rules", "round.number", "publication.see", "publication.set_rules"}
        | {"citizen_report.handle", "webhook.keep", "announcement.write", "feature.switch"}
        | ASKS_FOR_REPORTS
        | {"measure.see", "measure.set_kinds", "retention.set", "retention.hold"}
        | JUDGES
        | FORMS_TEAMS
        | DECLARES
        | {"recusal.keep", "daysoff.keep", "tick.see", "figures.set_rules", "export.set_rules", "declared.gather"},
    ),
    "coordinator": Role(
        _("Cán bộ đầu mối của cơ quan"),
        _(
            "Lập, trình, ghi ban hành và điều chỉnh kế hoạch, bốc thăm, mở cuộc kiểm tra, ghi và ký biên bản, nhập tệp, soạn nội dung "
            "kiểm tra bổ sung của cơ quan mình, gửi phiếu tự kiểm tra; nộp báo cáo định kỳ của cơ quan mình; mở đợt báo cáo, nhận hoặc trả "
            "lại, tổng hợp và ký ở cơ quan mình; đề nghị xử lý trách nhiệm; ghi quyết định xử lý của cơ quan mình, "
            "trừ cuộc kiểm tra mà mình ở trong đoàn hoặc đã đề nghị; xử lý phản ánh của người dân về đơn vị cấp dưới; đặt đầu văn bản, người ký, lời văn, mẫu Word của cơ quan mình."
        ),
        SEES_ALL
        | SETS_PAPERS
        | PLANS
        | LEADS_VISITS
        | DRAWS
        | WRITES_CHECKLISTS
        | {"visit.annul", "visit.import", "remedy.confirm", "plan.number", "minutes.number", "theme.spread"}
        | {"conclusion.issue", "conclusion.number", "decision.number", "remedy.urge", "selfcheck.send"}
        | {"round.answer", "round.number", "citizen_report.handle"}
        | ASKS_FOR_REPORTS
        | JUDGES
        | FORMS_TEAMS
        | DECLARES
        | {"recusal.keep"},
    ),
    "team_head": Role(
        _("Trưởng đoàn"),
        _(
            "Bốc thăm, mở cuộc kiểm tra, niêm phong cuộc đột xuất, ghi kết quả, ký biên bản, báo cáo và soạn kết luận; đọc họ tên người "
            "liên quan; đề nghị xử lý trách nhiệm, không xem kết quả xử lý."
        ),
        SEES_LED | LEADS_VISITS | DRAWS | FORMS_TEAMS | DECLARES | {"inspection.open", "remedy.confirm", "name.see"},
    ),
    "team_member": Role(
        _("Thành viên đoàn"),
        _("Ghi kết quả của các lượt kiểm tra do cơ quan mình chủ trì; không ký biên bản."),
        SEES_LED | DECLARES | {"visit.record"},
    ),
    "unit_head": Role(
        _("Thủ trưởng đơn vị được kiểm tra"),
        _(
            "Xem biên bản đã ký, số liệu, họ tên người liên quan của đơn vị mình; trả lời từng tồn tại, có ý kiến về dự thảo kết luận; "
            "báo cáo khắc phục, xin gia hạn; trả lời phiếu tự kiểm tra; xem xử lý trách nhiệm ở đơn vị mình, ghi quyết định về người "
            "thuộc quyền; nộp báo cáo định kỳ của đơn vị mình; đặt đầu văn bản, người ký, lời văn, mẫu Word của đơn vị mình."
        ),
        SEES_ABOUT
        | SETS_PAPERS
        | JUDGES
        | {
            "round.answer",
            "conclusion.reply",
            "remedy.report",
            "remedy.urge",
            "name.see",
            "selfcheck.answer",
            "measure.see",
        },
    ),
    "leader": Role(
        _("Lãnh đạo"),
        _(
            "Xem số liệu, kế hoạch và biên bản dưới đơn vị mình phụ trách; duyệt hoặc trả lại kế hoạch và kết luận; trả lời đề nghị "
            "gia hạn, kết thúc kiến nghị; chấp nhận xung đột "
            "lợi ích, mở bản gốc của ảnh khi nêu lý do; đọc họ tên người liên quan; mở đợt báo cáo định kỳ, nhận hoặc trả lại, ký báo cáo tổng hợp; xem xử lý trách nhiệm, giữ lại hồ sơ chưa cho xóa họ "
            "tên; mở, tắt trang công khai; không sửa. Cùng một người thứ hai mở khẩn cấp được "
            "niêm phong."
        ),
        SEES_ALL
        | ASKS_FOR_REPORTS
        | {"plan.approve", "conclusion.approve", "conclusion.return", "conflict.waive", "extension.decide"}
        | {"recommendation.close", "remedy.urge", "publication.see", "publication.open"}
        | {"evidence.custody", "name.see", "seal.break", "measure.see", "retention.hold"},
    ),
    "records_clerk": Role(
        _("Văn thư"),
        _(
            "Ghi số của kế hoạch, quyết định lập đoàn, biên bản, kết luận và báo cáo tổng hợp sau khi văn thư đã cấp số; đặt đầu văn bản, người ký, nơi "
            "nhận, lời văn, mẫu Word của cơ quan mình."
        ),
        SEES_ALL
        | SETS_PAPERS
        | {"plan.number", "minutes.number", "conclusion.number", "decision.number", "round.number"},
    ),
    "auditor": Role(
        _("Kiểm toán, giám sát"),
        _(
            "Xem tất cả, trừ nội dung còn niêm phong; xem lịch sử thay đổi, xử lý trách nhiệm (không có họ tên); mở bản gốc của ảnh khi nêu lý do; xem trước trang công khai. Cùng một người thứ hai "
            "mở khẩn cấp được niêm phong."
        ),
        SEES_ALL | {"audit.see", "person.see", "evidence.custody", "seal.break", "measure.see", "publication.see"},
    ),
    "system_admin": Role(
        _("Quản trị hệ thống"),
        _(
            "Quản lý tài khoản, vai trò và lịch nghỉ, quy định tải tệp danh sách, đăng thông báo chung, bật, tắt tính năng, xem các việc chạy nền; không xem nội dung kiểm tra."
        ),
        frozenset(
            {
                "person.see",
                "person.create",
                "person.change",
                "role.grant",
                "daysoff.keep",
                "tick.see",
                "export.set_rules",
                "announcement.write",
                "feature.switch",
            }
        ),
    ),
}
"""Slug → role. A slug that is not here grants nothing."""

LENT = frozenset(
    {"figures.see", "plan.see", "inspection.see", "visit.see", "measure.see", "publication.see", "name.see"}
    | {
        "plan.draft",
        "plan.submit",
        "plan.approve",
        "plan.issue",
        "plan.amend",
        "plan.close",
        "plan.number",
        "plan.remind",
    }
    | {"inspection.open", "inspection.cancel", "team.change", "team.divide", "draw.conduct", "decision.number"}
    | {
        "visit.record",
        "visit.sign",
        "visit.annul",
        "minutes.number",
        "report.submit",
        "theme.spread",
        "checklist.write",
    }
    | {"conclusion.draft", "conclusion.return", "conclusion.approve", "conclusion.issue", "conclusion.number"}
    | {"conclusion.reply", "conflict.waive", "recusal.keep", "citizen_report.handle"}
    | {"remedy.report", "remedy.confirm", "remedy.urge", "extension.decide", "recommendation.close"}
    | {"measure.propose", "measure.record", "selfcheck.send", "selfcheck.answer", "declared.gather"}
    | {"round.open", "round.answer", "round.sign", "round.number"}
)
"""What an office does day by day: whoever stands in for a holder of the role does it, and is named with the holder."""

_RULES, _WATCH, _ACCOUNTS = "quy định chung", "giám sát", "tài khoản, quyền"
KEPT: dict[str, str] = dict.fromkeys(
    ("plan.set_duties", "plan.set_limits", "followup.set_rules", "selfcheck.set_rules", "round.set_rules")
    + ("export.set_rules", "figures.set_rules", "publication.set_rules", "publication.open", "field.set_policy")
    + ("silence.set", "measure.set_kinds", "retention.set", "retention.hold", "daysoff.keep", "letterhead.set")
    + ("theme.announce", "announcement.write", "checklist.install", "checklist.publish", "visit.import")
    + ("unit.reorganise", "unit.import", "feature.switch"),
    _RULES,
) | {
    "seal.break": "gắn với người",
    "evidence.custody": "gắn với người",
    "conflict.declare": "gắn với người",
    "audit.see": _WATCH,
    "tick.see": _WATCH,
    "webhook.keep": "khóa của phần mềm",
    "person.see": _ACCOUNTS,
    "person.create": _ACCOUNTS,
    "person.change": _ACCOUNTS,
    "role.grant": _ACCOUNTS,
}
"""Verb → why nobody does it in somebody's stead: what sets rules for many, opens accounts and seals, or watches. A new verb stands in
one of the two, or a test fails."""

APART = frozenset({"auditor", "system_admin"})
"""Who watches, and who keeps accounts: neither lends the role, nor stands in for others by it."""


def roles_with(verb: str) -> list[str]:
    """Slugs of the roles that carry the verb."""
    return [slug for slug, role in ROLES.items() if verb in role.verbs]


def lends(role: str) -> bool:
    """Whether somebody may stand in for whoever holds the role."""
    return role in ROLES and role not in APART


def titles_with(verb: str) -> tuple[str, str]:
    """Titles of the roles that carry the verb, in Vietnamese and in English: a refusal says both, whatever the page speaks."""
    titles = [ROLES[slug].titled for slug in roles_with(verb)]
    with translation.override(ENGLISH):
        return ", ".join(titles), ", ".join(map(gettext, titles))
