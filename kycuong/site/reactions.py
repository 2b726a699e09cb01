"""Who reacts to what happens below it: a capability knows none above it, so the composition names them here, in order.

Each is called by name, inside the caller's transaction (those of TICKS: each in one of its own).
"""

from __future__ import annotations

COMMANDS_ASK = ["kycuong.site.opening.ensure_may_open"]
"""Who refuses that a command which somebody typed, or a timer, opens the records here: ()."""
ORGS_DUTIES = [f"kycuong.{name}.queries.open_duties" for name in ("plans", "inspections", "followup")]
"""Who tells what is open at units that are about to end."""
ORGS_SUCCEEDED = ["kycuong.followup.actions.pass_on_recommendations"]
"""Who acts when units end: (reorganisation, by, to, reason)."""
ACCOUNTS_SHAKEN = ["kycuong.signin.actions.after_account", "kycuong.connect.actions.after_account"]
"""Who takes back what opens an account when it is closed or gets a temporary password: (person, by, verb)."""
ORGS_RESHAPED = ["kycuong.orgs.actions.settle_at"]
"""Who ends what rested on the hierarchy when units end or move: (primary keys of the units, by)."""
RECORDED = ["kycuong.connect.actions.note_events"]
"""Who notes what other programs are to be told: (verb, rows, database), in the transaction of every act that saves."""
RECORDED_FOR = ["kycuong.orgs.store.note_acts"]
"""Who keeps at hand what was done by a role that was lent: (verb, entries, rights lent, database), in the transaction of the act."""
SEALED_FROM = ["kycuong.inspections.queries.guarded.sealed_from", "kycuong.draws.queries.guarded.sealed_from"]
"""Who knows which rows of the log are kept from somebody: (person, rows as model and key) → row → yes, no, or None for one that is gone."""
STOOD_IN = ["kycuong.notices.telling.tell_of_stand_in"]
"""Who tells both sides that somebody stands in, or no longer: (stand-in, what: named, shortened, recalled or begins)."""
ACCOUNTS_READDRESSED = ["kycuong.signin.telling.tell_of_address"]
"""Who acts when the e-mail of an account was changed: (person, by, before), `before` the address until now."""
DEADLINES_RUNNING = [
    "kycuong.inspections.actions.move_running_terms",
    "kycuong.followup.actions.move_terms",
    "kycuong.selfchecks.actions.move_terms",
    "kycuong.rounds.actions.move_terms",
]
"""Who holds running deadlines: (by) → what moved, asked when days off change."""
INSPECTIONS_DRAFTED = ["kycuong.followup.actions.recommend_for_findings"]
"""Who acts when a conclusion is first drafted: (visit, by)."""
INSPECTIONS_ISSUED = ["kycuong.followup.actions.issue_recommendations"]
"""Who acts when a conclusion is issued: (conclusion, by)."""
NAMES_ERASED = ["kycuong.field.actions.forget_names"]
"""Who else holds names of people at a visit, and erases them when their term is over: (visit, by)."""
VISITS_REMOVED = ["kycuong.field.actions.let_go"]
"""Who acts before a draft visit is removed, or refuses: (visit, by)."""
FINDINGS_APART = ["kycuong.field.queries.findings_apart"]
"""Which findings of a draft stand for themselves, whatever becomes of the answer to their criterion: (visit) → their uids."""
VISITS_HELD = ["kycuong.field.actions.ensure_not_signed_on_glass"]
"""Who refuses that a draft visit is changed or signed at the desk, because something else is on its way: (visit)."""
INSPECTIONS_PANELS = ["kycuong.followup.views.drafting.panel", "kycuong.followup.views.measures.panel"]
"""What stands on the page of a conclusion beside its text: (request, conclusion, printed) → a part of a page."""
SECURITY_PANELS = ["kycuong.connect.views.panels.webhooks"]
"""What stands on the page of one's own account's security, beside what one signs in with: (request) → a part of a page, or nothing."""
PAR_FILES = ["kycuong.rounds.views.evidence.link"]
"""What else may be had of the index of administrative reform: (request, sheet) → what it is called, and its address."""
INSPECTIONS_CHAIN = ["kycuong.followup.queries.chain_links", "kycuong.rounds.queries.chain_links"]
"""What follows the conclusion in the chain of papers: (person, signed visits that he may know of, inspection, today) → links."""
PAPERS = {
    "plan": "kycuong.plans.documents.plan",
    "plan-urge": "kycuong.plans.documents.plan_urge",
    "decision": "kycuong.inspections.documents.decision",
    "notice": "kycuong.inspections.documents.notice",
    "minutes": "kycuong.inspections.documents.minutes",
    "addendum": "kycuong.inspections.documents.addendum",
    "report": "kycuong.inspections.documents.report",
    "conclusion": "kycuong.followup.documents.conclusion",
    "urge": "kycuong.followup.documents.urge",
    "remedy": "kycuong.followup.documents.remedy",
}
"""Who knows what a kind of paper says: (person, uid) → the document, as far as that person may see it."""
RECEIPTS = {
    "minutes": "kycuong.inspections.queries.receipts.minutes",
    "addendum": "kycuong.inspections.queries.receipts.addendum",
    "conclusion": "kycuong.inspections.queries.receipts.conclusion",
    "answer": "kycuong.inspections.queries.receipts.answer",
    "reply": "kycuong.inspections.queries.receipts.reply",
    "remedy": "kycuong.followup.queries.receipts.remedy",
    "report": "kycuong.rounds.queries.receipts.signed_report",
    "submission": "kycuong.rounds.queries.receipts.submission",
}
"""Of what there is a receipt: kind → (person, uid) → the row, the act and its name, as far as that person may see it."""
DRAWS_HEARD = ["kycuong.openness.queries.reports.heard_lines"]
"""Who knows of complaints that a draw may weigh: (person) → lines for its form, as proposals."""
FILES_NAMED = ["kycuong.gathering.queries.kept_files", "kycuong.letterheads.queries.kept_templates"]
"""Who else keeps bytes among the stored files: () → (uid, SHA-256) of each."""
FINDINGS_FOLLOWED = ["kycuong.followup.queries.followed_elsewhere"]
"""Who follows a finding to its remedy in another way than by a word at the visit: (finding) → where, or nothing."""
FINDINGS_WITH_OTHER_TERMS = ["kycuong.followup.queries.followed_findings"]
"""Which findings have terms elsewhere, so that the one in the minutes no longer counts: () → rows that name a `finding`."""
LISTS = {
    "units": "kycuong.orgs.lists.units",
    "people": "kycuong.orgs.lists.people",
    "notices": "kycuong.notices.lists.inbox",
    "ticks": "kycuong.notices.lists.ticks",
    "days-off": "kycuong.deadlines.lists.days_off",
    "legal-bases": "kycuong.catalog.lists.bases",
    "plans": "kycuong.plans.lists.plans",
    "plan-items": "kycuong.plans.lists.items",
    "overlaps": "kycuong.plans.lists.overlaps",
    "spreading": "kycuong.plans.lists.spreading",
    "inspections": "kycuong.inspections.lists.inspections",
    "recusals": "kycuong.inspections.lists.recusals",
    "recommendations": "kycuong.followup.lists.recommendations",
    "measures": "kycuong.followup.lists.measures",
    "self-check-campaigns": "kycuong.selfchecks.lists.campaigns",
    "self-checks": "kycuong.selfchecks.lists.own",
    "self-check-gaps": "kycuong.selfchecks.lists.gaps",
    "self-check-progress": "kycuong.selfchecks.lists.progress",
    "round-progress": "kycuong.rounds.lists.progress",
    "draws": "kycuong.draws.lists.draws",
    "figure": "kycuong.reports.lists.behind",
    "calendar": "kycuong.site.lists.calendar",
    "mine": "kycuong.site.lists.mine",
}
"""Every list of a page that may be had as a file: its name in the address → (person, filters) → the list as that person sees it."""
DEMONSTRATION = "kycuong.demo.accounts.is_loaded"
"""Who knows whether the data are the demonstration's: () → yes or no."""
FALLING = "kycuong.site.calendar.between"
"""What stands in a person's calendar: (person, first day, last day) → lines, of the own units and teams."""
FEATURES_OPEN = {
    "selfchecks": "kycuong.selfchecks.queries.open_under",
    "citizen_reports": "kycuong.openness.queries.reports.open_under",
    "rounds": "kycuong.rounds.queries.open_under",
    "draws": "kycuong.draws.queries.open_under",
    "own_checklists": "kycuong.catalog.queries.open_under",
}
"""What is under way of an optional part and stays so when it is switched off: (person, unit) → how much at the unit and below it, as
far as that person may see. Of the others nothing is ever under way."""
SIGHT = ["kycuong.inspections.queries.sight_of"]
"""What gives sight of records beside roles: (person) → words without meaning, one for each such right. A file that was made in the
background is given out while its owner still holds every one of them."""
BESIDE = ["kycuong.exports.tasks.start", "kycuong.connect.tasks.start"]
"""What each process of a server, and `./run worker`, does beside its work: each starts a thread, or none where there is nothing to do."""
TICKS = [
    "kycuong.notices.tasks.doubt.tell_of_the_hour",
    "kycuong.notices.tasks.standing_in.tell_of_first_days",
    "kycuong.inspections.tasks.withdraw_unread",
    "kycuong.followup.tasks.pass_on_of_ended_units",
    "kycuong.followup.tasks.accept_unread_reports",
    "kycuong.followup.tasks.remind_of_terms",
    "kycuong.followup.tasks.tell_of_unread_reports",
    "kycuong.selfchecks.tasks.remind_of_self_checks",
    "kycuong.rounds.tasks.remind_of_reports",
    "kycuong.field.tasks.finish_photos",
    "kycuong.field.tasks.tell_of_gaps",
    "kycuong.signin.tasks.remind_of_keys",
    "kycuong.followup.tasks.erase_names_past_term",
    "kycuong.openness.tasks.forget_senders",
    "kycuong.exports.tasks.look_after_files",
    "kycuong.checkpoints.tasks.take_due_checkpoint",
    "kycuong.checkpoints.tasks.stamp_checkpoint",
    "kycuong.checkpoints.tasks.mail_checkpoint",
    "kycuong.notices.tasks.digests.send_digests",
    "kycuong.signin.tasks.tidy",
    "kycuong.notices.tasks.tidying.tidy",
    "kycuong.site.pressing.forget_pressed",
    "kycuong.reports.tasks.warm_cells",
    "kycuong.backups.tasks.take_due_backup",
    "kycuong.connect.tasks.send_waiting",
]
"""What `./run tick` does, in this order (who tells comes before the digests; who waits for other machines is the last): (today) → one line that says what was done, or "".
Each is safe to run twice or late; its line names no record and no person (kycuong/notices/tasks)."""
