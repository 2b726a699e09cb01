"""What a person does: ask for a file in the background, try again, fetch it, let it go; set what holds for all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from django.db import transaction

from kycuong.audit.log import act, record
from kycuong.core.checks import ensure_clean
from kycuong.core.clock import now, today
from kycuong.core.problems import Stale
from kycuong.exports import authority, rules, store
from kycuong.exports.models import ExportRule, ListExport
from kycuong.exports.queries import is_still_seen, open_list, query_of
from kycuong.exports.rules import State
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.sheets.listing import MOST_ROWS

LONGEST_TITLE = 300


@act
def ask_for_file(name: str, *, by: Person, form: str, asked: Mapping[str, str]) -> ListExport:
    """Ask for a list as a file. Who may open the list may have it; it is made under the rights of whoever asks."""
    authority.authorize(by)
    query = query_of(asked)
    rules.ensure_kept(query)
    listed = open_list(name, by, asked)
    rules.ensure_type(form)
    rules.ensure_may_wait(at_once=listed.at_once)
    rules.ensure_room(ListExport.objects.visible_to(by).under_way().count())
    if form == "xlsx":
        rules.ensure_fits(len(listed.keys), MOST_ROWS)
    export = ListExport(person=by, name=name, form=form, query=query, title=listed.title[:LONGEST_TITLE])
    export.total = len(listed.keys)
    ensure_clean(export)
    export.save(force_insert=True)
    record("export.ask", export, by=by, rows=export.total)
    transaction.on_commit(store.bell.set)
    return export


@act
def retry(export: ListExport, *, by: Person) -> ListExport:
    """Make a file that failed once more, from its first row."""
    authority.authorize(by, export)
    rules.ensure_failed(export.state)
    rules.ensure_room(ListExport.objects.visible_to(by).under_way().count())
    fresh = {"tries": 0, "done": 0, "holder": "", "fault_vi": "", "fault_en": "", "ended_at": None}
    if not ListExport.objects.filter(pk=export.pk, state=State.FAILED).update(state=State.WAITING, **fresh):
        raise _stale()
    export.refresh_from_db()
    record("export.retry", export, by=by)
    transaction.on_commit(store.bell.set)
    return export


@act
def note_lost(export: ListExport, *, by: Person) -> ListExport:
    """A file that is said to be ready and lies nowhere has failed: it can be made again."""
    authority.authorize(by, export)
    words = {"fault_vi": rules.LOST[0], "fault_en": rules.LOST[1]}
    lost = ListExport.objects.filter(pk=export.pk, state=State.READY)
    if not store.place(export.uid, export.form).exists() and lost.update(state=State.FAILED, **words):
        export.refresh_from_db()
        record("export.lose", export, by=by)
    return export


@act
def remove_file(export: ListExport, *, by: Person) -> ListExport:
    """Let a file go before its day, or give up one that is being made."""
    authority.authorize(by, export)
    there = ListExport.objects.filter(pk=export.pk).exclude(state=State.GONE)
    if not there.update(state=State.GONE, holder="", ended_at=now()):
        raise _stale()
    export.refresh_from_db()
    record("export.remove", export, by=by)
    transaction.on_commit(lambda: store.remove(export.uid))
    return export


@act
def fetch(export: ListExport, *, by: Person) -> Path:
    """The file, once it was asked again whether its owner may see all that stands in it."""
    authority.authorize(by, export)
    rules.ensure_ready(export.state)
    rules.ensure_same_rights(is_still_seen(export))
    path = store.place(export.uid, export.form)
    if not path.exists():
        rules.ensure_ready(State.GONE)
    record("export.fetch", export, by=by, op="read")
    return path


@act
def set_rule(*, by: Person | None, valid_from: date, at_once: int, days_kept: int) -> ExportRule:
    """Set what holds from a day on; setting it again for the same day corrects it."""
    authorize(by, "export.set_rules", at=Unit.objects.top())
    rules.ensure_limits(at_once, days_kept, valid_from=valid_from, today=today())
    rule = ExportRule.objects.filter(valid_from=valid_from).first() or ExportRule(valid_from=valid_from)
    rule.at_once, rule.days_kept, rule.set_by = at_once, days_kept, by
    ensure_clean(rule)
    rule.save()
    record("export.set_rules", rule, by=by)
    return rule


def _stale() -> Stale:
    return Stale(
        "Tệp này vừa đổi tình trạng. Hãy mở lại trang của tệp để xem.", en="The file has just changed its state."
    )
