"""What holds for a unit's papers on a day: its own rows, the usual where it has none."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kycuong.letterheads.models import Letterhead, Signing, Wording
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
from kycuong.orgs.models import Unit
from kycuong.orgs.queries import parent_on
from kycuong.orgs.rules import Kind, formal_name
from kycuong.papers.model import Header, Signature


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


def _called(unit: Unit, day: date) -> tuple[str, str]:
    version = unit.version_on(day)
    return (version.name, version.kind) if version else (unit.slug, Kind.DIVISION)
