"""What holds for a unit's papers on a day: its own rows, the usual where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet, Sum

from kycuong.core.problems import Missing
from kycuong.letterheads.models import Letterhead, PaperTemplate, Signing, TemplateUse, Wording
from kycuong.letterheads.rules import (
    NAMED,
    WORDINGS,
    Head,
    Signer,
    default_head,
    default_signer,
    filled,
    lines,
    power_of,
    receivers,
    spelt_out,
    symbol_of,
)
from kycuong.orgs.authority import Someone, can
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import parent_on
from kycuong.orgs.rules import Kind, formal_name
from kycuong.papers.model import Header, Signature

SET = "letterhead.set"
Setting = TypeVar("Setting", Letterhead, Signing, Wording, TemplateUse)


def head_of(unit: Unit, day: date) -> Head:
    """The head of a unit's papers on a day."""
    own = Letterhead.objects.filter(unit=unit, valid_from__lte=day).last()
    return own.head if own else usual_head(unit, day)


def usual_head(unit: Unit, day: date) -> Head:
    """What its name and place among the others make of it."""
    above: list[tuple[str, str]] = []
    over = parent_on(unit, day)
    while over is not None and len(above) < 6:
        above.append(_called(over, day))
        over = parent_on(over, day)
    return default_head(*_called(unit, day), above)


def signer_of(unit: Unit, paper: str, day: date) -> Signer:
    """Who signs papers of a kind on a day. The row for every other kind tells the signer alone: receivers are the kind's."""
    held = Signing.objects.filter(unit=unit, valid_from__lte=day)
    if own := held.filter(paper=paper).last():
        return own.signer
    rest = held.filter(paper="").last()
    return rest.signer._replace(recipients="") if rest else default_signer(_called(unit, day)[1])


def worded(unit: Unit, paper: str, piece: str, day: date, names: Mapping[str, str]) -> list[str]:
    """A piece of text in the unit's own words, line by line."""
    return lines(filled(own_pieces(unit, day).get((paper, piece), WORDINGS[paper][piece].text), names))


def own_pieces(unit: Unit, day: date) -> dict[tuple[str, str], str]:
    """(kind, piece) → the unit's own text on a day; what it took back is left out."""
    held = Wording.objects.filter(unit=unit, valid_from__lte=day).order_by("valid_from")
    said = {(paper, piece): text for paper, piece, text in held.values_list("paper", "piece", "text")}
    return {key: text for key, text in said.items() if text.strip()}


def header_of(unit: Unit, paper: str, *, number: str = "", day: date | None = None, today: date) -> Header:
    """The head of one paper. A number and a day that nobody entered stay blank."""
    head = head_of(unit, day or today)
    return Header(
        issuer=head.issuer,
        superior=head.superior,
        symbol=symbol_of(paper, head),
        number=number,
        place=head.place,
        day=day,
        year=today.year,
        own=own_of(unit, paper, day or today),
    )


def team_header(lead: Unit, paper: str, *, number: str = "", day: date | None = None, today: date) -> Header:
    """The head of a paper of the team itself, under the authority that sent it. Minutes tell their hours in the text."""
    head = head_of(lead, day or today)
    return Header(
        issuer="ĐOÀN KIỂM TRA",
        superior=head.issuer,
        symbol=f"{NAMED[paper].letters}-ĐKT",
        number=number,
        place=head.place,
        day=day,
        year=today.year,
        dated=NAMED[paper].letters != "BB",
        own=own_of(lead, paper, day or today),
    )


def signature_of(unit: Unit, paper: str, day: date) -> Signature:
    """Who signs for the unit."""
    signer = signer_of(unit, paper, day)
    return Signature(power_of(signer), signer.signer_name)


def receivers_of(unit: Unit, paper: str, day: date, *usual: str) -> list[str]:
    """Who receives it: the unit's own list, or the usual one."""
    return receivers(signer_of(unit, paper, day).recipients, usual)


def name_in_body(unit: Unit, day: date) -> str:
    """A unit's name inside a sentence, spelt out."""
    return spelt_out(formal_name(*_called(unit, day)))


def use_of(unit: Unit, paper: str, day: date) -> TemplateUse | None:
    """What a unit's papers of a kind are made from on a day; none, or one without a file, for the standard form."""
    held = TemplateUse.objects.filter(unit=unit, paper=paper, valid_from__lte=day)
    return held.select_related("template", "set_by").last()


def own_of(unit: Unit, paper: str, day: date) -> str:
    """The name under which the office's own Word file is stored, if there is one that holds."""
    use = use_of(unit, paper, day)
    return use.template.sha256 if use and use.template else ""


def template_for(person: Someone, uid: UUID) -> PaperTemplate:
    """A file that somebody sent, for whoever sets the papers of its unit."""
    found = PaperTemplate.objects.select_related("unit", "sent_by").filter(uid=uid).first()
    if found is None or not can(person, SET, at=found.unit):
        raise Missing(
            "Không tìm thấy mẫu này, hoặc bạn không được xem.", en="There is no such file, or it is not for you to see."
        )
    return found


def templates_of(unit: Unit, paper: str) -> QuerySet[PaperTemplate]:
    """Every file that was sent for a kind of paper, the last first."""
    return PaperTemplate.objects.filter(unit=unit, paper=paper).select_related("sent_by").prefetch_related("uses")


def kept_templates() -> Iterator[tuple[str, str]]:
    """(uid, SHA-256) of the stored bytes that are named here: for the command that looks after stored files."""
    yield from ((str(uid), sha256) for uid, sha256 in PaperTemplate.objects.values_list("uid", "sha256").iterator())


def rows_of(kind: type[Setting], **about: Any) -> QuerySet[Setting]:
    """All that was ever said of a setting, by the day from which it holds."""
    return kind._default_manager.filter(**about)


def version_of(kind: type[Setting], **about: Any) -> int:
    """Grows with every row of a setting, and with every correction of one: what a page carries to know whether it is behind."""
    return int(rows_of(kind, **about).aggregate(all=Sum("version"))["all"] or 0)


def versions_of(unit: Unit) -> dict[str, Any]:
    """`version_of` of everything that was ever set about a unit's papers: «head», then by kind, or by kind and piece."""
    kinds: list[tuple[str, type[Any], list[str]]] = [
        ("signing", Signing, ["paper"]),
        ("wording", Wording, ["paper", "piece"]),
        ("template", TemplateUse, ["paper"]),
    ]
    found: dict[str, Any] = {"head": version_of(Letterhead, unit=unit)}
    for name, kind, keys in kinds:
        rows = rows_of(kind, unit=unit).order_by().values_list(*keys).annotate(all=Sum("version"))
        found[name] = {"/".join(about): total for *about, total in rows}
    return found


def last_set(kind: type[Setting], **about: Any) -> Setting | None:
    """The row that was written last, for the sentence that says who."""
    return rows_of(kind, **about).order_by("set_at", "pk").last()


def days_to_come(kind: type[Setting], day: date, **about: Any) -> list[date]:
    """From which later days something else holds already."""
    return list(rows_of(kind, **about).filter(valid_from__gt=day).values_list("valid_from", flat=True))


def all_to_come(unit: Unit, day: date) -> dict[tuple[str, ...], list[date]]:
    """The same of everything about a unit's papers: («head»,), («signing», kind), («wording», kind, piece), («template», kind)."""
    kinds: list[tuple[str, type[Any], list[str]]] = [
        ("head", Letterhead, []),
        ("signing", Signing, ["paper"]),
        ("wording", Wording, ["paper", "piece"]),
        ("template", TemplateUse, ["paper"]),
    ]
    found: dict[tuple[str, ...], list[date]] = {}
    for name, kind, keys in kinds:
        rows = rows_of(kind, unit=unit).filter(valid_from__gt=day).values_list("valid_from", *keys)
        for valid_from, *about in rows:
            found.setdefault((name, *about), []).append(valid_from)
    return found


def uses_on(unit: Unit, day: date) -> dict[str, TemplateUse]:
    """Kind → what its papers are made from on a day, where the unit ever said so."""
    held = TemplateUse.objects.filter(unit=unit, valid_from__lte=day).select_related("template").order_by("valid_from")
    return {use.paper: use for use in held}


def _called(unit: Unit, day: date) -> tuple[str, str]:
    version = unit.version_on(day)
    return (version.name, version.kind) if version else (unit.slug, Kind.DIVISION)
