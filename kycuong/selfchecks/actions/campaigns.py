"""A campaign from its draft to its end: what is asked, of whom, until when."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Model

from kycuong.audit.log import act, record, record_many
from kycuong.catalog.models import Checklist
from kycuong.catalog.rules import ChecklistForm
from kycuong.core.checks import ensure_clean, refresh
from kycuong.core.clock import now, today
from kycuong.core.problems import BadInput, Stale
from kycuong.deadlines.queries import term_of
from kycuong.features.authority import ensure_offered
from kycuong.orgs.authority import authorize
from kycuong.orgs.models import Person, Unit
from kycuong.selfchecks import rules
from kycuong.selfchecks.models import SelfCheck, SelfCheckCampaign
from kycuong.selfchecks.queries import campaign_units, strangers_to, units_left_out
from kycuong.selfchecks.rules import CampaignState

from ._telling import tell_unit

SEND, FEATURE = "selfcheck.send", "selfchecks"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a campaign says. Without a checklist: the newest published one."""

    title: str
    days: int
    kinds: Sequence[str] = ()
    units: Collection[Unit] = field(default=())
    checklist: Checklist | None = None
    checklist_form: str = ChecklistForm.SHORT


@act
def draft_campaign(*, by: Person | None, authority: Unit, wish: Wish) -> SelfCheckCampaign:
    """Write a campaign down; nobody is told of it yet."""
    authorize(by, SEND, at=authority)
    ensure_offered(FEATURE, at=authority)
    campaign = SelfCheckCampaign(authority=authority, created_by=by)
    _say(campaign, wish)
    campaign.save(force_insert=True)
    record_many("selfcheck.draft", [campaign, *_choose(campaign, wish)], by=by)
    return campaign


@act
def change_campaign(
    campaign: SelfCheckCampaign, *, by: Person | None, wish: Wish, version: int | None = None
) -> SelfCheckCampaign:
    """Rewrite a campaign that was not sent."""
    authorize(by, SEND, at=campaign.authority)
    _claim(campaign, version, CampaignState.DRAFT)
    _say(campaign, wish)
    campaign.save()
    link = SelfCheckCampaign.units.through
    gone = list(link.objects.filter(selfcheckcampaign_id=campaign.pk))
    record_many("selfcheck.draft", gone, by=by, op="delete")
    link.objects.filter(pk__in=[one.pk for one in gone]).delete()
    record_many("selfcheck.draft", [campaign, *_choose(campaign, wish)], by=by)
    return campaign


@act
def remove_campaign(campaign: SelfCheckCampaign, *, by: Person | None) -> None:
    """Take a draft away; what was sent is closed instead."""
    authorize(by, SEND, at=campaign.authority)
    refresh(campaign)
    rules.ensure_campaign_draft(campaign.state)
    rows = [*SelfCheckCampaign.units.through.objects.filter(selfcheckcampaign_id=campaign.pk), campaign]
    record_many("selfcheck.remove", rows, by=by, op="delete")
    for row in rows:
        row.delete()


@act
def send_campaign(campaign: SelfCheckCampaign, *, by: Person | None, version: int | None = None) -> SelfCheckCampaign:
    """Send it: the term runs from today, every chosen unit has its self-check, and its people are told."""
    authorize(by, SEND, at=campaign.authority)
    ensure_offered(FEATURE, at=campaign.authority)
    _claim(campaign, version, CampaignState.DRAFT)
    day = today()
    keys = campaign_units(campaign, on=day)
    off = 0 if keys else len(units_left_out(campaign, on=day))
    rules.ensure_somebody_asked(len(keys), off=off)
    term = term_of(day, campaign.days)
    campaign.opened_on, campaign.due_on, campaign.due_words = day, term.due_on, term.words[:600]
    campaign.state, campaign.sent_at, campaign.sent_by = CampaignState.SENT, now(), by
    ensure_clean(campaign)
    campaign.save()
    checks = [SelfCheck(campaign=campaign, unit_id=pk) for pk in keys]
    SelfCheck.objects.bulk_create(checks)
    record_many("selfcheck.send", [campaign, *checks], by=by)
    subject = f"Tự kiểm tra, nộp đến hết {term.due_on:%d/%m/%Y}: {campaign.title}"
    for check in checks:
        tell_unit(check, "sent", subject, text=f"Hạn nộp: {term.words}.")
    return campaign


@act
def close_campaign(campaign: SelfCheckCampaign, *, by: Person | None, version: int | None = None) -> SelfCheckCampaign:
    """End it: nothing more is written or asked for; what was submitted goes on being compared with visits."""
    authorize(by, SEND, at=campaign.authority)
    _claim(campaign, version, CampaignState.SENT)
    campaign.state, campaign.closed_at, campaign.closed_by = CampaignState.CLOSED, now(), by
    ensure_clean(campaign)
    campaign.save()
    record("selfcheck.close", campaign, by=by)
    return campaign


def _say(campaign: SelfCheckCampaign, wish: Wish) -> None:
    rules.ensure_campaign_sound(title=wish.title, days=wish.days, kinds=wish.kinds, units=len(wish.units))
    rules.ensure_under_authority(strangers_to(campaign.authority, wish.units, on=today()))
    campaign.title, campaign.days, campaign.kinds = wish.title.strip(), wish.days, sorted(wish.kinds)
    campaign.checklist, campaign.checklist_form = _checklist(wish.checklist), wish.checklist_form
    ensure_clean(campaign, exclude=["units"])


def _checklist(chosen: Checklist | None) -> Checklist:
    """The same checklist as visits use: the province's, published."""
    found = chosen or Checklist.objects.standard().newest_on(today())
    if found is None or found.published_on is None or found.authority_id is not None:
        raise BadInput(
            "Hãy chọn một phiên bản đã công bố của phiếu kiểm tra chung.",
            en="Choose a published version of the common checklist.",
            errors=[{"field": "checklist", "vi": "Hãy chọn phiên bản khác.", "en": "Choose another version."}],
        )
    return found


def _choose(campaign: SelfCheckCampaign, wish: Wish) -> list[Model]:
    link = SelfCheckCampaign.units.through
    chosen = sorted({unit.pk for unit in wish.units})
    return list(link.objects.bulk_create(link(selfcheckcampaign_id=campaign.pk, unit_id=pk) for pk in chosen))


def _claim(campaign: SelfCheckCampaign, version: int | None, state: CampaignState) -> None:
    """Take the next version in one statement: of two who hold the same one, one wins."""
    if version is None:
        refresh(campaign)
    read = campaign.version if version is None else version
    there = SelfCheckCampaign.objects.filter(pk=campaign.pk, version=read, state=state)
    taken = there.update(version=F("version") + 1)
    refresh(campaign)
    if state == CampaignState.DRAFT:
        rules.ensure_campaign_draft(campaign.state)
    else:
        rules.ensure_campaign_open(campaign.state)
    if not taken:
        raise Stale(
            "Đợt tự kiểm tra này vừa được người khác sửa. Những gì bạn nhập còn nguyên: hãy xem bản mới rồi làm lại.",
            en="Somebody else has just changed this campaign. What you typed is kept: look at it, then try again.",
        )
