"""The tables that leave, each with its Vietnamese title: label | title. A model that stands neither here nor in `withheld.py` fails a test."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table of the export: model, its title."""

    label: str
    title: str

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return self.label.replace(".", "_").lower()


LINES = """
orgs.Unit | Đơn vị
orgs.UnitVersion | Tên, loại của đơn vị qua các thời kỳ
orgs.UnitCode | Mã của đơn vị
orgs.Edge | Đơn vị trực thuộc đơn vị nào, từ ngày nào
orgs.Reorganisation | Các lần sắp xếp tổ chức
orgs.Succession | Đơn vị nào kế tục đơn vị nào
orgs.Person | Con người (không có mật khẩu)
orgs.Assignment | Vai trò của từng người, tại đâu, từ ngày nào
orgs.StandIn | Ai làm thay ai, vai trò nào, từ ngày nào
audit.BulkLoad | Dữ liệu tạo sinh đã nạp (chỉ ở cơ sở dữ liệu để đo)
notices.Announcement | Thông báo chung
features.FeatureSwitch | Tính năng bật, tắt tại từng đơn vị
deadlines.CalendarDay | Ngày nghỉ, ngày làm bù
deadlines.YearConfirmation | Ai xác nhận lịch nghỉ của năm
letterheads.Letterhead | Đầu văn bản
letterheads.Signing | Thẩm quyền ký, nơi nhận
letterheads.Wording | Lời văn riêng của cơ quan
letterheads.PaperTemplate | Mẫu Word riêng đã gửi
letterheads.TemplateUse | Mẫu Word riêng dùng từ ngày nào
catalog.LegalBasis | Căn cứ pháp lý
catalog.Topic | Chuyên đề
catalog.Checklist | Phiếu kiểm tra, các phiên bản
catalog.CriterionGroup | Nhóm tiêu chí
catalog.Criterion | Tiêu chí
catalog.Criterion_legal_bases | Căn cứ của tiêu chí
plans.AnnualTheme | Chủ đề năm
plans.PlanDuty | Loại cơ quan phải có kế hoạch
plans.InspectionPlan | Kế hoạch kiểm tra
plans.PlanStep | Các bước của kế hoạch
plans.PlanItem | Nội dung của kế hoạch
plans.PlanItem_topics | Chuyên đề của nội dung kế hoạch
plans.BurdenLimit | Giới hạn số lần kiểm tra một đơn vị
plans.Dissemination | Đã quán triệt chủ đề năm
plans.PlanReminder | Nhắc việc ban hành kế hoạch
inspections.Inspection | Cuộc kiểm tra
inspections.Inspection_topics | Chuyên đề của cuộc kiểm tra
inspections.TeamGroup | Tổ của đoàn
inspections.TeamMember | Thành viên đoàn
inspections.ConflictDeclaration | Kê khai xung đột lợi ích
inspections.ConflictWaiver | Cho phép dù có xung đột lợi ích
inspections.StandingRecusal | Từ chối tham gia thường xuyên
inspections.ShortListEntry | Ai được biết một cuộc niêm phong đã mở
inspections.Sealing | Việc niêm phong của cuộc kiểm tra
inspections.Visit | Lượt kiểm tra, phiếu trả lời, điểm danh
inspections.VisitAddition | Phiếu riêng của lượt
inspections.AnswerException | Tiêu chí không đạt hoặc có ghi chú
inspections.Finding | Tồn tại, hạn chế
inspections.VisitFile | Ảnh, tệp của lượt
inspections.CaseFilePick | Hồ sơ chọn ngẫu nhiên
inspections.ConcernedPerson | Người có liên quan (không có họ tên)
inspections.Minutes | Biên bản
inspections.Addendum | Biên bản bổ sung
inspections.TeamReport | Báo cáo của trưởng đoàn
inspections.SilenceRule | Thời hạn lấy ý kiến
inspections.Conclusion | Thông báo kết luận
inspections.FindingReply | Ý kiến của đơn vị về tồn tại
inspections.FindingDecision | Quyết định về tồn tại
followup.FollowupRule | Quy định theo dõi khắc phục
followup.StandardWording | Câu kiến nghị mẫu
followup.Recommendation | Kiến nghị
followup.Recommendation_findings | Kiến nghị trả lời tồn tại nào
followup.RecommendationTerm | Thời hạn của kiến nghị
followup.RemedyReport | Báo cáo khắc phục
followup.RemedyFile | Tệp minh chứng khắc phục
followup.Extension | Gia hạn khắc phục
followup.Reminder | Nhắc khắc phục
followup.PassingOn | Chuyển kiến nghị khi sắp xếp tổ chức
followup.RecommendationTransfer | Kiến nghị chuyển từ đâu sang đâu
followup.MeasureKind | Hình thức xử lý
followup.AccountabilityMeasure | Xử lý trách nhiệm (không có họ tên)
followup.AccountabilityMeasure_findings | Xử lý vì tồn tại nào
followup.AccountabilityMeasure_recommendations | Xử lý vì kiến nghị nào
followup.NameRetention | Thời hạn giữ họ tên
followup.NameHold | Giữ lại hồ sơ
selfchecks.SelfCheckCampaign | Đợt tự kiểm tra
selfchecks.SelfCheckCampaign_units | Đơn vị nhận phiếu tự kiểm tra
selfchecks.SelfCheck | Phiếu tự kiểm tra
selfchecks.SelfCheckReopening | Mở lại phiếu tự kiểm tra
selfchecks.SelfCheckRule | Quy định tự kiểm tra
selfchecks.SelfCheckReminder | Nhắc tự kiểm tra
draws.Draw | Bốc thăm
draws.DrawReader | Ai được đọc kết quả trước khi mở
draws.FrameRow | Danh sách đem bốc thăm
draws.Winner | Kết quả bốc thăm
reports.ParCriterion | Ngưỡng chấm điểm cải cách hành chính
reports.RankingRule | Quy tắc xếp hạng
field.FieldDevice | Điện thoại đã dùng (không có khóa)
field.FieldPolicy | Quy định cho máy đi thực địa
field.FieldOp | Nhật ký ghi từ điện thoại (không có nội dung)
field.FieldMedia | Ảnh gửi từ điện thoại
field.FieldSignature | Chữ ký trên điện thoại
gathering.Gathering | Đợt hợp nhất biểu mẫu
gathering.SentFile | Tệp do cơ quan gửi
gathering.FormLayout | Cách đọc biểu mẫu của cơ quan
gathering.DeclaredFigure | Số do cơ quan khai
gathering.DifferenceReason | Lý do chênh lệch
rounds.ReportingRound | Đợt báo cáo định kỳ
rounds.AgencyReport | Báo cáo của cơ quan
rounds.ReportSubmission | Lần gửi báo cáo
rounds.ReportReview | Nhận hoặc trả lại báo cáo
rounds.SignedReport | Báo cáo đã ký
rounds.SignedReportNumber | Số của báo cáo đã ký
rounds.RoundRule | Quy định báo cáo định kỳ
rounds.ReportReminder | Nhắc báo cáo
openness.PublicationSwitch | Mở, đóng trang công khai
openness.PublicationRule | Quy định công khai
openness.CitizenReport | Phản ánh của người dân (không có lời và liên hệ còn niêm phong)
exports.ExportRule | Quy định tải tệp danh sách
files.Attachment | Ảnh, tệp: tên, mã SHA-256
files.AttachmentOrigin | Giờ, nơi chụp ghi trong ảnh
"""

TABLES: tuple[Table, ...] = tuple(
    Table(*(part.strip() for part in line.split(" | "))) for line in LINES.strip().splitlines()
)

FILES = ("files.Attachment", "letterheads.PaperTemplate", "gathering.SentFile")
"""Tables whose column `sha256` names a kept file: its original bytes leave as files/<sha256>."""

NAMED_BY = {
    "inspections.VisitFile": "attachment",
    "followup.RemedyFile": "attachment",
    "field.FieldMedia": "attachment",
}
"""A kept photo or file leaves when a row that leaves names it: label → its column."""
