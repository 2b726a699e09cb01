"""Which tables the log protects: every table that can change what a figure, a document or a right says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Field, Model

# Label of the model → columns that are left out, because they change without an act.
PROTECTED: dict[str, frozenset[str]] = {
    "audit.BulkLoad": frozenset(),
    "orgs.Unit": frozenset(),
    "orgs.UnitVersion": frozenset(),
    "orgs.UnitCode": frozenset(),
    "orgs.Edge": frozenset(),
    "orgs.Reorganisation": frozenset(),
    "orgs.Succession": frozenset(),
    # A password is re-hashed and a sign-in noted without an act; a secret does not belong in a log either.
    "orgs.Person": frozenset({"password", "password_ends_at", "last_login", "sessions_epoch"}),
    "orgs.Assignment": frozenset(),
    "orgs.StandIn": frozenset(),
    # The secret of a code and what was last used belong in no log; that there is one, and the public key of a passkey, do.
    "signin.TotpSecret": frozenset({"sealed", "last_step"}),
    "signin.Passkey": frozenset({"sign_count", "last_used_at"}),
    "signin.RecoveryCode": frozenset({"digest"}),
    "signin.AccessKey": frozenset({"digest", "last_used_at"}),
    "connect.CalendarFeed": frozenset({"digest", "last_used_at"}),
    # The secret, and the path of the address, belong in no log (where it leads does); whose turn sending is, and what was let go
    # because nobody took it, change without an act.
    "connect.Destination": frozenset({"sealed", "address", "holder", "held_at", "lost", "lost_at"}),
    "signin.IdentityLink": frozenset(),
    "files.Attachment": frozenset(),
    "files.AttachmentOrigin": frozenset(),
    "notices.Announcement": frozenset(),
    "features.FeatureSwitch": frozenset(),
    "deadlines.CalendarDay": frozenset(),
    "deadlines.YearConfirmation": frozenset(),
    "letterheads.Letterhead": frozenset(),
    "letterheads.Signing": frozenset(),
    "letterheads.Wording": frozenset(),
    "letterheads.PaperTemplate": frozenset(),
    "letterheads.TemplateUse": frozenset(),
    "catalog.LegalBasis": frozenset(),
    "catalog.Topic": frozenset(),
    "catalog.Checklist": frozenset(),
    "catalog.CriterionGroup": frozenset(),
    "catalog.Criterion": frozenset(),
    "catalog.Criterion_legal_bases": frozenset(),
    "plans.AnnualTheme": frozenset(),
    "plans.PlanDuty": frozenset(),
    "plans.InspectionPlan": frozenset(),
    "plans.PlanStep": frozenset(),
    "plans.BurdenLimit": frozenset(),
    "plans.Dissemination": frozenset(),
    "plans.PlanReminder": frozenset(),
    "plans.PlanItem": frozenset(),
    "plans.PlanItem_topics": frozenset(),
    "inspections.Inspection": frozenset(),
    "inspections.Inspection_topics": frozenset(),
    "inspections.TeamGroup": frozenset(),
    "inspections.TeamMember": frozenset(),
    "inspections.ConflictDeclaration": frozenset(),
    "inspections.ConflictWaiver": frozenset(),
    "inspections.StandingRecusal": frozenset(),
    "inspections.ShortListEntry": frozenset(),
    "inspections.Sealing": frozenset(),
    "inspections.SealBreak": frozenset(),
    "inspections.SealBreakNote": frozenset(),
    "inspections.Visit": frozenset(),
    "inspections.VisitAddition": frozenset(),
    "inspections.AnswerException": frozenset(),
    "inspections.Finding": frozenset(),
    "inspections.VisitFile": frozenset(),
    "inspections.CaseFilePick": frozenset(),
    "inspections.ConcernedPerson": frozenset(),
    "inspections.Minutes": frozenset(),
    "inspections.Addendum": frozenset(),
    "inspections.TeamReport": frozenset(),
    "inspections.SilenceRule": frozenset(),
    "inspections.Conclusion": frozenset(),
    "inspections.FindingReply": frozenset(),
    "inspections.FindingDecision": frozenset(),
    "followup.FollowupRule": frozenset(),
    "followup.StandardWording": frozenset(),
    "followup.Recommendation": frozenset(),
    "followup.Recommendation_findings": frozenset(),
    "followup.RecommendationTerm": frozenset(),
    "followup.RemedyReport": frozenset(),
    "followup.RemedyFile": frozenset(),
    "followup.Extension": frozenset(),
    "followup.Reminder": frozenset(),
    "followup.PassingOn": frozenset(),
    "followup.RecommendationTransfer": frozenset(),
    "reports.ParCriterion": frozenset(),
    "reports.RankingRule": frozenset(),
    "selfchecks.SelfCheckCampaign": frozenset(),
    "selfchecks.SelfCheckCampaign_units": frozenset(),
    "selfchecks.SelfCheck": frozenset(),
    "selfchecks.SelfCheckReopening": frozenset(),
    "selfchecks.SelfCheckRule": frozenset(),
    "selfchecks.SelfCheckReminder": frozenset(),
    "openness.PublicationSwitch": frozenset(),
    "openness.PublicationRule": frozenset(),
    "openness.CitizenReport": frozenset(),
    "rounds.ReportingRound": frozenset(),
    "rounds.AgencyReport": frozenset(),
    "rounds.ReportSubmission": frozenset(),
    "rounds.ReportReview": frozenset(),
    "rounds.SignedReport": frozenset(),
    "rounds.SignedReportNumber": frozenset(),
    "rounds.RoundRule": frozenset(),
    "rounds.ReportReminder": frozenset(),
    "followup.MeasureKind": frozenset(),
    "followup.AccountabilityMeasure": frozenset(),
    "followup.AccountabilityMeasure_findings": frozenset(),
    "followup.AccountabilityMeasure_recommendations": frozenset(),
    "followup.NameRetention": frozenset(),
    "followup.NameHold": frozenset(),
    # What a phone says of itself at every sync, and what the record made of an op, change without an act of their own.
    "field.FieldDevice": frozenset(
        {"seq_head", "queued_ops", "queued_media", "oldest_wall", "clock_offset", "last_seen"}
    ),
    "field.KeyRequest": frozenset(),
    "field.FieldOp": frozenset({"status", "why", "problem_vi", "problem_en"}),
    "field.FieldAside": frozenset(),
    "field.FieldPolicy": frozenset(),
    "field.FieldMedia": frozenset({"complete_at", "file_id", "checked_at", "fault_vi", "fault_en"}),
    "field.FieldSignature": frozenset(),
    "exports.ExportRule": frozenset(),
    # How far a file has come changes without an act; who asked for what, fetched it or let it go is an act.
    "exports.ListExport": frozenset(
        {"state", "tries", "holder", "seen_at", "total", "done", "size", "ended_at", "kept_until", "rights"}
        | {"fault_vi", "fault_en"}
    ),
    "gathering.Gathering": frozenset(),
    # What the program reads in a file follows from its bytes and from what people chose.
    "gathering.SentFile": frozenset({"reading", "read_at", "guessed_id"}),
    "gathering.FormLayout": frozenset(),
    "gathering.DeclaredFigure": frozenset(),
    "gathering.DifferenceReason": frozenset(),
    "draws.Draw": frozenset(),
    "draws.DrawReader": frozenset(),
    "draws.FrameRow": frozenset(),
    "draws.Winner": frozenset(),
}

# Label of the model → why it needs no protection. A model in neither list fails a test.
UNPROTECTED: dict[str, str] = {
    "site.Pressed": "a digest of what was sent, for two days, so that it is done once",
    "audit.LogCheckpoint": "tells of the log itself, signed; a wall keeps it from being changed or taken away",
    "audit.CheckpointStamp": "signed by an authority outside and checked whenever it is read; a wall keeps it",
    "audit.CheckpointMail": "that a mail went out: whoever got it holds the proof, not this row",
    "audit.LogBlock": "derived from the entries; a proof made from it is compared with what was signed",
    "orgs.Closure": "derived from Edge and UnitVersion in the same transaction; rebuilt and compared by a command",
    "orgs.Lineage": "derived from Succession and Reorganisation in the same transaction; rebuilt and compared by a command",
    "orgs.StandInAct": "repeats what entries of the log say of whose role an act needed, in the same transaction",
    "reports.CellStamp": "notes of triggers that something was written, never of what; folded by the tick",
    "reports.CellSet": "derived from what figures count; dropped and remade at any time, and compared by a command",
    "reports.Cell": "derived from what figures count; dropped and remade at any time, and compared by a command",
    "field.FieldSuperseded": "derived from FieldOp in the same transaction",
    "field.FieldHead": "derived from FieldOp in the same transaction",
    "field.FieldVisit": "fingerprints of the record as the log last left it: says nothing of its own",
    "signin.SignedIn": "which browsers are signed in: changes by signing in and out, without an act, and gives no right",
    "signin.Guess": "that a password or a code was tried within the last minutes: only counted",
    "openness.ReportsOfDay": "how many reports came from one place on a day, forgotten the day after: only counted",
    "connect.Delivery": "says that something else happened, of which there is a record; sent, tried again and let go without an act",
    "notices.Notice": "says what another record says already; read and mailed marks change without an act",
    "notices.PutAway": "that a person wants an announcement off the own pages: changes nothing for anybody else, without an act",
    "notices.MailWish": "whether a person wants e-mail: changes no figure, document or right, and a refusal is noted without an act",
    "notices.DigestSent": "that a mail went out: kept so that there is one a day, removed after 400 days",
    "notices.TickTurn": "whose turn a run is: changes every few minutes without an act",
    "notices.TickRun": "what ran by itself: written without an act, removed after 400 days; what a step did is logged by its acts",
}


def protected_models() -> Iterator[type[Model]]:
    """The protected models, through tables of many-to-many fields included."""
    for label in PROTECTED:
        yield apps.get_model(label)


def image_fields(model: type[Model]) -> list[Field[Any, Any]]:
    """The columns whose stored values make the image of a row."""
    left_out = PROTECTED.get(model._meta.label, frozenset())
    return [field for field in model._meta.concrete_fields if field.column not in left_out]
