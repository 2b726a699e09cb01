"""Minutes signed on glass: the record is brought to exactly what was read back, then signed by the desk's own act."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from kycuong.audit.log import record
from kycuong.core.presence import asks_a_phone, signed_before
from kycuong.core.problems import BadInput, RuleBroken, StepUpNeeded
from kycuong.field.models import FieldMedia, FieldOp, FieldSignature
from kycuong.field.queries import awaited, form_sha
from kycuong.field.queries.log import said_of
from kycuong.field.queries.record import described, values_of
from kycuong.field.rules import Why, sha256_of
from kycuong.field.rules.ops import is_uid, key_of, kind_of
from kycuong.field.rules.values import bad, headcount_of_value, hour_of, text_of
from kycuong.field.rules.words import ASIDE
from kycuong.inspections import actions as desk
from kycuong.inspections.authority import authorize
from kycuong.inspections.models import Finding, Minutes, Visit
from kycuong.inspections.queries import files_of
from kycuong.inspections.rules import UnitSignature
from kycuong.orgs.models import Person

from ._beside import Photos, put_finding, put_person, put_photo
from ._instead import as_recorded
from ._reading import ensure_read
from ._trying import Waits, attempt, mark, told_aside

Fields = dict[str, list[FieldOp]]
Writer = Callable[[FieldOp], Person | None]
IN_MINUTES = ("a", "h", "t", "f", "e", "v", "m")
SIGNED_WITH = ("team_signatory", "unit_signatory", "refusal_reason", "witness", "secretary")


def sign_if_signed(visit: Visit, fields: Fields, *, writer: Writer, photos: Photos) -> None:
    """Sign the minutes when somebody signed them on a phone and every photo of what was read back is here."""
    signed = [op for field, ops in fields.items() if kind_of(field) == "s" for op in ops if not op.deleted]
    there = FieldSignature.objects.filter(visit=visit).first()
    signed.sort(key=lambda op: (there is None or op.pk != there.op_id, op.uid))
    for place, op in enumerate(signed):
        with as_recorded(op, writer(op)):
            problem = attempt(visit, lambda op=op: _sign(visit, op, fields, writer, photos))  # type: ignore[misc]
        mark(op, problem)
        if problem is None or isinstance(problem, Waits):
            _announce(visit, op)
            for later in signed[place + 1 :] if problem else ():
                mark(later, _behind())
            return
    if there is not None:
        _withdraw(there)


def _behind() -> Waits:
    return Waits(
        "Lượt này đã có một chữ ký khác đang chờ ảnh. Chữ ký này được giữ, chưa dùng.",
        en="Another signature at this visit waits for its photos. This one is kept and not used.",
    )


def _withdraw(row: FieldSignature) -> None:
    """It was deleted or refused, and no other takes its place: the visit has no signature that waits."""
    record("field.sign", row, by=row.op.author, op="delete")
    row.delete()


def after_signing(visit: Visit, fields: Fields, applied: dict[str, list[str]]) -> None:
    """What holds in the log and was not signed stays there, and is told as different from what was signed."""
    found = FieldSignature.objects.filter(visit=visit).select_related("op").first()
    on_glass = found is not None and found.minutes_id is not None
    read_back = set(said_of(found.op).value["snapshot"].get("heads") or ()) if found and on_glass else set()
    said_beside = _said_beside(visit)
    for field, ops in fields.items():
        kind = kind_of(field)
        for op in ops:
            same = str(op.uid) in read_back if on_glass else applied.get(field) == [str(op.uid)]
            if kind == "e" and not on_glass:
                same = said_of(op).value == said_beside.get(key_of(field), "")
            late_signature = kind == "s" and (not on_glass or (found is not None and op.pk != found.op_id))
            if (kind in IN_MINUTES and not same) or late_signature:
                told_aside(op, Why.AFTER_SIGNING, ASIDE[Why.AFTER_SIGNING])
            elif kind != "d":
                mark(op, None)


def add_addenda(visit: Visit, fields: Fields, applied: dict[str, list[str]], *, writer: Writer) -> None:
    """Addenda that were signed on a phone, each once."""
    for field, ops in fields.items():
        if kind_of(field) != "d" or not ops:
            continue
        for op in ops:
            if applied.get(field) == [str(op.uid)]:
                continue
            with as_recorded(op, writer(op)):
                problem = _once() if field in applied else attempt(visit, lambda op=op: _add(visit, op, writer))  # type: ignore[misc]
            mark(op, problem)
            if problem is None:
                applied[field] = [str(op.uid)]


def _said_beside(visit: Visit) -> dict[str, str]:
    """What the minutes say of the unit's word beside each finding, by its uid and by its code."""
    findings = list(Finding.objects.filter(visit=visit).order_by("pk"))
    by_key = {str(one.uid): one for one in findings} | described(visit, findings)
    return {key: one.unit_explanation for key, one in by_key.items()}


def _announce(visit: Visit, op: FieldOp) -> None:
    """The signature on record: waiting for its photos, or with its minutes. It is of whoever signs, whoever announced first."""
    minutes = Minutes.objects.filter(visit=visit).first()
    row = FieldSignature.objects.filter(visit=visit).first() or FieldSignature(visit=visit)
    if row.pk and (row.op_id, row.minutes_id) == (op.pk, minutes.pk if minutes else None):
        return
    row.op, row.minutes, row.sha256 = op, minutes, said_of(op).value["sha256"]
    row.save()
    record("field.sign", row, by=op.author)


def _sign(visit: Visit, op: FieldOp, fields: Fields, writer: Writer, photos: Photos) -> None:
    value, by = said_of(op).value, writer(op)
    shot = ensure_snapshot(visit, value)
    assert by is not None
    authorize(by, "visit.sign", at=visit)  # before it is told as a signature that waits
    ensure_read(visit, op, value, IN_MINUTES)
    if missing := awaited(visit, value):
        raise Waits(f"Đã ký tại chỗ, còn chờ {len(missing)} ảnh.", en=f"Signed there; {len(missing)} photos to come.")
    _bring_to(visit, shot, fields, by, photos)
    try:
        with signed_before("visit.sign", proved=_is_own_phone(op, by)):
            desk.sign_minutes(visit, by=by, explanations=_explanations(visit, shot), **signature_in(value))
    except StepUpNeeded as problem:
        if asks_a_phone():
            raise _for_the_desk() from problem
        raise
    visit.refresh_from_db()


def _is_own_phone(op: FieldOp, by: Person) -> bool:
    """Whether it was signed on a phone in use that is the signer's: the passphrase that opened it stands for the fresh proof."""
    return op.device is not None and op.device.revoked_at is None and op.device.person_id == by.pk


def _for_the_desk() -> Waits:
    return Waits(
        "Chữ ký đến từ máy không phải của người ký, hoặc máy đã thu hồi. Chữ ký được giữ; người ký xác nhận lại ở bàn làm việc.",
        en="Signed on a phone that is not the signer's, or is revoked. It is kept until the signer confirms at the desk.",
    )


def ensure_snapshot(visit: Visit, value: Any) -> dict[str, Any]:
    """What was read back, if it is whole: of this visit, on its form, under its own hash."""
    shot = value.get("snapshot") if isinstance(value, dict) else None
    parts = ("answers", "findings", "explanations", "concerned", "media")
    if not isinstance(shot, dict) or not all(isinstance(shot.get(name), dict) for name in parts):
        raise bad("Bản đã ký không đọc được.", "What was signed cannot be read.")
    if value.get("sha256") != sha256_of(shot) or shot.get("visit") != str(visit.uid):
        raise bad("Bản đã ký không khớp với mã của nó.", "What was signed does not match its own hash.")
    if shot.get("form") != form_sha(visit):
        raise RuleBroken(*ASIDE[Why.OTHER_FORM][:1], en=ASIDE[Why.OTHER_FORM][1])
    if not all(is_uid(uid) for name in ("findings", "concerned", "media") for uid in shot[name]):
        raise bad("Bản đã ký không đọc được.", "What was signed cannot be read.")
    return shot


def signature_in(value: dict[str, Any]) -> dict[str, Any]:
    """Who signed, who refused, and the hours."""
    hours = {name: hour_of(value.get(name)) for name in ("begun_at", "ended_at")}
    words = {name: text_of(value, name, 500) for name in SIGNED_WITH}
    return {**words, **hours, "unit_signature": text_of(value, "unit_signature", 10) or UnitSignature.SIGNED}


def _bring_to(visit: Visit, shot: dict[str, Any], fields: Fields, by: Person, photos: Photos) -> None:
    """The draft becomes what was read back, whatever the log has come to since."""
    now, fields = values_of(visit), _read_back(visit, shot, fields)
    for field in now:
        if kind_of(field) == "v" and key_of(field) not in shot["concerned"]:
            put_person(visit, UUID(key_of(field)), None, by=by)
    desk.record_answers(
        visit,
        by=by,
        answers=shot["answers"],
        headcount=headcount_of_value(shot.get("headcount")),
        strengths=text_of(shot, "strengths"),
        explanation=text_of(shot, "explanation"),
    )
    for uid, value in shot["findings"].items():
        put_finding(visit, UUID(uid), value, by=by)
    for field in values_of(visit):
        if kind_of(field) == "f" and key_of(field) not in shot["findings"]:
            put_finding(visit, UUID(key_of(field)), None, by=by)
    for uid, value in shot["concerned"].items():
        put_person(visit, UUID(uid), _named(value, fields.get(f"v/{uid}"), now.get(f"v/{uid}")), by=by)
    _bring_photos(visit, shot["media"], fields, by, photos)


def _read_back(visit: Visit, shot: dict[str, Any], fields: Fields) -> Fields:
    """By field, what was said of people and photos when it was read back; what holds now only comes after it."""
    heads = [uid for uid in shot.get("heads") or () if is_uid(uid)]
    found = {field: list(ops) for field, ops in fields.items() if kind_of(field) in ("v", "m")}
    for op in FieldOp.objects.filter(visit=visit, uid__in=heads, deleted=False).order_by("-uid"):
        if kind_of(op.field) in ("v", "m"):
            found[op.field] = [op, *(one for one in found.get(op.field, ()) if one.pk != op.pk)]
    return found


def _named(value: Any, heads: list[FieldOp] | None, there: Any) -> Any:
    """A person of the snapshot with the name that the log has: names are no part of what the hash covers."""
    said = [one.value for op in heads or () if isinstance((one := said_of(op)).value, dict)]
    names = [one.get("name") for one in (*said, there or {}) if one.get("name")]
    return {**value, "name": value.get("name") or (names[0] if names else "")} if isinstance(value, dict) else value


def _bring_photos(visit: Visit, media: dict[str, Any], fields: Fields, by: Person, photos: Photos) -> None:
    for field in values_of(visit):
        if kind_of(field) == "m" and key_of(field) not in media:
            put_photo(visit, UUID(key_of(field)), None, by=by, photos=photos)
    gone = FieldMedia.objects.filter(visit=visit, file=None, lost_at__isnull=False)
    lost = {str(uid) for uid in gone.values_list("uid", flat=True)}
    for uid, sha in media.items():
        said = [one.value for op in fields.get(f"m/{uid}", ()) if isinstance((one := said_of(op)).value, dict)]
        if uid not in lost:
            put_photo(visit, UUID(uid), _shortened((said or [{}])[0]) | {"sha256": sha}, by=by, photos=photos)
    _ensure_all_stand(visit, {uid: sha for uid, sha in media.items() if uid not in lost})


def _shortened(value: dict[str, Any]) -> dict[str, Any]:
    """A caption too long for the record does not hold up minutes that are signed; the whole of it stays in the log."""
    caption = value.get("caption")
    return {**value, "caption": caption[:299] + "…"} if isinstance(caption, str) and len(caption) > 300 else value


def _ensure_all_stand(visit: Visit, media: dict[str, Any]) -> None:
    """No minutes are signed without a photo that was read back, except one declared lost."""
    there = {str(one.attachment.uid): one.attachment.sha256 for one in files_of(visit)}
    if absent := [uid for uid, sha in media.items() if there.get(uid) != sha]:
        raise RuleBroken(
            f"Chưa ký được: {len(absent)} ảnh đã đọc lại khi ký không có trong hồ sơ. Hãy gửi lại, hoặc khai mất kèm lý do.",
            en=f"Not signed: {len(absent)} photos that were read back are not in the record. Send them, or declare them lost.",
        )


def _explanations(visit: Visit, shot: dict[str, Any]) -> dict[UUID, str]:
    """What the unit says beside each finding, by the finding's uid."""
    findings = list(Finding.objects.filter(visit=visit).order_by("pk"))
    by_key = {str(one.uid): one for one in findings} | described(visit, findings)
    return {by_key[key].uid: text_of(said, most=1000) for key, said in shot["explanations"].items() if key in by_key}


def _add(visit: Visit, op: FieldOp, writer: Writer) -> None:
    value, by = said_of(op).value, writer(op)
    assert by is not None
    names = ("reason", "text", "team_signatory", "unit_signatory", "refusal_reason", "witness")
    words = {name: text_of(value, name) for name in names}
    unit = text_of(value, "unit_signature", 10) or UnitSignature.SIGNED
    desk.add_addendum(visit, by=by, unit_signature=unit, **words)


def _once() -> BadInput:
    return bad(
        "Biên bản bổ sung này đã ký, không sửa được. Hãy lập một biên bản bổ sung khác.",
        "This addendum is signed and does not change. Add another one.",
    )
