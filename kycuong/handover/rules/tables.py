"""The tables that leave with a unit, each with its Vietnamese title and with how a row is known to be the unit's.

A line: label | how | title. How: «*» every row (what holds for the whole installation); «a/b» a path to a unit, or another; «a?» such a path
that may lead nowhere, which is everybody's; «<Label.field» what the chosen rows of another table point to, even where every
unit leaves if it begins with «<<»; «field>Label» what points to a chosen row of another table. A model that stands neither here nor in
`withheld.py` fails a test.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """One table of the export: model, how its rows are chosen, its title."""

    label: str
    how: str
    title: str

    @property
    def name(self) -> str:
        """The name of its file, without the ending."""
        return self.label.replace(".", "_").lower()


LINES = """
orgs.Unit | pk | Đơn vị
orgs.UnitVersion | unit | Tên, loại của đơn vị qua các thời kỳ
orgs.UnitCode | unit | Mã của đơn vị
orgs.Edge | child | Đơn vị trực thuộc đơn vị nào, từ ngày nào
orgs.Reorganisation | <orgs.Succession.reorganisation | Các lần sắp xếp tổ chức
orgs.Succession | predecessor/successor | Đơn vị nào kế tục đơn vị nào
orgs.Person | <orgs.Assignment.person | Con người (không có mật khẩu)
orgs.Assignment | unit | Vai trò của từng người, tại đâu, từ ngày nào
audit.BulkLoad | * | Dữ liệu tạo sinh đã nạp (chỉ ở cơ sở dữ liệu để đo)
audit.CheckpointStamp | * | Dấu thời gian của các mốc kiểm chứng
deadlines.CalendarDay | * | Ngày nghỉ, ngày làm bù
deadlines.YearConfirmation | * | Ai xác nhận lịch nghỉ của năm
letterheads.Letterhead | unit | Đầu văn bản
letterheads.Signing | unit | Thẩm quyền ký, nơi nhận
letterheads.Wording | unit | Lời văn riêng của cơ quan
letterheads.PaperTemplate | unit | Mẫu Word riêng đã gửi
letterheads.TemplateUse | unit | Mẫu Word riêng dùng từ ngày nào
catalog.LegalBasis | * | Căn cứ pháp lý
catalog.Topic | * | Chuyên đề
catalog.Checklist | authority? | Phiếu kiểm tra, các phiên bản
catalog.CriterionGroup | checklist__authority? | Nhóm tiêu chí
catalog.Criterion | checklist__authority? | Tiêu chí
catalog.Criterion_legal_bases | criterion__checklist__authority? | Căn cứ của tiêu chí
plans.AnnualTheme | authority | Chủ đề năm
plans.PlanDuty | * | Loại cơ quan phải có kế hoạch
plans.InspectionPlan | agency | Kế hoạch kiểm tra
plans.PlanStep | plan__agency | Các bước của kế hoạch
plans.PlanItem | plan__agency | Nội dung của kế hoạch
plans.PlanItem_topics | planitem__plan__agency | Chuyên đề của nội dung kế hoạch
plans.BurdenLimit | * | Giới hạn số lần kiểm tra một đơn vị
plans.Dissemination | agency | Đã quán triệt chủ đề năm
plans.PlanReminder | agency | Nhắc việc ban hành kế hoạch
inspections.Inspection | lead | Cuộc kiểm tra
inspections.Inspection_topics | inspection__lead | Chuyên đề của cuộc kiểm tra
inspections.TeamGroup | inspection__lead | Tổ của đoàn
inspections.TeamMember | inspection__lead | Thành viên đoàn
inspections.ConflictDeclaration | inspection__lead | Kê khai xung đột lợi ích
inspections.ConflictWaiver | inspection__lead | Cho phép dù có xung đột lợi ích
inspections.StandingRecusal | authority | Từ chối tham gia thường xuyên
inspections.ShortListEntry | inspection__lead | Ai được biết một cuộc niêm phong đã mở
inspections.Sealing | inspection__lead | Việc niêm phong của cuộc kiểm tra
inspections.SealBreak | lead | Yêu cầu mở niêm phong
inspections.Visit | unit/inspection__lead | Lượt kiểm tra, phiếu trả lời, điểm danh
inspections.VisitAddition | visit__unit/visit__inspection__lead | Phiếu riêng của lượt
inspections.AnswerException | visit__unit/visit__inspection__lead | Tiêu chí không đạt hoặc có ghi chú
inspections.Finding | visit__unit/visit__inspection__lead | Tồn tại, hạn chế
inspections.VisitFile | visit__unit/visit__inspection__lead | Ảnh, tệp của lượt
inspections.CaseFilePick | visit__unit/visit__inspection__lead | Hồ sơ chọn ngẫu nhiên
inspections.ConcernedPerson | finding__visit__unit/finding__visit__inspection__lead | Người có liên quan (không có họ tên)
inspections.Minutes | visit__unit/visit__inspection__lead | Biên bản
inspections.Addendum | minutes__visit__unit/minutes__visit__inspection__lead | Biên bản bổ sung
inspections.TeamReport | inspection__lead | Báo cáo của trưởng đoàn
inspections.SilenceRule | * | Thời hạn lấy ý kiến
inspections.Conclusion | visit__unit/visit__inspection__lead | Thông báo kết luận
inspections.FindingReply | finding__visit__unit/finding__visit__inspection__lead | Ý kiến của đơn vị về tồn tại
inspections.FindingDecision | finding__visit__unit/finding__visit__inspection__lead | Quyết định về tồn tại
followup.FollowupRule | * | Quy định theo dõi khắc phục
followup.StandardWording | * | Câu kiến nghị mẫu
followup.Recommendation | unit/visit__unit/visit__inspection__lead | Kiến nghị
followup.Recommendation_findings | recommendation__unit/recommendation__visit__unit/recommendation__visit__inspection__lead | Kiến nghị trả lời tồn tại nào
followup.RecommendationTerm | recommendation__unit/recommendation__visit__unit/recommendation__visit__inspection__lead | Thời hạn của kiến nghị
followup.RemedyReport | recommendation__unit/recommendation__visit__unit/recommendation__visit__inspection__lead | Báo cáo khắc phục
followup.RemedyFile | report__recommendation__unit/report__recommendation__visit__inspection__lead | Tệp minh chứng khắc phục
followup.Extension | recommendation__unit/recommendation__visit__unit/recommendation__visit__inspection__lead | Gia hạn khắc phục
followup.Reminder | recommendation__unit/recommendation__visit__unit/recommendation__visit__inspection__lead | Nhắc khắc phục
followup.PassingOn | to | Chuyển kiến nghị khi sắp xếp tổ chức
followup.RecommendationTransfer | from_unit/to_unit | Kiến nghị chuyển từ đâu sang đâu
followup.MeasureKind | * | Hình thức xử lý
followup.AccountabilityMeasure | unit/authority/visit__inspection__lead | Xử lý trách nhiệm (không có họ tên)
followup.AccountabilityMeasure_findings | accountabilitymeasure__unit/accountabilitymeasure__authority/accountabilitymeasure__visit__inspection__lead | Xử lý vì tồn tại nào
followup.AccountabilityMeasure_recommendations | accountabilitymeasure__unit/accountabilitymeasure__authority/accountabilitymeasure__visit__inspection__lead | Xử lý vì kiến nghị nào
followup.NameRetention | * | Thời hạn giữ họ tên
followup.NameHold | visit__unit/visit__inspection__lead | Giữ lại hồ sơ
selfchecks.SelfCheckCampaign | authority | Đợt tự kiểm tra
selfchecks.SelfCheckCampaign_units | selfcheckcampaign__authority | Đơn vị nhận phiếu tự kiểm tra
selfchecks.SelfCheck | unit/campaign__authority | Phiếu tự kiểm tra
selfchecks.SelfCheckReopening | self_check__unit/self_check__campaign__authority | Mở lại phiếu tự kiểm tra
selfchecks.SelfCheckRule | * | Quy định tự kiểm tra
selfchecks.SelfCheckReminder | self_check__unit/self_check__campaign__authority | Nhắc tự kiểm tra
draws.Draw | lead | Bốc thăm
draws.DrawReader | draw__lead | Ai được đọc kết quả trước khi mở
draws.FrameRow | draw__lead | Danh sách đem bốc thăm
draws.Winner | draw__lead | Kết quả bốc thăm
reports.ParCriterion | * | Ngưỡng chấm điểm cải cách hành chính
reports.RankingRule | * | Quy tắc xếp hạng
field.FieldDevice | <field.FieldOp.device <field.FieldMedia.device | Điện thoại đã dùng (không có khóa)
field.FieldPolicy | * | Quy định cho máy đi thực địa
field.FieldOp | visit__unit/visit__inspection__lead | Nhật ký ghi từ điện thoại (không có nội dung)
field.FieldMedia | visit__unit/visit__inspection__lead | Ảnh gửi từ điện thoại
field.FieldSignature | visit__unit/visit__inspection__lead | Chữ ký trên điện thoại
gathering.Gathering | scope | Đợt hợp nhất biểu mẫu
gathering.SentFile | gathering__scope/agency | Tệp do cơ quan gửi
gathering.FormLayout | agency | Cách đọc biểu mẫu của cơ quan
gathering.DeclaredFigure | agency/file__gathering__scope | Số do cơ quan khai
gathering.DifferenceReason | agency/gathering__scope | Lý do chênh lệch
rounds.ReportingRound | authority | Đợt báo cáo định kỳ
rounds.AgencyReport | agency/round__authority | Báo cáo của cơ quan
rounds.ReportSubmission | report__agency/report__round__authority | Lần gửi báo cáo
rounds.ReportReview | submission__report__agency/submission__report__round__authority | Nhận hoặc trả lại báo cáo
rounds.SignedReport | authority | Báo cáo đã ký
rounds.SignedReportNumber | signed__authority | Số của báo cáo đã ký
rounds.RoundRule | * | Quy định báo cáo định kỳ
rounds.ReportReminder | report__agency/report__round__authority | Nhắc báo cáo
openness.PublicationSwitch | * | Mở, đóng trang công khai
openness.PublicationRule | * | Quy định công khai
openness.CitizenReport | unit | Phản ánh của người dân (không có lời và liên hệ còn niêm phong)
exports.ExportRule | * | Quy định tải tệp danh sách
files.Attachment | <<inspections.VisitFile.attachment <<followup.RemedyFile.attachment <<field.FieldMedia.attachment | Ảnh, tệp: tên, mã SHA-256
files.AttachmentOrigin | attachment>files.Attachment | Giờ, nơi chụp ghi trong ảnh
"""

TABLES: tuple[Table, ...] = tuple(
    Table(*(part.strip() for part in line.split(" | "))) for line in LINES.strip().splitlines()
)

LEDGER = {"audit.AuditEntry": "log/log.jsonl", "audit.LogCheckpoint": "log/checkpoints.txt"}
"""The log leaves as the files that verifier/verify.py reads, without bodies."""

FILES = ("files.Attachment", "letterheads.PaperTemplate", "gathering.SentFile")
"""Tables whose column `sha256` names a kept file: its original bytes leave as files/<sha256>."""
