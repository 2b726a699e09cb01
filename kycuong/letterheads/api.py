"""The API of papers: documents as files, the checker, the settings of a unit."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, File, Router, Schema
from ninja.files import UploadedFile
from pydantic import ConfigDict

from kycuong.core.clock import today
from kycuong.core.days import IsoDay, IsoMoment
from kycuong.core.http import Request, saved
from kycuong.files.store import contents
from kycuong.letterheads import actions, documents
from kycuong.letterheads.models import TemplateUse
from kycuong.letterheads.queries import (
    SET,
    head_of,
    rows_of,
    signer_of,
    template_for,
    templates_of,
    version_of,
    versions_of,
)
from kycuong.letterheads.rules import FORMS, Head, Paper, Signer, power_of
from kycuong.orgs.api import Problem
from kycuong.orgs.authority import authorize
from kycuong.orgs.queries import resolve_unit
from kycuong.papers.places import PLACES, needed
from kycuong.papers.profile import profile
from kycuong.papers.upload import MAX_BYTES, check_word_file

router = Router(tags=["papers"])
REFUSED = {401: Problem, 403: Problem, 404: Problem, 422: Problem}
BEHIND = {409: Problem, **REFUSED}
RecordName = Literal["plan", "decision", "notice", "minutes", "addendum", "report", "conclusion", "urge", "remedy"]
DocumentName = RecordName | Literal["plan-urge"]
"""The letter to agencies without a plan is set as the other letter that urges."""
PaperName = RecordName | Literal["summary"]
"""The summary report is of a unit and a period, not of a record: /figures/summary makes it."""
Line = Annotated[str, Field(max_length=200)]


class In(Schema):
    """What is sent; a name that is not known is a mistake, not a wish."""

    model_config = ConfigDict(extra="forbid")

    valid_from: IsoDay
    version: int
    """Of the setting as it was read; 0 where nothing was ever set. 409 when somebody has set it since."""


class HeadIn(In):
    """The head of a unit's papers."""

    superior: Line = ""
    issuer: Line
    symbol: Annotated[str, Field(max_length=30)]
    place: Annotated[str, Field(max_length=60)]


class SigningIn(In):
    """Who signs papers of a kind and who receives them; who signs every kind that has no row of its own when `paper` is empty."""

    paper: PaperName | Literal[""] = ""
    collective: Annotated[str, Field(max_length=120)] = ""
    head_title: Annotated[str, Field(max_length=120)]
    capacity: Literal["head", "acting", "deputy", "order", "delegated"] = "head"
    signer_title: Annotated[str, Field(max_length=120)] = ""
    signer_name: Annotated[str, Field(max_length=120)] = ""
    recipients: Annotated[str, Field(max_length=1000)] = ""


class WordingIn(In):
    """A piece of text of one's own; empty goes back to the usual one."""

    paper: PaperName
    piece: Annotated[str, Field(max_length=20)]
    text: Annotated[str, Field(max_length=3000)] = ""


class HeadOut(Schema):
    """The head as it is today."""

    superior: str
    issuer: str
    symbol: str
    place: str


class VersionsOut(Schema):
    """What whoever sets something sends back as `version`. What stands in none of them was never set: 0."""

    head: int
    signing: dict[str, int]
    """By kind of paper; of every kind without a row of its own under the empty name."""
    wording: dict[str, int]
    """By kind and piece: «plan/purpose»."""
    template: dict[str, int]


class PapersOut(Schema):
    """How a unit's papers look today: the head, and the lines above the signature by kind of paper."""

    head: HeadOut
    power: dict[str, list[str]]
    versions: VersionsOut


class UseIn(In):
    """From when on."""


class DeviationOut(Schema):
    """One place where a file is not as the decree wants it."""

    element: str
    vi: str
    en: str


class Checked(Schema):
    """All of them; an empty list is a good file."""

    decree: str
    deviations: list[DeviationOut]


@router.post("/papers/check", response={200: Checked, **REFUSED}, operation_id="check_paper")
def check(request: Request, file: File[UploadedFile]) -> Any:
    """Check a Word file (.docx) against the decree. Nothing of it is kept."""
    found = check_word_file(file.read(MAX_BYTES + 1), file.name or "")
    return {"decree": profile().decree, "deviations": found}


@router.get("/papers/units/{unit}", response={200: PapersOut, **REFUSED}, operation_id="papers_of_unit")
def of_unit(request: Request, unit: str) -> Any:
    """How a unit's papers look today."""
    found, day = resolve_unit(unit, person=request.user), today()
    power = {paper.value: power_of(signer_of(found, paper, day)) for paper in Paper}
    return {"head": head_of(found, day)._asdict(), "power": power, "versions": versions_of(found)}


@router.post("/papers/units/{unit}/head", response={200: PapersOut, **BEHIND}, operation_id="set_letterhead")
def set_head(request: Request, unit: str, body: HeadIn) -> Any:
    """Set the head from a day on; the same day again corrects it."""
    head = Head(*(getattr(body, name) for name in Head._fields))
    found = resolve_unit(unit, person=request.user)
    actions.set_letterhead(found, by=request.user, valid_from=body.valid_from, head=head, version=body.version)
    return of_unit(request, unit)


@router.post("/papers/units/{unit}/signing", response={200: PapersOut, **BEHIND}, operation_id="set_signing")
def set_signing(request: Request, unit: str, body: SigningIn) -> Any:
    """Set who signs and who receives, from a day on."""
    signer = Signer(*(getattr(body, name) for name in Signer._fields))
    found = resolve_unit(unit, person=request.user)
    when: dict[str, Any] = {"valid_from": body.valid_from, "version": body.version}
    actions.set_signing(found, by=request.user, paper=body.paper, signer=signer, **when)
    return of_unit(request, unit)


@router.post("/papers/units/{unit}/wording", response={200: PapersOut, **BEHIND}, operation_id="set_paper_wording")
def set_wording(request: Request, unit: str, body: WordingIn) -> Any:
    """Set a piece of text of one's own, from a day on."""
    actions.set_wording(resolve_unit(unit, person=request.user), by=request.user, **body.dict())
    return of_unit(request, unit)


class TemplateOut(Schema):
    """A Word file that an office sent, and where a sample made from it departs from the decree."""

    uid: UUID
    name: str
    sha256: str
    sent_at: IsoMoment
    deviations: list[DeviationOut]


class TemplateUseOut(Schema):
    """What papers of a kind are made from, from a day on; none for the standard form."""

    valid_from: IsoDay
    template: UUID | None


class TemplatesOut(Schema):
    """Everything about the Word files of one kind of paper of a unit."""

    places: list[str]
    required: list[str]
    version: int
    uses: list[TemplateUseOut]
    templates: list[TemplateOut]


TEMPLATES = "/papers/units/{unit}/templates/{paper}"


@router.get(TEMPLATES, response={200: TemplatesOut, **REFUSED}, operation_id="paper_templates")
def templates(request: Request, unit: str, paper: DocumentName) -> Any:
    """The Word files that were sent for a kind of paper, which of them hold from when, and the places that a file may have."""
    found = resolve_unit(unit, person=request.user)
    authorize(request.user, SET, at=found)
    uses = rows_of(TemplateUse, unit=found, paper=paper).select_related("template")
    return {
        "places": [place.mark for place in PLACES.values()],
        "required": sorted(needed(documents.sample(found, paper, today=today()))),
        "version": version_of(TemplateUse, unit=found, paper=paper),
        "uses": [{"valid_from": one.valid_from, "template": one.template and one.template.uid} for one in uses],
        "templates": list(templates_of(found, paper)),
    }


@router.post(TEMPLATES, response={200: TemplateOut, **REFUSED}, operation_id="send_paper_template")
def send_template(request: Request, unit: str, paper: DocumentName, file: File[UploadedFile]) -> Any:
    """Send a Word file from which papers of a kind are to be made. It is checked and kept; nothing is made from it yet."""
    found = resolve_unit(unit, person=request.user)
    authorize(request.user, SET, at=found)
    data, name = file.read(MAX_BYTES + 1), file.name or ""
    told = documents.examined(found, paper, data, name, today=today())
    return actions.keep_template(
        found, by=request.user, paper=paper, data=data, name=name, faults=told.faults, deviations=told.deviations
    )


@router.post(f"{TEMPLATES}/standard", response={200: TemplateUseOut, **BEHIND}, operation_id="use_standard_form")
def use_standard(request: Request, unit: str, paper: DocumentName, body: UseIn) -> Any:
    """Back to the standard form from a day on."""
    found = resolve_unit(unit, person=request.user)
    actions.use_template(found, by=request.user, paper=paper, template=None, **body.dict())
    return {"valid_from": body.valid_from, "template": None}


@router.post("/papers/templates/{uid}/use", response={200: TemplateUseOut, **BEHIND}, operation_id="use_paper_template")
def use_template(request: Request, uid: UUID, body: UseIn) -> Any:
    """Make papers from this file from a day on."""
    found = template_for(request.user, uid)
    given: dict[str, Any] = {"paper": found.paper, "template": found, **body.dict()}
    actions.use_template(found.unit, by=request.user, **given)
    return {"valid_from": body.valid_from, "template": found.uid}


@router.get("/papers/templates/{uid}/{which}", response=REFUSED, operation_id="paper_template_file")
def template_file(request: Request, uid: UUID, which: Literal["sent", "sample"]) -> HttpResponse:
    """The Word file as it was sent, or a sample made from it."""
    found = template_for(request.user, uid)
    if which == "sample":
        return saved(*documents.tried(found, "docx", today=today()))
    return saved(contents(found.sha256), FORMS["docx"], found.name)


@router.get("/papers/{paper}/{uid}/{form}", response=REFUSED, operation_id="paper")
def paper(
    request: Request, paper: DocumentName, uid: UUID, form: Literal["docx", "pdf"], standard: bool = False
) -> HttpResponse:
    """A document of a record (its uid): minutes of a visit, addendum, plan, decision or notice or report of an inspection,
    conclusion, letter of urging of a recommendation, report of remedy, letter to the agencies reminded of their plans (a reminder's uid).
    Where the unit has a Word file of its own and the server no LibreOffice, the PDF has the standard form; so has whatever that
    file does not take, and its name then ends in _the-thuc-chuan. `standard=true` asks for the standard form."""
    return saved(*documents.written(paper, uid, form, by=request.user, standard=standard))
