"""Which pages speak English, and that a page does so only when its browser was told to.

A page stands here when `tests/test_english.py` has read all of it and found no Vietnamese but data; every other page, every
file and paper and the API stay Vietnamese whole, and say so, rather than mix (ADR 0052).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from kycuong.core.speaking import ENGLISH, VIETNAMESE, wanted

PAGES = frozenset(
    """
    account_change_password account_inactive account_login account_logout calendar guide
    guide_for_everybody guides help mine catalog:bases
    catalog:basis catalog:checklist catalog:compare catalog:criterion catalog:draft catalog:group
    catalog:import catalog:import_preview catalog:new catalog:new_basis catalog:new_criterion
    catalog:new_group catalog:publish catalog:remove catalog:rename catalog:versions
    checkpoints:check_receipt checkpoints:list checkpoints:receipt connect:feed_of connect:new_webhook
    connect:subscription connect:webhook connect:webhooks connect:webhooks_of deadlines:add
    deadlines:confirm deadlines:days_off deadlines:remove deadlines:swap deadlines:withdraw demo:tour draws:abandon
    draws:beacon draws:draw draws:draws draws:how draws:inspection draws:new draws:new_inspectors
    draws:reveal draws:sealed draws:team features:features features:switch exports:export exports:exports exports:new exports:rules
    field:devices field:join field:policy field:received field:visit followup:accept
    followup:answer_extension followup:ask_extension followup:change followup:close
    followup:decide_measure followup:decline_measure followup:draft followup:hold followup:measure
    followup:measure_kind followup:measure_kinds followup:measure_name followup:measures
    followup:new_measure_kind followup:proof followup:propose_measure followup:recheck
    followup:recommendation followup:recommendations followup:record_measure followup:report
    followup:retention followup:rules followup:send_back followup:wording followup:wordings
    gathering:agency gathering:comparison gathering:confirm gathering:confirm_ready gathering:file
    gathering:gathering gathering:list gathering:new gathering:read gathering:set_aside
    gathering:take_back inspections:add_addendum inspections:add_recusal inspections:add_target
    inspections:add_visit inspections:annul inspections:cancel inspections:change_conclusion
    inspections:checklist_preview inspections:conclusion inspections:decide inspections:decision
    inspections:declaration inspections:file_custody inspections:files inspections:finding
    inspections:groups inspections:import inspections:import_preview inspections:inspection
    inspections:inspections inspections:issue_conclusion inspections:minutes inspections:new_visit
    inspections:number inspections:number_conclusion inspections:open inspections:people inspections:picks
    inspections:recusals inspections:release inspections:remedy inspections:remove inspections:reply
    inspections:reply_to_conclusion inspections:report inspections:return_conclusion
    inspections:seal_break inspections:seal_breaks inspections:sealed inspections:share_conclusion
    inspections:sign inspections:silence inspections:strike_target inspections:target inspections:team
    inspections:visit inspections:waiver letterheads:check letterheads:head letterheads:papers
    letterheads:signing letterheads:standard letterheads:template letterheads:templates letterheads:unit
    letterheads:wording notices:announce notices:announcements notices:end_announcement notices:inbox
    notices:settings notices:ticks openness:closing openness:keeping openness:opening openness:report
    openness:reports openness:rules orgs:change orgs:changes orgs:import orgs:import_preview orgs:me
    orgs:new_password orgs:new_person orgs:people orgs:people_import orgs:people_import_preview
    orgs:person orgs:search orgs:stand_in orgs:standing_in orgs:name_stand_in orgs:unit orgs:units orgs:why plans:amendment plans:approval plans:change
    plans:closure plans:copy plans:issue plans:item plans:limits plans:new plans:new_item plans:new_spread
    plans:number plans:overlaps plans:plan plans:plans plans:remind plans:remove_item plans:return
    plans:spread_by plans:spreading plans:submission plans:theme plans:withdraw_spread plans:withdrawal
    reports:accountability reports:definitions reports:figures reports:list reports:par reports:par_rule
    reports:par_rules reports:plan_progress reports:ranking reports:ranking_rule reports:summary
    rounds:accept rounds:cancel rounds:change rounds:changes rounds:list rounds:new rounds:number
    rounds:open rounds:remove rounds:report rounds:return rounds:round rounds:rules rounds:sign
    rounds:signed rounds:submission rounds:submit selfchecks:campaign selfchecks:change selfchecks:check
    selfchecks:close selfchecks:gap selfchecks:list selfchecks:new selfchecks:remove selfchecks:reopen
    selfchecks:rules selfchecks:send selfchecks:submit signin:add_passkey signin:add_totp signin:confirm
    signin:keys_of signin:new_key signin:reset_factors signin:revoke_key_of signin:security ui:language
    ui:scheme upkeep:installation upkeep:start
    """.split()
)
"""By the names of their addresses."""
ACTS = frozenset(
    """
    signin:second signin:remove_totp signin:remove_passkey signin:make_codes signin:revoke_key signin:link
    signin:unlink signin:end_others signin:end_session notices:put_away notices:read_all notices:read_one orgs:close_person orgs:take_back
    orgs:reopen_person orgs:end_role deadlines:fill catalog:remove_group catalog:move catalog:remove_criterion
    exports:retry exports:remove inspections:begin_target inspections:open_all inspections:confirm_seal_break
    inspections:note_seal_break inspections:remove_file inspections:draft_conclusion
    inspections:approve_conclusion inspections:accept inspections:end_recusal inspections:remove_concerned
    inspections:remove_finding followup:remove_wording followup:remove followup:acknowledge followup:reassign
    followup:draft_all field:revoke field:approve_key field:resolve field:accept field:missing field:beside
    field:discard rounds:remind connect:revoke
    connect:remove_webhook connect:resume_webhook connect:send_again connect:try_webhook
    """.split()
)
"""Buttons, which say what they did in one sentence on the next page."""
BY_ADDRESS = frozenset({"openness:public", "openness:report_of_unit", "openness:follow", "field:manifest"})
"""Pages for everybody, and the name of the phone's app, speak English at the address with `?language=en`, whatever the browser has chosen: caches keep them by their address."""

ITSELF = frozenset({"field:shell"})
"""Kept whole on the phone, the same for everybody: its scripts read the choice and speak (`field/speaking.js`, `tests/test_english_phone.py`)."""


def is_spoken(request: HttpRequest) -> bool:
    """Whether this page can be had in English."""
    found = request.resolver_match
    return found is not None and found.view_name in PAGES | ACTS


def is_by_address(request: HttpRequest) -> bool:
    found = request.resolver_match
    return found is not None and found.view_name in BY_ADDRESS


def choices(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages to choose from. Pages for everybody are kept by caches and bear no form, but a link."""
    person = getattr(request, "user", None)
    if is_by_address(request):
        return []
    if not (is_spoken(request) or (person is not None and person.is_authenticated)):
        return []
    chosen = wanted(request.COOKIES)
    return [{"code": code, "name": name, "chosen": code == chosen} for code, name in settings.LANGUAGES]


def is_untold(request: HttpRequest) -> bool:
    """English was chosen, and this page cannot speak it."""
    return wanted(request.COOKIES) == ENGLISH and translation.get_language() != ENGLISH


class Speaking:
    """Every request begins in Vietnamese; the view of a page in English is called in English."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(VIETNAMESE):
            response = self.get_response(request)
        if is_spoken(request):
            patch_vary_headers(response, ["Cookie"])
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        if is_spoken(request):
            translation.activate(wanted(request.COOKIES))
        elif is_by_address(request):
            translation.activate(wanted({settings.LANGUAGE_COOKIE_NAME: request.GET.get("language", "")}))
