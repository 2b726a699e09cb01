"""What does not leave, and why: tables, and columns of tables that do."""

from __future__ import annotations

OF_SIGNING_IN = "a secret of signing in, or what only this installation can use of it: people set theirs anew elsewhere"
DERIVED = "derived from tables that leave: whoever reads them computes it"
PASSING = "passes by itself: counts, turns and marks of the running program"
OF_DJANGO = "a table of the framework that holds nothing of the unit"

OF_THE_LOG = (
    "the log is one and names what is sealed: an auditor gets it by `./run audit export FOLDER`, once that is right"
)
SEAL_BREAK = "tells who is on the list of a sealed inspection"

KEPT_BACK: dict[str, str] = {
    "audit.AuditEntry": OF_THE_LOG,
    "audit.AuditBody": OF_THE_LOG,
    "audit.AuditHead": OF_THE_LOG,
    "audit.LogBlock": OF_THE_LOG,
    "audit.LogCheckpoint": OF_THE_LOG,
    "audit.CheckpointStamp": OF_THE_LOG,
    "audit.CheckpointMail": PASSING,
    "orgs.Closure": DERIVED,
    "orgs.Lineage": DERIVED,
    "orgs.StandInAct": DERIVED,
    "signin.TotpSecret": OF_SIGNING_IN,
    "signin.Passkey": OF_SIGNING_IN,
    "signin.RecoveryCode": OF_SIGNING_IN,
    "signin.AccessKey": OF_SIGNING_IN,
    "signin.IdentityLink": OF_SIGNING_IN,
    "signin.SignedIn": OF_SIGNING_IN,
    "signin.Guess": PASSING,
    "connect.CalendarFeed": "a secret address: made anew elsewhere",
    "connect.Destination": "an address and a secret that another program holds: made anew elsewhere",
    "connect.Delivery": PASSING,
    "inspections.SealBreak": SEAL_BREAK,
    "inspections.SealBreakNote": SEAL_BREAK,
    "field.FieldAside": "what a phone sent and nobody took: its contents are sealed, what was taken stands in the record",
    "field.KeyRequest": "asks for the key of a phone, which does not leave",
    "field.FieldSuperseded": DERIVED,
    "field.FieldHead": DERIVED,
    "field.FieldVisit": DERIVED,
    "reports.CellStamp": DERIVED,
    "reports.CellSet": DERIVED,
    "reports.Cell": DERIVED,
    "openness.ReportsOfDay": PASSING,
    "exports.ListExport": "files that people asked for: made anew from what leaves",
    "notices.Notice": "says to one person what another record says already",
    "notices.PutAway": "whether a person has put an announcement away on this installation",
    "notices.MailWish": "whether a person wants e-mail from this installation",
    "notices.DigestSent": PASSING,
    "notices.TickTurn": PASSING,
    "notices.TickRun": PASSING,
    "site.Pressed": PASSING,
    "account.EmailAddress": OF_SIGNING_IN,
    "account.EmailConfirmation": OF_SIGNING_IN,
    "axes.AccessAttempt": OF_SIGNING_IN,
    "axes.AccessAttemptExpiration": OF_SIGNING_IN,
    "axes.AccessFailureLog": OF_SIGNING_IN,
    "axes.AccessLog": OF_SIGNING_IN,
    "auth.Permission": OF_DJANGO,
    "auth.Group": OF_DJANGO,
    "auth.Group_permissions": OF_DJANGO,
    "contenttypes.ContentType": OF_DJANGO,
    "sessions.Session": OF_SIGNING_IN,
}
"""Label of the model → why it stays."""

SECRET = "a secret of signing in"  # noqa: S105 - says what is left out
SEALED = "sealed with a key of this installation: who may read it opens it here; a backup carries it along"

SECRET_COLUMNS: dict[str, dict[str, str]] = {
    "orgs.Person": {"password": SECRET, "password_ends_at": SECRET, "sessions_epoch": SECRET, "last_login": PASSING},
    "inspections.ConflictDeclaration": {"sealed_tie": SEALED},
    "inspections.Sealing": {"sealed_plan": SEALED},
    "inspections.ConcernedPerson": {"sealed_name": SEALED},
    "followup.AccountabilityMeasure": {"sealed_name": SEALED},
    "draws.Draw": {"sealed_basis": SEALED, "sealed_outcome": SEALED},
    "field.FieldDevice": {"sealed_key": SEALED},
    "field.FieldOp": {"sealed_body": SEALED},
    "openness.CitizenReport": {
        "sealed_text": SEALED,
        "sealed_contact": SEALED,
        "code_digest": "opens the report for who sent it",
        "text_digest": "would tell whether a guessed text was sent",
    },
}
"""Label of the model → column → why it stays."""
